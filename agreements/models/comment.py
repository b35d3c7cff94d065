from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.history import HistoryOfFacts, said_by


class Comment(models.Model):
    """A remark on a passage of a frozen text or on a section of the working text; answered and resolved.

    ``section_id`` is the id of the block or section; ``quote`` the passage as plain text (empty: the whole
    section); ``before`` and ``after`` a little context. With these it follows to the next text.
    ``own_of``: written in a party's own draft, and then only for that party.
    """

    annex = models.ForeignKey("agreements.Annex", models.CASCADE, related_name="comments")
    revision = models.ForeignKey("agreements.Revision", models.PROTECT, null=True, blank=True, related_name="comments")
    answer_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    section_id = models.CharField(max_length=60, blank=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    is_question = models.BooleanField(_("a question before the decision"), default=False)
    own_of = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=150, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoryOfFacts(
        excluded_fields=["quote", "before", "after", "text", "author_name"],
        get_user=said_by("written_by", "resolved_by"),
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
