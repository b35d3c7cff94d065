"""The register of sources behind the situational picture (R56)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Section, Source
from agreements.policies.annex import may_edit
from agreements.states import AnnexKind
from agreements.workflow.priority_area import note_change
from agreements.workflow.register import ROW, GivenRow, keep_rows, save_rows, state_of
from agreements.workflow.section import Conflict, locked, settle_aside
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

FIELDS = ("name", "period", "publisher", "link", "note")


@transaction.atomic
def save_sources(
    section: Section, rows: Sequence[GivenRow], *, state: str, by: User, aside: int | None = None
) -> Conflict | None:
    """Save the whole register, edited in the situational picture's draft; it is the agreement's.

    When ``state`` is no longer how it stands nothing is changed, and what was typed is kept aside. ``aside`` is what
    was kept so before, and is looked through with this save. Raises TransitionRefused: not a writer, or another kind
    of section.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    if section.kind != "sources" or section.annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        raise TransitionRefused(refused("other_place", _("The sources are edited in the situational picture.")))
    agreement = section.annex.agreement
    existing = list(agreement.sources.all())
    if rows and state != state_of(existing, FIELDS):
        return keep_rows(section, rows, Source, state=state, by=by, aside=aside)
    if save_rows(existing, rows, FIELDS, Source(agreement=agreement), by=by):
        note_change(section, by=by)
    settle_aside(section, ROW, aside, by=by)
    return None
