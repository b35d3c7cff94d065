"""Removing unlawful content: asked for by one party, confirmed by another, and then really gone (decisions/0008)."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.documents.canonical import canonical_json, content_hash, split_ids
from agreements.documents.html import word_count
from agreements.documents.redaction import Passages, Selection, redacted
from agreements.documents.text import to_text
from agreements.models import Agreement, Party, Removal, Revision, StoredFile
from agreements.policies.removal import (
    confirming_party,
    keeper_memberships,
    may_confirm,
    may_reject,
    may_request,
    may_withdraw,
)
from agreements.rights import today
from agreements.selectors.removals import edition_of, mark_of, passages_of
from agreements.signals import removal_answered, removal_requested
from agreements.workflow.file import store_pdf
from agreements.workflow.removal_copies import (
    clear_copies,
    clear_printouts,
    clear_written_once,
    drop_files,
    name_written_once,
)
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, demand, refused


def _asking_party(user: User, agreement: Agreement) -> Party:
    parties = [m.party for m in keeper_memberships(user, agreement) if m.party is not None]
    return min(parties, key=lambda party: party.position)


@transaction.atomic
def request_removal(
    revision: Revision, selection: Selection, *, ground: str, provision: str = "", reason: str, by: User
) -> Removal:
    """Ask that what ``selection`` says be removed from a frozen version. Nothing is removed before another party has
    confirmed. Locks the version.

    Raises TransitionRefused with the policy's verdict, when nothing would be removed (words that stand nowhere), or
    when the reason, which everybody reads, says what shall go.
    """
    revision = Revision.objects.select_for_update(of=("self",)).select_related("annex__agreement").get(pk=revision.pk)
    demand(may_request(by, revision))
    document = revision.document
    if not selection or redacted(document, selection, "x") == document:
        raise TransitionRefused(refused("nothing_chosen", _("Choose what shall go, or write the words as they stand.")))
    removal = _asked(revision.annex.agreement, ground=ground, provision=provision, reason=reason, by=by)
    if Passages.of(document, selection).is_in(f"{removal.reason}\n{removal.provision}"):
        raise TransitionRefused(refused("reason_repeats", _("The reason must not repeat what is to be removed.")))
    removal.revision, removal.old_sha256, removal.selection = revision, revision.sha256, selection.as_json()
    removal.save()
    removal_requested.send(Removal, removal=removal, by=by)
    return removal


@transaction.atomic
def request_file_removal(
    file: StoredFile, *, ground: str, provision: str = "", reason: str, masked: UploadedFile[bytes] | None = None,
    by: User,
) -> Removal:  # fmt: skip
    """Ask that a file beside an agreement be removed, whole; ``masked`` is a PDF to stand in its place.

    Raises TransitionRefused with the policy's verdict, or when ``masked`` is no PDF or the very same file.
    """
    file = StoredFile.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=file.pk)
    demand(may_request(by, file))
    removal = _asked(file.agreement, ground=ground, provision=provision, reason=reason, by=by)
    removal.file, removal.old_sha256 = file, file.sha256
    if masked is not None:
        removal.masked_file = store_pdf(file.agreement, masked, by=by)
        if removal.masked_file == file:
            raise TransitionRefused(refused("same_file", _("This is the very file that is to be removed.")))
    removal.save()
    removal_requested.send(Removal, removal=removal, by=by)
    return removal


def _asked(agreement: Agreement, *, ground: str, provision: str, reason: str, by: User) -> Removal:
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write why it must be removed.")))
    if ground == Removal.Ground.OTHER and not provision.strip():
        raise TransitionRefused(refused("provision_missing", _("Name the law and its paragraph.")))
    return Removal(
        agreement=agreement, ground=ground, provision=provision.strip(), reason=reason.strip(), requested_by=by,
        party=_asking_party(by, agreement),
    )  # fmt: skip


def _locked(removal: Removal) -> Removal:
    return (
        Removal.objects.select_for_update(of=("self",))
        .select_related("agreement", "revision__annex__agreement", "file__agreement", "masked_file", "party")
        .get(pk=removal.pk)
    )


def edition_hash(removal: Removal) -> str:
    """The hash of the edition that confirming today would leave; that of the masked file, or "", for a file."""
    if removal.revision is None:
        return removal.masked_file.sha256 if removal.masked_file else ""
    return content_hash(cast("dict[str, Any]", edition_of(removal, today())))


@transaction.atomic
def confirm_removal(removal: Removal, *, edition: str, by: User) -> Removal:
    """Carry the removal out for another party: the text becomes the edition with the hash ``edition``, as it was
    shown to ``by``; the decision keeps the hash of what was decided. What else held the words loses them too
    (removal_copies). Locks the request and the version.

    Raises TransitionRefused with the policy's verdict, or when the edition is another than the one shown (the mark
    carries the day).
    """
    removal = _locked(removal)
    demand(may_confirm(by, removal))
    if edition != edition_hash(removal):
        raise TransitionRefused(
            refused("edition_changed", _("The edition has changed since you read it. Read it again."))
        )
    if removal.revision is not None:
        _carry_out(removal, removal.revision, by=by)
    else:
        _answer(removal, Removal.Status.CONFIRMED, by=by, edition=edition)
        drop_files(removal.agreement, {removal.old_sha256})
    clear_printouts(removal.agreement)
    removal_answered.send(Removal, removal=removal, by=by)
    return removal


def _carry_out(removal: Removal, revision: Revision, *, by: User) -> None:
    revision = Revision.objects.select_for_update(of=("self",)).select_related("annex__agreement").get(pk=revision.pk)
    passages, mark = passages_of(removal), mark_of(removal, today())
    document = edition_of(removal, today())
    content = canonical_json(split_ids(cast("dict[str, Any]", document))[0])
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    written_once = name_written_once(removal, revision, passages, mark)
    _answer(removal, Removal.Status.CONFIRMED, by=by, edition=sha256)
    Revision.objects.filter(pk=revision.pk).update(
        content=content, sha256=sha256, plain_text=to_text(document, with_title=True), word_count=word_count(document)
    )
    clear_written_once(written_once)
    clear_copies(revision.annex, passages, mark, by=by)
    drop_files(removal.agreement, set(passages.assets))
    removal.revision = Revision.objects.select_related("annex__agreement").get(pk=revision.pk)


def _answer(removal: Removal, status: Removal.Status, *, by: User, edition: str = "", words: str = "") -> None:
    removal.status, removal.answered_at, removal.answered_by = status, timezone.now(), by
    removal.answered_for = confirming_party(by, removal)
    removal.redacted_sha256, removal.answer, removal.selection = edition, words, {}
    removal.save()


@transaction.atomic
def reject_removal(removal: Removal, *, reason: str, by: User) -> Removal:
    """Say for another party that nothing is removed, and why. The text stays; what was chosen is forgotten."""
    removal = _locked(removal)
    demand(may_reject(by, removal))
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write why it stays.")))
    if passages_of(removal).is_in(reason):
        raise TransitionRefused(refused("reason_repeats", _("The reason must not repeat what was to be removed.")))
    _answer(removal, Removal.Status.REJECTED, by=by, words=reason.strip())
    removal_answered.send(Removal, removal=removal, by=by)
    return removal


@transaction.atomic
def withdraw_removal(removal: Removal, *, by: User) -> Removal:
    """Take the party's own request back. The text stays; what was chosen is forgotten."""
    removal = _locked(removal)
    demand(may_withdraw(by, removal))
    _answer(removal, Removal.Status.WITHDRAWN, by=by)
    removal_answered.send(Removal, removal=removal, by=by)
    return removal
