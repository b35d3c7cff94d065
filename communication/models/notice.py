from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communication.states import NoticeEvent


class Notice(models.Model):
    """That somebody was told something: to whom, why, about what, in which words. The database keeps it as written.

    The recipient is a person with an account, or a party's mailbox. ``path`` leads to the very place, from the
    root of the portal. How it was delivered, and whether it was read, are other rows. Notices of one transaction
    have the same ``created_at``, so that they can travel in one letter.
    """

    event = models.CharField(_("event"), max_length=20, choices=NoticeEvent)
    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="notices")
    annex = models.ForeignKey("agreements.Annex", models.PROTECT, null=True, related_name="notices")
    revision = models.ForeignKey("agreements.Revision", models.PROTECT, null=True, related_name="notices")
    proposal = models.ForeignKey("agreements.Proposal", models.PROTECT, null=True, related_name="notices")
    decision = models.ForeignKey("agreements.Decision", models.PROTECT, null=True, related_name="notices")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    mailbox = models.EmailField(_("mailbox"), blank=True)
    recipient_name = models.CharField(_("recipient"), max_length=254)
    reason = models.CharField(_("why the recipient is told"), max_length=250)
    title = models.TextField(_("title"))
    date = models.DateField(_("date"))
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notices_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, mailbox="") | (Q(recipient__isnull=True) & ~Q(mailbox="")),
                name="notice_is_to_a_person_or_a_mailbox",
            ),
            models.CheckConstraint(condition=Q(path__startswith="/"), name="notice_leads_into_the_portal"),
            models.CheckConstraint(condition=~Q(title=""), name="notice_says_something"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        """Reads ``reading``; select it for lists."""
        return hasattr(self, "reading")
