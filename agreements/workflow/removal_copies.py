"""Where else removed words are kept, and what is done there. decisions/0008 lists what is out of reach.

The working text, what was put aside from it, comments and the history of all these and of the contacts lose the words
at once; texts written once beside the version lose them by name (RemovedText); printouts are made anew; pictures and
files that nothing shows any more are deleted when the transaction has committed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.documents.redaction import Passages, folded
from agreements.models import (
    ActionPlanSheet,
    Agreement,
    Annex,
    AnnexFile,
    Assent,
    Comment,
    Commitment,
    Consequence,
    Contact,
    Correction,
    Decision,
    Definition,
    DraftSharing,
    Ending,
    MeetingEntry,
    Move,
    Opinion,
    Printout,
    PriorityArea,
    Proposal,
    Removal,
    RemovedText,
    Review,
    Revision,
    SavedAside,
    Section,
    SheetColumn,
    SheetField,
    SheetValue,
    Source,
    StoredFile,
)
from agreements.states import AnnexKind
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.phones import display_phone


@dataclass(frozen=True)
class Kept:
    """A table that keeps words of an annex: its rows by ``lookup``, their HTML and their plain columns."""

    model: type[models.Model]
    lookup: str
    html: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


WORKING_TEXT = (
    Kept(Annex, "pk", plain=("title", "heading", "subtitle", "geographic_scope", "ended_because")),
    Kept(Section, "annex", html=("heading", "body")),
    Kept(ActionPlanSheet, "section__annex", html=("corner",)),
    Kept(SheetColumn, "sheet__section__annex", html=("heading",), plain=("end_condition",)),
    Kept(SheetField, "sheet__section__annex", html=("label",)),
    Kept(SheetValue, "field__sheet__section__annex", html=("html",), plain=("owner",)),
    Kept(Commitment, "value__field__sheet__section__annex", html=("text",)),
    Kept(Definition, "annex", html=("meaning",), plain=("term", "source")),
    Kept(AnnexFile, "annex", plain=("title",)),
)
OF_THE_AGREEMENT = (
    Kept(PriorityArea, "agreement", html=("description",), plain=("title",)),
    Kept(Source, "agreement", html=("note",), plain=("name", "publisher")),
)
"""What the situational picture is made of besides."""

WRITTEN_ONCE = (
    Kept(Revision, "pk", plain=("change_summary",)),
    Kept(Proposal, "revision", plain=("proposed_decision",)),
    Kept(Move, "proposal__revision", plain=("reason",)),
    Kept(Assent, "proposal__revision", plain=("resolution",)),
    Kept(Consequence, "proposal__revision", plain=("text",)),
    Kept(Opinion, "proposal__revision", plain=("reason",)),
    Kept(MeetingEntry, "proposal__revision", plain=("resolution", "attendance")),
    Kept(Decision, "revision", plain=("resolution", "attendance")),
    Kept(Correction, "decision__revision", plain=("text",)),
    Kept(Review, "revision", plain=("note",)),
)
SHARINGS = Kept(DraftSharing, "annex", plain=("message",))
ENDINGS = Kept(Ending, "annex", plain=("because", "answer"))
LAST_DAYS = Kept(Ending, "agreement", plain=("because", "answer"))


@dataclass(frozen=True)
class Change:
    """One column of one row written once, from what it was to what it becomes."""

    model: type[models.Model]
    pk: int
    column: str
    becomes: str


def _without(kept: Kept, row: Any, passages: Passages, mark: str) -> dict[str, str]:
    """The columns of ``row`` in which something of it stands, as they read without it."""
    found: dict[str, str] = {}
    for column in (*kept.html, *kept.plain):
        was = getattr(row, column) or ""
        becomes = passages.out_of_html(was, mark) if column in kept.html else passages.out_of_plain(was, mark)
        if becomes != was:
            longest = row._meta.get_field(column).max_length
            found[column] = becomes[:longest] if longest else becomes
    return found


def name_written_once(removal: Removal, revision: Revision, passages: Passages, mark: str) -> list[Change]:
    """Name each text written once that stands around the version and holds the words; ``clear_written_once`` changes
    them when the removal has been confirmed."""
    changes = [
        Change(kept.model, row.pk, column, becomes)
        for kept, key in [
            *((kept, revision.pk) for kept in WRITTEN_ONCE),
            *((kept, revision.annex_id) for kept in (SHARINGS, ENDINGS)),
            (LAST_DAYS, revision.annex.agreement_id),
        ]
        for row in kept.model._default_manager.filter(**{kept.lookup: key})
        for column, becomes in _without(kept, row, passages, mark).items()
    ]
    RemovedText.objects.bulk_create(_named(removal, changes))
    return changes


def _named(removal: Removal, changes: Iterable[Change]) -> Iterator[RemovedText]:
    for change in changes:
        was = change.model._default_manager.values_list(change.column, flat=True).get(pk=change.pk)
        yield RemovedText(
            removal=removal, table_name=change.model._meta.db_table, row_id=change.pk, column_name=change.column,
            old_sha256=_hash(was), new_sha256=_hash(change.becomes),
        )  # fmt: skip


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def clear_written_once(changes: Iterable[Change]) -> None:
    """Write the named changes, a column at a time: the database lets through nothing else."""
    for change in changes:
        change.model._default_manager.filter(pk=change.pk).update(**{change.column: change.becomes})


def clear_copies(annex: Annex, passages: Passages, mark: str, *, by: User) -> None:
    """Take the words out of the annex's working text, its history, texts put aside and comments."""
    for kept in WORKING_TEXT:
        _clear_live(kept, annex.pk, passages, mark, by=by)
    if annex.kind == AnnexKind.SITUATIONAL_PICTURE:
        for kept in OF_THE_AGREEMENT:
            _clear_live(kept, annex.agreement_id, passages, mark, by=by)
    _clear_past_contacts(annex.agreement_id, passages, mark)
    aside = Kept(SavedAside, "section__annex", html=("heading", "body"))
    for row in SavedAside.objects.filter(section__annex=annex):
        _write(row, _without(aside, row, passages, mark))
    for comment in Comment.objects.filter(Q(annex=annex)):
        _write(comment, _comment_without(comment, passages, mark))


def _clear_live(kept: Kept, key: int, passages: Passages, mark: str, *, by: User) -> None:
    """The rows as they are, each with a line in its history; then the history, rows that are gone included."""
    history: Any = kept.model.history  # type: ignore[attr-defined]
    for row in kept.model._default_manager.select_for_update(of=("self",)).filter(**{kept.lookup: key}):
        if found := _without(kept, row, passages, mark):
            for column, becomes in found.items():
                setattr(row, column, becomes)
            if isinstance(row, Section):
                row.version += 1
            remember_why(row, _("Unlawful content was removed."), by=by)
            row.save()
    with_reason = replace(kept, plain=(*kept.plain, "history_change_reason"))
    for old in _history_of(kept, key, history):
        _write(old, _without(with_reason, old, passages, mark))


def _clear_past_contacts(agreement_id: int, passages: Passages, mark: str) -> None:
    """The history of the register of contacts, of which the contact sheets of past days are made: as with a card, one
    whose number or address goes is no way to anybody. The register itself is edited where it stands; its newest row
    loses the words here too, so that they do not come back when it has been."""
    kept = Kept(Contact, "agreement", plain=("function", "name", "history_change_reason"))
    history: Any = Contact.history
    for old in _history_of(kept, agreement_id, history):
        named = f"{old.name} ({old.political_party})" if old.political_party else old.name
        ways = (old.email, old.phone, old.mobile, display_phone(old.phone), display_phone(old.mobile))
        is_gone = any(map(passages.is_in, ways)) or any(folded(way) in passages.cards for way in (named, *ways) if way)
        gone = dict.fromkeys(("name", "political_party", "phone", "mobile", "email"), "") if is_gone else {}
        _write(old, _without(kept, old, passages, mark) | gone)


def _history_of(kept: Kept, key: int, history: Any) -> Iterable[Any]:
    """The history rows of an annex or agreement, also those of rows and parents that are gone: the way up goes
    through the histories of the parents."""
    first, _sep, rest = kept.lookup.partition("__")
    if first == "pk":
        return history.filter(id=key)  # type: ignore[no-any-return]
    if not rest:
        return history.filter(**{f"{first}_id": key})  # type: ignore[no-any-return]
    parent: Any = kept.model._meta.get_field(first).related_model
    above = Kept(parent, rest)
    pks = {row.id for row in _history_of(above, key, parent.history)}
    return history.filter(**{f"{first}_id__in": pks})  # type: ignore[no-any-return]


def _comment_without(comment: Comment, passages: Passages, mark: str) -> dict[str, str]:
    kept = Kept(Comment, "annex", plain=("quote", "before", "after", "text"))
    found = _without(kept, comment, passages, mark)
    quote = folded(comment.quote)
    if quote and any(quote in paragraph or paragraph in quote for paragraph in passages.paragraphs):
        found["quote"] = mark
    return found | {name: "" for name in ("before", "after") if passages.touches(getattr(comment, name))}


def _write(row: models.Model, columns: dict[str, str]) -> None:
    if columns:
        type(row)._default_manager.filter(pk=row.pk).update(**columns)


def clear_printouts(agreement: Agreement) -> None:
    """Forget every fixed print of the agreement, and of those that print its text as their annex 5: what may still
    be read is made anew at the next request."""
    rows = Printout.objects.filter(Q(agreement=agreement) | Q(agreement__parent=agreement))
    paths = {row.path: row.sha256 for row in rows}
    rows.delete()
    shared = set(Printout.objects.filter(sha256__in=paths.values()).values_list("sha256", flat=True))
    _delete_after_commit(path for path, sha256 in paths.items() if sha256 not in shared)


def drop_files(agreement: Agreement, hashes: set[str]) -> None:
    """Delete the bytes of removed files, and of pictures that no text shows any more in any agreement: the storage
    knows bytes by their hash alone. The rows stay, for what points to them; a name may say too much and goes."""
    gone = {sha256 for sha256 in hashes if not _is_shown(sha256)}
    files = StoredFile.objects.filter(agreement=agreement, sha256__in=gone)
    paths = [file.path for file in files]
    files.update(name="")
    _delete_after_commit(paths)


def _is_shown(sha256: str) -> bool:
    """Whether a picture stands in any text, or a PDF is another agreement's too."""
    mark = f'data-asset="{sha256}"'
    others = StoredFile.objects.filter(sha256=sha256, kind=StoredFile.Kind.PDF)
    return (
        Revision.objects.filter(content__contains=f'"asset":"{sha256}"').exists()
        or Section.objects.filter(body__contains=mark).exists()
        or SavedAside.objects.filter(body__contains=mark).exists()
        or PriorityArea.objects.filter(description__contains=mark).exists()
        or others.exclude(removals__status=Removal.Status.CONFIRMED).exists()
    )


def _delete_after_commit(paths: Iterable[str]) -> None:
    for path in list(paths):
        transaction.on_commit(partial(default_storage.delete, path))
