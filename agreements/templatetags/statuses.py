"""How a status looks: word, colour and sign, always all three (screens.md, "Everywhere")."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.states import ProposalStatus
from samverkan.verdict import StrOrPromise


class Look(NamedTuple):
    """``tone`` is a colour of the design system: neutral, accent, info, success, warning or danger."""

    word: StrOrPromise
    tone: str
    sign: str


LOOKS: Final[Mapping[str, Look]] = MappingProxyType(
    {
        ProposalStatus.IN_PREPARATION: Look(ProposalStatus.IN_PREPARATION.label, "info", "group"),
        ProposalStatus.PROPOSED: Look(ProposalStatus.PROPOSED.label, "info", "people"),
        ProposalStatus.AWAITING_SIGNATURES: Look(ProposalStatus.AWAITING_SIGNATURES.label, "info", "signature"),
        ProposalStatus.DECIDED: Look(ProposalStatus.DECIDED.label, "success", "check"),
        ProposalStatus.REFERRED_BACK: Look(ProposalStatus.REFERRED_BACK.label, "warning", "return"),
        ProposalStatus.REJECTED: Look(ProposalStatus.REJECTED.label, "danger", "cross-circle"),
        ProposalStatus.WITHDRAWN: Look(ProposalStatus.WITHDRAWN.label, "neutral", "undo"),
        "draft": Look(_("Draft"), "neutral", "pen"),
        "own": Look(_("Own draft"), "neutral", "lock"),
        "shared": Look(_("Shared"), "info", "shared"),
        "decided_later": Look(_("Decided, not yet in force"), "success", "calendar"),
        "in_force": Look(_("In force"), "success", "check-circle"),
        "superseded": Look(_("Superseded"), "neutral", "replaced"),
        "ended": Look(_("Ended"), "neutral", "stop"),
        "none": Look(_("Nothing decided yet"), "neutral", "minus"),
        "overdue": Look(_("Overdue"), "danger", "clock"),
        "waiting": Look(_("Waiting"), "neutral", "hourglass"),
        "done": Look(_("Done"), "success", "check"),
        "assented": Look(_("Assents"), "success", "check"),
        "open_point": Look(_("To be decided"), "warning", "question"),
        "vacant": Look(_("Vacant"), "warning", "vacant"),
        "signed": Look(_("Signed"), "success", "signature"),
        "error": Look(_("Must be put right"), "danger", "stop"),
        "warning": Look(_("Look at this"), "warning", "warning"),
        "empty": Look(pgettext_lazy("a section", "Empty"), "neutral", "circle"),
        "written": Look(pgettext_lazy("a section", "Written"), "success", "check"),
        "changed": Look(pgettext_lazy("a section", "Changed"), "info", "pen"),
        "commented": Look(_("Open comment"), "warning", "comment"),
        "lost": Look(_("The passage is no longer there"), "neutral", "minus"),
        "occupied": Look(_("Somebody is there"), "info", "person"),
        "left_out": Look(_("Left out"), "neutral", "minus"),
    }
)
UNKNOWN: Final = Look("", "neutral", "circle")


def look_of(code: str) -> Look:
    """The look of a status. An unknown code looks neutral and has no word of its own."""
    return LOOKS.get(code, UNKNOWN)
