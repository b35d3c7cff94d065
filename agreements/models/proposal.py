from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.states import ON_THE_WAY, TURNS, ProposalStatus, Turn
from samverkan.history import HistoryOfFacts, said_by


class Proposal(models.Model):
    """The way of one revision: where it is, what is proposed, and what a yes means. It moves; the text does not."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("submitted for decision")
        REGISTRATION = "registration", _("registered afterwards")

    revision = models.OneToOneField("agreements.Revision", models.PROTECT, related_name="proposal")
    annex = models.ForeignKey("agreements.Annex", models.PROTECT, related_name="proposals")
    matter = models.ForeignKey(
        "agreements.Matter", models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("matter")
    )
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.ORDINARY)
    status = models.CharField(_("status"), max_length=24, choices=ProposalStatus)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    proposed_decision = models.TextField(_("proposed decision"), validators=[MaxLengthValidator(500)])
    proposed_effective_from = models.DateField(_("proposed to apply from"), null=True, blank=True)
    answer_wanted_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submitted_proposals")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, related_name="+")

    history = HistoryOfFacts(excluded_fields=["proposed_decision"], get_user=said_by("submitted_by"))

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-submitted_at"]
        indexes = [
            models.Index(
                fields=["annex"],
                condition=Q(status__in=["referred_back", "rejected"]),
                name="proposals_that_came_back",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["annex"],
                condition=Q(status__in=[status.value for status in ON_THE_WAY]),
                name="one_revision_on_its_way_per_annex",
                violation_error_message=_("There is already a version of this annex on its way."),
            ),
            models.CheckConstraint(condition=Q(status__in=ProposalStatus.values), name="proposal_status_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.revision)

    def get_absolute_url(self) -> str:
        return reverse("agreements:proposal_detail", args=[self.pk])

    @property
    def turn(self) -> Turn:
        return TURNS[ProposalStatus(self.status)]

    @property
    def is_on_its_way(self) -> bool:
        return self.status in ON_THE_WAY


class Consequence(models.Model):
    """What a yes means for one party, in the submitter's words."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="consequences")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    text = models.TextField(_("what it means"), max_length=1500)

    class Meta:
        verbose_name = _("consequence")
        verbose_name_plural = _("consequences")
        ordering = ["proposal", "party__position"]
        constraints = [models.UniqueConstraint(fields=["proposal", "party"], name="consequence_once_per_party")]

    def __str__(self) -> str:
        return self.text


class Move(models.Model):
    """One step on a proposal's way, with who, when and why; only added, never changed.

    ``from_status`` is empty for the submission. A postponement is a move from PROPOSED to PROPOSED with a new
    ``answer_wanted_by``; the preparatory group's forwarding by one party is a move to the same status too.
    """

    class Verb(models.TextChoices):
        SUBMIT = "submit", _("Submitted")
        FORWARD = "forward", _("Forwarded")
        REFER_BACK = "refer_back", _("Referred back")
        POSTPONE = "postpone", _("Postponed")
        REJECT = "reject", _("Rejected")
        WITHDRAW = "withdraw", _("Withdrawn")
        ASSENT = "assent", _("Assented")
        REWORD = "reword", _("Assented in another wording; assents given before are void")
        WITHDRAW_ASSENT = "withdraw_assent", _("Assent withdrawn")
        ENTER = "enter", _("Decision of a meeting entered")
        CONFIRM = "confirm", _("Entered decision confirmed")
        DISPUTE = "dispute", _("Entered decision disputed")
        DISPUTE_SIGNING = "dispute_signing", _("Registered signing disputed")
        SEND_TO_SIGNATURE = "send_to_signature", _("Sent to signature")
        DECIDE = "decide", _("Decided")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=20, choices=Verb)
    from_status = models.CharField(max_length=24, blank=True, choices=ProposalStatus)
    to_status = models.CharField(max_length=24, choices=ProposalStatus)
    reason = models.TextField(_("reason"), blank=True)
    answer_wanted_by = models.DateField(null=True, blank=True)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["moved_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.proposal}"


class Assent(models.Model):
    """A decision-maker's yes for a party to one proposal. It can be withdrawn until the last one is given.

    ``resolution`` is the sentence that the yes is said to, and the decision's when all have said yes to it: the
    standing ones of a proposal all have the same. ``effective_from`` likewise, where a day was chosen with the yes;
    else the proposed day holds. Both are empty in what was given before they were kept.
    ``is_entered`` means that it was taken at a meeting and entered, or confirmed, by a coordinator of that party.
    Names and titles are kept as they were that day (R167).
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assents")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150, blank=True)
    is_entered = models.BooleanField(default=False)
    resolution = models.TextField(_("resolution"), default="", editable=False)
    effective_from = models.DateField(_("applies from"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoryOfFacts(
        excluded_fields=["name", "title", "resolution"], get_user=said_by("given_by", "withdrawn_by")
    )

    class Meta:
        verbose_name = _("assent")
        verbose_name_plural = _("assents")
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_assent_per_party",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="assent_withdrawn_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.name}"


class Opinion(models.Model):
    """Support or dissent of a member without a party's voice; it is recorded and never blocks."""

    class Stance(models.TextChoices):
        SUPPORT = "support", _("Supports")
        DISSENT = "dissent", _("Dissents")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions")
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    reason = models.TextField(_("reason"), blank=True, max_length=1500)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["given_at"]
        constraints = [models.UniqueConstraint(fields=["proposal", "given_by"], name="opinion_once_per_member")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_stance_display()}"


class MeetingEntry(models.Model):
    """A decision taken at a meeting (or outside the portal), entered by one party and confirmed by another.

    Open until ``closed_at``: every other party has confirmed it, which writes the decision, or one has disputed it, or
    the version went another way.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="meeting_entries")
    decided_on = models.DateField(_("date of the meeting"))
    item_number = models.CharField(_("§"), max_length=20, blank=True)
    attendance = models.TextField(_("present"), blank=True)
    resolution = models.TextField(_("resolution"))
    effective_from = models.DateField(_("applies from"))
    minutes = models.ForeignKey(
        "agreements.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("minutes")
    )
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoryOfFacts(excluded_fields=["resolution", "attendance"], get_user=said_by("entered_by"))

    class Meta:
        verbose_name = _("entered decision")
        verbose_name_plural = _("entered decisions")
        ordering = ["-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at__isnull=True), name="one_open_meeting_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on} {self.item_number}".strip()
