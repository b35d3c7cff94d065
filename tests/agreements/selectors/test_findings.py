"""What the checker says of a whole annex, and the one answer to its warnings."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.documents.checker import Severity
from agreements.models import Annex, PriorityArea, Section
from agreements.selectors.working_text import draft_document, findings, section_document, section_findings, unanswered
from agreements.workflow.annex import create_annex
from agreements.workflow.checking import answer_warnings
from agreements.workflow.structure import leave_out
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db


def found(annex: Annex) -> dict[str, list[str]]:
    """Codes with the headings of the sections that they point to."""
    headings = {str(row.pk): row.heading for row in annex.sections.all()}
    codes: dict[str, list[str]] = {}
    for finding in findings(annex):
        codes.setdefault(finding.code, []).append(headings.get(finding.section_id, finding.section_id))
    return codes


def write(annex: Annex, body: str, **facts: object) -> Section:
    annex.sections.all().delete()
    return Section.objects.create(annex=annex, position=1, heading="Rubrik", body=body, **facts)


@pytest.fixture
def begun(world: World) -> Annex:
    world.picture.delete()
    return create_annex(world.agreement, "situational_picture", number="1", title="Lägesbild", by=world.coordinator)


def test_a_text_without_faults_has_no_findings(world: World) -> None:
    assert findings(world.picture) == []


def test_a_name_that_the_title_of_the_text_hides_is_looked_at_too(world: World) -> None:
    world.picture.heading, world.picture.title = "Lägesbild 2026", "Lägesbild 880320-0016"
    world.picture.save()
    assert found(world.picture) == {"personal_number": ["uppgifter"]}


def test_empty_headings_that_the_template_demands_are_faults(begun: Annex) -> None:
    empty = found(begun)["empty_section"]
    assert "Analys" in empty
    assert "Inledning" not in empty
    begun.sections.filter(heading="Analys").update(body="<p>Vi ser tre orsaker.</p>")
    assert "Analys" not in found(begun)["empty_section"]


def test_a_demanded_section_that_is_left_out_is_a_warning_and_no_fault(world: World, begun: Annex) -> None:
    section = begun.sections.get(heading="Analys")
    leave_out(section, by=world.coordinator)
    assert "Analys" not in found(begun)["empty_section"]
    assert found(begun)["left_out"] == ["Analys"]


def test_a_missing_picture_and_a_missing_description_are_faults_in_their_section(world: World) -> None:
    write(world.picture, f'<figure data-alt="" data-asset="{"a" * 64}" data-source=""></figure>')
    assert found(world.picture) == {"alternative_text": ["Rubrik"], "picture_missing": ["Rubrik"]}
    assert {finding.severity for finding in findings(world.picture)} == {Severity.ERROR}


def test_a_heading_that_jumps_is_a_fault(world: World) -> None:
    write(world.picture, "<p>x</p>")
    Section.objects.create(annex=world.picture, position=2, level=3, heading="Djupt", body="<p>x</p>")
    assert found(world.picture) == {"heading_jump": ["Djupt"]}


def test_what_the_rows_of_a_section_lack_is_found_there(world: World) -> None:
    write(world.picture, "<p>x</p>", kind="priority_areas")
    PriorityArea.objects.create(agreement=world.agreement, position=2, title="Unga")
    assert found(world.picture) == {"area_without_plan": ["Rubrik"]}


def test_findings_in_an_areas_description_point_to_the_section_that_shows_it(world: World) -> None:
    write(world.picture, "<p>x</p>", kind="priority_areas")
    PriorityArea.objects.filter(pk=world.area.pk).update(description="<p>Ärende 811218-9876.</p>")
    assert found(world.picture) == {"personal_number": ["Rubrik"]}


def test_an_open_point_of_a_sheet_is_said_once_with_its_place(world: World) -> None:
    plan = create_annex(world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator)
    section = plan.sections.get(kind="action_plan_sheet")
    section.sheet.fields.get(key="funding").values.update(is_to_be_decided=True)
    codes = found(plan)
    assert codes["open_point_without_owner"] == [section.heading]
    assert "open_point" not in codes


def test_faults_come_before_warnings(begun: Annex) -> None:
    severities = [finding.severity for finding in findings(begun)]
    assert severities == sorted(severities, key=lambda one: one != Severity.ERROR)
    assert set(severities) == {Severity.ERROR, Severity.WARNING}


def test_a_section_alone_is_checked_without_the_rest(begun: Annex) -> None:
    section = begun.sections.select_related("annex__agreement").get(heading="Analys")
    document = section_document(section)
    assert [finding.code for finding in section_findings(section, document)] == ["empty_section"]


@pytest.mark.parametrize("kind", ["text", "parties", "groups", "sources", "definitions"])
def test_the_number_of_queries_does_not_grow_with_the_sections(world: World, kind: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            findings(world.picture)
        return len(captured)

    write(world.picture, "<p>x</p>", kind=kind)
    one = count()
    for position in (2, 3):
        Section.objects.create(annex=world.picture, position=position, heading="Rubrik", body="<p>x</p>", kind=kind)
    assert count() == one


# One answer


def test_one_answer_covers_all_warnings_of_now_and_none_that_come_later(world: World) -> None:
    write(world.picture, "<p>Se kim@example.se.</p>")
    assert [finding.code for finding in unanswered(world.picture, findings(world.picture))] == ["email"]
    answer_warnings(world.picture, answer="Funktionsbrevlåda.", by=world.coordinator)
    world.picture.refresh_from_db()
    assert unanswered(world.picture, findings(world.picture)) == []
    assert world.picture.checked_warnings[0]["answer"] == "Funktionsbrevlåda."
    world.picture.sections.update(body="<p>Se kim@example.se och lo@example.se.</p>")
    assert [finding.quote for finding in unanswered(world.picture, findings(world.picture))] == ["lo@example.se"]


def test_only_writers_answer_for_an_annex(world: World) -> None:
    for person in (world.bo, world.cia, world.preparer, world.reader):
        with pytest.raises(TransitionRefused):
            answer_warnings(world.picture, answer="Ja", by=person)


def test_an_answer_is_not_content(world: World) -> None:
    write(world.picture, "<p>Se kim@example.se.</p>")
    before = draft_document(world.picture)
    answer_warnings(world.picture, answer="Ja", by=world.coordinator)
    assert draft_document(world.picture) == before
