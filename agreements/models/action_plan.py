from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.documents.text import plain


class ActionPlanSheet(models.Model):
    """The sheet of one section in an action plan: fields of the area, and fields per working group (R81-R95)."""

    section = models.OneToOneField("agreements.Section", models.CASCADE, related_name="sheet")
    corner = models.TextField(_("heading of the label column"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("action plan sheet")
        verbose_name_plural = _("action plan sheets")

    def __str__(self) -> str:
        return str(self.section)


class SheetColumn(models.Model):
    """One working group or effort in a sheet; several stand side by side (R83). ``heading`` is inline HTML."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ActionPlanSheet, models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField(default=1)
    heading = models.TextField(_("heading"), blank=True)
    working_group = models.ForeignKey(
        "agreements.GoverningGroup", models.SET_NULL, null=True, blank=True, related_name="sheet_columns",
        verbose_name=_("working group"),
    )  # fmt: skip
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    end_condition = models.CharField(_("or ends when"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("column of a sheet")
        verbose_name_plural = _("columns of a sheet")
        ordering = ["sheet", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "position"],
                name="sheet_column_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class SheetField(models.Model):
    """A labelled row of a sheet. The label is data of the sheet; the template's is only the default.

    ``key`` is the template's name of the field ("funding"), empty for fields of the sheet's own.
    """

    class Scope(models.TextChoices):
        AREA = "area", _("about the area")
        GROUP = "group", _("per working group")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ActionPlanSheet, models.CASCADE, related_name="fields")
    scope = models.CharField(max_length=6, choices=Scope)
    key = models.CharField(max_length=40, blank=True)
    label = models.TextField(_("label"))
    position = models.PositiveSmallIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("field of a sheet")
        verbose_name_plural = _("fields of a sheet")
        ordering = ["sheet", "scope", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "scope", "position"],
                name="sheet_field_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SheetValue(models.Model):
    """What stands in one field: text, or "to be decided", which is a value and not emptiness (R85, R88).

    An open value is an open point: ``owner`` is the function that shall settle it, by ``due_on``.
    ``html`` is rich text; of an open value it is the sheet's own wording ("Bestäms senare").
    """

    field = models.ForeignKey(SheetField, models.CASCADE, related_name="values")
    column = models.ForeignKey(SheetColumn, models.CASCADE, null=True, blank=True, related_name="values")
    html = models.TextField(_("text"), blank=True)
    is_to_be_decided = models.BooleanField(_("to be decided later"), default=False)
    owner = models.CharField(_("who settles it"), max_length=150, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("value in a sheet")
        verbose_name_plural = _("values in a sheet")
        ordering = ["field__position", "column__position"]
        constraints = [
            models.UniqueConstraint(fields=["field", "column"], name="sheet_value_once_per_cell", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(is_to_be_decided=True) | Q(owner="", due_on__isnull=True),
                name="only_open_points_have_owner_and_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {plain(self.html)[:60]}"


class Commitment(models.Model):
    """One thing that a party undertakes in a sheet, as an item of a list (R21, R83). ``text`` is inline HTML."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    value = models.ForeignKey(SheetValue, models.CASCADE, related_name="commitments")
    party = models.ForeignKey(
        "agreements.Party", models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("party")
    )
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("commitment"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["value", "position"]

    def __str__(self) -> str:
        return self.text
