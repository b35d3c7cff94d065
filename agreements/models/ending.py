from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.history import HistoryOfFacts, said_by

if TYPE_CHECKING:
    from agreements.models.agreement import Agreement
    from agreements.models.annex import Annex


class EndingQuerySet(models.QuerySet["Ending"]):
    def within(self, agreements: models.QuerySet[Agreement] | list[int]) -> EndingQuerySet:
        """Those of ``agreements``, or of their ids, and of their annexes."""
        return self.filter(Q(agreement__in=agreements) | Q(annex__agreement__in=agreements))


class Ending(models.Model):
    """The last day of an annex, by a decision, or of a whole agreement, on a ground: entered by a coordinator of one
    party, and true when a coordinator of every other party has confirmed it. Closed once; a mistake is corrected by a
    new one, and one whose day has not come is called off by a new one.

    ``ends_on`` is empty where there is no last day any more. ``answer`` says why it was disputed. The last one in
    effect is what ``Annex.ends_on`` and ``Agreement.ends_on`` tell.
    """

    class Status(models.TextChoices):
        ENTERED = "entered", _("Waits for confirmation")
        IN_EFFECT = "in_effect", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")
        WITHDRAWN = "withdrawn", pgettext_lazy("end of an annex", "Withdrawn")

    GONE = (Status.DISPUTED, Status.WITHDRAWN)
    """Those that never came true."""

    class Ground(models.TextChoices):
        """Why a whole agreement gets another last day; of an annex only that its end is called off."""

        TERMINATED = "terminated", _("a party has given notice")
        EXPIRED = "expired", _("the agreed time is over")
        AGREED = "agreed", _("the parties agree that it ends")
        REPLACED = "replaced", _("another agreement takes its place")
        PROLONGED = "prolonged", _("it is prolonged")
        CALLED_OFF = "called_off", _("it does not end after all")

    GOES_ON = (Ground.PROLONGED, Ground.CALLED_OFF)
    """The grounds by which something applies longer, or until further notice."""

    agreement = models.ForeignKey("agreements.Agreement", models.PROTECT, null=True, blank=True, related_name="endings")
    annex = models.ForeignKey("agreements.Annex", models.PROTECT, null=True, blank=True, related_name="endings")
    decision = models.ForeignKey("agreements.Decision", models.PROTECT, null=True, blank=True, related_name="endings")
    ground = models.CharField(_("ground"), max_length=12, choices=Ground, blank=True)
    ends_on = models.DateField(_("last day in force"), null=True, blank=True)
    because = models.TextField(_("why it ends"), max_length=2000)
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ENTERED)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), max_length=4000, blank=True)

    objects: ClassVar[EndingQuerySet] = EndingQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoryOfFacts(excluded_fields=["because", "answer"], get_user=said_by("entered_by", "closed_by"))

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["annex"], condition=Q(status="entered"), name="one_open_ending_per_annex"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(status="entered"), name="one_open_ending_per_agreement"
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, annex__isnull=False)
                | Q(agreement__isnull=False, annex__isnull=True),
                name="ending_of_an_annex_or_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(annex__isnull=True)
                | Q(ground="", decision__isnull=False, ends_on__isnull=False)
                | Q(ground="called_off", decision__isnull=True, ends_on__isnull=True),
                name="annex_ends_by_a_decision_or_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True)
                | Q(decision__isnull=True, ground__in=["terminated", "expired", "agreed", "replaced"])
                & Q(ends_on__isnull=False)
                | Q(decision__isnull=True, ground__in=["prolonged", "called_off"]),
                name="agreement_ends_on_a_ground",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="ending_has_a_reason"),
            models.CheckConstraint(condition=~Q(status="disputed") | ~Q(answer=""), name="dispute_has_a_reason"),
            models.CheckConstraint(
                condition=Q(status="entered", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status="entered") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="ending_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.about(self.subject)

    def get_absolute_url(self) -> str:
        return reverse("agreements:ending_detail", args=[self.pk])

    def about(self, name: object) -> str:
        """What it says of what is called ``name``."""
        if self.ground == self.Ground.CALLED_OFF:
            return _("%(what)s does not end after all") % {"what": name}
        if self.ground == self.Ground.PROLONGED:
            return _("Prolongation of %(what)s") % {"what": name}
        return _("End of %(annex)s") % {"annex": name}

    @property
    def subject(self) -> Annex | Agreement:
        """What ends. Reads ``annex`` or ``agreement``."""
        subject = self.annex or self.agreement
        assert subject is not None  # noqa: S101 -- the database sees to it
        return subject

    @property
    def whole(self) -> Agreement:
        """The agreement that ends, or whose annex ends. Reads ``annex__agreement`` or ``agreement``."""
        return self.annex.agreement if self.annex is not None else self.agreement  # type: ignore[return-value]

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ENTERED

    @property
    def goes_on(self) -> bool:
        """Whether it says that something applies longer, not that it ends."""
        return self.ground in self.GOES_ON

    @property
    def in_full(self) -> str:
        """What it says, with the day."""
        if self.ends_on is not None:
            return _("%(what)s, last day %(day)s") % {"what": self, "day": date_format(self.ends_on, "j F Y")}
        return _("%(what)s, until further notice") % {"what": self}


class EndingConfirmation(models.Model):
    """That a coordinator of another party has said that an entered ending is right."""

    ending = models.ForeignKey(Ending, models.PROTECT, related_name="confirmations")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmation of an ending")
        verbose_name_plural = _("confirmations of endings")
        ordering = ["confirmed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ending", "party"], name="ending_confirmed_once_per_party"),
            models.UniqueConstraint(fields=["ending", "confirmed_by"], name="nobody_confirms_for_two_parties"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.ending}"
