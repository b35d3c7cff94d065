from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.documents.canonical import join_ids

if TYPE_CHECKING:
    from agreements.documents.block_types import Document


class Revision(models.Model):
    """An annex frozen once, whole and self-contained. Never changed, never deleted: the database refuses.

    ``content`` is the canonical JSON that ``sha256`` (64 hexadecimal digits) is the hash of, and the database
    checks that it is; ``ids`` are the identities of its blocks in depth-first order, which are not content.
    ``plain_text`` is the same in reading order, for search. Numbers are given at submission; gaps are allowed.
    """

    annex = models.ForeignKey("agreements.Annex", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("version"))
    format_version = models.PositiveSmallIntegerField()
    content = models.TextField()
    ids = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    plain_text = models.TextField(blank=True)
    word_count = models.PositiveIntegerField(default=0)
    change_summary = models.TextField(_("what has changed"), blank=True)
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["annex", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["annex", "number"], name="revision_number_once_per_annex"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbers_start_at_1"),
        ]

    def __str__(self) -> str:
        return _("%(annex)s, version %(number)s") % {"annex": self.annex, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("agreements:revision_detail", args=[self.annex.agreement.slug, self.annex.number, self.number])

    @property
    def short_hash(self) -> str:
        """The first twelve digits, as printed."""
        return self.sha256[:12]

    @property
    def document(self) -> Document:
        """The Document (documents.blocks) with the identities of its blocks. Parsed at each call: keep it."""
        return cast("Document", join_ids(json.loads(self.content), self.ids))
