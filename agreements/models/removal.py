from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.history import HistoryOfFacts, said_by


class Removal(models.Model):
    """That unlawful content was removed from one frozen version, or that one file was: an act of two persons, one of
    each party, and afterwards its tombstone. Changed once, when it is answered; the database refuses the rest.

    ``old_sha256`` is the hash of what there was, ``redacted_sha256`` that of what stands there since (empty for a
    file without a masked copy). ``selection`` says what shall go (documents.redaction) only until it is answered.
    """

    class Ground(models.TextChoices):
        PERSONAL_DATA = "personal_data", _("personal data, article 17 of the General Data Protection Regulation")
        SECRECY = "secrecy", _("secrecy, the Public Access to Information and Secrecy Act")
        OTHER = "other", _("another law")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        CONFIRMED = "confirmed", _("Removed")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="removals")
    revision = models.ForeignKey("agreements.Revision", models.PROTECT, null=True, blank=True, related_name="removals")
    file = models.ForeignKey("agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="removals")
    masked_file = models.ForeignKey("agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    old_sha256 = models.CharField(max_length=64)
    redacted_sha256 = models.CharField(max_length=64, blank=True)
    ground = models.CharField(_("legal ground"), max_length=14, choices=Ground)
    provision = models.CharField(_("provision"), max_length=120, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    selection = models.JSONField(default=dict, blank=True)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_for = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), max_length=1000, blank=True)

    history = HistoryOfFacts(
        excluded_fields=["provision", "reason", "selection", "answer"], get_user=said_by("requested_by", "answered_by")
    )

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["requested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, file__isnull=True, masked_file__isnull=True)
                | Q(revision__isnull=True, file__isnull=False),
                name="removal_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="removal_has_a_reason"),
            models.CheckConstraint(condition=~Q(ground="other") | ~Q(provision=""), name="removal_names_its_law"),
            models.CheckConstraint(
                condition=Q(status="requested", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(status="requested") & Q(answered_at__isnull=False, answered_by__isnull=False, selection={})),
                name="removal_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | (Q(answered_for__isnull=False) & ~Q(answered_by=F("requested_by")) & ~Q(answered_for=F("party"))),
                name="removal_takes_two_persons_of_two_parties",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | Q(file__isnull=False)
                | (Q(redacted_sha256__regex="^[0-9a-f]{64}$") & ~Q(redacted_sha256=F("old_sha256"))),
                name="removal_leaves_a_redacted_edition",
            ),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(status="requested"), name="one_open_removal_per_revision"
            ),
            models.UniqueConstraint(fields=["file"], condition=Q(status="requested"), name="one_open_removal_per_file"),
            models.UniqueConstraint(
                fields=["revision", "old_sha256"], condition=Q(status="confirmed"), name="removed_once_per_hash"
            ),
        ]

    def __str__(self) -> str:
        return _("Removal from %(text)s") % {"text": self.subject}

    def get_absolute_url(self) -> str:
        return reverse("agreements:removal_detail", args=[self.pk])

    @property
    def subject(self) -> str:
        """What it is about, as it is called. Reads ``revision`` or ``file``."""
        return str(self.revision or self.file)

    @property
    def law(self) -> str:
        """The ground in words: what was named, else the law's own name."""
        return self.provision or self.get_ground_display()

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.REQUESTED


class RemovedText(models.Model):
    """That the same removal took words out of a text written once beside the version: a move's reason, say.

    Names the row and column; the database lets just that change through, from the one hash to the other.
    """

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="texts")
    table_name = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    column_name = models.CharField(max_length=60)
    old_sha256 = models.CharField(max_length=64)
    new_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("text with words removed")
        verbose_name_plural = _("texts with words removed")
        constraints = [
            models.UniqueConstraint(
                fields=["removal", "table_name", "row_id", "column_name"], name="removed_text_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name}.{self.column_name} {self.row_id}"
