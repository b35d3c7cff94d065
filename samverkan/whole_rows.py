"""Forms about a part of a row that must still be true of the whole row."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

Row = TypeVar("Row", bound=Model)


class WholeRowForm(forms.ModelForm[Row]):
    """A form that asks every constraint of its row.

    Django leaves a constraint to the database as soon as one of its fields is not in the form: an agreement that is
    given with the instance, say. What people can mend would then end as a failure of the portal. The sentence stands
    at the last field of the form that the constraint is about.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook between clean() and save()
        failed = set(self.errors)
        not_asked = set(self._get_validation_exclusions()) - failed  # type: ignore[attr-defined]  # likewise
        for constraint in self.instance._meta.constraints:
            names = _fields_of(constraint, type(self.instance))
            if not names & not_asked:
                continue
            try:
                constraint.validate(type(self.instance), self.instance, exclude=failed)
            except ValidationError as error:
                self.add_error(self._last_of(names), error.messages)

    def _last_of(self, names: set[str]) -> str | None:
        return next((name for name in reversed(list(self.fields)) if name in names), None)


def _fields_of(constraint: BaseConstraint, model: type[Model]) -> set[str]:
    """The names of the fields that ``constraint`` is about."""
    names: set[str] = set()
    condition: Any = None
    if isinstance(constraint, UniqueConstraint):
        names, condition = set(constraint.fields), constraint.condition
    elif isinstance(constraint, CheckConstraint):
        condition = constraint.condition
    if condition is not None:
        names |= {reference[0] for reference in model._get_expr_references(condition)}  # type: ignore[attr-defined]
    return names
