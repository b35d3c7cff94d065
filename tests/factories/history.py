from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from agreements.models import Agreement, Contact, Decision, Organisation, Participant, Party
from tests.factories.removals import settle


def moment(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A time of that day in Sweden."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


MODELS: tuple[Any, ...] = (Agreement, Contact, Organisation, Participant, Party)


def known_since(day: date, models: tuple[Any, ...] = MODELS) -> None:
    """Let all that has been written of agreements and those in them, and all decisions, have been written on
    ``day``."""
    for model in models:
        _unguarded(model.history.model, "UPDATE {table} SET history_date = %s", moment(day))
    _unguarded(Decision, "UPDATE {table} SET written_at = %s", moment(day))


def without_history(model: Any) -> None:
    """Let nothing be known of how rows came to be."""
    _unguarded(model.history.model, "DELETE FROM {table}")


def _unguarded(model: type[Model], statement: str, *values: datetime) -> None:
    """What nobody can do: the database keeps logs and decisions."""
    table = model._meta.db_table
    settle()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement.format(table=table), values)
        settle()
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def written(row: Model, at: datetime, **values: object) -> None:
    """Change ``row`` as if it were done ``at`` that time."""
    for name, value in values.items():
        setattr(row, name, value)
    row._history_date = at  # type: ignore[attr-defined]
    row.save()


def deleted(row: Model, at: datetime) -> None:
    row._history_date = at  # type: ignore[attr-defined]
    row.delete()
