"""The fields of a new action-plan sheet: 2 about the area, 14 for each working group (R82-R83). Labels are only
defaults: a sheet may have its own fields and its own words for these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from agreements.documents.text import plain
from agreements.models import ActionPlanSheet, SheetColumn, SheetField, SheetValue
from agreements.selectors.sheet_parties import COMMITMENT, party_keys, party_of_key
from samverkan.swedish import Swedish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.models import Agreement, Party, Section

AREA, GROUP = SheetField.Scope.AREA, SheetField.Scope.GROUP


@dataclass(frozen=True)
class FieldTemplate:
    """``key`` is the name for programs, ``label`` plain words in the language in force."""

    scope: str
    key: str
    label: str


def template_fields(agreement: Agreement) -> list[FieldTemplate]:
    """The fields in their order; each party has a contact, other participants and a commitment."""
    before = [
        FieldTemplate(AREA, "overall_goal", pgettext("field of an action plan", "Overall goal and purpose")),
        FieldTemplate(AREA, "situational_picture", pgettext("field of an action plan", "Situational picture")),
        FieldTemplate(GROUP, "goal", pgettext("field of an action plan", "Goal and purpose")),
        FieldTemplate(GROUP, "period", pgettext("field of an action plan", "Period")),
        FieldTemplate(GROUP, "meeting_frequency", pgettext("field of an action plan", "How often it meets")),
        FieldTemplate(GROUP, "convener", pgettext("field of an action plan", "Convener")),
    ]
    after = [
        FieldTemplate(GROUP, "other_participants", pgettext("field of an action plan", "Other participants")),
        FieldTemplate(GROUP, "funding", pgettext("field of an action plan", "Funding")),
        FieldTemplate(GROUP, "communication", pgettext("field of an action plan", "Communication")),
        FieldTemplate(GROUP, "follow_up", pgettext("field of an action plan", "Follow-up")),
    ]
    return before + [field for _key, party in party_keys(agreement) for field in fields_of_party(party)] + after


def fields_of_party(party: Party) -> Iterable[FieldTemplate]:
    """The fields that a party has of its own."""
    key, owner = party.key, {"owner": genitive(party.defined_term)}
    # Translators: %(owner)s is a party's defined term in the genitive, "Kommunens".
    yield FieldTemplate(GROUP, f"{key}_contact", pgettext("field of an action plan", "%(owner)s contact") % owner)
    yield FieldTemplate(
        GROUP, f"{key}_participants", pgettext("field of an action plan", "%(owner)s other participants") % owner
    )
    yield FieldTemplate(
        GROUP, f"{key}{COMMITMENT}", pgettext("field of an action plan", "%(owner)s commitment") % owner
    )


def genitive(name: str) -> str:
    """ "Kommunen" → "Kommunens"; a name that ends in s, x or z stays as it is."""
    return name if name[-1:].lower() in ("s", "x", "z", "") else f"{name}s"


def party_of_field(field: SheetField, agreement: Agreement) -> Party | None:
    """The party that a field is about, or None."""
    return party_of_key(field.key, party_keys(agreement))


def key_of_label(sheet: ActionPlanSheet, scope: str, label: str) -> str:
    """The key of the template's field that ``label`` (inline HTML) names; empty when there is none, or the sheet has
    it already."""
    taken, wanted = set(sheet.fields.values_list("key", flat=True)), _folded(plain(label))
    fields = [field for field in template_fields(sheet.section.annex.agreement) if field.scope == scope]
    return next((field.key for field in fields if field.key not in taken and _folded(field.label) == wanted), "")


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def new_sheet(section: Section) -> ActionPlanSheet:
    """A sheet with the template's fields, all empty, and a column for each working group of the annex's area
    (one without a heading when there is none)."""
    annex = section.annex
    area = annex.priority_area
    sheet = ActionPlanSheet.objects.create(section=section, corner=area.title if area else annex.title)
    groups = list(area.working_groups.order_by(Swedish("name"))) if area else []
    for position, group in enumerate(groups or [None], start=1):
        SheetColumn.objects.create(
            sheet=sheet, position=position, working_group=group, heading=group.name if group else ""
        )
    write_fields(sheet, template_fields(annex.agreement))
    return sheet


def write_fields(sheet: ActionPlanSheet, templates: Iterable[FieldTemplate]) -> None:
    """Give the sheet these fields, and each an empty value per column."""
    columns = list(sheet.columns.all())
    for position, template in enumerate(templates, start=1):
        field = SheetField.objects.create(
            sheet=sheet, scope=template.scope, key=template.key, label=template.label, position=position
        )
        for column in columns if template.scope == GROUP else [None]:
            SheetValue.objects.create(field=field, column=column)
