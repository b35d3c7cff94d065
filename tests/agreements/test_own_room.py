"""What is one party's own is invisible to the other, and what is not in force to readers, on every path: every
address there is is asked, and every kind of row behind holds a word that must not come along."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agreements.models import (
    Annex,
    AnnexFile,
    Comment,
    Commitment,
    Definition,
    Membership,
    PriorityArea,
    SavedAside,
    Section,
    SheetValue,
    Source,
    StoredFile,
    Task,
)
from agreements.permissions import Role
from agreements.rights import today
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow.comment import ask
from agreements.workflow.file import store
from agreements.workflow.group import sync_working_group
from agreements.workflow.revision import submit_matter
from agreements.workflow.sharing import share_draft
from agreements.workflow.sheet import begin_sheet
from agreements.workflow.signing import attach_scan, open_manifest, require_higher_decision
from samverkan.accounts.models import User
from tests.factories import World, decide, make_user, submit
from tests.factories.agreements import make_annex, seat_in
from tests.factories.proposals import answered, drive

SECRET = "hemligheten"
OTHERS = "coordinator preparer anna communicator registrar reader cia expired coming admin central".split()
SIDES = ("police_signatory",)
"""The party's own people without a right to its drafts."""

PRINTS = re.compile(r"skriv-ut/$")


KEYS = {
    "kommentarer": "comment", "konflikter": "aside", "beslut": "decision", "forslag": "proposal", "arenden": "matter",
    "underskrift": "manifest", "uppgifter": "task", "meddelanden": "notice",
}  # fmt: skip
"""What the number in an address beginning so is of."""


def routes(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace in ("agreements", "communication"):
                yield from routes(pattern, route, pattern.namespace)
        elif isinstance(pattern, URLPattern) and space:
            yield f"{space}:{pattern.name}", route


ROUTES = dict(routes(get_resolver()))


@pytest.fixture
def own(world: World) -> dict[str, Any]:
    """The police's own drafts of an action plan and of a second lägesbild, with the word in every place there is."""
    decide(world)
    picture = make_annex(
        world.agreement, AnnexKind.SITUATIONAL_PICTURE, "5", f"Lägesbild {SECRET}", draft_party=world.polis
    )
    area = PriorityArea.objects.create(
        agreement=world.agreement, position=2, title=f"Område {SECRET}", description=f"<p>{SECRET}</p>"
    )
    world.working_group.priority_areas.add(area)
    Source.objects.create(agreement=world.agreement, name=f"Källa {SECRET}", note=SECRET)
    plan = world.plan
    plan.title, plan.heading, plan.draft_party = f"Plan {SECRET}", f"Plan {SECRET}", world.polis
    plan.save()
    section = plan.sections.order_by("position")[0]
    section.heading, section.body = f"Rubrik {SECRET}", f"<p>Text {SECRET}</p>"
    section.save()
    left = plan.sections.order_by("position")[1]
    left.body, left.is_left_out = f"<p>Utelämnat {SECRET}</p>", True
    left.save()
    sheet_section = Section.objects.create(annex=plan, position=9, heading=f"Blad {SECRET}", kind="action_plan_sheet")
    begin_sheet(sheet_section, by=world.police_coordinator)
    value = sheet_section.sheet.fields.all()[0].values.all()[0]
    value.html, value.is_to_be_decided, value.owner = f"<p>{SECRET}</p>", True, SECRET
    value.save()
    Commitment.objects.create(value=value, text=f"Åtagande {SECRET}", party=world.polis)
    Definition.objects.create(annex=plan, term=f"Term {SECRET}", meaning=SECRET)
    comment = Comment.objects.create(
        annex=plan, section_id=str(section.pk), text=f"Anteckning {SECRET}", own_of=world.polis,
        written_by=world.police_coordinator, author_name="x",
    )  # fmt: skip
    aside = SavedAside.objects.create(
        section=section, based_on_version=1, heading=SECRET, body=f"<p>{SECRET}</p>", saved_by=world.police_coordinator
    )
    file = store(
        world.agreement, b"%PDF-1.7 " + SECRET.encode(), name=f"{SECRET}.pdf", kind=StoredFile.Kind.PDF,
        media_type="application/pdf", by=world.police_coordinator, pages=1,
    )  # fmt: skip
    AnnexFile.objects.create(annex=plan, file=file, title=f"Fil {SECRET}")
    picture_file = store(
        world.agreement, b"\x89PNG" + SECRET.encode(), name=f"{SECRET}.png", kind=StoredFile.Kind.PICTURE,
        media_type="image/png", by=world.police_coordinator, width=1, height=1,
    )  # fmt: skip
    section.body += f'<figure data-alt="{SECRET}" data-asset="{picture_file.sha256}" data-source=""></figure>'
    section.save()
    decision = world.picture.decisions.get()
    task = Task.objects.create(agreement=world.agreement, annex=plan, kind=Task.Kind.FOLLOW_UP, decision=decision)
    proposal = submit(world)
    sync_working_group(world.working_group)
    return {
        "slug": world.agreement.slug, "annexes": [plan, picture], "value": value, "area": area, "comment": comment,
        "aside": aside, "file": file, "picture_file": picture_file, "proposal": proposal, "decision": decision,
        "task": task,
    }  # fmt: skip


@pytest.fixture
def unfinished(world: World) -> dict[str, Any]:
    """A version in force; beside it the word in a shared draft, in a matter on its way, and in an open signing."""
    decision = decide(world)
    comment = Comment.objects.create(annex=world.picture, text=SECRET, written_by=world.coordinator, author_name="x")
    for annex in (world.picture, world.plan, world.text):
        section = annex.sections.order_by("position")[0]
        section.heading, section.body = f"Rubrik {SECRET}", f"<p>Text {SECRET}</p>"
        section.save()
    facts = {"proposed_decision": SECRET, "change_summary": SECRET, "consequences": {world.kommun.pk: SECRET}}
    parts = [answered(world.picture, **facts), answered(world.plan, **facts)]
    matter = submit_matter(parts, title=SECRET, by=world.coordinator)
    proposal = matter.proposals.get(annex=world.picture)
    ask(proposal, text=SECRET, by=world.anna)
    signed = drive(world, submit(world, "0", **facts), ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(signed.annex.agreement, effective_from=today(), by=world.coordinator)
    manifest.signatories.update(name=SECRET)
    require_higher_decision(manifest, party=world.kommun, body=SECRET, by=world.coordinator)
    file = store(
        world.agreement, b"%PDF-1.7 " + SECRET.encode(), name=f"{SECRET}.pdf", kind=StoredFile.Kind.PDF,
        media_type="application/pdf", by=world.coordinator, pages=1,
    )  # fmt: skip
    AnnexFile.objects.create(annex=world.picture, file=file, title=f"Fil {SECRET}")
    attach_scan(manifest, file, by=world.coordinator)
    return {
        "slug": world.agreement.slug, "annexes": [world.picture, world.plan, world.text], "area": world.area,
        "value": decision, "comment": comment, "file": file, "picture_file": file, "proposal": proposal,
        "decision": decision, "matter": matter, "manifest": manifest,
    }  # fmt: skip


def addresses(own: dict[str, Any]) -> Iterator[str]:
    """Every address that can name something of the own drafts, or that shows the whole agreement or a list."""
    for route in ROUTES.values():
        for annex in own["annexes"]:
            sections: list[Any] = [*annex.sections.all()]
            for section in sections if "section_id" in route else [None]:
                yield from _filled(route, own, annex, section)


def _filled(route: str, own: dict[str, Any], annex: Annex, section: Section | None) -> Iterator[str]:
    values = {
        "slug": own["slug"], "number": annex.number, "section_id": section.pk if section else "",
        "area_id": own["area"].pk, "value_id": own["value"].pk, "version": 1, "ticket": "x", "word": "bifall",
        "signatory_pk": 1, "needed_pk": 1,
    }  # fmt: skip
    if "manifest" in own:
        values["signatory_pk"] = own["manifest"].signatories.all()[0].pk
        values["needed_pk"] = own["manifest"].higher_decisions.get().pk
    if annex == own["proposal"].annex:
        values["version"] = own["proposal"].revision.number
    for sha256 in (own["file"].sha256, own["picture_file"].sha256) if "sha256" in route else ("",):
        for pk in _keys(route, own):
            filled = values | {"sha256": sha256, "pk": pk}
            address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(filled[found[1]]), route)  # noqa: B023
            is_removal = route.endswith("/blad/ta-bort/") and isinstance(own["value"], SheetValue)
            yield f"{address}?falt={own['value'].field_id}" if is_removal else address


def _keys(route: str, own: dict[str, Any]) -> list[int]:
    if "<int:pk>" not in route:
        return [0]
    agreement = own["proposal"].annex.agreement
    for word, name in KEYS.items():
        if route.startswith(word):
            return [own[name].pk] if name in own else [own["proposal"].pk]
    if "kontakter" in route:
        return list(agreement.contacts.values_list("pk", flat=True))
    if "medlemmar" in route:
        return list(Membership.objects.filter(role_group__agreement=agreement).values_list("pk", flat=True)[:2])
    return list(agreement.governing_groups.values_list("pk", flat=True))


def somebody(world: World, name: str) -> User:
    if name == "admin":
        return User.objects.create_superuser("admin@example.se", "hemligt-losenord", name="Administratör")
    if name == "expired":
        user = make_user(name)
        seat_in(world.agreement, Role.COORDINATOR, user, world.polis, ends_on=today() - timedelta(days=1))
        return user
    if name == "coming":
        user = make_user(name)
        seat_in(world.agreement, Role.COORDINATOR, user, world.polis, starts_on=today() + timedelta(days=1))
        return user
    if name == "central":
        user = make_user(name)
        seat_in(world.agreement, Role.CENTRAL, user)
        return user
    return getattr(world, name)  # type: ignore[no-any-return]


def text_of(answer: Any) -> str:
    """The body, whole or streamed, and the headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + "".join(f"{key}: {value}" for key, value in answer.items())


@pytest.mark.parametrize("name", [*OTHERS, *SIDES])
def test_no_address_tells_the_others_anything(world: World, own: dict[str, Any], name: str, client: Client) -> None:
    client.force_login(somebody(world, name))
    asked = sorted({address for address in addresses(own) if not PRINTS.search(address)})
    assert len(asked) > 80

    leaks = [address for address in asked if SECRET in text_of(client.get(address))]

    assert leaks == []


@pytest.mark.parametrize("name", [*OTHERS, *SIDES])
def test_no_address_lets_the_others_do_anything_with_it(
    world: World, own: dict[str, Any], name: str, client: Client
) -> None:
    client.force_login(somebody(world, name))
    number = f"/bilagor/{own['annexes'][0].number}/"
    asked = sorted(
        {
            address
            for address in addresses(own)
            if number in address or address.startswith(("/kommentarer/", "/konflikter/"))
        }
    )

    answers = {address: client.post(address, {"text": "x", "body": "x", "version": "1"}) for address in asked}

    assert {answer.status_code for answer in answers.values()} <= {404, 405}
    assert not any(SECRET in text_of(answer) for answer in answers.values())


def test_areas_are_named_as_in_force_while_the_picture_is_the_other_partys_own_draft(
    world: World, client: Client
) -> None:
    Section.objects.create(annex=world.picture, position=9, heading="Områden", kind="priority_areas", is_numbered=True)
    decide(world)
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=world.polis)
    PriorityArea.objects.update(title=f"Platser {SECRET}")
    area = PriorityArea.objects.create(agreement=world.agreement, position=2, title=f"Område {SECRET}")
    world.working_group.priority_areas.add(area)
    pages = [
        reverse(f"agreements:{name}", args=[world.agreement.slug, *more])
        for name, *more in (
            ("group_detail",), ("group_edit", world.working_group.pk), ("group_create",),
            ("annex_create",), ("annex_describe", "3a"),
        )
    ]  # fmt: skip

    def told(user: User) -> set[tuple[bool, bool]]:
        client.force_login(user)
        answers = [text_of(client.get(page)) for page in pages]
        return {("Trygga platser" in answer, SECRET in answer) for answer in answers}

    assert told(world.coordinator) == {(True, False)}
    assert {is_told for _in_force, is_told in told(world.police_coordinator)} == {True}


def test_there_is_something_that_could_leak(world: World, own: dict[str, Any], client: Client) -> None:
    client.force_login(world.police_coordinator)
    asked = {address for address in addresses(own) if not PRINTS.search(address)}

    assert sum(SECRET in text_of(client.get(address)) for address in asked) > 25


@pytest.mark.parametrize("name", ["reader", "central", "cia", "expired", "admin"])
def test_no_address_tells_a_reader_of_what_is_not_in_force(
    world: World, unfinished: dict[str, Any], name: str, client: Client
) -> None:
    client.force_login(somebody(world, name))
    asked = sorted({address for address in addresses(unfinished) if not PRINTS.search(address)})

    leaks = [address for address in asked if SECRET in text_of(client.get(address))]

    assert leaks == []


@pytest.mark.parametrize("name", ["cia", "nils", "expired", "coming", "admin"])
def test_no_address_of_an_agreement_opens_for_those_outside_or_takes_what_they_send(
    world: World, unfinished: dict[str, Any], name: str, client: Client
) -> None:
    client.force_login(somebody(world, name))
    objects = (f"/{world.agreement.slug}/", *(f"/{word}/" for word in KEYS))
    asked = {
        address
        for address in addresses(unfinished)
        if any(part in address for part in objects) and address not in ("/meddelanden/", "/meddelanden/lasta/")
    }
    assert len(asked) > 100

    opened = {
        f"{method} {address}: {status}"
        for address in asked
        for method in ("get", "post")
        if (status := getattr(client, method)(address).status_code) not in (404, 405)
    }

    assert opened == set()


def test_who_takes_part_reads_what_is_on_its_way(world: World, unfinished: dict[str, Any], client: Client) -> None:
    """And so there is something that could leak to the others."""
    client.force_login(world.coordinator)
    asked = {address for address in addresses(unfinished) if not PRINTS.search(address)}

    assert sum(SECRET in text_of(client.get(address)) for address in asked) > 20


def test_the_print_of_the_whole_leaves_the_other_partys_own_drafts_out(
    world: World, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    """While nothing is in force, coordinators print the drafts; which ones is what matters here."""
    world.plan.draft_party = world.polis
    world.plan.save()
    printed: dict[str, Any] = {}
    monkeypatch.setattr(
        "agreements.pdf.render.render_agreement", lambda found, asset: printed.update(found=found) or b"%PDF"
    )

    def numbers(user: User) -> list[str]:
        client.force_login(user)
        assert client.get(reverse("agreements:agreement_print", args=[world.agreement.slug])).status_code == 200
        return [annex.number for annex in printed["found"].annexes]

    assert numbers(world.coordinator) == ["1", "4"]
    assert numbers(world.police_coordinator) == ["1", "3a", "4"]


def test_what_was_struck_out_before_it_was_shared_stays_in_the_own_room(world: World, client: Client) -> None:
    plan = world.plan
    plan.draft_party = world.polis
    plan.save()
    section = plan.sections.order_by("position")[0]
    for body in (f"<p>{SECRET}</p>", "<p>Det som delas.</p>"):
        section.body = body
        section.save()
    share_draft(plan, purpose="comment", by=world.police_coordinator)
    section.body = "<p>Det som skrevs sedan.</p>"
    section.save()
    address = reverse("agreements:annex_history", args=[world.agreement.slug, plan.number])

    def history(user: User) -> str:
        client.force_login(user)
        return client.get(address).content.decode()

    assert SECRET in history(world.police_coordinator)
    assert SECRET not in history(world.coordinator)
    assert "Det som <del>delas</del><ins>skrevs sedan</ins>." in history(world.coordinator)
