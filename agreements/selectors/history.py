"""Who changed what when, from what to what: one readable line per event, under the same rights as the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.documents.text import plain
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
    Move,
    OriginalCopy,
    Participant,
    Party,
    PriorityArea,
    Removal,
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
from agreements.policies.removal import visible_removals
from agreements.rights import has
from agreements.selectors.history_words import FieldChange, all_of, changes_between
from agreements.states import AnnexKind

if TYPE_CHECKING:
    from samverkan.accounts.models import User

LIMIT = 200
"""Events of a page, and rows that are read of each model for it."""

ONE_GO = timedelta(minutes=10)
"""As the saves of one writer, rows that one person adds within these minutes are one event."""


@dataclass(frozen=True)
class Event:
    """One line: when, who, what in words; ``changes`` are shown when it is opened, and so are the ``rows`` that
    one person added or removed one after the other. ``rows_are`` says which can be told together. What is removed
    has in ``changes`` all that stood in it."""

    when: datetime
    who: str
    what: str | Promise
    reason: str = ""
    url: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    row: str = ""
    rows_are: tuple[str, str] | None = None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One of several rows that were added or removed in one go; ``changes`` as in ``Event``."""

    title: str
    changes: list[FieldChange]


@dataclass(frozen=True)
class Stream:
    """Events of one kind. ``floor``: the time of the oldest row that was read, when there may be more before it."""

    events: list[Event]
    floor: datetime | None = None

    def since(self, day: datetime | None) -> Stream:
        """Without what happened before ``day``."""
        return self if day is None else Stream([event for event in self.events if event.when >= day], self.floor)


@dataclass(frozen=True)
class Page:
    """Events, newest first; ``older``: to be asked for what happened before that, when there is more."""

    events: list[Event]
    older: datetime | None = None


def _what(kind: str, noun: str, title: str) -> str:
    sentences = {
        "+": _("%(noun)s added: %(title)s"),
        "~": _("%(noun)s changed: %(title)s"),
        "-": _("%(noun)s removed: %(title)s"),
    }
    return sentences[kind] % {"noun": noun[:1].upper() + noun[1:], "title": title}


def _together(events: list[Event]) -> Event:
    """Rows of one kind that one person added or removed in one go, as one line."""
    first = events[0]
    if len(events) == 1 or first.rows_are is None:
        return first
    kind, nouns = first.rows_are
    sentences = {"+": _("%(nouns)s added: %(number)s"), "-": _("%(nouns)s removed: %(number)s")}
    what = sentences[kind] % {"nouns": nouns[:1].upper() + nouns[1:], "number": len(events)}
    return replace(first, what=what, changes=[], rows=[Row(event.row, event.changes) for event in reversed(events)])


def _joined(events: Iterable[Event]) -> Iterator[Event]:
    """Events in order, newest first; what belongs together stands where its newest row stood, whatever else was
    added in between: a seat and who sits on it come in turns."""
    open_lines: dict[tuple[object, ...], list[Event]] = {}
    lines: list[list[Event]] = []
    for event in events:
        key = (event.rows_are, event.who, event.reason)
        line = open_lines.get(key)
        if event.rows_are and line and line[0].when - event.when <= ONE_GO:
            line.append(event)
        else:
            open_lines[key] = [event]
            lines.append(open_lines[key])
    return map(_together, lines)


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
            if is_change and not changes:
                continue
            who = str(row.history_user) if row.history_user else _("The portal")
            title = plain(str(row.instance))
            yield Event(
                row.history_date, who, _what(row.history_type, noun, title), row.history_change_reason or "",
                changes=all_of(row) if row.history_type == "-" else changes, row="" if is_change else title,
                rows_are=None if is_change else (row.history_type, nouns),
            )  # fmt: skip


def _of(model: type[Model], before: datetime | None, **lookup: Any) -> Stream:
    """The newest events of a model's rows, before that time."""
    if before is not None:
        lookup["history_date__lt"] = before
    records = model.history.filter(**lookup).select_related("history_user")  # type: ignore[attr-defined]
    rows = list(records.order_by("-history_date", "-history_id")[:LIMIT])
    if len(rows) < LIMIT:
        return Stream(list(_events(rows, model)))
    floor = rows[-1].history_date
    read = [row.history_id for row in rows]
    earlier = records.filter(id__in={row.id for row in rows}, history_date__lte=floor).exclude(history_id__in=read)
    rows += earlier.order_by("id", "-history_date", "-history_id").distinct("id")
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


def _newest(*streams: Stream) -> Page:
    """The streams as one, as far back as all of them have been read."""
    floor = max((stream.floor for stream in streams if stream.floor), default=None)
    found = [event for stream in streams for event in stream.events if floor is None or event.when >= floor]
    found.sort(key=lambda event: event.when, reverse=True)
    if len(found) > LIMIT:
        floor = found[LIMIT - 1].when
        found = [event for event in found if event.when >= floor]
    return Page(list(_joined(found)), floor)


def _moves(before: datetime | None, **lookup: Any) -> Stream:
    moves = Move.objects.filter(**lookup).select_related("moved_by", "proposal__revision__annex__agreement")
    if before is not None:
        moves = moves.filter(moved_at__lt=before)
    found = list(moves.order_by("-moved_at", "-pk")[:LIMIT])
    events = [
        Event(
            move.moved_at,
            str(move.moved_by),
            f"{move.get_verb_display()}: {move.proposal.revision}",
            move.reason,
            move.proposal.get_absolute_url(),
        )
        for move in found
    ]
    return Stream(events, found[-1].moved_at if len(found) == LIMIT else None)


def annex_history(annex: Annex, user: User, before: datetime | None = None) -> Page:
    """The annex's events, newest first: what was decided about it for all who take part, and what changed in the
    working text for those who read the draft."""
    streams = [_removals(user, before, revision__annex=annex)]
    if has(user, Perm.READ_PROPOSED, annex):
        streams.append(_moves(before, proposal__annex=annex))
    if may_read_draft(user, annex):
        drafted = [
            _of(Annex, before, id=annex.pk),
            _of(Section, before, annex_id=annex.pk),
            _of(Definition, before, annex_id=annex.pk),
            _of(AnnexFile, before, annex_id=annex.pk),
            _sharings(annex, before),
            *_sheet_events(annex, before),
        ]
        day = _known_since(user, [annex])
        streams += [stream.since(day) for stream in drafted]
    return _newest(*streams)


def _before(events: Iterable[Event], before: datetime | None) -> Stream:
    return Stream([event for event in events if before is None or event.when < before])


def _removals(user: User, before: datetime | None, **lookup: Any) -> Stream:
    return _before(_removal_events(user, **lookup), before)


def _removal_events(user: User, **lookup: Any) -> Iterator[Event]:
    """Each request to remove content and its answer; without what was, or is, to be removed."""
    answers = {
        Removal.Status.CONFIRMED: _("Content removed from %(text)s"),
        Removal.Status.REJECTED: _("Removal from %(text)s rejected"),
        Removal.Status.WITHDRAWN: _("Request for removal from %(text)s withdrawn"),
    }
    for row in visible_removals(user).filter(**lookup):
        words, url = {"text": row.subject}, row.get_absolute_url()
        asked = _("Removal from %(text)s asked for") % words
        yield Event(row.requested_at, f"{row.requested_by}, {row.party}", asked, row.reason, url)
        if row.answered_at is not None:
            who = f"{row.answered_by}, {row.answered_for or row.party}"
            yield Event(row.answered_at, who, answers[Removal.Status(row.status)] % words, row.answer, url)


def _sharings(annex: Annex, before: datetime | None) -> Stream:
    rows = DraftSharing.objects.filter(annex=annex).select_related("shared_by", "party__organisation")
    what = _("Draft shared %(purpose)s")
    events = (
        Event(row.shared_at, str(row.shared_by), what % {"purpose": row.get_purpose_display()}, row.message)
        for row in rows
    )
    return _before(events, before)


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
        _moves(before, proposal__annex__agreement=agreement),
        _removals(user, before, agreement=agreement, file__isnull=False),
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
    return _newest(*streams)
