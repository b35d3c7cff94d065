"""The sheets that are being worked on when a party joins: they get its fields, and those of the others stay theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.models import ActionPlanSheet, Section, SheetField, SheetValue
from agreements.selectors.sheet_parties import party_keys, party_of_key
from agreements.workflow.section import locked
from agreements.workflow.sheet import bump
from agreements.workflow.sheet_template import GROUP, fields_of_party
from samverkan.history import remember_why

if TYPE_CHECKING:
    from agreements.models import Party
    from samverkan.accounts.models import User


def give_fields(party: Party, *, by: User) -> None:
    """Give each sheet of the agreement the fields of a party that joins, all empty, after those of the others. The
    caller holds the locks on the annexes; decided texts are as they were."""
    sections = Section.objects.filter(annex__agreement=party.agreement, sheet__isnull=False)
    for section in sections.order_by("pk"):
        sheet = ActionPlanSheet.objects.select_for_update(of=("self",)).get(section=locked(section))
        _make_room(sheet, party, by=by)
        bump(sheet, by=by)


def _make_room(sheet: ActionPlanSheet, party: Party, *, by: User) -> None:
    known, joining = party_keys(party.agreement), list(fields_of_party(party))
    rows = list(sheet.fields.filter(scope=GROUP).order_by("position"))
    last = max((row.position for row in rows if party_of_key(row.key, known)), default=_last(rows))
    for row in rows:
        if row.position > last:
            row.position += len(joining)
            remember_why(row, _("Field added"), by=by)
            row.save()
    columns = list(sheet.columns.all())
    for position, template in enumerate(joining, start=last + 1):
        field = SheetField(sheet=sheet, scope=template.scope, key=template.key, label=template.label, position=position)
        remember_why(field, _("Field added"), by=by)
        field.save()
        for column in columns:
            SheetValue.objects.create(field=field, column=column)


def _last(rows: list[SheetField]) -> int:
    return rows[-1].position if rows else 0
