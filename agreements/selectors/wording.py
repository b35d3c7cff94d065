"""The one sentence that the parties say yes to: what a standing assent names, else what was proposed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from agreements.models import Proposal


@dataclass(frozen=True)
class Wording:
    """A decision's sentence, and the day from which it applies when that was chosen with a yes; no day: the proposed
    one, or the day of the decision."""

    text: str
    day: date | None = None

    def says_the_same(self, text: str) -> bool:
        """Whether ``text`` is this sentence, whatever the browser did to its spaces and line breaks."""
        return self.text.split() == text.split()

    @property
    def mark(self) -> str:
        """What a form carries to tell that this is the wording that was seen in it."""
        words = " ".join(self.text.split())
        return hashlib.sha256(f"{words}\n{self.day or ''}".encode()).hexdigest()[:16]


def wording_of(proposal: Proposal) -> Wording:
    """What a yes to ``proposal`` says now. One query; none when its assents have been prefetched."""
    assent = next((assent for assent in proposal.assents.all() if assent.withdrawn_at is None), None)
    if assent is None or not assent.resolution:  # one given before wordings were kept
        return Wording(proposal.proposed_decision)
    return Wording(assent.resolution, assent.effective_from)


def is_changed(proposal: Proposal, wording: Wording) -> bool:
    """Whether ``wording`` is another than the proposed one."""
    return wording.day is not None or not wording.says_the_same(proposal.proposed_decision)
