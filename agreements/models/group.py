from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.permissions import Capacity, Role
from samverkan.periods import RunsForward, not_over
from samverkan.swedish import Swedish

if TYPE_CHECKING:
    from datetime import date


class GroupKind(models.TextChoices):
    """The kinds of groups, from the top; lists come in this order (R17-R40)."""

    STEERING = "steering", _("steering group")
    PREPARATORY = "preparatory", _("preparatory group")
    WORKING = "working", _("working group")
    CENTRAL_PREPARATORY = "central_preparatory", _("central preparatory group")


class GoverningGroup(models.Model):
    """A group of an agreement: steering, preparatory, working, or the central preparatory group (R17-R40)."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="governing_groups")
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind)
    name = models.CharField(_("name"), max_length=150)
    task = models.TextField(_("task"), blank=True)
    priority_areas = models.ManyToManyField(
        "agreements.PriorityArea", blank=True, related_name="working_groups", verbose_name=_("priority areas")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Only for a group with a limited time (R32).")
    )
    next_meeting_on = models.DateField(_("next meeting"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["agreement", "kind", Swedish("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                condition=~Q(kind="working"),
                name="one_group_of_a_kind_per_agreement",
            ),
            models.UniqueConstraint(
                fields=["agreement", "name"],
                name="group_name_once_per_agreement",
                violation_error_message=_("There is already a group with that name."),
            ),
            RunsForward(start="starts_on", end="ends_on", name="group_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether the group has begun and not ended on ``day``; both ends belong to its time."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


class Seat(models.Model):
    """A function that the agreement wants in a group: filled or vacant (R22, R28, R34)."""

    group = models.ForeignKey(GoverningGroup, models.CASCADE, related_name="seats")
    function = models.CharField(_("function"), max_length=200)
    party = models.ForeignKey(
        "agreements.Party", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("from party")
    )
    has_mandate = models.BooleanField(_("with a mandate"), default=False)
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["group", "position", "id"]

    def __str__(self) -> str:
        return self.function


class RoleGroup(models.Model):
    """A group of accounts with one role in one agreement: django-guardian gives it its rights.

    ``auth_group`` carries the rights; who is in it *today* is told by the memberships alone.
    """

    auth_group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")
    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="role_groups")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    governing_group = models.OneToOneField(
        GoverningGroup, models.CASCADE, null=True, blank=True, related_name="role_group"
    )

    class Meta:
        verbose_name = _("role group")
        verbose_name_plural = _("role groups")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "role"],
                condition=Q(governing_group__isnull=True),
                name="one_role_group_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_role_display()}"

    @property
    def label(self) -> str:
        """What its people belong to: the group by its name, else the role. Reads ``governing_group``."""
        return str(self.governing_group or self.get_role_display())


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Those that hold on ``day`` (a date in Europe/Stockholm); both ends belong to the period."""
        return self.filter(not_over(day), starts_on__lte=day)


class Membership(models.Model):
    """That somebody belongs to a role group for a party, from a date, until a date.

    Without an account (``user``) the row is a name or function in the list of members and gives no right.
    """

    role_group = models.ForeignKey(RoleGroup, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    name = models.CharField(_("name or function"), max_length=150, blank=True)
    party = models.ForeignKey(
        "agreements.Party", models.PROTECT, null=True, blank=True, related_name="memberships",
        verbose_name=_("for party"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        "agreements.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("from organisation"),
    )  # fmt: skip
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="holders")
    capacity = models.CharField(_("as"), max_length=16, choices=Capacity, default=Capacity.ORDINARY)
    is_convener = models.BooleanField(_("convener"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["role_group", "party__position", "id"]
        constraints = [
            RunsForward(start="starts_on", end="ends_on", name="membership_runs_forward"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(name=""), name="membership_is_somebodys"),
            models.CheckConstraint(
                condition=~Q(capacity="decision_maker") | Q(party__isnull=False),
                name="decision_maker_decides_for_a_party",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.name)

    @property
    def has_closed_account(self) -> bool:
        """Whether the person's account is closed: the row stands, and gives no right any more."""
        return self.user is not None and not self.user.is_active
