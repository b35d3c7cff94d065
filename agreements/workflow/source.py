"""The register of sources behind the situational picture (R56)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Section, Source
from agreements.policies.annex import may_edit
from agreements.states import AnnexKind
from agreements.workflow.priority_area import note_change
from agreements.workflow.register import GivenRow, save_rows
from agreements.workflow.section import locked
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

FIELDS = ("name", "period", "publisher", "link", "note")


@transaction.atomic
def save_sources(section: Section, rows: Sequence[GivenRow], *, state: str, by: User) -> bool:
    """Save the whole register, edited in the situational picture's draft; it is the agreement's.

    Raises TransitionRefused: not a writer, another kind of section, or somebody else has saved in between.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    if section.kind != "sources" or section.annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        raise TransitionRefused(refused("other_place", _("The sources are edited in the situational picture.")))
    agreement = section.annex.agreement
    is_changed = save_rows(list(agreement.sources.all()), rows, FIELDS, Source(agreement=agreement), state=state, by=by)
    if is_changed:
        note_change(section, by=by)
    return is_changed
