from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
