"""Who changed what when, from what to what: one readable line per event, under the same rights as the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Max, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.documents.text import plain
from agreements.models import (
    ActionPlanSheet,
    Agreement,
    Annex,
    Commitment,
    Contact,
    Definition,
    DraftSharing,
    GoverningGroup,
    Membership,
    Move,
    Participant,
    Party,
    PriorityArea,
    Removal,
    Seat,
    Section,
    SheetColumn,
    SheetField,
    SheetValue,
    Source,
)
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft, own_party_ids
from agreements.policies.removal import visible_removals
from agreements.rights import has
from agreements.states import AnnexKind

if TYPE_CHECKING:
    from samverkan.accounts.models import User

SILENT = {"version", "edited_at", "edited_by", "position", "sort_key", "structure_version", "checked_warnings", "id"}
"""Fields whose change is bookkeeping and says nothing to a reader."""

RICH = {"body", "heading", "html", "text", "description", "label", "corner"}
LIMIT = 200
ONE_GO = timedelta(minutes=10)
"""As the saves of one writer, rows that one person adds within these minutes are one event."""


@dataclass(frozen=True)
class FieldChange:
    """What a field was and became, as plain text."""

    name: str
    was: str
    became: str


@dataclass(frozen=True)
class Event:
    """One line: when, who, what in words; ``changes`` are shown when it is opened, and so are the ``rows`` that
    one person added or removed one after the other. ``rows_are`` says which can be told together."""

    when: datetime
    who: str
    what: str | Promise
    reason: str = ""
    url: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    row: str = ""
    rows_are: tuple[str, str] | None = None
    rows: list[str] = field(default_factory=list)


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    text = str(value)
    return plain(text) if name in RICH else text


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
    return replace(first, what=what, rows=[event.row for event in reversed(events)])


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
    """Events of one model's history rows, which come newest first per object."""
    noun, nouns = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    by_object: dict[Any, list[Any]] = {}
    for record in records:
        by_object.setdefault(record.id, []).append(record)
    for rows in by_object.values():
        for at, row in enumerate(rows):
            older = rows[at + 1] if at + 1 < len(rows) else None
            changes = _changes(older, row)
            if row.history_type == "~" and not changes:
                continue
            who = str(row.history_user) if row.history_user else _("The portal")
            title = plain(str(row.instance))
            is_change = row.history_type == "~"
            yield Event(
                row.history_date, who, _what(row.history_type, noun, title), row.history_change_reason or "",
                changes=changes if is_change else [], row="" if is_change else title,
                rows_are=None if is_change else (row.history_type, nouns),
            )  # fmt: skip


def _changes(older: Any, newer: Any) -> list[FieldChange]:
    if older is None:
        return []
    found = []
    for tracked in newer.tracked_fields:
        if tracked.name in SILENT:
            continue
        was, became = getattr(older, tracked.attname), getattr(newer, tracked.attname)
        if was != became:
            words = [
                _related(record, tracked) if tracked.is_relation else getattr(record, tracked.attname)
                for record in (older, newer)
            ]
            found.append(FieldChange(str(tracked.verbose_name), *(_shown(tracked.name, word) for word in words)))
    return found


def _related(record: Any, tracked: Any) -> Any:
    """The row that a history row points to, as it is called today; "" when it is gone."""
    try:
        return getattr(record, tracked.name)
    except ObjectDoesNotExist:
        return ""


def _of(model: type[Model], **lookup: Any) -> Iterator[Event]:
    records = model.history.filter(**lookup).select_related("history_user")  # type: ignore[attr-defined]
    return _events(records.order_by("-history_date", "-history_id")[:LIMIT], model)


def _known_since(user: User, annexes: Iterable[Annex]) -> datetime | None:
    """From when on ``user`` may see what happened in the drafts of ``annexes``: since another party shared the last
    of those that were its own. None: since ever.

    What was shared is the text of that moment; what had been written and struck out before was never handed over.
    """
    mine = own_party_ids(user)
    shared = DraftSharing.objects.filter(annex__in=[annex.pk for annex in annexes]).exclude(party__in=mine)
    last: datetime | None = shared.aggregate(last=Max("shared_at"))["last"]
    return last


def _since(day: datetime | None, events: Iterable[Event]) -> Iterator[Event]:
    return (event for event in events if day is None or event.when >= day)


def _newest(*streams: Iterable[Event]) -> list[Event]:
    events = [event for stream in streams for event in stream]
    return list(_joined(sorted(events, key=lambda event: event.when, reverse=True)))[:LIMIT]


def _moves(moves: Iterable[Move]) -> Iterator[Event]:
    for move in moves:
        yield Event(
            move.moved_at,
            str(move.moved_by),
            f"{move.get_verb_display()}: {move.proposal.revision}",
            move.reason,
            move.proposal.get_absolute_url(),
        )


def annex_history(annex: Annex, user: User) -> list[Event]:
    """The annex's events, newest first, at most 200: what was decided about it for all who take part, and what
    changed in the working text for those who read the draft."""
    streams: list[Iterable[Event]] = []
    if has(user, Perm.READ_PROPOSED, annex):
        rows = Move.objects.filter(proposal__annex=annex).select_related("moved_by", "proposal__revision__annex")
        streams.append(_moves(rows.order_by("-moved_at")[:LIMIT]))
    streams.append(_removals(user, revision__annex=annex))
    if may_read_draft(user, annex):
        drafted = [
            _of(Annex, id=annex.pk),
            _of(Section, annex_id=annex.pk),
            _of(Definition, annex_id=annex.pk),
            _sharings(annex),
            *_sheet_events(annex),
        ]
        day = _known_since(user, [annex])
        streams += [_since(day, events) for events in drafted]
    return _newest(*streams)


def _removals(user: User, **lookup: Any) -> Iterator[Event]:
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


def _sharings(annex: Annex) -> Iterator[Event]:
    for sharing in DraftSharing.objects.filter(annex=annex).select_related("shared_by", "party__organisation"):
        what = _("Draft shared %(purpose)s") % {"purpose": sharing.get_purpose_display()}
        yield Event(sharing.shared_at, str(sharing.shared_by), what, sharing.message)


def _sheet_events(annex: Annex) -> Iterator[Iterable[Event]]:
    sections = list(Section.history.filter(annex_id=annex.pk).values_list("id", flat=True).distinct())
    sheets = list(ActionPlanSheet.history.filter(section_id__in=sections).values_list("id", flat=True).distinct())
    fields = list(SheetField.history.filter(sheet_id__in=sheets).values_list("id", flat=True).distinct())
    values = list(SheetValue.history.filter(field_id__in=fields).values_list("id", flat=True).distinct())
    yield _of(SheetColumn, sheet_id__in=sheets)
    yield _of(SheetField, id__in=fields)
    yield _of(SheetValue, id__in=values)
    yield _of(Commitment, value_id__in=values)


def agreement_history(agreement: Agreement, user: User) -> list[Event]:
    """The agreement's events, newest first, at most 200: settings, parties, groups, contacts, sources, areas, and
    every move. Only for those who take part; the annexes' own texts have their own histories."""
    if not has(user, Perm.READ_PROPOSED, agreement):
        return []
    pk = agreement.pk
    pictures = list(agreement.annexes.filter(kind=AnnexKind.SITUATIONAL_PICTURE))
    reads_registers = has(user, Perm.READ_DRAFTS, agreement) and all(may_read_draft(user, row) for row in pictures)
    day = _known_since(user, pictures) if reads_registers else None
    rows = Move.objects.filter(proposal__annex__agreement=agreement).select_related(
        "moved_by", "proposal__revision__annex"
    )
    return _newest(
        _moves(rows.order_by("-moved_at")[:LIMIT]),
        _removals(user, agreement=agreement, file__isnull=False),
        _of(Agreement, id=pk),
        _of(Party, agreement_id=pk),
        _of(Participant, agreement_id=pk),
        _of(GoverningGroup, agreement_id=pk),
        _of(Seat, group__agreement_id=pk),
        _of(Membership, role_group__agreement_id=pk),
        _of(Contact, agreement_id=pk),
        *(
            [
                _since(day, _of(Source, agreement_id=pk)),
                _since(day, _of(PriorityArea, agreement_id=pk)),
            ]
            if reads_registers
            else []
        ),
    )
