from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Acknowledgement(models.Model):
    """That somebody has seen that a letter did not go, or may not have gone, and takes it from there."""

    delivery = models.OneToOneField("communication.Delivery", models.PROTECT, related_name="acknowledgement")
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("seen by"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")

    def __str__(self) -> str:
        return f"{self.delivery}: {self.seen_by}"
