"""Periods whose two ends are fields of one row, by custom ``starts_on`` and ``ends_on``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q
from django.utils.translation import gettext_lazy as _


def holds_on(day: date) -> Q:
    """Rows whose period has begun and is not over on ``day``. Both ends belong to it, and an empty one is open."""
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & not_over(day)


def not_over(day: date) -> Q:
    """Rows whose period is not over on ``day``; it may be to come."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day)


class RunsForward(CheckConstraint):
    """That the day in the field ``end`` does not come before the one in ``start``; either may be empty.

    Forms say it on the field ``end``.
    """

    default_violation_error_message = _("The end date cannot be before the start date.")

    def __init__(self, *, start: str, end: str, name: str, **said: Any) -> None:
        self.start, self.end = start, end
        forward = Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": F(end)})
        super().__init__(condition=forward, name=name, **said)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        del kwargs["condition"]
        return path, args, {**kwargs, "start": self.start, "end": self.end}

    def validate(
        self, model: type[Model], instance: Model, exclude: Iterable[str] | None = None, using: str = "default"
    ) -> None:
        try:
            super().validate(model, instance, exclude=exclude, using=using)  # type: ignore[arg-type]
        except ValidationError as error:
            raise ValidationError({self.end: error}) from error
