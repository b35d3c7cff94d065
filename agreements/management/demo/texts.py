"""A version's text of the example as working text: sections, and the rows of the typed ones."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image

from agreements.example import shapes, text_shapes
from agreements.management.demo.identity import row_id
from agreements.management.demo.moment import moment
from agreements.models import (
    ActionPlanSheet,
    Agreement,
    Annex,
    Commitment,
    Definition,
    GoverningGroup,
    PriorityArea,
    Section,
    SheetColumn,
    SheetField,
    SheetValue,
    Source,
    StoredFile,
)
from agreements.workflow.file import store
from agreements.workflow.sheet_template import FieldTemplate, party_of_field, template_fields
from samverkan.accounts.models import User


def write_text(annex: Annex, text: text_shapes.Text, *, by: User, written_on: date) -> None:
    """Make ``text`` the annex's working text. Sections that the text no longer has are taken away."""
    agreement = annex.agreement
    for asset in text.assets:
        store(
            agreement, asset.content, name=asset.file_name, kind=StoredFile.Kind.PICTURE, media_type=asset.media_type,
            by=by, **picture_size(asset.content),
        )  # fmt: skip
    _write_areas(agreement, text)
    _write_sources(agreement, text)
    _write_definitions(annex, text)
    kept = _write_sections(annex, text, by=by, written_on=written_on)
    for section in annex.sections.exclude(pk__in=kept):
        section._history_date = moment(written_on, 9)  # type: ignore[attr-defined]
        section.delete()
    if text.sheet is not None:
        _write_sheet(annex, text.sheet)


def picture_size(content: bytes) -> dict[str, int]:
    """Width and height in pixels."""
    with Image.open(BytesIO(content)) as picture:
        return {"width": picture.width, "height": picture.height}


def _write_sections(annex: Annex, text: text_shapes.Text, *, by: User, written_on: date) -> list[UUID]:
    ids = [row_id(annex.agreement.slug, annex.number, row.key) for row in text.sections]
    known = {section.pk: section for section in annex.sections.filter(pk__in=ids)}
    # Positions are moved out of the way first: they are unique within an annex.
    for at, section in enumerate(annex.sections.all()):
        Section.objects.filter(pk=section.pk).update(position=10_000 + at)
    for at, (pk, row) in enumerate(zip(ids, text.sections, strict=True), start=1):
        section = known.get(pk) or Section(pk=pk, annex=annex)
        changed = section._state.adding or (section.heading, section.body) != (row.heading, row.body)
        section.position, section.level, section.kind = at, row.level, row.kind
        section.template_key, section.options = row.template_key, dict(row.options)
        section.heading, section.body, section.is_numbered = row.heading, row.body, row.is_numbered
        section.edited_by, section.edited_at = by, moment(written_on, 9)
        if not changed:
            Section.objects.filter(pk=pk).update(position=at, level=row.level)
            continue
        section._history_date = moment(written_on, 9)  # type: ignore[attr-defined]
        section._history_user = by  # type: ignore[attr-defined]
        section.save()
    return ids


def _write_areas(agreement: Agreement, text: text_shapes.Text) -> None:
    if not text.areas:
        return
    kept = []
    for at, row in enumerate(text.areas, start=1):
        pk = row_id(agreement.slug, "area", row.key)
        part_of = row_id(agreement.slug, "area", row.part_of) if row.part_of else None
        PriorityArea.objects.update_or_create(
            pk=pk,
            defaults={
                "agreement": agreement, "title": row.title, "description": row.description, "part_of_id": part_of,
                "position": at, "is_left_out": False,
            },
        )  # fmt: skip
        kept.append(pk)
    PriorityArea.objects.filter(agreement=agreement).exclude(pk__in=kept).update(is_left_out=True)


def _write_sources(agreement: Agreement, text: text_shapes.Text) -> None:
    if not text.sources:
        return
    agreement.sources.all().delete()
    for at, row in enumerate(text.sources, start=1):
        Source.objects.create(
            agreement=agreement, position=at, name=row.name, period=row.period, publisher=row.publisher, link=row.link,
            note=row.note,
        )  # fmt: skip


def _write_definitions(annex: Annex, text: text_shapes.Text) -> None:
    annex.definitions.all().delete()
    for at, row in enumerate(text.definitions, start=1):
        Definition.objects.create(annex=annex, position=at, term=row.term, meaning=row.meaning, source=row.source)


def _write_sheet(annex: Annex, row: text_shapes.Sheet) -> None:
    """The sheet with the template's fields; columns and fields keep their ids from version to version."""
    slug, number = annex.agreement.slug, annex.number
    section = annex.sections.get(pk=row_id(slug, number, row.section))
    ActionPlanSheet.objects.filter(section=section).delete()
    title = annex.priority_area.title if annex.priority_area else annex.title
    sheet = ActionPlanSheet.objects.create(section=section, corner=title)
    columns = {}
    for at, given in enumerate(row.columns, start=1):
        group = GoverningGroup.objects.filter(agreement=annex.agreement, name=_group_name(annex, given.group)).first()
        columns[given.key] = SheetColumn.objects.create(
            pk=row_id(slug, number, "column", given.key), sheet=sheet, position=at, heading=given.heading,
            working_group=group, ends_on=given.ends_on, end_condition=given.end_condition,
        )  # fmt: skip
    fields = {
        template.key: _field(annex, sheet, template, at)
        for at, template in enumerate(template_fields(annex.agreement), start=1)
    }
    written: set[tuple[str, str | None]] = set()
    for value in row.area_values:
        written.add((value.field, None))
        _write_value(annex, fields[value.field], None, value)
    for given in row.columns:
        for value in given.values:
            written.add((value.field, given.key))
            _write_value(annex, fields[value.field], columns[given.key], value)
    for key, field in fields.items():
        for column_key in [None] if field.scope == SheetField.Scope.AREA else list(columns):
            if (key, column_key) not in written:
                SheetValue.objects.create(field=field, column=columns.get(column_key or ""))


def _group_name(annex: Annex, key: str) -> str:
    return GROUP_NAMES.get((annex.agreement.slug, key), key)


GROUP_NAMES: dict[tuple[str, str], str] = {}
"""The names of the groups by agreement and key; filled by ``remember_groups``."""


def remember_groups(row: shapes.Agreement) -> None:
    """Keep the groups' names, by which sheets find their working groups."""
    GROUP_NAMES.update({(row.slug, group.key): group.name for group in row.groups})


def _field(annex: Annex, sheet: ActionPlanSheet, template: FieldTemplate, position: int) -> SheetField:
    return SheetField.objects.create(
        pk=row_id(annex.agreement.slug, annex.number, "field", template.key), sheet=sheet, scope=template.scope,
        key=template.key, label=template.label, position=position,
    )  # fmt: skip


def _write_value(annex: Annex, field: SheetField, column: SheetColumn | None, row: text_shapes.Value) -> SheetValue:
    value = SheetValue.objects.create(
        field=field, column=column, html=row.html, is_to_be_decided=row.is_open, owner=row.owner, due_on=row.due_on
    )
    party = party_of_field(field, annex.agreement)
    for at, commitment in enumerate(row.commitments, start=1):
        Commitment.objects.create(
            pk=row_id(annex.agreement.slug, annex.number, column.pk if column else "", commitment.key), value=value,
            party=party, position=at, text=commitment.text,
        )  # fmt: skip
    return value
