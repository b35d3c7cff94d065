from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase
from simple_history.models import HistoricalRecords

from agreements.permissions import AGREEMENT_PERMS, PERM_NAMES
from agreements.states import DEFAULT_FIXED_BY, AnnexKind, FixedBy
from agreements.words import said, words_with
from samverkan.periods import RunsForward
from samverkan.swedish import Swedish

if TYPE_CHECKING:
    from agreements.models.annex import Annex


class Agreement(models.Model):
    """A written cooperation agreement between police and municipality, local or overarching (R1-R16)."""

    class Level(models.TextChoices):
        LOCAL = "local", _("local")
        OVERARCHING = "overarching", _("overarching")

    slug = models.SlugField(_("short name in the address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=250)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.LOCAL)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("overarching agreement")
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("predecessor")
    )
    starts_on = models.DateField(_("applies from"), null=True, blank=True)
    ends_on = models.DateField(
        _("applies until"), null=True, blank=True, help_text=_("Leave empty when it applies until further notice.")
    )
    original_copies = models.PositiveSmallIntegerField(
        _("number of originals"), default=2, validators=[MinValueValidator(1)]
    )
    is_prepared = models.BooleanField(
        _("the preparatory group prepares before the steering group decides"), default=True
    )
    labels = models.JSONField(
        _("words of this agreement"), default=dict, blank=True, help_text=_("Other words for the same things (R166).")
    )
    fixing_rules = models.JSONField(_("what fixes each kind of annex"), default=dict, blank=True)

    # Intervals, domain.md section 7: the seeds' values are defaults, not constants.
    revision_months = models.PositiveSmallIntegerField(_("months between revisions of the agreement"), default=12)
    situational_picture_months = models.PositiveSmallIntegerField(
        _("months between revisions of the situational picture"), default=12
    )
    review_months = models.PositiveSmallIntegerField(_("months between the steering group's reviews"), default=6)
    communication_plan_months = models.PositiveSmallIntegerField(
        _("months between updates of the communication plan"), default=12
    )
    steering_meetings_per_year = models.PositiveSmallIntegerField(
        _("steering group meetings a year, at least"), default=2
    )
    communication_meeting_months = models.PositiveSmallIntegerField(
        _("months between meetings of the communication functions, at most"), default=3
    )
    citizen_pledge_months = models.PositiveSmallIntegerField(
        _("months between follow-ups of citizen pledges"), default=4
    )
    evaluated_on = models.DateField(_("evaluated as a whole"), null=True, blank=True)
    statutory_follow_up_months = models.PositiveSmallIntegerField(
        _("months until follow-up by law, at most"), default=24
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [Swedish("title"), "id"]
        permissions = [(perm.codename, PERM_NAMES[perm]) for perm in AGREEMENT_PERMS]
        constraints = [
            RunsForward(start="starts_on", end="ends_on", name="agreement_runs_forward"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | (Q(level="local") & ~Q(parent=F("id"))),
                name="agreement_parent_only_for_local",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="agreement_succeeds_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement_detail", args=[self.slug])

    def fixed_by(self, kind: str) -> FixedBy:
        """What fixes an annex of ``kind`` here: the agreement's own rule, else the default (domain.md 8.1)."""
        known = AnnexKind(kind)
        return FixedBy(self.fixing_rules.get(known.value, DEFAULT_FIXED_BY[known]))

    @property
    def words(self) -> dict[str, str]:
        """What this agreement calls things (R166), by the forms of ``agreements.words``."""
        return words_with(self.labels)

    def say(self, sentence: object, **more: object) -> str:
        """``sentence`` with this agreement's words and ``more`` in its ``%(places)s``, as plain text."""
        return said(sentence, self.words, **more)

    def has_ended(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


class AgreementGroupObjectPermission(GroupObjectPermissionBase):
    """A right on one agreement, given to a group of people (django-guardian)."""

    content_object = models.ForeignKey(Agreement, on_delete=models.CASCADE)


def agreement_of(owner: Agreement | Annex) -> Agreement:
    """The agreement that ``owner`` is or belongs to."""
    return owner if isinstance(owner, Agreement) else owner.agreement
