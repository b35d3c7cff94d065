from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase
from simple_history.models import HistoricalRecords

from agreements.permissions import PERM_NAMES, Perm
from agreements.states import AnnexKind, FixedBy


class AnnexQuerySet(models.QuerySet["Annex"]):
    def listed(self) -> AnnexQuerySet:
        """Without the agreement's own text, which travels as number 0 and is never listed as an annex."""
        return self.exclude(kind=AnnexKind.AGREEMENT_TEXT)


class Annex(models.Model):
    """A numbered text of an agreement with its working text; number 0 is the agreement's own text (R9)."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="annexes")
    kind = models.CharField(_("kind"), max_length=30, choices=AnnexKind)
    number = models.CharField(_("number"), max_length=6, help_text=_("A number, with a letter where needed: 3a."))
    sort_key = models.CharField(max_length=12, editable=False, default="")
    title = models.CharField(_("title in the list of annexes"), max_length=250)
    heading = models.CharField(_("title at the head of the text"), max_length=250, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    geographic_scope = models.CharField(_("geographic scope"), max_length=200, blank=True)
    priority_area = models.ForeignKey(
        "agreements.PriorityArea", models.PROTECT, null=True, blank=True, related_name="annexes",
        verbose_name=_("priority area"),
    )  # fmt: skip
    draft_party = models.ForeignKey(
        "agreements.Party", models.PROTECT, null=True, blank=True, related_name="own_drafts",
        verbose_name=_("own draft of"), help_text=_("Empty: the draft is shared by the parties."),
    )  # fmt: skip
    ends_on = models.DateField(_("last day in force"), null=True, blank=True)
    ended_because = models.TextField(_("why it ended"), blank=True)
    ended_by = models.ForeignKey(
        "agreements.Decision", models.PROTECT, null=True, blank=True, related_name="ended_annexes"
    )
    structure_version = models.PositiveIntegerField(default=1, editable=False)
    checked_warnings = models.JSONField(default=list, blank=True, editable=False)

    objects: ClassVar[AnnexQuerySet] = AnnexQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(excluded_fields=["structure_version", "sort_key"])

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["agreement", "sort_key"]
        permissions = [(Perm.EDIT_ANNEX.codename, PERM_NAMES[Perm.EDIT_ANNEX])]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="annex_number_once_per_agreement"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(kind="agreement_text"), name="one_text_per_agreement"
            ),
            models.CheckConstraint(
                condition=Q(kind="agreement_text", number="0") | (~Q(kind="agreement_text") & ~Q(number="0")),
                name="agreement_text_is_number_0",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^(0|[1-9][0-9]{0,2}[a-zåäö]?)$"), name="annex_number_is_a_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_by__isnull=True)
                | Q(ends_on__isnull=False, ended_by__isnull=False),
                name="annex_ends_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.title if self.is_agreement_text else f"{self.label} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        digits, letter = re.match(r"(\d*)(.*)", self.number).groups()  # type: ignore[union-attr]
        self.sort_key = f"{digits.zfill(4)}{letter}"
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("agreements:annex_detail", args=[self.agreement.slug, self.number])

    @property
    def is_agreement_text(self) -> bool:
        return self.kind == AnnexKind.AGREEMENT_TEXT

    @property
    def label(self) -> str:
        """How it is referred to on pages: "Bilaga 3a"; the agreement's own text is called by that name, or by the
        agreement's own word for itself (R166). Reads ``agreement`` for that text."""
        if self.is_agreement_text:
            return capfirst(self.agreement.labels.get("the_agreement") or str(AnnexKind.AGREEMENT_TEXT.label))
        return _("Annex %(number)s") % {"number": self.number}

    @property
    def fixed_by(self) -> FixedBy:
        """What fixes this annex. Reads ``agreement``."""
        return self.agreement.fixed_by(self.kind)

    @property
    def follows_parent(self) -> bool:
        """Whether it shows the overarching agreement's text and has none of its own (R3). Reads ``agreement``."""
        return self.fixed_by == FixedBy.PARENT and self.agreement.parent_id is not None

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be in force: its own, or the agreement's when that comes first. None: until
        further notice. Reads ``agreement``."""
        return min(filter(None, (self.ends_on, self.agreement.ends_on)), default=None)

    def has_ended(self, day: date) -> bool:
        return self.last_day is not None and self.last_day < day


class AnnexGroupObjectPermission(GroupObjectPermissionBase):
    """A right on one annex, given to a working group or to the communicators (django-guardian)."""

    content_object = models.ForeignKey(Annex, on_delete=models.CASCADE)


class DraftSharing(models.Model):
    """The logged act by which one party's own draft became shared (HFD 2011:52, RÅ 1999 ref. 36)."""

    class Purpose(models.TextChoices):
        COMMENT = "comment", _("for comments")
        INFORMATION = "information", _("for information")

    annex = models.ForeignKey(Annex, models.CASCADE, related_name="sharings")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="sharings")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    message = models.CharField(_("message"), max_length=500, blank=True)
    shared_at = models.DateTimeField(_("shared at"), default=timezone.now, editable=False)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sharings")

    class Meta:
        verbose_name = _("sharing of a draft")
        verbose_name_plural = _("sharings of drafts")
        ordering = ["-shared_at"]

    def __str__(self) -> str:
        return f"{self.annex}: {self.get_purpose_display()}"
