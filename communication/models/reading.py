from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """That the recipient has marked a notice as read in the portal, and when."""

    notice = models.OneToOneField("communication.Notice", models.PROTECT, related_name="reading")
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.notice}: {self.read_at:%Y-%m-%d %H:%M}"
