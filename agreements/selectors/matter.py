"""The parts of a matter, and what is asked of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models import Assent, Consequence, Matter, Proposal
from agreements.selectors.wording import Wording, wording_of


@dataclass(frozen=True)
class Part:
    """One part as its reader meets it first: what is asked, what yes means for each party, and who has said it."""

    proposal: Proposal
    wording: Wording
    consequences: list[Consequence]
    assents: list[Assent]


def part_of(proposal: Proposal) -> Part:
    """Asks nothing of the database for one of ``parts_of``."""
    standing = [assent for assent in proposal.assents.all() if assent.withdrawn_at is None]
    return Part(proposal, wording_of(proposal), list(proposal.consequences.all()), standing)


def parts_of(matter: Matter) -> list[Proposal]:
    """The parts of a matter in their order, with all that policies.proposal asks of each: the same number of queries
    for many."""
    return list(
        matter.proposals.select_related("revision__annex", "annex__agreement")
        .prefetch_related(
            "moves",
            "opinions",
            "assents__party__organisation",
            "consequences__party__organisation",
            "meeting_entries__party__organisation",
            "meeting_entries__minutes",
        )
        .order_by("annex__sort_key")
    )


def answers_wanted(parts: Iterable[Proposal]) -> list[tuple[date, str]]:
    """By when an answer is wanted, the first day first, each with the parts that it holds for ("Bilaga 1, Bilaga 3a");
    "" when it holds for all that are still on their way. A postponed part has another day than it was sent in with."""
    moving = sorted((part for part in parts if part.is_on_its_way), key=lambda part: part.annex.sort_key)
    days = {part.answer_wanted_by for part in moving}
    return [
        (day, "" if len(days) == 1 else ", ".join(part.annex.label for part in moving if part.answer_wanted_by == day))
        for day in sorted(day for day in days if day is not None)
    ]
