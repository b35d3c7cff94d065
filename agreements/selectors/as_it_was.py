"""An agreement, its parties and its contacts as they were on a day that has passed: read from their history.

What was in force before our history begins is not guessed at. A text that was registered afterwards is shown with what
was written when it was registered; a day before the portal knew the agreement at all, with what it knew when its first
day there was over, and parties that came later still by the first row that there is of them. Rows that were written
without a history are shown as they are. See decision 0017.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Min, Model, prefetch_related_objects
from django.utils import timezone

from agreements.models import Agreement, Contact, Decision, Organisation, Participant, Party
from agreements.rights import today

Row = TypeVar("Row", bound=Model)
Named = TypeVar("Named", Party, Participant, Contact)


@dataclass(frozen=True)
class AsItWas:
    """An agreement on a day. ``agreement`` and ``parties`` are rows of then: to be read, never saved.

    ``until``: the moment before which everything was written that holds here; None: the tables of today.
    """

    agreement: Agreement
    parties: list[Party]
    day: date
    until: datetime | None


def as_it_was(agreement: Agreement, day: date, decisions: Iterable[Decision] = ()) -> AsItWas:
    """The agreement on ``day``, when the texts of ``decisions`` were in force. Five queries for a day that has passed,
    two for today and days to come, which are read from the tables."""
    until = _known_until(agreement, day, decisions)
    return AsItWas(_agreement(agreement, day, until), _parties(agreement, until), day, until)


def agreement_on(agreement: Agreement, day: date, decisions: Iterable[Decision] = ()) -> Agreement:
    """The agreement's own row on ``day``, as in ``as_it_was``. Two queries for a day that has passed, else none."""
    return _agreement(agreement, day, _known_until(agreement, day, decisions))


def participants_of(then: AsItWas) -> list[Participant]:
    """Who took part without signing, with names; three queries at most."""
    if then.until is None:
        return list(_with_names(then.agreement.participants))
    rows = _rows(Participant, then.until, agreement_id=then.agreement.pk)
    return _with_organisations(sorted(rows, key=lambda row: (row.position, row.pk)), then.until)


def contacts_of(then: AsItWas) -> list[Contact]:
    """Who held which function that day, in the order of the register; three queries at most.

    Somebody whose row was changed or deleted by hand afterwards held it all the same, and is on the sheets of the days
    before. Who is to be gone from those too by law takes a removal, which reaches the history (decisions/0008, 0017).
    """
    if then.until is None:
        rows = list(_with_names(then.agreement.contacts))
    else:
        rows = _with_organisations(_rows(Contact, then.until, agreement_id=then.agreement.pk), then.until)
    held = [
        row
        for row in rows
        if (row.starts_on is None or row.starts_on <= then.day) and (row.ends_on is None or then.day <= row.ends_on)
    ]
    return sorted(held, key=lambda row: (row.position, row.pk))


def _known_until(agreement: Agreement, day: date, decisions: Iterable[Decision]) -> datetime | None:
    """The first moment after ``day`` in Sweden; later where the texts in force that day, or the agreement itself, were
    written in the portal later still. None: there is nothing to look back on."""
    if day >= today():
        return None
    first: datetime | None = agreement.history.aggregate(first=Min("history_date"))["first"]
    if first is None:
        return None
    written = (decision.written_at for decision in decisions if decision.agreement_id == agreement.pk)
    until = max(_end_of(day), min(written, default=_end_of(day)))
    return until if first < until else _end_of(timezone.localdate(first))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _agreement(agreement: Agreement, day: date, until: datetime | None) -> Agreement:
    """The row of then. Its last day is what was said of it, unless ``day`` shows that it became another."""
    if until is None:
        return agreement
    then = next(iter(_rows(Agreement, until, id=agreement.pk)), agreement)
    if day == agreement.ends_on or (then.ends_on is not None and then.ends_on < day):
        then.ends_on = agreement.ends_on
    return then


def _parties(agreement: Agreement, until: datetime | None) -> list[Party]:
    if until is None:
        return list(_with_names(agreement.parties))
    rows = _rows(Party, until, agreement_id=agreement.pk) or _first_rows(Party, agreement_id=agreement.pk)
    return _with_organisations(sorted(rows, key=lambda row: (row.position, row.pk)), until)


def _with_names(rows: Any) -> Any:
    """Rows of today with what their organisations' names on a day are read from (R165): two queries."""
    return rows.select_related("organisation").prefetch_related("organisation__names")


def _rows(model: type[Row], until: datetime, **lookup: Any) -> list[Row]:
    """The rows that there were, each as last written before ``until``; what had been deleted by then is not there.

    ``history.as_of`` takes the moment itself in, and both rows of two changes at one moment.
    """
    history: Any = model.history  # type: ignore[attr-defined]
    written = history.filter(history_date__lt=until, **lookup).order_by("id", "-history_date", "-history_id")
    return [record.instance for record in written.distinct("id") if record.history_type != "-"]


def _first_rows(model: type[Row], **lookup: Any) -> list[Row]:
    history: Any = model.history  # type: ignore[attr-defined]
    written = history.filter(**lookup).order_by("id", "history_date", "history_id")
    return [record.instance for record in written.distinct("id")]


def _with_organisations(rows: list[Named], until: datetime) -> list[Named]:
    """``rows`` with their organisations of then, whose names have periods of their own; three queries at most."""
    wanted = {row.organisation_id for row in rows if row.organisation_id is not None}
    found = {row.pk: row for row in _rows(Organisation, until, id__in=wanted)}
    found |= {row.pk: row for row in Organisation.objects.filter(pk__in=wanted - found.keys())}
    prefetch_related_objects(list(found.values()), "names")
    for row in rows:
        if row.organisation_id is not None:
            row.organisation = found[row.organisation_id]
    return rows
