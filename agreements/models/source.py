from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Source(models.Model):
    """A source behind the situational picture: one register, shown in two texts (R56)."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=250)
    period = models.CharField(_("year or period"), max_length=60, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    link = models.URLField(_("link"), blank=True, max_length=500)
    note = models.TextField(_("explanation, as a footnote"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["agreement", "position", "id"]

    def __str__(self) -> str:
        return self.name
