"""Action-plan tables become sheets with the labels that the file has, and every word keeps its place."""

from __future__ import annotations

import pytest

from agreements.documents.text import to_text
from agreements.documents.word_import.reader import read_word
from agreements.models import Annex, Commitment, SheetColumn, SheetField, SheetValue
from agreements.policies.annex import may_edit
from agreements.selectors.draft import draft_document
from agreements.states import AnnexKind
from agreements.workflow.annex import create_annex
from agreements.workflow.word import Answers, placings_for, take_in
from tests.agreements.documents.word_import.docx import Docx, docx, footnote, item, p, tbl, tc, tr
from tests.agreements.documents.word_import.oracle import words, words_of_file
from tests.factories import World

pytestmark = pytest.mark.django_db

AREA = tbl(tr("Övergripande mål och syfte", "Färre inbrott."), tr("Lägesbild", "Inbrotten har ökat."))
ROWS = [
    ("Mål och syfte", "Fler grannar samverkar."),
    ("Löptid", "Bestäms senare"),
    ("Polisen kontakt", "Kommunpolis"),
    ("Finansiering", "Tas ställning till senare"),
    ("Eget fält", "Något eget"),
]
GROUP = tbl(tr("Inbrott", "Grannsamverkan", props="<w:tblHeader/>"), *(tr(label, value) for label, value in ROWS))


@pytest.fixture
def plan(world: World) -> Annex:
    return create_annex(world.agreement, AnnexKind.ACTION_PLAN, number="3b", title="Åtgärdsplan", by=world.coordinator)


def take(world: World, plan: Annex, data: bytes, person: str = "coordinator") -> list[str]:
    """Take the file in, see that it is all there, and return its words."""
    word = read_word(data)
    answers = Answers(replaces_text=True)
    taken = take_in(plan, word, placings_for(plan, word), by=getattr(world, person), answers=answers)
    found = words(to_text(draft_document(plan)))
    assert found == words_of_file(data)
    assert taken.is_complete
    return found


def heading(text: str) -> str:
    return p(text, style="Heading1")


def test_the_tables_fill_the_sheet_with_the_labels_of_the_file(world: World, plan: Annex) -> None:
    take(world, plan, docx(heading("Bostadsinbrott"), AREA, p(), GROUP))
    (section,) = plan.sections.filter(is_left_out=False)
    assert (section.template_key, section.kind, section.heading, section.body) == (
        "sheet", "action_plan_sheet", "Bostadsinbrott", "",
    )  # fmt: skip
    assert (section.sheet.corner, [column.heading for column in section.sheet.columns.all()]) == (
        "Inbrott",
        ["Grannsamverkan"],
    )
    fields = [(field.scope, field.key, field.label) for field in SheetField.objects.filter(sheet__section=section)]
    assert fields == [
        ("area", "overall_goal", "Övergripande mål och syfte"),
        ("area", "situational_picture", "Lägesbild"),
        ("group", "goal", "Mål och syfte"),
        ("group", "period", "Löptid"),
        ("group", "police_contact", "Polisen kontakt"),
        ("group", "funding", "Finansiering"),
        ("group", "", "Eget fält"),
    ]


def test_what_is_decided_later_is_an_open_point_in_its_own_words(world: World, plan: Annex) -> None:
    take(world, plan, docx(heading("Bostadsinbrott"), AREA, p(), GROUP))
    found = SheetValue.objects.filter(field__sheet__section__annex=plan, is_to_be_decided=True)
    assert [value.html for value in found] == ["<p>Bestäms senare</p>", "<p>Tas ställning till senare</p>"]


def test_commitments_in_a_list_become_rows_of_their_party(world: World, plan: Annex) -> None:
    promised = tc(p("Polisen ska"), item("gå ronder"), item("ge råd"))
    rows = [tr(label, value) for label, value in ROWS]
    take(world, plan, docx(heading("Plan"), AREA, p(), tbl(tr("A", "B"), *rows, tr("Polisens åtagande", promised))))
    found = Commitment.objects.filter(value__field__sheet__section__annex=plan)
    assert [(row.text, row.party) for row in found] == [("gå ronder", world.polis), ("ge råd", world.polis)]


def test_a_note_in_the_heading_stays_there(world: World, plan: Annex) -> None:
    body = p("Bostadsinbrott", footnote(1), style="Heading1") + AREA + p() + GROUP
    take(world, plan, Docx(body, footnotes=f'<w:footnote w:id="1">{p("Gäller under året")}</w:footnote>').bytes())
    assert draft_document(plan)["notes"] == ["<p>Gäller under året</p>"]


def test_text_before_the_sheet_stays_before_it_and_text_after_it_after(world: World, plan: Annex) -> None:
    take(
        world,
        plan,
        docx(heading("Plan"), p("Före."), AREA, p("Emellan."), GROUP, p("Efter."), heading("Uppföljning"), p("Text.")),
    )
    rows = [(row.template_key, row.kind, row.heading, row.body) for row in plan.sections.filter(is_left_out=False)]
    assert rows == [
        ("sheet", "action_plan_sheet", "Plan", "<p>Före.</p>"),
        ("", "action_plan_sheet", "", "<p>Emellan.</p>"),
        ("", "text", "", "<p>Efter.</p>"),
        ("follow_up", "text", "Uppföljning", "<p>Text.</p>"),
    ]


def test_several_sheets_in_one_file(world: World, plan: Annex) -> None:
    take(world, plan, docx(heading("Plan"), AREA, p(), GROUP, p("Andra gruppen"), GROUP))
    assert plan.sections.filter(is_left_out=False, kind="action_plan_sheet").count() == 2


def test_the_words_over_a_sheet_without_columns_are_not_lost(world: World, plan: Annex) -> None:
    over_all = tr(tc(p("Åtgärdsplan inbrott"), props='<w:gridSpan w:val="2"/>'), props="<w:tblHeader/>")
    take(world, plan, docx(heading("Plan"), tbl(over_all, *(tr(label, value) for label, value in ROWS))))
    assert SheetColumn.objects.get(sheet__section__annex=plan).heading == "Åtgärdsplan inbrott"


def test_other_tables_stay_tables(world: World, plan: Annex) -> None:
    take(world, plan, docx(heading("Plan"), tbl(tr("År", "Antal"), tr("2024", "31"), tr("2025", "28"))))
    (section,) = plan.sections.filter(is_left_out=False)
    assert section.kind == "text"
    assert "<table>" in section.body


def test_a_field_keeps_its_identity_when_the_file_is_taken_in_again(world: World, plan: Annex) -> None:
    data = docx(heading("Plan"), AREA, p(), GROUP)
    take(world, plan, data)
    before = set(SheetField.objects.values_list("pk", "label"))
    take(world, plan, data)
    assert set(SheetField.objects.values_list("pk", "label")) == before


def test_a_column_called_as_a_working_group_is_that_groups_when_a_coordinator_says_so(
    world: World, plan: Annex
) -> None:
    name = world.working_group.name
    rows = [tr(label, value) for label, value in ROWS]
    data = docx(heading("Plan"), AREA, p(), tbl(tr("Plan", name, props="<w:tblHeader/>"), *rows))
    take(world, plan, data)
    assert SheetColumn.objects.get(sheet__section__annex=plan).working_group == world.working_group

    assert may_edit(type(world.bo).objects.get(pk=world.bo.pk), plan)


def test_a_working_group_cannot_give_the_plan_to_another_by_a_name_in_a_file(world: World) -> None:
    other = world.agreement.governing_groups.create(kind="working", name="Annan arbetsgrupp")
    rows = [tr(label, value) for label, value in ROWS]
    data = docx(heading("Plan"), AREA, p(), tbl(tr("Plan", other.name, props="<w:tblHeader/>"), *rows))
    take(world, world.plan, data, person="bo")
    assert SheetColumn.objects.get(sheet__section__annex=world.plan).working_group is None
