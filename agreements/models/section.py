from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Section(models.Model):
    """One heading of a working text with what stands under it: rich text, and rows when the kind is typed.

    ``heading`` is inline HTML and ``body`` rich text, both already sanitised (documents.sanitise).
    ``kind`` is a key of agreements.section_kinds. ``version`` grows by one with each save.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    annex = models.ForeignKey("agreements.Annex", models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(_("order"), default=0)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    template_key = models.CharField(max_length=60, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, default="text")
    options = models.JSONField(default=dict, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    is_numbered = models.BooleanField(_("numbered"), default=False)
    body = models.TextField(_("text"), blank=True)
    is_left_out = models.BooleanField(_("left out"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    party = models.ForeignKey(
        "agreements.Party", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("comes from")
    )
    confidentiality_mark = models.CharField(max_length=80, blank=True, editable=False)
    confidentiality_ground = models.CharField(max_length=120, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["annex", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="section_has_three_levels"),
            models.UniqueConstraint(
                fields=["annex", "position"],
                name="section_position_once_per_annex",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.heading or str(_("Untitled section"))


class Presence(models.Model):
    """That a person has a section open; old rows mean nothing and are overwritten."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="presence_once_per_section")]

    def __str__(self) -> str:
        return f"{self.user} – {self.section}"


class SavedAside(models.Model):
    """A text that was saved on an older version: kept, whole, until its writer has chosen or joined.

    Two people writing the same section both find their text in the database, always.
    ``row`` is the id of the typed row that was written (a priority area), empty for the section itself.
    ``sitting`` is the key of the page it was written on (workflow.sitting), empty where no script sent it: a later text
    of the same page takes the place of an earlier one, and no other does.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="saved_aside")
    row = models.CharField(max_length=60, blank=True)
    based_on_version = models.PositiveIntegerField()
    heading = models.TextField(blank=True)
    body = models.TextField(blank=True)
    sitting = models.CharField(max_length=40, blank=True, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("text saved aside")
        verbose_name_plural = _("texts saved aside")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "row", "saved_by", "sitting"],
                condition=Q(settled_at__isnull=True) & ~Q(sitting=""),
                name="one_open_text_aside_per_sitting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.saved_by} – {self.section}"


class LastSave(models.Model):
    """Which sitting the newest text of a place came from, so that this page's next save is known again when the answer
    to this one was lost on its way.

    ``row`` as in ``SavedAside``. The row means nothing as soon as the place has another ``version``; ``turn`` counts
    what the page has sent.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    row = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    sitting = models.CharField(max_length=40)
    turn = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("last save")
        verbose_name_plural = _("last saves")
        constraints = [models.UniqueConstraint(fields=["section", "row"], name="last_save_once_per_place")]

    def __str__(self) -> str:
        return f"{self.section} {self.version}"
