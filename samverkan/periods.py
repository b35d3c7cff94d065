"""Periods whose two ends are fields of one row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q
from django.utils.translation import gettext_lazy as _


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
