from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.history import HistoryOfFacts, said_by


class Ending(models.Model):
    """That an annex ends by a decision: entered by a coordinator of one party, and the annex's last day when a
    coordinator of every other party has confirmed it. Closed once; a mistake is corrected by a new one.

    ``answer`` says why it was disputed. The last one in effect is what ``Annex.ends_on`` tells.
    """

    class Status(models.TextChoices):
        ENTERED = "entered", _("Waits for confirmation")
        IN_EFFECT = "in_effect", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")
        WITHDRAWN = "withdrawn", pgettext_lazy("end of an annex", "Withdrawn")

    annex = models.ForeignKey("agreements.Annex", models.PROTECT, related_name="endings")
    decision = models.ForeignKey("agreements.Decision", models.PROTECT, related_name="endings")
    ends_on = models.DateField(_("last day in force"))
    because = models.TextField(_("why it ends"), max_length=2000)
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ENTERED)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), max_length=4000, blank=True)

    history = HistoryOfFacts(excluded_fields=["because", "answer"], get_user=said_by("entered_by", "closed_by"))

    class Meta:
        verbose_name = _("end of an annex")
        verbose_name_plural = _("ends of annexes")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["annex"], condition=Q(status="entered"), name="one_open_ending_per_annex"),
            models.CheckConstraint(condition=~Q(because=""), name="ending_has_a_reason"),
            models.CheckConstraint(condition=~Q(status="disputed") | ~Q(answer=""), name="dispute_has_a_reason"),
            models.CheckConstraint(
                condition=Q(status="entered", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status="entered") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="ending_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return _("End of %(annex)s") % {"annex": self.annex}

    def get_absolute_url(self) -> str:
        return reverse("agreements:ending_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ENTERED


class EndingConfirmation(models.Model):
    """That a coordinator of another party has said that an entered ending is right."""

    ending = models.ForeignKey(Ending, models.PROTECT, related_name="confirmations")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmation of an ending")
        verbose_name_plural = _("confirmations of endings")
        ordering = ["confirmed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ending", "party"], name="ending_confirmed_once_per_party"),
            models.UniqueConstraint(fields=["ending", "confirmed_by"], name="nobody_confirms_for_two_parties"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.ending}"
