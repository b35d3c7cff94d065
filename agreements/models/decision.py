from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """What was resolved about one revision, in writing (R44). Written once; a mistake gets a Correction.

    Number and year are the agreement's own series. ``sha256`` is the hash of the text decided on, and the
    database compares it with the revision's. In force is computed from ``effective_from``.
    """

    class Basis(models.TextChoices):
        STEERING_GROUP = "steering_group", _("decision of the steering group")
        SIGNATURES = "signatures", _("signatures of all parties")

    class Method(models.TextChoices):
        MEETING = "meeting", _("at a meeting")
        PER_CAPSULAM = "per_capsulam", _("per capsulam")
        SIGNING = "signing", _("by signing")

    revision = models.OneToOneField("agreements.Revision", models.PROTECT, related_name="decision")
    annex = models.ForeignKey("agreements.Annex", models.PROTECT, related_name="decisions")
    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="decisions")
    matter = models.ForeignKey("agreements.Matter", models.PROTECT, null=True, blank=True, related_name="decisions")
    manifest = models.ForeignKey("agreements.Manifest", models.PROTECT, null=True, blank=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=16, choices=Basis)
    method = models.CharField(_("method"), max_length=14, choices=Method)
    resolution = models.TextField(_("resolution"))
    sha256 = models.CharField(max_length=64)
    decided_on = models.DateField(_("decided on"))
    effective_from = models.DateField(_("applies from"))
    item_number = models.CharField(_("§"), max_length=20, blank=True)
    attendance = models.TextField(_("present"), blank=True)
    minutes = models.ForeignKey("agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    is_registered_afterwards = models.BooleanField(_("registered afterwards"), default=False)
    imprint = models.JSONField(default=dict, editable=False)
    """``selectors.imprint.ImprintFacts`` of the day; empty in what was written before it was kept."""
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year", "number"], name="decision_number_once_per_year"),
            models.UniqueConstraint(
                fields=["annex", "effective_from"],
                name="one_decided_per_annex_and_day",
                violation_error_message=_("Another version of this annex already applies from that day."),
            ),
            models.CheckConstraint(
                condition=Q(basis="signatures", manifest__isnull=False)
                | Q(basis="steering_group", manifest__isnull=True),
                name="signed_decision_has_its_manifest",
            ),
            models.CheckConstraint(condition=~Q(resolution=""), name="decision_is_in_writing"),
        ]

    def __str__(self) -> str:
        return _("Decision %(number)s") % {"number": self.label}

    def get_absolute_url(self) -> str:
        return reverse("agreements:decision_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The number as written: "2026:4"."""
        return f"{self.year}:{self.number}"


class Correction(models.Model):
    """A visible, dated rättelse of a decision record; the decision itself is never touched (JO 581-2013)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    text = models.TextField(_("correction"))
    corrected_at = models.DateTimeField(default=timezone.now, editable=False)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["corrected_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="correction_says_something")]

    def __str__(self) -> str:
        return self.text
