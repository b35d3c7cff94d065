"""Beginning a text from another annex or from an earlier version."""

from __future__ import annotations

import pytest

from agreements.documents.canonical import content_hash
from agreements.models import Annex, Commitment, PriorityArea, Section, SheetValue, StoredFile
from agreements.permissions import Role
from agreements.rights import forget
from agreements.selectors.working_text import draft_document
from agreements.workflow.annex import create_annex
from agreements.workflow.annex_copy import copy_annex
from agreements.workflow.order import Direction
from agreements.workflow.revision import freeze
from agreements.workflow.section import save_section
from agreements.workflow.sheet import save_sheet
from agreements.workflow.sheet_copy import copy_sheet
from agreements.workflow.sheet_input import Place, SheetInput, ValueInput
from agreements.workflow.structure import add_section, leave_out, move_section
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World
from tests.factories.agreements import seat_in

pytestmark = pytest.mark.django_db

RICH = (
    '<h4>Under</h4><p>Text <strong>fet</strong> <a href="https://example.se/">länk</a>'
    '<sup data-note="&lt;p&gt;En not.&lt;/p&gt;&lt;p&gt;Två stycken.&lt;/p&gt;"></sup></p>'
    "<ol><li><p>Ett</p><ul><li><p>Inre</p></li></ul></li></ol><blockquote><p>Citat</p></blockquote>"
    '<table><caption>Tal</caption><thead><tr><th colspan="2" scope="col"><p>År</p></th></tr></thead>'
    "<tbody><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
    f'<figure data-alt="Karta" data-asset="{"a" * 64}" data-source="SCB"><figcaption>Figur</figcaption></figure>'
)


def content(annex: Annex) -> str:
    """The hash of what the annex says, without its titles."""
    return content_hash({**draft_document(annex), "title": "", "subtitle": "", "scope": "", "kind": ""})


def rich(world: World) -> Annex:
    """The lägesbild with everything that rich text can hold, a numbered outline and a section left out."""
    annex = world.picture
    StoredFile.objects.create(
        agreement=world.agreement, sha256="a" * 64, kind="picture", media_type="image/png", size=1
    )
    first = annex.sections.get(heading="Syfte")
    save_section(first, heading="Syfte <em>nu</em>", body=RICH, version=1, by=world.coordinator)
    Section.objects.filter(annex=annex).update(is_numbered=True)
    gone = add_section(annex, heading="Bort", by=world.coordinator)
    leave_out(gone, by=world.coordinator)
    return annex


def test_a_new_annex_says_what_its_source_says(world: World) -> None:
    source = rich(world)
    made = copy_annex(source, world.agreement, by=world.coordinator, number="9", title="Kopia")
    assert made.kind == source.kind
    assert content(made) == content(source)
    assert not made.sections.filter(heading="Bort").exists()


def test_a_text_goes_to_another_agreement_with_its_pictures(world: World) -> None:
    source = rich(world)
    other = world.other
    copied = _as_coordinator_of_both(world)
    made = copy_annex(source, other, by=copied, number="1", title="Lägesbild")
    assert content(made) == content(source)
    file = StoredFile.objects.get(agreement=other)
    assert (file.sha256, file.uploaded_by) == ("a" * 64, copied)


def _as_coordinator_of_both(world: World) -> User:
    seat_in(world.other, Role.COORDINATOR, world.coordinator, world.other.parties.first())
    forget(world.coordinator)
    return world.coordinator


def test_an_earlier_version_takes_the_texts_place_and_says_the_same(world: World) -> None:
    annex = rich(world)
    revision = freeze(annex, by=world.coordinator)
    before = content(annex)
    section = annex.sections.get(heading__startswith="Syfte")
    save_section(section, heading="Omskrivet", body="<p>Annat</p>", version=section.version, by=world.coordinator)
    move_section(section, direction=Direction.DOWN, by=world.coordinator)
    added = add_section(annex, heading="Nytt sedan dess", by=world.coordinator)
    leave_out(annex.sections.get(heading="Arbetssätt"), by=world.coordinator)
    assert content(annex) != before
    copy_annex(revision, annex, by=world.coordinator)
    assert content(annex) == before
    section.refresh_from_db()
    added.refresh_from_db()
    assert section.heading == "Syfte <em>nu</em>"
    assert "<p>Annat</p>" in section.history.values_list("body", flat=True)
    assert added.is_left_out


def test_an_earlier_version_begins_a_new_annex(world: World) -> None:
    annex = rich(world)
    revision = freeze(annex, by=world.coordinator)
    annex.sections.update(body="<p>Senare</p>")
    made = copy_annex(revision, world.agreement, by=world.coordinator, number="9", title="Ny")
    assert "Senare" not in str(draft_document(made))
    assert content_hash({**draft_document(made), "title": ""}) == content_hash({**revision.document, "title": ""})


def test_areas_come_back_with_an_earlier_version(world: World) -> None:
    annex = world.picture
    annex.sections.all().delete()
    Section.objects.create(annex=annex, position=1, heading="Områden", kind="priority_areas", is_numbered=True)
    PriorityArea.objects.filter(pk=world.area.pk).update(description="<p>Då.</p>")
    part = PriorityArea.objects.create(agreement=world.agreement, part_of=world.area, title="Del")
    revision = freeze(annex, by=world.coordinator)
    before = content(annex)
    PriorityArea.objects.filter(pk=world.area.pk).update(title="Annat", description="", position=7)
    PriorityArea.objects.filter(pk=part.pk).update(is_left_out=True)
    later = PriorityArea.objects.create(agreement=world.agreement, title="Tillkom", position=2)
    assert content(annex) != before
    copy_annex(revision, annex, by=world.coordinator)
    assert content(annex) == before
    later.refresh_from_db()
    assert later.is_left_out


@pytest.fixture
def plan(world: World) -> Annex:
    annex = create_annex(
        world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator, priority_area=world.area
    )
    sheet = annex.sections.get(kind="action_plan_sheet").sheet
    column = sheet.columns.get()
    typed = {
        "goal": ValueInput("<p>Färre rån</p>"),
        "funding": ValueInput("", True, "Ekonomichef"),
        "police_commitment": ValueInput("<p>Polisen ska</p>", commitments=["gå pass", "besöka handlare"]),
    }
    values: dict[Place, ValueInput] = {(sheet.fields.get(key=key).pk, column.pk): value for key, value in typed.items()}
    save_sheet(sheet.section, SheetInput(values=values), version=1, by=world.coordinator)
    return annex


def test_a_sheet_is_copied_with_its_values_and_commitments(world: World, plan: Annex) -> None:
    made = copy_annex(plan, world.agreement, by=world.coordinator, number="3c", title="Plan")
    assert content(made) == content(plan)
    value = SheetValue.objects.get(field__sheet__section__annex=made, field__key="police_commitment")
    assert [(row.text, row.party) for row in value.commitments.all()] == [
        ("gå pass", world.polis),
        ("besöka handlare", world.polis),
    ]
    funding = SheetValue.objects.get(field__sheet__section__annex=made, field__key="funding")
    assert (funding.is_to_be_decided, funding.owner) == (True, "Ekonomichef")


def test_in_another_agreement_commitments_go_to_the_party_whose_field_it_is(world: World, plan: Annex) -> None:
    for at, party in enumerate(world.other.parties.order_by("-position"), start=1):
        party.position = at
        party.save()
    section = world.other.annexes.create(kind="action_plan", number="3a", title="Plan").sections.create(
        position=0, level=1, heading="Plan", kind="action_plan_sheet"
    )
    made = copy_sheet(plan.sections.get(kind="action_plan_sheet").sheet, section)
    assert {row.party for row in Commitment.objects.filter(value__field__sheet=made)} == {
        world.other.parties.get(key="police")
    }


def test_a_sheet_comes_back_with_an_earlier_version(world: World, plan: Annex) -> None:
    revision = freeze(plan, by=world.coordinator)
    before = content(plan)
    sheet = plan.sections.get(kind="action_plan_sheet").sheet
    field = sheet.fields.get(key="police_commitment")
    typed: dict[Place, ValueInput] = {(field.pk, sheet.columns.get().pk): ValueInput("<p>Inget</p>", commitments=[])}
    save_sheet(sheet.section, SheetInput(values=typed), version=2, by=world.coordinator)
    assert content(plan) != before
    copy_annex(revision, plan, by=world.coordinator)
    assert content(plan) == before
    value = SheetValue.objects.get(field=field.pk)
    assert [row.party for row in value.commitments.all()] == [world.polis, world.polis]
    assert draft_document(plan)["blocks"][-1]["id"] == revision.document["blocks"][-1]["id"]


def test_only_what_one_may_read_can_be_copied_and_only_where_one_may_write(world: World) -> None:
    world.picture.draft_party = world.polis
    world.picture.save()
    with pytest.raises(TransitionRefused) as refusal:
        copy_annex(world.picture, world.agreement, by=world.coordinator, number="9", title="Stulen")
    assert refusal.value.verdict.code == "own_draft_of_other"
    with pytest.raises(TransitionRefused):
        copy_annex(world.communication, world.agreement, by=world.communicator, number="9", title="Kopia")
    with pytest.raises(TransitionRefused):
        copy_annex(world.text, world.communication, by=world.cia)
    revision = freeze(world.plan, by=world.coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        copy_annex(revision, world.other, by=world.cia, number="9", title="Stulen")
    assert refusal.value.verdict.code == "not_readable"


def test_a_text_is_not_copied_onto_itself(world: World) -> None:
    with pytest.raises(TransitionRefused):
        copy_annex(world.picture, world.picture, by=world.coordinator)


def test_what_stood_in_the_target_is_left_out_and_not_lost(world: World) -> None:
    copy_annex(world.text, world.communication, by=world.coordinator)
    shown = world.communication.sections.filter(is_left_out=False)
    assert shown.count() == 2
    assert world.communication.sections.filter(is_left_out=True).count() == 2
