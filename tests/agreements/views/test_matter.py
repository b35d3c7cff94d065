"""The matter's page offers in one go what waits for the reader in at least two parts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Decision, Matter, MeetingEntry, Move, StoredFile
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as single
from agreements.workflow.revision import submit_matter
from samverkan.accounts.models import User
from tests.agreements.workflow.test_matter import enter, make_matter, parts_of, statuses
from tests.factories import World, answered, as_
from tests.factories.agreements import seat_in
from tests.factories.pdf import a_pdf

S = ProposalStatus
WORDS = ("skicka-vidare", "for-in-beslut", "bekrafta")


def address(matter: Matter, word: str) -> str:
    return reverse("agreements:matter_step", args=[matter.pk, word])


def offered(user: User, matter: Matter) -> list[str]:
    """The moves of the whole that the matter's page offers ``user``."""
    page = as_(user).get(matter.get_absolute_url()).content.decode()
    return [word for word in WORDS if f'href="{address(matter, word)}"' in page]


def shown(matter: Matter, **more: Any) -> dict[str, Any]:
    """What the page of a step sends back."""
    entries = {f"entry_{entry.proposal_id}": entry.pk for entry in MeetingEntry.objects.filter(closed_at=None)}
    return {"del": [part.pk for part in parts_of(matter)]} | entries | more


def entry_data(matter: Matter, **more: Any) -> dict[str, Any]:
    resolutions = {f"resolution_{part.pk}": f"Bifall, {part.annex.number}." for part in parts_of(matter)}
    common = {"decided_on": today(), "effective_from": today(), "item_number": "§ 7", "attendance": "Alla"}
    return shown(matter, **resolutions, **common) | more


def test_each_is_offered_the_move_that_waits_for_them(world: World) -> None:
    matter = make_matter(world)
    assert offered(world.preparer, matter) == ["skicka-vidare"]
    assert offered(world.anna, matter) == offered(world.coordinator, matter) == []

    for who in (world.preparer, world.police_preparer):
        assert as_(who).post(address(matter, "skicka-vidare"), shown(matter)).status_code == 302
    assert statuses(matter) == {S.PROPOSED}
    assert offered(world.preparer, matter) == []
    assert offered(world.coordinator, matter) == ["for-in-beslut"]

    enter(world, matter)
    assert offered(world.coordinator, matter) == []
    assert offered(world.police_coordinator, matter) == offered(world.pia, matter) == ["bekrafta"]


def test_one_part_alone_has_no_move_of_the_whole(world: World) -> None:
    matter = make_matter(world)
    for part in parts_of(matter)[:2]:
        single.forward(part, by=world.preparer)

    assert offered(world.preparer, matter) == []
    assert as_(world.preparer).get(address(matter, "skicka-vidare")).status_code == 403


def test_the_page_shows_what_is_forwarded_and_moves_nothing_on_get(world: World) -> None:
    matter = make_matter(world)
    single.forward(parts_of(matter)[0], by=world.preparer)

    page = as_(world.preparer).get(address(matter, "skicka-vidare")).content.decode()

    assert "Bilaga 1" not in page
    assert all(part.proposed_decision in page for part in parts_of(matter)[1:])
    assert Move.objects.filter(verb=Move.Verb.FORWARD).count() == 1


def test_a_meetings_decision_is_entered_for_all_parts_with_one_file(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    client, url = as_(world.coordinator), address(matter, "for-in-beslut")
    form = client.get(url).context["form"]
    assert [form.get_initial_for_field(form.fields[name], name) for name in form.fields if "resolution" in name] == [
        part.proposed_decision for part in parts_of(matter)
    ]

    response = client.post(url, entry_data(matter, minutes=SimpleUploadedFile("p.pdf", a_pdf())))

    assert response["Location"] == matter.get_absolute_url()
    told = "Infört: 3 delar. De fastställs när alla andra parter har bekräftat dem."
    assert told in client.get(matter.get_absolute_url()).content.decode()
    entries = MeetingEntry.objects.order_by("proposal__annex__sort_key")
    assert [(entry.resolution, entry.item_number, entry.minutes) for entry in entries] == [
        (f"Bifall, {number}.", "§ 7", StoredFile.objects.get()) for number in ("1", "3a", "4")
    ]


@pytest.mark.parametrize("wrong", [{"decided_on": "2999-01-01"}, {"effective_from": ""}, {"minutes": "not a pdf"}])
def test_what_is_wrong_in_the_entry_is_said_and_the_rest_kept(world: World, wrong: dict[str, str]) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    if "minutes" in wrong:
        wrong = {"minutes": SimpleUploadedFile("p.pdf", b"x")}  # type: ignore[dict-item]

    response = as_(world.coordinator).post(address(matter, "for-in-beslut"), entry_data(matter, **wrong))

    assert response.status_code == 422
    assert "Bifall, 3a." in response.content.decode()
    assert not MeetingEntry.objects.exists()


def test_all_that_was_entered_is_confirmed_and_decided(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    enter(world, matter)
    client, url = as_(world.pia), address(matter, "bekrafta")
    page = client.get(url).content.decode()
    assert all(f"§ om {part.annex.number}." in page for part in parts_of(matter))

    assert client.post(url, shown(matter)).status_code == 302

    assert Decision.objects.count() == 3


def test_another_entry_than_the_one_that_was_read_is_not_confirmed(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    enter(world, matter)
    read = shown(matter)
    first = parts_of(matter)[0]
    single.dispute_entry(first, by=world.police_coordinator, reason="Fel dag.")
    single.enter_decision(
        first, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Något annat."
    )

    response = as_(world.pia).post(address(matter, "bekrafta"), read)

    assert response.status_code == 422
    assert "Ett annat beslut har förts in under tiden." in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("word", WORDS)
def test_a_double_click_does_nothing_more(world: World, word: str) -> None:
    matter = make_matter(world, status=S.IN_PREPARATION if word == "skicka-vidare" else S.PROPOSED)
    if word == "bekrafta":
        enter(world, matter)
    who = {"skicka-vidare": world.preparer, "for-in-beslut": world.coordinator, "bekrafta": world.police_coordinator}
    client, data = as_(who[word]), entry_data(matter)
    client.post(address(matter, word), data)
    before = Move.objects.count()

    again = client.post(address(matter, word), data, follow=True)

    assert (again.status_code, Move.objects.count()) == (200, before)
    assert "har redan gått vidare" in again.content.decode()


def test_a_part_that_has_moved_meanwhile_hinders_the_whole_and_is_named(world: World) -> None:
    matter = make_matter(world)
    client, data = as_(world.preparer), shown(matter)
    single.refer_back(parts_of(matter)[1], by=world.police_preparer, reason="Kartan saknas.")

    response = client.post(address(matter, "skicka-vidare"), data)

    assert response.status_code == 422
    assert "Bilaga 3a Åtgärdsplan: " in response.content.decode()
    assert not Move.objects.filter(verb=Move.Verb.FORWARD).exists()


@pytest.mark.parametrize("word", WORDS)
def test_the_moves_of_the_whole_are_for_those_whose_they_are(world: World, word: str) -> None:
    matter = make_matter(world)
    for who, status in ((world.member, 403), (world.cia, 404), (world.nils, 404)):
        for method in ("get", "post"):
            assert getattr(as_(who), method)(address(matter, word), shown(matter)).status_code == status


@pytest.mark.parametrize("word", WORDS)
def test_a_page_of_many_parts_asks_as_much_as_one_of_two(world: World, word: str) -> None:
    def queries(numbers: tuple[str, ...]) -> int:
        matter = submit_matter([answered(world.annexes[n]) for n in numbers], title="Våren", by=world.coordinator)
        if word != "skicka-vidare":
            for part in parts_of(matter):
                single.forward(part, by=world.preparer)
                single.forward(part, by=world.police_preparer)
        if word == "bekrafta":
            enter(world, matter)
        who = {"skicka-vidare": world.preparer, "for-in-beslut": world.coordinator, "bekrafta": world.pia}[word]
        client = as_(who)
        client.get(address(matter, word))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(matter, word)).status_code == 200
        for part in parts_of(matter):
            single.withdraw(part, by=world.coordinator)
        return len(asked)

    assert queries(("1", "4")) == queries(("1", "3a", "4"))


def test_the_page_says_of_each_part_what_is_asked_what_yes_means_and_who_has_said_it(world: World) -> None:
    facts = {"proposed_decision": "Planen fastställs.", "consequences": {world.kommun.pk: "En tjänst till."}}
    parts = [answered(world.picture), answered(world.plan, **facts)]
    matter = submit_matter(parts, title="Våren", by=world.coordinator)
    for who in (world.preparer, world.police_preparer):
        as_(who).post(address(matter, "skicka-vidare"), shown(matter))
    single.give_assent(matter.proposals.get(annex=world.plan), by=world.pia)

    page = as_(world.anna).get(matter.get_absolute_url()).content.decode()

    assert "Planen fastställs." in page
    assert "En tjänst till." in page
    assert page.count(f"</span> {world.polis}</span>") == 1, "at the part that the police have said yes to"
    assert page.index("En tjänst till.") < page.index("Säg ja till alla 2 delar")


@pytest.mark.parametrize("is_bound", [False, True])
@pytest.mark.parametrize("status", [S.IN_PREPARATION, S.PROPOSED])
@pytest.mark.parametrize("who", ["anna", "coordinator", "member", "nils"])
def test_the_page_of_many_parts_costs_as_much_as_that_of_two(world: World, who: str, status: S, is_bound: bool) -> None:
    seat_in(world.agreement, Role.STEERING, world.nils, world.kommun, Capacity.SUBSTITUTE)
    person = getattr(world, who)
    costs = []
    for annexes in ([world.picture, world.plan], [world.picture, world.plan, world.communication]):
        matter = submit_matter(
            [answered(annex) for annex in annexes], title="Våren", by=world.police_coordinator,
            is_bound_together=is_bound,
        )  # fmt: skip
        if status == S.PROPOSED:
            for part in parts_of(matter):
                single.forward(part, by=world.preparer)
                single.forward(part, by=world.police_preparer)
        client = as_(person)
        client.get(matter.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(matter.get_absolute_url())
        costs.append(len(queries))
        for part in parts_of(matter)[: 1 if is_bound else None]:
            single.withdraw(part, by=world.police_coordinator)

    assert costs[0] == costs[1] < 40


def test_what_a_part_changes_comes_when_it_is_opened(world: World) -> None:
    matter = make_matter(world)
    part = parts_of(matter)[0]
    client = as_(world.anna)

    fetched = client.get(part.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()

    assert "Vad som ändras" not in client.get(matter.get_absolute_url()).content.decode().replace(
        "Vad som ändras, och", ""
    )
    assert "Vad som ändras" in fetched
    assert "<html" not in fetched
