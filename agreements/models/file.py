from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samverkan.history import HistoryOfFacts, said_by


class StoredFile(models.Model):
    """A picture or PDF of an agreement, judged by its content and named by its hash.

    ``sha256`` is 64 hexadecimal digits; ``width`` and ``height`` are pixels (pictures only); ``pages`` counts
    the pages of a PDF. The bytes lie in the default storage under the hash and are only served by views.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        PDF = "pdf", _("PDF")

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    media_type = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    draft_party = models.ForeignKey(
        "agreements.Party", models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        help_text=_("Set while the file is only used in this party's own drafts."),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    history = HistoryOfFacts(excluded_fields=["name"], get_user=said_by("uploaded_by"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sha256"], name="file_once_per_agreement"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="file_is_named_by_its_hash"),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the bytes lie in the default storage."""
        return f"files/{self.sha256[:2]}/{self.sha256}"


class AnnexFile(models.Model):
    """A PDF that stands for, or beside, an annex's working text: the overarching agreement's own file, say. A frozen
    text names its files itself, so that one can be taken from the draft."""

    annex = models.ForeignKey("agreements.Annex", models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    dated = models.DateField(_("date of the document"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("file beside an annex")
        verbose_name_plural = _("files beside an annex")
        ordering = ["annex", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Printout(models.Model):
    """A fixed PDF, made once: ``key`` is the hash of everything that it was made from."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="printouts")
    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("printout")
        verbose_name_plural = _("printouts")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        return f"printouts/{self.sha256[:2]}/{self.sha256}.pdf"
