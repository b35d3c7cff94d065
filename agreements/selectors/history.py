"""Who changed what when, from what to what: one readable line per event, under the same rights as the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Model, prefetch_related_objects
from django.utils.translation import gettext as _

from agreements.documents.text import title as without_notes
from agreements.models import (
    ActionPlanSheet,
    Agreement,
    Annex,
    AnnexFile,
    Commitment,
    Contact,
    Definition,
    DraftSharing,
    GoverningGroup,
    Membership,
    OriginalCopy,
    Participant,
    Party,
    PriorityArea,
    Seat,
    Section,
    SheetColumn,
    SheetField,
    SheetValue,
    Signatory,
    Source,
)
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft, own_party_ids
from agreements.rights import has
from agreements.selectors.history_acts import after_the_decision, last_days, moves, removals, sharings, signings
from agreements.selectors.history_events import LIMIT, Event, Page, Stream, newest
from agreements.selectors.history_words import all_of, changes_between
from agreements.states import AnnexKind

if TYPE_CHECKING:
    from samverkan.accounts.models import User

NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Membership: ("user", "party__organisation", "organisation", "seat", "role_group__governing_group"),
    Party: ("organisation",),
    Participant: ("organisation",),
    Seat: ("group", "party__organisation"),
    Contact: ("party__organisation", "organisation"),
    OriginalCopy: ("manifest", "holder__organisation"),
    Signatory: ("manifest", "party__organisation", "user"),
    Annex: ("agreement", "priority_area", "draft_party__organisation", "ended_by"),
    Section: ("annex", "party__organisation"),
    AnnexFile: ("file",),
    SheetColumn: ("working_group",),
    SheetValue: ("field", "column"),
    Commitment: ("party__organisation",),
    PriorityArea: ("part_of",),
}
"""What the rows of a history are called by, and what stands in them; fetched for all lines at once."""


def _what(kind: str, noun: str, title: str) -> str:
    sentences = {
        "+": _("%(noun)s added: %(title)s"),
        "~": _("%(noun)s changed: %(title)s"),
        "-": _("%(noun)s removed: %(title)s"),
    }
    return sentences[kind] % {"noun": noun[:1].upper() + noun[1:], "title": title}


def _events(records: Iterable[Any], model: type[Model]) -> Iterator[Event]:
    """Events of one model's history rows, which come newest first per object; the last of an object may be there
    only to be compared with, and is told by nobody when it is a change."""
    noun, nouns = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    by_object: dict[Any, list[Any]] = {}
    for record in records:
        by_object.setdefault(record.id, []).append(record)
    for rows in by_object.values():
        for row, older in zip(rows, [*rows[1:], None], strict=True):
            is_change = row.history_type == "~"
            changes = changes_between(older, row) if is_change and older else []
            if is_change and not changes and not _was_moved(older, row):
                continue
            who = str(row.history_user) if row.history_user else _("The portal")
            title = without_notes(str(_as_it_was(row)))
            yield Event(
                row.history_date, who, _what(row.history_type, noun, title), row.history_change_reason or "",
                changes=all_of(row) if row.history_type == "-" else changes, row="" if is_change else title,
                rows_are=None if is_change else (row.history_type, nouns),
            )  # fmt: skip


def _was_moved(older: Any, row: Any) -> bool:
    """Whether the row is only about a section's place: its text has the version it had, and it stands elsewhere."""
    if older is None or getattr(row, "version", None) is None:
        return False
    return bool(row.version == older.version and row.position != older.position)


def _as_it_was(row: Any) -> Model:
    """The object of that time, without a query for what the history does not keep."""
    was: Model = row.instance_type(**{tracked.attname: getattr(row, tracked.attname) for tracked in row.tracked_fields})
    was._state.fields_cache = {
        name: found for name, found in row._state.fields_cache.items() if name != "history_user" and found is not None
    }
    return was


def _of(model: type[Model], before: datetime | None, **lookup: Any) -> Stream:
    """The newest events of a model's rows, before that time."""
    if before is not None:
        lookup["history_date__lt"] = before
    records = model.history.filter(**lookup).select_related("history_user")  # type: ignore[attr-defined]
    rows = list(records.order_by("-history_date", "-history_id")[:LIMIT])
    if len(rows) < LIMIT:
        prefetch_related_objects(rows, *NAMED_BY.get(model, ()))
        return Stream(list(_events(rows, model)))
    floor = rows[-1].history_date
    read = [row.history_id for row in rows]
    earlier = records.filter(id__in={row.id for row in rows}, history_date__lte=floor).exclude(history_id__in=read)
    rows += earlier.order_by("id", "-history_date", "-history_id").distinct("id")
    prefetch_related_objects(rows, *NAMED_BY.get(model, ()))
    return Stream([event for event in _events(rows, model) if event.when >= floor], floor)


def _known_since(user: User, annexes: Iterable[Annex]) -> datetime | None:
    """From when on ``user`` may see what happened in the drafts of ``annexes``: since another party shared the last
    of those that were its own. None: since ever.

    What was shared is the text of that moment; what had been written and struck out before was never handed over.
    """
    mine = own_party_ids(user)
    shared = DraftSharing.objects.filter(annex__in=[annex.pk for annex in annexes]).exclude(party__in=mine)
    last: datetime | None = shared.aggregate(last=Max("shared_at"))["last"]
    return last


def annex_history(annex: Annex, user: User, before: datetime | None = None) -> Page:
    """The annex's events, newest first: what was decided about it for all who take part, and what changed in the
    working text for those who read the draft."""
    streams = [removals(user, before, revision__annex=annex)]
    if has(user, Perm.READ_PROPOSED, annex):
        streams += [moves(before, proposal__annex=annex), after_the_decision(annex, user, before)]
    if may_read_draft(user, annex):
        drafted = [
            _of(Annex, before, id=annex.pk),
            _of(Section, before, annex_id=annex.pk),
            _of(Definition, before, annex_id=annex.pk),
            _of(AnnexFile, before, annex_id=annex.pk),
            sharings(annex, before),
            *_sheet_events(annex, before),
        ]
        day = _known_since(user, [annex])
        streams += [stream.since(day) for stream in drafted]
    return newest(*streams)


def _sheet_events(annex: Annex, before: datetime | None) -> Iterator[Stream]:
    sections = list(Section.history.filter(annex_id=annex.pk).values_list("id", flat=True).distinct())
    sheets = list(ActionPlanSheet.history.filter(section_id__in=sections).values_list("id", flat=True).distinct())
    fields = list(SheetField.history.filter(sheet_id__in=sheets).values_list("id", flat=True).distinct())
    values = list(SheetValue.history.filter(field_id__in=fields).values_list("id", flat=True).distinct())
    yield _of(SheetColumn, before, sheet_id__in=sheets)
    yield _of(SheetField, before, id__in=fields)
    yield _of(SheetValue, before, id__in=values)
    yield _of(Commitment, before, value_id__in=values)


def agreement_history(agreement: Agreement, user: User, before: datetime | None = None) -> Page:
    """The agreement's events, newest first: settings, parties, groups, contacts, sources, areas, and every move.
    Only for those who take part; the annexes' own texts have their own histories."""
    if not has(user, Perm.READ_PROPOSED, agreement):
        return Page([])
    pk = agreement.pk
    pictures = list(agreement.annexes.filter(kind=AnnexKind.SITUATIONAL_PICTURE))
    reads_registers = has(user, Perm.READ_DRAFTS, agreement) and all(may_read_draft(user, row) for row in pictures)
    day = _known_since(user, pictures) if reads_registers else None
    streams = [
        *_acts(agreement, user, before),
        _of(Agreement, before, id=pk),
        _of(Party, before, agreement_id=pk),
        _of(Participant, before, agreement_id=pk),
        _of(GoverningGroup, before, agreement_id=pk),
        _of(Seat, before, group__agreement_id=pk),
        _of(Membership, before, role_group__agreement_id=pk),
        _of(Contact, before, agreement_id=pk),
        _of(Signatory, before, manifest__agreement_id=pk),
        _of(OriginalCopy, before, manifest__agreement_id=pk),
    ]
    if reads_registers:
        streams += [_of(model, before, agreement_id=pk).since(day) for model in (Source, PriorityArea)]
    return newest(*streams)


def latest_acts(agreement: Agreement, user: User, number: int) -> list[Event]:
    """The newest of what people did with texts in the agreement, as the history tells it and for those who may read
    that; without the registers' rows, of which there are many and which take many queries to tell."""
    if not has(user, Perm.READ_PROPOSED, agreement):
        return []
    return newest(*_acts(agreement, user, limit=number)).events[:number]


def _acts(
    agreement: Agreement, user: User, before: datetime | None = None, *, limit: int | None = None
) -> list[Stream]:
    """Moves (so many, or a page of them), removals of files, signings, and when the whole agreement ends."""
    return [
        moves(before, limit=limit, proposal__annex__agreement=agreement),
        removals(user, before, agreement=agreement, file__isnull=False),
        signings(agreement, user, before),
        last_days(agreement, user, before),
    ]
