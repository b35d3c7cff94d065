from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.contact import marked_title
from samverkan.history import HistoryOfFacts, said_by

if TYPE_CHECKING:
    from agreements.models.annex import Annex


class ManifestQuerySet(models.QuerySet["Manifest"]):
    def open(self) -> ManifestQuerySet:
        """Those of which the signatures are not complete, and that have not been given up."""
        return self.filter(closed_at=None, withdrawn_at=None)


class Manifest(models.Model):
    """What the signatories sign: the agreement text and each annex, by version and hash. Ink on paper.

    ``closed_at`` is set when the set of signatures is complete; ``withdrawn_at`` when the set is given up.
    """

    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="manifests")
    number = models.PositiveIntegerField()
    effective_from = models.DateField(_("applies from"))
    is_registered_afterwards = models.BooleanField(_("registered afterwards"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        "agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scanned page")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ManifestQuerySet.as_manager()
    history = HistoryOfFacts(get_user=said_by("created_by"))

    class Meta:
        verbose_name = _("signing")
        verbose_name_plural = _("signings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="manifest_number_once_per_agreement"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(closed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_manifest_per_agreement",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(withdrawn_at__isnull=True), name="manifest_closes_one_way"
            ),
        ]

    def __str__(self) -> str:
        return _("Signing %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("agreements:manifest_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.withdrawn_at is None


class ManifestEntry(models.Model):
    """One text of a manifest, by its hash. ``is_signed_for``: the signatures fix it; the others stand listed.

    ``stands_as`` is the annex that follows the overarching agreement, where the text is that agreement's own (R3).
    ``item_number`` is the § or reference that a text signed outside the portal has of its own.
    """

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="entries")
    revision = models.ForeignKey("agreements.Revision", models.PROTECT, related_name="manifest_entries")
    stands_as = models.ForeignKey("agreements.Annex", models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    is_signed_for = models.BooleanField(default=False)
    item_number = models.CharField(_("§"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("text signed")
        verbose_name_plural = _("texts signed")
        ordering = ["manifest", "position"]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "revision"], name="manifest_names_a_revision_once"),
        ]

    def __str__(self) -> str:
        """By the title that the text had when it was frozen, as in the print; reads what ``title`` reads."""
        name = self.title if self.annex.is_agreement_text else f"{self.annex.label} {self.title}"
        return _("%(annex)s, version %(number)s") % {"annex": name, "number": self.revision.number}

    @property
    def annex(self) -> Annex:
        """The annex of the manifest's own agreement."""
        return self.stands_as or self.revision.annex

    @property
    def title(self) -> str:
        """What the text was called when it was frozen; one from above by its agreement's title, as its decision keeps
        it. Reads and parses the text, or reads the decision."""
        own = self.revision.annex
        if self.stands_as is None:
            return self.revision.document["title"] or own.title
        return str(self.revision.decision.imprint.get("agreement") or own.agreement.title)


class Signatory(models.Model):
    """Somebody who shall sign for a party, as named on the day: title, tf/bitr. and basis of authority."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="signatories")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="signatories")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150)
    is_acting = models.BooleanField(_("acting"), default=False)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    authority = models.CharField(
        _("basis of authority"), max_length=250, blank=True, help_text=_("Delegation, decision or position.")
    )
    position = models.PositiveSmallIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["manifest", "party__position", "position"]

    def __str__(self) -> str:
        return f"{self.name}, {self.full_title}"

    @property
    def full_title(self) -> str:
        """The title with its marker, as printed: "Tf lokalpolisområdeschef"."""
        return marked_title(self.title, is_acting=self.is_acting, is_deputy=self.is_deputy)


class Signature(models.Model):
    """That a signatory has signed the manifest with ink: place, date, who recorded it. Never changed."""

    signatory = models.OneToOneField(Signatory, models.PROTECT, related_name="signature")
    signed_on = models.DateField(_("signed on"))
    place = models.CharField(_("place"), max_length=80)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"{self.signatory}, {self.place} {self.signed_on}"


class SigningAnswer(models.Model):
    """What a party says of a signing that was registered afterwards: that it was signed so or, with the reason, not.

    Written once. The party that registered it has confirmed it by that.
    """

    class Stance(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="answers")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    reason = models.TextField(_("reason"), blank=True, max_length=1500)
    answered_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer about a registered signing")
        verbose_name_plural = _("answers about registered signings")
        ordering = ["manifest", "party__position"]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "party"], name="one_answer_per_party"),
            models.UniqueConstraint(fields=["manifest", "answered_by"], name="nobody_answers_for_two_parties"),
            models.CheckConstraint(condition=Q(stance="confirmed") | ~Q(reason=""), name="a_dispute_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_stance_display()}"


class HigherDecision(models.Model):
    """A decision that a party needs from above (nämnd or kommunstyrelse) before its signature counts.

    Once recorded it stays; a mistake is corrected by another row that ``replaces`` it.
    """

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="higher_decisions")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    body = models.CharField(_("decided by"), max_length=150)
    decided_on = models.DateField(_("date"), null=True, blank=True)
    item_number = models.CharField(_("§"), max_length=20, blank=True)
    registry_number = models.CharField(_("registry number"), max_length=60, blank=True)
    file = models.ForeignKey("agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("corrects")
    )
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoryOfFacts(get_user=said_by("recorded_by"))

    class Meta:
        verbose_name = _("decision from above")
        verbose_name_plural = _("decisions from above")
        ordering = ["manifest", "party__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(decided_on__isnull=False, recorded_at__isnull=False, recorded_by__isnull=False),
                name="higher_decision_is_recorded_with_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.body


class OriginalCopy(models.Model):
    """Who holds which of the identical originals (R13)."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="originals")
    number = models.PositiveSmallIntegerField()
    holder = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ["manifest", "number"]
        constraints = [models.UniqueConstraint(fields=["manifest", "number"], name="original_number_once")]

    def __str__(self) -> str:
        return str(self.number)
