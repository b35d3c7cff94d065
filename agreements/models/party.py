from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Party(models.Model):
    """An organisation that signs the agreement, with its defined term and the matter's registry number (R5-R7, R16).

    ``key`` is its name for programs ("police"): what the keys of its fields in sheets begin with. It stays what it is,
    whoever joins later and wherever they stand.
    """

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("agreements.Organisation", models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    defined_term = models.CharField(_("defined term"), max_length=60, help_text=_("For example “Kommunen”."))
    registry_number = models.CharField(_("registry number"), max_length=60, blank=True)
    key = models.CharField(max_length=20, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once_per_agreement"),
            models.UniqueConstraint(fields=["agreement", "key"], name="party_key_once_per_agreement"),
            models.UniqueConstraint(
                fields=["agreement", "defined_term"],
                name="party_term_once_per_agreement",
                deferrable=models.Deferrable.DEFERRED,  # so that two parties can change terms with each other
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Participant(models.Model):
    """An organisation that takes part without signing (R39)."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="participants")
    organisation = models.ForeignKey("agreements.Organisation", models.PROTECT, related_name="participations")
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="participant_once_per_agreement"),
        ]

    def __str__(self) -> str:
        return self.organisation.name
