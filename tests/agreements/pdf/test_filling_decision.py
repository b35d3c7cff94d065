"""What the record of a matter says when its parts were decided alike, and when they were not."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements.models import Assent, Matter, Opinion
from agreements.pdf.filling_decision import printed_record
from agreements.pdf.printed import PrintedRecord
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import matter as together
from agreements.workflow import proposal as single
from agreements.workflow.decision import correct
from tests.agreements.workflow.test_matter import enter, make_matter, parts_of
from tests.factories import World


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When a yes is given: at the last of these moments, noon to begin with."""
    moments = [timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)]
    monkeypatch.setattr(Assent._meta.get_field("given_at"), "_get_default", lambda: moments[-1])
    return moments


def record_of(matter: Matter) -> PrintedRecord:
    return printed_record(list(matter.decisions.order_by("annex__sort_key")), title=matter.title)


def decided_at_a_meeting_and_after(world: World) -> Matter:
    """Annex 3a was decided at a meeting four days ago, annexes 1 and 4 per capsulam today."""
    matter = make_matter(world, status=ProposalStatus.PROPOSED)
    first, second, third = parts_of(matter)
    single.give_opinion(first, by=world.member, stance=Opinion.Stance.DISSENT, reason="Nej.")
    day = today() - timedelta(days=4)
    together.enter_all(
        [second], {second.pk: "Bifall."}, by=world.coordinator, decided_on=day, effective_from=day, item_number="§ 4",
        attendance="Kommundirektören",
    )  # fmt: skip
    together.confirm_all([second], by=world.police_coordinator)
    for part in (first, third):
        single.give_assent(part, by=world.anna)
        single.give_assent(part, by=world.pia)
    return matter


def test_parts_decided_in_different_ways_have_a_record_each_in_the_order_of_days(world: World) -> None:
    meeting, after = record_of(decided_at_a_meeting_and_after(world)).parts

    assert [item.label for item in meeting.items] == ["Bilaga 3a"]
    assert (meeting.method, meeting.paragraph, meeting.attendance) == ("vid möte", "§ 4", "Kommundirektören")
    assert [item.label for item in after.items] == ["Bilaga 1", "Bilaga 4"]
    assert (after.method, after.paragraph, after.attendance) == ("per capsulam", "", "")
    assert [part.decided_on for part in (meeting, after)] == [today() - timedelta(days=4), today()]
    assert {assent.name for assent in meeting.assents} == {"Samordnare kommun", "Samordnare polis"}
    assert {assent.name for assent in after.assents} == {"Anna", "Pia"}
    assert [part.way for part in (meeting, after)] == [1, 2]
    assert meeting.ways == after.ways
    assert [way.split(" (")[0] for way in meeting.ways] == ["Del 1: Bilaga 3a", "Del 2: Bilaga 1, Bilaga 4"]


def test_what_was_said_and_corrected_about_a_part_stands_in_that_parts_record(world: World) -> None:
    matter = decided_at_a_meeting_and_after(world)
    correct(matter.decisions.get(annex=world.plan), text="Paragrafen ska vara § 5.", by=world.coordinator)

    meeting, after = record_of(matter).parts

    assert [correction.text for correction in meeting.corrections] == ["Paragrafen ska vara § 5."]
    assert [statement.name for statement in after.statements] == ["Ledamot"]
    assert not meeting.statements
    assert not after.corrections


def test_parts_decided_alike_have_one_record_and_no_parts(world: World, clock: list[datetime]) -> None:
    matter = make_matter(world, status=ProposalStatus.PROPOSED)
    enter(world, matter)
    clock.append(clock[-1] + timedelta(hours=1))
    together.confirm_all(parts_of(matter), by=world.police_coordinator)

    (only,) = record_of(matter).parts

    assert (only.way, only.ways, only.paragraph) == (0, (), "§ 4")
    assert [(item.label, item.paragraph) for item in only.items] == [
        ("Bilaga 1", ""), ("Bilaga 3a", ""), ("Bilaga 4", ""),
    ]  # fmt: skip
    assert [(assent.party, assent.note) for assent in only.assents] == [
        (world.kommun.organisation.name, "Infört från mötet"), (world.polis.organisation.name, "Infört från mötet"),
    ]  # fmt: skip


def test_texts_of_one_meeting_with_a_paragraph_each_share_a_record_and_keep_their_paragraphs(world: World) -> None:
    matter = make_matter(world, status=ProposalStatus.PROPOSED)
    for number, part in enumerate(parts_of(matter), 4):
        together.enter_all(
            [part], {part.pk: "Bifall."}, by=world.coordinator, decided_on=today(), effective_from=today(),
            item_number=f"§ {number}", attendance="Alla",
        )  # fmt: skip
    together.confirm_all(parts_of(matter), by=world.police_coordinator)

    (only,) = record_of(matter).parts

    assert only.paragraph == ""
    assert [item.paragraph for item in only.items] == ["§ 4", "§ 5", "§ 6"]


def test_yeses_given_at_different_times_are_all_there_and_say_to_which_text(
    world: World, clock: list[datetime]
) -> None:
    matter = make_matter(world, status=ProposalStatus.PROPOSED)
    noon, parts = clock[-1], parts_of(matter)
    single.give_assent(parts[0], by=world.anna)
    clock.append(noon + timedelta(hours=1))
    for part in parts[1:]:
        single.give_assent(part, by=world.anna)
    for second, part in enumerate(parts):
        clock.append(noon + timedelta(hours=2, seconds=second))
        single.give_assent(part, by=world.pia)

    (only,) = record_of(matter).parts

    first, *others = matter.decisions.order_by("annex__sort_key")
    assert [(assent.name, assent.given_at, assent.note) for assent in only.assents] == [
        ("Anna", noon, str(first)),
        ("Anna", noon + timedelta(hours=1), f"{others[0]}, {others[1]}"),
        ("Pia", noon + timedelta(hours=2), ""),
    ]


@pytest.mark.parametrize("kept", ["attendance", "is_registered_afterwards", "imprint"])
def test_whatever_a_record_says_of_all_its_texts_they_share(world: World, kept: str) -> None:
    matter = make_matter(world, status=ProposalStatus.PROPOSED)
    enter(world, matter)
    together.confirm_all(parts_of(matter), by=world.police_coordinator)
    decisions = list(matter.decisions.order_by("annex__sort_key"))
    other = {"attendance": "Ingen", "is_registered_afterwards": True, "imprint": decisions[1].imprint | {"parties": []}}
    setattr(decisions[1], kept, other[kept])

    assert [len(part.items) for part in printed_record(decisions, title="Våren").parts] == [2, 1]


def test_the_page_gives_one_file_with_each_part_from_its_own_page(
    world: World, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    matter = decided_at_a_meeting_and_after(world)
    client = Client()
    client.force_login(world.anna)

    response = client.get(reverse("agreements:matter_record_print", args=[matter.pk]))

    reader = PdfReader(BytesIO(response.getvalue()))
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.title == "Våren"
    assert "Beslutsprotokoll, del 1 av 2" in first
    assert "vid möte, § 4" in first.split("Beslutsform")[1]
    assert f"Beslutat {(today() - timedelta(days=4)).isoformat()}" in first
    assert "Beslutsprotokoll, del 2 av 2" in second
    assert "§ 4" not in second.split("Beslutsform")[1]
    assert f"Beslutat {today().isoformat()}" in second
