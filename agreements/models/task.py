from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.history import HistoryOfFacts, said_by


class Task(models.Model):
    """Something that a decision made necessary: an action plan to update, say (R42)."""

    class Kind(models.TextChoices):
        AREA_CHANGED = "area_changed", _("The priority area has changed")
        AREA_ADDED = "area_added", _("A new priority area has no action plan")
        AREA_REMOVED = "area_removed", _("The priority area is no longer prioritised")
        FOLLOW_UP = "follow_up", _("The action plan is followed up when the situational picture is revised")
        PARENT_CHANGED = "parent_changed", _("The overarching agreement has changed")
        PARENT_ENDS = "parent_ends", _("The overarching agreement ends")

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="tasks")
    annex = models.ForeignKey("agreements.Annex", models.CASCADE, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=16, choices=Kind)
    area_title = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey("agreements.Decision", models.PROTECT, related_name="tasks")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoryOfFacts(excluded_fields=["area_title"], get_user=said_by("done_by"))

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.agreement.say(OF_AREAS.get(Task.Kind(self.kind)) or self.get_kind_display())


OF_AREAS = {
    Task.Kind.AREA_CHANGED: _("%(the_priority_area)s has changed"),
    Task.Kind.AREA_ADDED: _("%(the_priority_area)s is new and has no action plan"),
    Task.Kind.AREA_REMOVED: _("%(the_priority_area)s is not prioritised any more"),
}
"""What such a task says in the agreement's own words (R166)."""
