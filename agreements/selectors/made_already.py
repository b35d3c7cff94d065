"""Whether somebody has made just this move already: a double click, a second tab, a page that was sent again.

Each takes what was sent, as the browser sent it. Something else sent by the same person is not the same move.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agreements.models import Move, Proposal
from samverkan.accounts.models import User
from samverkan.numbers import paragraph

MadeAlready = Callable[[Proposal, User, Mapping[str, str]], bool]

FOLLOWS = (Move.Verb.DECIDE, Move.Verb.SEND_TO_SIGNATURE)
"""What comes of the last word by itself."""


def _same(sent: str | None, kept: str) -> bool:
    """Whatever the browser did to spaces and line breaks."""
    return (sent or "").split() == kept.split()


def moved(verb: Move.Verb) -> MadeAlready:
    """Whether the last move is this one, by the same person, with the same reason and day."""

    def made(proposal: Proposal, by: User, sent: Mapping[str, str]) -> bool:
        last = proposal.moves.exclude(verb__in=FOLLOWS).last()
        return (
            last is not None
            and (last.verb, last.moved_by_id) == (verb, by.pk)
            and _same(sent.get("reason"), last.reason)
            and sent.get("until", "") == (last.answer_wanted_by.isoformat() if last.answer_wanted_by else "")
        )

    return made


def assented(proposal: Proposal, by: User, sent: Mapping[str, str]) -> bool:
    """Whether the person's yes to the same sentence, from the same day, stands."""
    yes = proposal.assents.filter(given_by=by, withdrawn_at=None, is_entered=False).first()
    if yes is None or not _same(sent.get("resolution"), yes.resolution):
        return False
    day = sent.get("effective_from", "")
    return not day or yes.effective_from is None or day == yes.effective_from.isoformat()


def entered(proposal: Proposal, by: User, sent: Mapping[str, str]) -> bool:
    """Whether the person has entered the same of the same meeting, and nobody has answered yet."""
    entry = proposal.meeting_entries.filter(entered_by=by, closed_at=None).first()
    return (
        entry is not None
        and _same(sent.get("resolution"), entry.resolution)
        and _same(paragraph(sent.get("item_number", "")), entry.item_number)
        and _same(sent.get("attendance"), entry.attendance)
        and sent.get("decided_on") == entry.decided_on.isoformat()
        and sent.get("effective_from") == entry.effective_from.isoformat()
    )


def stated(proposal: Proposal, by: User, sent: Mapping[str, str]) -> bool:
    """Whether the person has recorded the same stance for the same reason."""
    opinion = proposal.opinions.filter(given_by=by).first()
    return opinion is not None and sent.get("stance") == opinion.stance and _same(sent.get("reason"), opinion.reason)


def asked(proposal: Proposal, by: User, sent: Mapping[str, str]) -> bool:
    """Whether the person's last words about the revision were the same question."""
    last = proposal.revision.comments.filter(written_by=by).order_by("written_at", "id").last()
    return last is not None and last.is_question and _same(sent.get("text"), last.text)
