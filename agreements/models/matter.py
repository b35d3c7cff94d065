from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.states import ON_THE_WAY
from samverkan.history import HistoryOfFacts, said_by

if TYPE_CHECKING:
    from agreements.models.proposal import Proposal


class Matter(models.Model):
    """Several revisions that travel together to one meeting and are decided item by item or all at once."""

    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, related_name="matters")
    title = models.CharField(_("title"), max_length=200)
    is_bound_together = models.BooleanField(
        _("decided together"), default=False, help_text=_("No part can be decided, or come back, without the others.")
    )
    answer_wanted_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    history = HistoryOfFacts(get_user=said_by("created_by"))

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:matter_detail", args=[self.pk])

    @cached_property
    def moving(self) -> list[Proposal]:
        """The parts on their way, each with its annex and agreement; one query, asked once."""
        return list(self.proposals.filter(status__in=ON_THE_WAY).select_related("annex__agreement"))
