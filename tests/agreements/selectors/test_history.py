"""The readable history: what one person did in one go is one line, told in words, as far back as anybody asks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Contact, Membership, Participant
from agreements.rights import today
from agreements.selectors.history import agreement_history, annex_history, latest_acts
from agreements.selectors.history_events import Event, Page
from agreements.selectors.history_words import FieldChange
from agreements.workflow.contact import remove_contact, save_contact
from agreements.workflow.section import save_section
from samverkan.accounts.models import User
from tests.factories import World, as_, decide, submit
from tests.factories.agreements import make_organisation

FUNCTIONS = ("Kommunpolis", "Trygghetssamordnare", "Kommunikatör")


def add(world: World, function: str, by: User) -> Contact:
    return save_contact(Contact(agreement=world.agreement, party=world.kommun, function=function), by=by)


def lines(world: World) -> list[Event]:
    """The events about contacts, newest first."""
    found = agreement_history(world.agreement, world.coordinator).events
    return [event for event in found if "ontakt" in str(event.what)]


def test_what_one_person_adds_in_one_go_is_one_line_with_each_row_in_it(world: World) -> None:
    for function in FUNCTIONS:
        add(world, function, world.coordinator)

    (line,) = lines(world)

    assert line.what == "Kontakter har lagts till: 3"
    assert line.who == str(world.coordinator)
    assert [row.title for row in line.rows] == list(FUNCTIONS)


def test_a_section_is_named_in_its_line_without_the_notes_of_its_heading(world: World) -> None:
    section = world.picture.sections.order_by("position")[0]
    heading = f"{section.heading}<sup data-note='<p>En not.</p>'></sup>"
    save_section(section, heading=heading, body="<p>Nytt.</p>", version=section.version, by=world.coordinator)

    line = annex_history(world.picture, world.coordinator).events[0]

    assert str(line.what).endswith(f": {section.heading}")
    assert "En not." in {change.became for change in line.changes if change.name == "rubrik"}.pop()


def test_rows_of_two_kinds_that_come_in_turns_are_two_lines(world: World) -> None:
    add(world, "Kommunpolis", world.coordinator)
    Participant.objects.create(agreement=world.agreement, organisation=make_organisation())
    add(world, "Kommunikatör", world.coordinator)

    assert [[row.title for row in line.rows] for line in lines(world)] == [["Kommunpolis", "Kommunikatör"]]


def test_one_row_is_named_in_its_line(world: World) -> None:
    add(world, "Kommunpolis", world.coordinator)

    (line,) = lines(world)

    assert line.what == "Kontakt har lagts till: Kommunpolis"
    assert line.rows == []


def test_another_person_another_act_or_a_later_time_is_another_line(world: World) -> None:
    first = Contact(agreement=world.agreement, party=world.kommun, function="Kommunpolis")
    first._history_date = timezone.now() - timedelta(hours=1)  # type: ignore[attr-defined]
    save_contact(first, by=world.coordinator)
    second = add(world, "Trygghetssamordnare", world.coordinator)
    add(world, "Kommunikatör", world.police_coordinator)
    remove_contact(second, by=world.coordinator)

    assert [line.what for line in lines(world)] == [
        "Kontakt har tagits bort: Trygghetssamordnare",
        "Kontakt har lagts till: Kommunikatör",
        "Kontakt har lagts till: Trygghetssamordnare",
        "Kontakt har lagts till: Kommunpolis",
    ]


def change_of(world: World, model: str, **facts: object) -> list[tuple[str, str, str]]:
    """Changes a row of the world as a form would, and gives what the history says of it."""
    row = {
        "membership": Membership.objects.get(role_group__agreement=world.agreement, user=world.anna),
        "agreement": world.agreement,
        "section": world.picture.sections.first(),
    }[model]
    for name, value in facts.items():
        setattr(row, name, value)
    assert row is not None
    row.save()
    if model == "section":
        page = annex_history(world.picture, world.coordinator)
    else:
        page = agreement_history(world.agreement, world.coordinator)
    return [(change.name, change.was, change.became) for change in page.events[0].changes]


@pytest.mark.parametrize(
    ("model", "facts", "told"),
    [
        ("membership", {"capacity": "substitute"}, ("uppdrag", "beslutfattare", "ersättare")),
        ("membership", {"ends_on": date(2031, 5, 4)}, ("till och med", "", "4 maj 2031")),
        ("section", {"is_left_out": True}, ("utelämnat", "nej", "ja")),
        ("agreement", {"labels": {"working_group": "lag"}}, ("överenskommelsens egna ord", "", "arbetsgrupp: lag")),
        (
            "agreement",
            {"fixing_rules": {"action_plan": "signatures"}},
            ("vad som fastställer varje slags bilaga", "", "åtgärdsplan: alla parters underskrifter"),
        ),
    ],
)
def test_no_code_is_told_but_what_it_means(
    world: World, model: str, facts: dict[str, object], told: tuple[str, str, str]
) -> None:
    assert change_of(world, model, **facts) == [told]


def test_what_is_removed_is_told_with_all_that_stood_there(world: World) -> None:
    contact = add(world, "Kommunpolis", world.coordinator)
    contact.phone, contact.is_acting = "+46846500400", True
    save_contact(contact, by=world.coordinator)
    remove_contact(contact, by=world.coordinator)

    stood = {change.name: (change.was, change.became) for change in lines(world)[0].changes}

    assert stood["telefon"] == ("+46846500400", "")
    assert stood["tillförordnad (tf)"] == ("ja", "")


def test_a_change_far_into_a_long_text_is_shown_with_the_words_around_it(world: World) -> None:
    section = world.picture.sections.order_by("position")[0]
    words = " ".join(f"ord{number}" for number in range(300))
    for body in (f"<p>{words} slutet.</p>", f"<p>{words} avslutningen.</p>"):
        section.body = body
        section.save()

    (change,) = annex_history(world.picture, world.coordinator).events[0].changes

    assert "<del>slutet</del><ins>avslutningen</ins>" in change.marked
    assert "ord299" in change.marked
    assert "ord100" not in change.marked


def test_older_events_are_told_on_the_pages_after_and_none_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = world.kommun
    for number in range(7):
        party.registry_number = f"KS {number}"
        party.save()
        add(world, f"Kontakt {number}", world.coordinator if number % 2 else world.police_coordinator)
    whole = [str(change.became) for change in numbers(agreement_history(world.agreement, world.coordinator))]
    for module in ("history", "history_acts", "history_events"):
        monkeypatch.setattr(f"agreements.selectors.{module}.LIMIT", 3)

    found, page = [], agreement_history(world.agreement, world.coordinator)
    for _page in range(60):
        found += [str(change.became) for change in numbers(page)]
        if page.older is None:
            break
        page = agreement_history(world.agreement, world.coordinator, page.older)

    assert page.older is None
    assert found == whole == [f"KS {number}" for number in reversed(range(7))]


def numbers(page: Page) -> list[FieldChange]:
    """What the page tells of changed registry numbers."""
    return [change for event in page.events for change in event.changes if change.name == "diarienummer"]


def test_the_latest_acts_are_those_of_the_history_newest_first_and_so_many(world: World) -> None:
    decide(world)
    submit(world, "3a")
    add(world, "Kommunpolis", world.coordinator)
    history = agreement_history(world.agreement, world.coordinator).events

    acts = [event for event in history if event.url]
    assert latest_acts(world.agreement, world.coordinator, 3) == acts[:3]
    assert latest_acts(world.agreement, world.member, 99) == acts
    assert str(acts[0].what) == f"Inlämnad: {world.plan}, version 1"


@pytest.mark.parametrize("person", ["reader", "cia", "nils"])
def test_the_latest_acts_are_only_for_those_who_take_part(world: World, person: str) -> None:
    decide(world)

    assert latest_acts(world.agreement, getattr(world, person), 5) == []


def test_the_agreements_page_tells_the_latest_acts_to_those_who_take_part(world: World) -> None:
    decide(world)
    page = world.agreement.get_absolute_url()

    html = as_(world.member).get(page).content.decode()
    assert "Senaste händelser" in html
    assert f"Fastställd: {world.picture}, version 1" in html
    assert reverse("agreements:agreement_history", args=[world.agreement.slug]) in html
    another_day = as_(world.member).get(page, {"den": str(today() - timedelta(days=1))}).content.decode()
    assert "Senaste händelser" not in another_day
    assert "Senaste händelser" not in as_(world.reader).get(page).content.decode()
