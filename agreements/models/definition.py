from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Definition(models.Model):
    """A term and its meaning in one annex, with where it comes from (R67)."""

    annex = models.ForeignKey("agreements.Annex", models.CASCADE, related_name="definitions")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    term = models.CharField(_("term"), max_length=120)
    meaning = models.TextField(_("meaning"))
    source = models.CharField(_("source"), max_length=250, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ["annex", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["annex", "term"],
                name="definition_once_per_annex",
                deferrable=models.Deferrable.DEFERRED,  # so that two rows of the table can change terms
            ),
        ]

    def __str__(self) -> str:
        return self.term
