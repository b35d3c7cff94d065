"""What a submitted revision can be, whose turn that is, and which moves there are.

Source: design.md "States" and R41-R47, R169. `manage workflow_diagram` draws the picture in the README
from these tables, and the tests walk from x to x role over them.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnnexKind(TextChoices):
    """What an annex is (R9). The agreement's own text travels as an annex with number 0."""

    AGREEMENT_TEXT = "agreement_text", _("agreement text")
    SITUATIONAL_PICTURE = "situational_picture", _("situational picture")
    COOPERATION_STRUCTURE = "cooperation_structure", _("cooperation structure")
    ACTION_PLAN = "action_plan", _("action plan")
    COMMUNICATION_PLAN = "communication_plan", _("communication plan")
    OVERARCHING_AGREEMENT = "overarching_agreement", _("overarching agreement")
    OTHER = "other", _("other annex")


class FixedBy(TextChoices):
    """What fixes a text of a kind: a decision, all signatures, or the parent agreement's text (R43, R47)."""

    DECISION = "decision", _("decision of the steering group")
    SIGNATURES = "signatures", _("signatures of all parties")
    PARENT = "parent", _("the overarching agreement's text in force")


DEFAULT_FIXED_BY: dict[AnnexKind, FixedBy] = {
    AnnexKind.AGREEMENT_TEXT: FixedBy.SIGNATURES,
    AnnexKind.SITUATIONAL_PICTURE: FixedBy.DECISION,
    AnnexKind.COOPERATION_STRUCTURE: FixedBy.SIGNATURES,
    AnnexKind.ACTION_PLAN: FixedBy.DECISION,
    AnnexKind.COMMUNICATION_PLAN: FixedBy.DECISION,
    AnnexKind.OVERARCHING_AGREEMENT: FixedBy.PARENT,
    AnnexKind.OTHER: FixedBy.SIGNATURES,
}


class ProposalStatus(TextChoices):
    """The life of a submitted revision.

    It is first prepared (IN_PREPARATION), then lies before the steering group (PROPOSED), which decides
    (DECIDED) or sends it to signature first (AWAITING_SIGNATURES). It may instead come back to the
    coordinator (REFERRED_BACK, REJECTED, WITHDRAWN): the next submission is a new revision.
    Whether a decided revision is in force is computed from dates, never stored.
    """

    IN_PREPARATION = "in_preparation", _("With the preparatory group")
    PROPOSED = "proposed", _("With the steering group")
    AWAITING_SIGNATURES = "awaiting_signatures", _("For signature")
    DECIDED = "decided", _("Decided")
    REFERRED_BACK = "referred_back", _("Referred back")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Turn(TextChoices):
    """Whose turn it is."""

    PREPARATORY_GROUP = "preparatory_group", _("preparatory group")
    STEERING_GROUP = "steering_group", _("steering group")
    SIGNATORIES = "signatories", _("signatories")
    COORDINATOR = "coordinator", _("coordinator")
    NOBODY = "nobody", _("nobody")


TURNS: dict[ProposalStatus, Turn] = {
    ProposalStatus.IN_PREPARATION: Turn.PREPARATORY_GROUP,
    ProposalStatus.PROPOSED: Turn.STEERING_GROUP,
    ProposalStatus.AWAITING_SIGNATURES: Turn.SIGNATORIES,
    ProposalStatus.DECIDED: Turn.NOBODY,
    ProposalStatus.REFERRED_BACK: Turn.COORDINATOR,
    ProposalStatus.REJECTED: Turn.COORDINATOR,
    ProposalStatus.WITHDRAWN: Turn.COORDINATOR,
}

MOVES: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.IN_PREPARATION: frozenset(
        {ProposalStatus.PROPOSED, ProposalStatus.REFERRED_BACK, ProposalStatus.WITHDRAWN}
    ),
    ProposalStatus.PROPOSED: frozenset(
        {
            ProposalStatus.DECIDED,
            ProposalStatus.AWAITING_SIGNATURES,
            ProposalStatus.REFERRED_BACK,
            ProposalStatus.REJECTED,
            ProposalStatus.WITHDRAWN,
        }
    ),
    ProposalStatus.AWAITING_SIGNATURES: frozenset({ProposalStatus.DECIDED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.DECIDED: frozenset(),
    ProposalStatus.REFERRED_BACK: frozenset(),
    ProposalStatus.REJECTED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
}

ON_THE_WAY = (
    ProposalStatus.IN_PREPARATION,
    ProposalStatus.PROPOSED,
    ProposalStatus.AWAITING_SIGNATURES,
)
