"""What can be told, through what, and how it went."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeEvent(TextChoices):
    """What a notice is about. The first ones are moves of a submitted text, in the order of its way."""

    SUBMITTED = "submitted", _("Submitted")
    FORWARDED = "forwarded", _("Forwarded")
    REFERRED_BACK = "referred_back", _("Referred back")
    POSTPONED = "postponed", _("Postponed")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ASSENTED = "assented", _("Assented")
    REWORDED = "reworded", _("Wording changed")
    ASSENT_WITHDRAWN = "assent_withdrawn", _("Assent withdrawn")
    DECISION_ENTERED = "decision_entered", _("Decision of a meeting entered")
    ENTRY_DISPUTED = "entry_disputed", _("Entered decision disputed")
    SENT_TO_SIGNATURE = "sent_to_signature", _("Sent to signature")
    DECIDED = "decided", _("Decided")
    CORRECTED = "corrected", _("Decision corrected")
    REVIEWED = "reviewed", _("Looked over without change")
    TERMS_CHANGED = "terms_changed", _("How texts are decided")
    ENDING_ENTERED = "ending_entered", _("Last day entered")
    ENDING_ANSWERED = "ending_answered", _("Last day")
    DRAFT_SHARED = "draft_shared", _("Draft shared")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    COMMENT = "comment", _("Comment")
    SIGNING_OPENED = "signing_opened", _("Ready to be signed")
    SIGNING_DISPUTED = "signing_disputed", _("Registered signing disputed")
    REMOVAL_REQUESTED = "removal_requested", _("Removal asked for")
    REMOVAL_ANSWERED = "removal_answered", _("Removal answered")
    JOINED = "joined", _("Membership")
    MEMBERSHIP_CHANGED = "membership_changed", _("Membership changed")


class Channel(TextChoices):
    """By which way somebody is told."""

    PORTAL = "portal", _("in the portal")
    MAIL = "mail", _("by e-mail")


class DeliveryStatus(TextChoices):
    """The life of a delivery.

    It waits (PENDING) until a worker takes it. SENDING is committed before the mail server is spoken to, so a
    crash leaves a trace: a delivery that is found in SENDING by nobody's hand is UNCERTAIN, is shown as such, and
    is sent again only when a person says so.
    """

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNCERTAIN = "uncertain", _("Uncertain")


MOVES: dict[DeliveryStatus, frozenset[DeliveryStatus]] = {
    DeliveryStatus.PENDING: frozenset({DeliveryStatus.SENDING, DeliveryStatus.FAILED}),
    DeliveryStatus.SENDING: frozenset(
        {DeliveryStatus.SENT, DeliveryStatus.PENDING, DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN}
    ),
    DeliveryStatus.UNCERTAIN: frozenset({DeliveryStatus.SENT}),
    DeliveryStatus.SENT: frozenset(),
    DeliveryStatus.FAILED: frozenset(),
}
"""UNCERTAIN → SENT: a worker thought dead comes back and knows that the letter went."""


class Failure(TextChoices):
    """Why a letter did not go, or may not have gone: a category, without anything personal."""

    NO_CONNECTION = "no_connection", _("The mail server could not be reached.")
    TRY_LATER = "try_later", _("The mail server asked us to try later.")
    ADDRESS_REFUSED = "address_refused", _("The mail server refused the address.")
    LETTER_REFUSED = "letter_refused", _("The mail server refused the letter.")
    INTERRUPTED = "interrupted", _("The connection broke while the letter was handed over.")
    STOPPED = "stopped", _("The program stopped while the letter was handed over.")
    NO_LONGER_ENTITLED = "no_longer_entitled", _("The recipient may no longer see what it is about.")
