"""A day that has passed is printed as it was: who could be reached, what the agreement said of its period, who the
parties were and what they were called. What the law removed does not come back by that."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.models import Contact
from agreements.pdf.filling import printed_agreement
from agreements.pdf.printed import PrintedAgreement, PrintedContact
from agreements.pdf.printing import agreement_pdf
from agreements.rights import today
from agreements.workflow.contact import remove_contact, save_contact
from agreements.workflow.section import save_section
from tests.factories import World, decide, decided_before
from tests.factories.history import deleted, known_since, moment, written
from tests.factories.removals import SECRET, name_somebody, remove

DAY = timedelta(days=1)
CHANGED = timedelta(days=10)


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def printed(world: World, day: date) -> PrintedAgreement:
    found = printed_agreement(world.agreement, day)
    assert found is not None
    return found


def contacts(world: World, day: date) -> list[PrintedContact]:
    sheet = printed(world, day).annexes[-1].contact_sheet
    assert sheet is None or sheet.as_of == day
    return [contact for party in sheet.parties for contact in party.contacts] if sheet else []


@pytest.fixture
def in_force(world: World) -> World:
    """The communication plan is in force since a month, and what is written of the agreement is older."""
    decided_before(world, "4", today() - 30 * DAY)
    world.agreement.contacts.create(
        party=world.polis,
        function="Kommunpolis",
        name="Bo",
        phone="+46846500401",
        organisation=world.polis.organisation,
    )
    known_since(today() - 40 * DAY)
    return world


def change_contacts(world: World) -> None:
    """Ten days ago Bo was followed by Mia, and a service was added."""
    at = moment(today() - CHANGED)
    bo = Contact.objects.get(name="Bo")
    written(bo, at, name="Mia", phone="+46846500402")
    written(bo.organisation, at, name="Lokalpolisområde Nytt")  # type: ignore[arg-type]
    written(Contact(agreement=world.agreement, function="Polisen", phone="11414"), at)


def test_the_contact_sheet_is_that_of_its_day(in_force: World) -> None:
    old = in_force.polis.organisation.name
    change_contacts(in_force)

    before, after = contacts(in_force, today() - CHANGED - DAY), contacts(in_force, today() - CHANGED)

    assert [(c.name, c.phones[0][1], c.organisation) for c in before] == [("Bo", "08-465 004 01", old)]
    assert [(c.name, c.phones[0][1], c.organisation) for c in after] == [
        ("Mia", "08-465 004 02", "Lokalpolisområde Nytt"), ("", "114 14", ""),
    ]  # fmt: skip
    assert after == contacts(in_force, today())


def test_who_has_been_taken_away_is_on_the_sheets_of_the_days_before(in_force: World) -> None:
    deleted(Contact.objects.get(name="Bo"), moment(today() - CHANGED))

    assert [c.name for c in contacts(in_force, today() - CHANGED - DAY)] == ["Bo"]
    assert contacts(in_force, today() - CHANGED) == []


def test_the_sheet_on_paper_says_its_day_and_who_it_was_then(in_force: World) -> None:
    change_contacts(in_force)
    day = today() - CHANGED - DAY

    data = agreement_pdf(in_force.agreement, day)

    assert data is not None
    text = " ".join(PdfReader(BytesIO(data)).pages[-1].extract_text().split())
    assert f"Per {day.isoformat()}" in text
    assert "08-465 004 01" in text
    assert "08-465 004 02" not in text
    assert agreement_pdf(in_force.agreement, day) == data


def test_the_period_on_the_cover_is_what_was_said_that_day(in_force: World) -> None:
    written(in_force.agreement, moment(today() - CHANGED), starts_on=date(2020, 2, 29))

    before, after = (printed(in_force, today() - CHANGED - days).period for days in (DAY, 0 * DAY))

    assert before == "Från och med 1 mars 2026, tills vidare"
    assert after == "Från och med 29 februari 2020, tills vidare"


def test_head_and_foot_are_those_of_the_day_and_not_of_the_decision(in_force: World) -> None:
    written(in_force.agreement, moment(today() - CHANGED), title="Ny titel")
    written(in_force.kommun, moment(today() - CHANGED), registry_number="KS 2031/9")

    before, after = (printed(in_force, today() - CHANGED - days).imprint for days in (DAY, 0 * DAY))

    assert (after.agreement, after.parties[0].registry_number) == ("Ny titel", "KS 2031/9")
    assert before.agreement != "Ny titel"
    assert before.parties[0].registry_number not in ("", "KS 2031/9")


@pytest.mark.parametrize(
    "kept",
    [
        {"function": "Kommunpolis", "name": SECRET, "phone": "+46846500401"},
        {"function": f"Ersättare för {SECRET}", "name": "Bo", "phone": "+46846500401"},
    ],
)
def test_what_the_law_removed_does_not_come_back_with_a_past_contact(world: World, kept: dict[str, str]) -> None:
    name_somebody(world, "4")
    decision = decide(world, "4")
    contact = Contact(agreement=world.agreement, party=world.polis, **kept)
    save_contact(contact, by=world.coordinator)
    same = Contact(agreement=world.agreement, party=world.polis, function="Brottsförebyggare", name="Kim")
    save_contact(same, by=world.coordinator)

    remove(world, decision.revision)
    remove_contact(contact, by=world.coordinator)

    history = Contact.history.exclude(history_type="-")
    assert not [row for row in history if SECRET in row.name + row.function]
    assert history.filter(name="Kim").count() == 1
    assert history.filter(phone="+46846500401").count() == 1


def test_a_number_that_the_law_removed_takes_the_past_contact_with_it(world: World) -> None:
    section = world.communication.sections.order_by("position")[0]
    save_section(
        section, heading=section.heading, body="<p>Ring 070-174 06 05.</p>", version=section.version,
        by=world.coordinator,
    )  # fmt: skip
    decision = decide(world, "4")
    contact = Contact(agreement=world.agreement, function="Jour", name="Kim", mobile="+46701740605")
    save_contact(contact, by=world.coordinator)
    other = Contact(agreement=world.agreement, function="Växel", phone="+46846500401")
    save_contact(other, by=world.coordinator)

    remove(world, decision.revision, words=("070-174 06 05",))

    rows = Contact.history.order_by("id").values_list("function", "name", "phone", "mobile")
    assert list(rows) == [("Jour", "", "", ""), ("Växel", "", "+46846500401", "")]
