"""Role × object × address: whatever is not granted here is refused, compare, history, export and files included."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from agreements.models import Contact, Membership, StoredFile
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.file import store
from agreements.workflow.revision import submit_matter
from agreements.workflow.signing import open_manifest
from samverkan.accounts.models import User
from tests.factories import World, answered, make_user, proposal_at, submit
from tests.factories.agreements import seat_in

PEOPLE = (
    "coordinator police_coordinator preparer police_preparer anna pia member bo communicator signatory "
    "police_signatory registrar reader central cia nils expired admin"
).split()
OUTSIDE = {"cia", "nils", "expired", "admin"}
TAKES_PART = set(PEOPLE) - OUTSIDE - {"reader", "central"}
READS = TAKES_PART | {"reader", "central"}
READS_DRAFTS = {"coordinator", "police_coordinator", "preparer", "police_preparer", "registrar"}
OWN_POLICE_DRAFT = {"police_coordinator", "police_preparer", "bo"}

A = "/overenskommelser/{slug}/"
GRANTED = {
    # The agreement and what is in force
    A: READS,
    A + "export.json": READS,
    A + "historik/": READS,
    A + "bilagor/1/": READS,
    A + "bilagor/1/version/1/": READS,
    A + "bilagor/1/jamfor/?fran=1&till=1": READS,
    A + "bilagor/1/historik/": READS,
    "/beslut/{decision}/": READS,
    # What is on its way
    A + "bilagor/1/version/2/": TAKES_PART,
    A + "bilagor/1/jamfor/?fran=1&till=2": TAKES_PART,
    "/forslag/{proposal}/": TAKES_PART,
    "/arenden/{matter}/": TAKES_PART,
    "/underskrift/{manifest}/": TAKES_PART,
    A + "grupper/": TAKES_PART,
    # The shared draft
    A + "bilagor/1/utkast/": READS_DRAFTS,
    A + "bilagor/1/jamfor/?fran=1&till=utkast": READS_DRAFTS,
    # The police's own draft of an annex of which nothing has been decided
    A + "bilagor/3a/": OWN_POLICE_DRAFT,
    A + "bilagor/3a/utkast/": OWN_POLICE_DRAFT,
    A + "bilagor/3a/historik/": OWN_POLICE_DRAFT,
    A + "bilagor/3a/jamfor/": OWN_POLICE_DRAFT,
    A + "bilagor/3a/bilder/{picture}/": OWN_POLICE_DRAFT,
    # Minutes of a decision
    A + "filer/{minutes}/": READS,
}
REFUSED_PRINTS = {
    A + "skriv-ut/": OUTSIDE,
    A + "bilagor/1/version/1/skriv-ut/": OUTSIDE,
    A + "bilagor/1/version/2/skriv-ut/": set(PEOPLE) - TAKES_PART,
    A + "bilagor/1/jamfor/skriv-ut/?fran=1&till=2": set(PEOPLE) - TAKES_PART,
    A + "bilagor/1/utkast/skriv-ut/": set(PEOPLE) - READS_DRAFTS,
    A + "bilagor/3a/utkast/skriv-ut/": set(PEOPLE) - OWN_POLICE_DRAFT,
    A + "kontakter/skriv-ut/": OUTSIDE,
    "/beslut/{decision}/skriv-ut/": OUTSIDE,
    "/arenden/{matter}/skriv-ut/": set(PEOPLE) - TAKES_PART,
    "/underskrift/{manifest}/skriv-ut/": set(PEOPLE) - TAKES_PART,
}


def a_picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def places(world: World) -> dict[str, object]:
    """The addresses' values: a decided picture, a second version on its way, and the police's own draft of 3a."""
    minutes = store(
        world.agreement, b"%PDF-1.7 minutes", name="protokoll.pdf", kind=StoredFile.Kind.PDF,
        media_type="application/pdf", by=world.coordinator, pages=1,
    )  # fmt: skip
    first = moves.enter_decision(
        proposal_at(world, ProposalStatus.PROPOSED), by=world.coordinator, decided_on=today(), effective_from=today(),
        resolution="Fastställs.", minutes=minutes,
    ).proposal  # fmt: skip
    decision = moves.confirm_entry(first, by=world.police_coordinator)
    assert decision is not None
    proposal = submit(world)
    matter = submit_matter([answered(world.communication)], title="Årets plan", by=world.coordinator)
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis")
    picture = store(
        world.agreement, a_picture(), name="bild.png", kind=StoredFile.Kind.PICTURE, media_type="image/png",
        by=world.bo, width=4, height=4,
    )  # fmt: skip
    section = world.plan.sections.order_by("position")[0]
    section.body = f'<figure data-alt="Karta" data-asset="{picture.sha256}" data-source=""></figure>'
    section.save()
    world.plan.draft_party = world.polis
    world.plan.save()
    return {
        "slug": world.agreement.slug, "decision": decision.pk, "proposal": proposal.pk, "picture": picture.sha256,
        "minutes": minutes.sha256, "matter": matter.pk, "manifest": manifest.pk,
    }  # fmt: skip


def person(world: World, name: str) -> User:
    """Somebody of the cast; "expired" was a coordinator until yesterday, "central" sits in the central preparatory
    group, and "admin" keeps the accounts."""
    if name == "admin":
        return make_user("Administratör", is_staff=True, is_superuser=True)
    if name == "central":
        central = make_user(name)
        seat_in(world.agreement, Role.CENTRAL, central)
        return central
    if name != "expired":
        return getattr(world, name)  # type: ignore[no-any-return]
    former = make_user("Förra samordnaren")
    membership = seat_in(world.agreement, Role.COORDINATOR, former, world.kommun)
    Membership.objects.filter(pk=membership.pk).update(ends_on=today() - timedelta(days=1))
    forget(former)
    return former


@pytest.mark.parametrize("name", PEOPLE)
def test_everything_not_granted_is_refused(world: World, places: dict[str, object], name: str, client: Client) -> None:
    client.force_login(person(world, name))

    answers = {address: client.get(address.format(**places)).status_code for address in GRANTED}

    assert answers == {address: 200 if name in granted else 404 for address, granted in GRANTED.items()}


@pytest.mark.parametrize("name", PEOPLE)
def test_no_print_for_those_who_may_not_read(
    world: World, places: dict[str, object], name: str, client: Client
) -> None:
    client.force_login(person(world, name))

    refused = [address for address, people in REFUSED_PRINTS.items() if name in people]

    assert [client.get(address.format(**places)).status_code for address in refused] == [404] * len(refused)


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_of_a_draft_leaks_through_pages_that_are_granted(
    world: World, places: dict[str, object], name: str, client: Client
) -> None:
    """There is something that could leak: the title of the police's own draft, and a word of the shared one."""
    world.plan.title = "Hemligt arbetsnamn"
    world.plan.save()
    client.force_login(person(world, name))

    pages = [A, A + "export.json", A + "historik/", "/", "/overenskommelser/", A + "grupper/"]
    texts = [client.get(page.format(**places)).content.decode() for page in pages]

    assert any("Hemligt arbetsnamn" in text for text in texts) == (name in OWN_POLICE_DRAFT | set())


WRITES = {
    A + "bilagor/1/redigera/": {"coordinator", "police_coordinator"},
    A + "bilagor/1/skicka/": set(),  # one is on its way already
    A + "installningar/": {"coordinator", "police_coordinator"},
    A + "avsluta/": {"coordinator", "police_coordinator"},
    A + "grupper/ny/": {"coordinator", "police_coordinator"},
    A + "kontakter/ny/": {"coordinator", "police_coordinator", "communicator"},
    A + "registrera/": {"coordinator", "police_coordinator"},
    "/forslag/{proposal}/skicka-vidare/": {"preparer", "police_preparer"},
    "/forslag/{proposal}/bifall/": set(),  # it is with the preparatory group
    "/forslag/{proposal}/ta-tillbaka/": {"coordinator", "police_coordinator"},
    "/beslut/{decision}/ratta/": {"coordinator", "police_coordinator"},
}


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_that_change_something_open_for_their_people_only(
    world: World, places: dict[str, object], name: str, client: Client
) -> None:
    """Yours but not now: 403 with the reason; not yours: 404."""
    client.force_login(person(world, name))

    answers = {address: client.get(address.format(**places)).status_code for address in WRITES}

    opened = {address for address, status in answers.items() if status == 200}
    assert opened == {address for address, people in WRITES.items() if name in people}
    assert {status for status in answers.values() if status != 200} <= {403, 404}
    if name in OUTSIDE:
        assert set(answers.values()) == {404}
