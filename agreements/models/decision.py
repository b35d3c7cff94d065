from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.history import HistoryOfFacts, said_by


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


class Review(models.Model):
    """That an annex in force was looked over and stands without change (R41, R51)."""

    annex = models.ForeignKey("agreements.Annex", models.PROTECT, related_name="reviews")
    revision = models.ForeignKey("agreements.Revision", models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("looked over on"))
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("review without change")
        verbose_name_plural = _("reviews without change")
        ordering = ["-reviewed_on"]

    def __str__(self) -> str:
        return f"{self.annex}, {self.reviewed_on}"


class Task(models.Model):
    """Something that a decision made necessary: an action plan to update, say (R42)."""

    class Kind(models.TextChoices):
        AREA_CHANGED = "area_changed", _("The priority area has changed")
        AREA_ADDED = "area_added", _("A new priority area has no action plan")
        AREA_REMOVED = "area_removed", _("The priority area is no longer prioritised")
        FOLLOW_UP = "follow_up", _("The action plan is followed up when the situational picture is revised")
        PARENT_CHANGED = "parent_changed", _("The overarching agreement has changed")
        PARENT_ENDS = "parent_ends", _("The overarching agreement ends")

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="tasks")
    annex = models.ForeignKey("agreements.Annex", models.CASCADE, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=16, choices=Kind)
    area_title = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="tasks")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoryOfFacts(excluded_fields=["area_title"], get_user=said_by("done_by"))

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.agreement.say(OF_AREAS.get(Task.Kind(self.kind)) or self.get_kind_display())


OF_AREAS = {
    Task.Kind.AREA_CHANGED: _("%(the_priority_area)s has changed"),
    Task.Kind.AREA_ADDED: _("%(the_priority_area)s is new and has no action plan"),
    Task.Kind.AREA_REMOVED: _("%(the_priority_area)s is not prioritised any more"),
}
"""What such a task says in the agreement's own words (R166)."""
