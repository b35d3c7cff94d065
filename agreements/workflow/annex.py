"""Beginning an annex from its template, and what is said about it as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.annex_templates import template_for, worded
from agreements.models import Agreement, Annex, Party, PriorityArea, Section
from agreements.policies.annex import may_edit
from agreements.policies.working_text import may_create_annex
from agreements.states import AnnexKind
from agreements.workflow.group import grant_to_new_annex, sync_working_group
from agreements.workflow.sheet_template import new_sheet
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

if TYPE_CHECKING:
    from agreements.annex_templates import SectionTemplate

NUMBER_TAKEN = gettext_lazy("%(the_agreement)s already has an annex with that number.")


@transaction.atomic
def create_annex(
    agreement: Agreement,
    kind: str,
    *,
    number: str,
    title: str,
    by: User,
    own_of: Party | None = None,
    priority_area: PriorityArea | None = None,
    geographic_scope: str = "",
) -> Annex:
    """Begin an annex with its template's headings; ``own_of`` makes it that party's own draft.

    Raises TransitionRefused for somebody who may not, and when the number is taken.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (verdict := may_create_annex(by, agreement, own_of)):
        raise TransitionRefused(verdict)
    refuse_taken(agreement, kind, number)
    annex = write_annex(
        agreement, kind, number=number, title=title, by=by, own_of=own_of, priority_area=priority_area,
        geographic_scope=geographic_scope,
    )  # fmt: skip
    write_template(annex, by=by)
    return annex


def refuse_taken(agreement: Agreement, kind: str, number: str) -> None:
    """Raise TransitionRefused when the agreement has an annex with that number, or its own text already."""
    if agreement.annexes.filter(number=number).exists():
        raise TransitionRefused(refused("number_taken", agreement.say(NUMBER_TAKEN)))
    if kind == AnnexKind.AGREEMENT_TEXT and agreement.annexes.filter(kind=kind).exists():
        raise TransitionRefused(refused("text_exists", agreement.say(_("%(the_agreement)s already has its own text."))))


def write_annex(
    agreement: Agreement,
    kind: str,
    *,
    number: str,
    title: str,
    by: User | None,
    own_of: Party | None = None,
    priority_area: PriorityArea | None = None,
    geographic_scope: str = "",
) -> Annex:
    """Make an annex without sections, without asking who does it (set-up, examples, taking in Word).

    Those who edit such annexes by their role get their right to this one.
    """
    if priority_area is not None and priority_area.agreement_id != agreement.pk:
        raise TransitionRefused(refused("other_agreement", _("That area belongs to another agreement.")))
    annex = Annex(
        agreement=agreement,
        kind=kind,
        number=number,
        title=title,
        draft_party=own_of,
        priority_area=priority_area,
        geographic_scope=geographic_scope,
    )
    remember_why(annex, _("Annex begun"), by=by)
    annex.save()
    grant_to_new_annex(annex)
    for group in priority_area.working_groups.all() if priority_area else ():
        sync_working_group(group)
    return annex


def write_template(annex: Annex, *, by: User | None) -> list[Section]:
    """Give an annex without sections those of its template, in the portal's language."""
    is_overarching = annex.agreement.level == Agreement.Level.OVERARCHING
    template = template_for(annex.kind, is_overarching=is_overarching)
    with translation.override(settings.LANGUAGE_CODE):
        own = [worded(given, annex.agreement.labels) for given in template]
        return list(_write_sections(annex, own, by=by))


def _write_sections(annex: Annex, template: Iterable[SectionTemplate], *, by: User | None) -> Iterable[Section]:
    for position, given in enumerate(template, start=1):
        section = Section(
            annex=annex,
            position=position,
            level=given.level,
            template_key=given.key,
            kind=given.kind,
            options=dict(given.options),
            heading=escape(str(given.heading), quote=False),
            is_numbered=given.is_numbered,
            edited_by=by,
        )
        remember_why(section, _("Annex begun"), by=by)
        section.save()
        if section.kind == "action_plan_sheet":
            new_sheet(section)
        yield section


@transaction.atomic
def describe_annex(
    annex: Annex,
    *,
    title: str,
    heading: str,
    subtitle: str,
    geographic_scope: str,
    priority_area: PriorityArea | None,
    by: User,
) -> Annex:
    """Change the titles, the geographic scope and the priority area of an annex.

    Which area a plan is about decides which working group may edit it, so that takes a coordinator.
    """
    annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
    if not (verdict := may_edit(by, annex)):
        raise TransitionRefused(verdict)
    before = annex.priority_area
    if priority_area != before and not (verdict := may_create_annex(by, annex.agreement)):
        raise TransitionRefused(verdict)
    if priority_area is not None and priority_area.agreement_id != annex.agreement_id:
        raise TransitionRefused(refused("other_agreement", _("That area belongs to another agreement.")))
    annex.title, annex.heading, annex.subtitle = title.strip(), heading.strip(), subtitle.strip()
    annex.geographic_scope, annex.priority_area = geographic_scope.strip(), priority_area
    remember_why(annex, _("Annex described"), by=by)
    annex.save()
    for area in {before, priority_area} - {None}:
        for group in area.working_groups.all() if area and before != priority_area else ():
            sync_working_group(group)
    return annex
