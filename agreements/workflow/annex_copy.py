"""Beginning a text from another: another annex's working text, or an earlier version of this one or any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import section_kinds
from agreements.models import Agreement, Annex, Party, PriorityArea, Revision, Section, StoredFile
from agreements.policies.annex import may_edit
from agreements.policies.working_text import may_copy, may_create_annex
from agreements.selectors.pictures import pictures_of
from agreements.workflow.annex import refuse_taken, write_annex
from agreements.workflow.section import touch
from agreements.workflow.thawing import write_thawed
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def copy_annex(
    source: Annex | Revision,
    target: Agreement | Annex,
    *,
    by: User,
    number: str = "",
    title: str = "",
    own_of: Party | None = None,
    priority_area: PriorityArea | None = None,
) -> Annex:
    """Copy a text with its typed rows to a new annex of an agreement, or into an annex that there is.

    Into an annex that there is: its own sections are left out, not deleted, unless they are the very sections of
    an earlier version, which then get their earlier texts back. Registers that belong to a whole agreement are
    added to, never overwritten. Files beside the source stay with it: they are that matter's own records, and the
    pages say so. Raises TransitionRefused when the source may not be read or the target written.
    """
    if not (verdict := may_copy(by, source)):
        raise TransitionRefused(verdict)
    origin = source if isinstance(source, Annex) else source.annex
    if isinstance(target, Agreement):
        annex = _new_annex(origin, target, number, title or origin.title, own_of, priority_area, by=by)
    else:
        annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=target.pk)
        if not (verdict := may_edit(by, annex)):
            raise TransitionRefused(verdict)
        if annex == source:
            raise TransitionRefused(refused("same_text", _("A text cannot be copied onto itself.")))
    if isinstance(source, Annex):
        _copy_sections(source, annex, by=by)
    else:
        write_thawed(source, annex, by=by)
    _copy_pictures(origin, annex, by=by)
    return annex


def _new_annex(
    origin: Annex,
    agreement: Agreement,
    number: str,
    title: str,
    own_of: Party | None,
    area: PriorityArea | None,
    *,
    by: User,
) -> Annex:
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (verdict := may_create_annex(by, agreement, own_of)):
        raise TransitionRefused(verdict)
    refuse_taken(agreement, origin.kind, number)
    scope = origin.geographic_scope if origin.agreement_id == agreement.pk else ""
    return write_annex(
        agreement, origin.kind, number=number, title=title, by=by, own_of=own_of, priority_area=area,
        geographic_scope=scope,
    )  # fmt: skip


def _copy_sections(source: Annex, annex: Annex, *, by: User) -> None:
    """The sections that the source shows, after those that the annex has, which are left out."""
    there = list(annex.sections.select_for_update(of=("self",)).defer("body"))
    leave_out_all(there, by=by)
    shown = source.sections.filter(is_left_out=False).select_related("annex__agreement")
    for position, section in enumerate(shown, start=len(there) + 1):
        made = Section(
            annex=annex,
            position=position,
            level=section.level,
            template_key=section.template_key,
            kind=section.kind,
            options=section.options,
            heading=section.heading,
            is_numbered=section.is_numbered,
            body=section.body,
            language=section.language,
        )
        touch(made, by=by)
        remember_why(made, _("Copied"), by=by)
        made.save()
        section_kinds.get(section.kind).copy(section, made)


def leave_out_all(sections: Sequence[Section], *, by: User) -> None:
    """Take these sections out of the text, each with its line in the history."""
    for section in sections:
        if not section.is_left_out:
            section.is_left_out = True
            remember_why(section, _("Section left out"), by=by)
            section.save()


def _copy_pictures(origin: Annex, annex: Annex, *, by: User) -> None:
    """Let the target's agreement have the pictures that its text now shows; the bytes lie there once."""
    hashes = pictures_of(annex)
    if origin.agreement_id == annex.agreement_id or not hashes:
        return
    there = StoredFile.objects.filter(agreement=annex.agreement, sha256__in=hashes)
    known = set(there.values_list("sha256", flat=True))
    for file in StoredFile.objects.filter(agreement=origin.agreement_id, sha256__in=hashes - known):
        file.pk, file.agreement, file.draft_party, file.uploaded_by = None, annex.agreement, annex.draft_party, by
        file.save(force_insert=True)
