from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communication.states import Channel, DeliveryStatus, Failure


class Delivery(models.Model):
    """One notice through one channel, and how it went. Sent anew by a person is a new row.

    ``at`` is when ``status`` last changed. ``attempts`` counts how often the mail server was turned to.
    """

    notice = models.ForeignKey("communication.Notice", models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    status = models.CharField(_("status"), max_length=10, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    failure = models.CharField(_("reason"), max_length=20, choices=Failure, blank=True)
    address = models.EmailField(_("address"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    at = models.DateTimeField(_("at"), default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("sent anew by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["at"], condition=Q(status__in=["pending", "sending"]), name="deliveries_under_way"),
            models.Index(
                fields=["notice"], condition=Q(status__in=["failed", "uncertain"]), name="deliveries_that_failed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.PORTAL, status=DeliveryStatus.SENT, address="")
                | (Q(channel=Channel.MAIL) & ~Q(address="")),
                name="mail_has_an_address_and_the_portal_none",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN], failure__gt="")
                | Q(status=DeliveryStatus.PENDING)
                | Q(status__in=[DeliveryStatus.SENDING, DeliveryStatus.SENT], failure=""),
                name="delivery_says_why_it_failed",
            ),
            models.CheckConstraint(condition=Q(status__in=DeliveryStatus.values), name="delivery_status_is_known"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(channel=Channel.PORTAL), name="one_place_in_the_portal_per_notice"
            ),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(status__in=[DeliveryStatus.PENDING, DeliveryStatus.SENDING]),
                name="one_letter_under_way_per_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_status_display()}"

    @property
    def explanation(self) -> str:
        """The failure in words, or nothing."""
        return str(Failure(self.failure).label) if self.failure else ""

    @property
    def can_be_repeated(self) -> bool:
        """Whether the letter did not go, or may not have gone; a later one may have gone since."""
        return self.channel == Channel.MAIL and self.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN)
