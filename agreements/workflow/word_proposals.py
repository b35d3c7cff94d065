"""What the text of an annex names that the portal keeps in registers, as offers that a coordinator may accept.

They are read from the working text each time, so they can be accepted long after a Word file was taken in, and
one that has been accepted is offered no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from agreements.documents.word_import.heading_words import plain_heading
from agreements.documents.word_import.proposals import (
    AreaProposal,
    GroupProposal,
    PartyProposal,
    SourceProposal,
    propose,
)
from agreements.documents.word_import.tally import NOTE
from agreements.documents.word_import.text import WordPart
from agreements.models import Agreement, Annex, GoverningGroup, GroupKind, Party, PriorityArea, Section
from agreements.states import AnnexKind
from agreements.workflow.order import ancestors
from agreements.workflow.priority_area import TITLE_LENGTH
from agreements.workflow.word_report import heading_words

AREAS = "priority_areas"


@dataclass(frozen=True)
class Offer:
    """Something to accept. ``is_open``: the register lacks it; otherwise it is only told.

    ``is_moved``: accepting moves a section of the text into the register, where it is printed from; everything
    else leaves the text as it is.
    """

    kind: str
    title: str
    section: Section
    details: tuple[str, ...] = ()
    is_open: bool = True
    is_moved: bool = False
    source: Any = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """A name for the offer in a form; the same as long as the text says the same there."""
        words = "|".join((self.kind, self.title, str(self.section.pk), *self.details))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def proposals_for(annex: Annex) -> list[Offer]:
    """All offers in the order of the register's kinds, then of the text."""
    sections = list(annex.sections.filter(is_left_out=False))
    parts = [WordPart(section.level, section.heading, section.body) for section in sections]
    found = propose(parts)
    return [
        *_areas(annex, sections, found.areas),
        *_groups(annex.agreement, sections, found.groups),
        *_sources(annex.agreement, sections, found.sources),
        *_parties(annex.agreement, sections, found.parties),
    ]


def _areas(annex: Annex, sections: Sequence[Section], found: Sequence[AreaProposal]) -> Iterator[Offer]:
    """Areas are chosen in the situational picture; other texts only refer to them (R72-R80)."""
    if annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        return
    known = {plain_heading(area.title) for area in PriorityArea.objects.filter(agreement=annex.agreement_id)}
    for area in found:
        section = sections[area.part]
        is_moved = _can_move(sections, area)
        is_open = is_moved or plain_heading(area.title) not in known
        yield Offer("area", area.title, section, is_open=is_open, is_moved=is_moved, source=area)


def _can_move(sections: Sequence[Section], area: AreaProposal) -> bool:
    """Whether the section is the area's own description, right under the heading for areas: then it can become
    the area's row. A note in the heading has no place there."""
    section = sections[area.part]
    parent = next(iter(ancestors(sections, area.part)), None)
    return (
        parent is not None
        and parent.template_key == AREAS
        and heading_words(section.heading).endswith(area.title)
        and not NOTE.search(section.heading)
        and len(area.title) <= TITLE_LENGTH
    )


def dropped_areas(annex: Annex, offers: Sequence[Offer]) -> list[str]:
    """The areas of the register that the text does not name: they are no longer prioritised once the text's own
    areas are moved to the register. None when nothing is moved, or the register is in the text already."""
    if not any(offer.is_moved for offer in offers) or annex.sections.filter(is_left_out=False, kind=AREAS).exists():
        return []
    named = {plain_heading(offer.title) for offer in offers if offer.kind == "area"}
    areas = PriorityArea.objects.filter(agreement=annex.agreement_id, is_left_out=False)
    return [area.title for area in areas if plain_heading(area.title) not in named]


def _groups(agreement: Agreement, sections: Sequence[Section], found: Sequence[GroupProposal]) -> Iterator[Offer]:
    groups = list(agreement.governing_groups.prefetch_related("seats"))
    for group in found:
        known = group_for(groups, group)
        missing = missing_functions(known, group)
        details = tuple(function.text for function in missing)
        is_open = bool(missing) or known is None
        title = known.name if known else group.name
        yield Offer("group", title, sections[group.part], details, is_open=is_open, source=group)


def group_for(groups: Sequence[GoverningGroup], proposal: GroupProposal) -> GoverningGroup | None:
    """The group that the text means: there is one steering and one preparatory group, working groups have names."""
    same = [group for group in groups if group.kind == proposal.kind]
    if proposal.kind == GroupKind.WORKING:
        same = [group for group in same if plain_heading(group.name) == plain_heading(proposal.name)]
    return next(iter(same), None)


def missing_functions(group: GoverningGroup | None, proposal: GroupProposal) -> list[Any]:
    """The functions of the text that the group has no seat for."""
    known = {plain_heading(seat.function) for seat in group.seats.all()} if group else set()
    return [function for function in proposal.functions if plain_heading(function.text) not in known]


def _sources(agreement: Agreement, sections: Sequence[Section], found: Sequence[SourceProposal]) -> Iterator[Offer]:
    known = {plain_heading(source.name) for source in agreement.sources.all()}
    for source in found:
        details = (source.note,) if source.note else ()
        is_open = plain_heading(source.name) not in known
        yield Offer("source", source.name, sections[source.part], details, is_open=is_open, source=source)


def _parties(agreement: Agreement, sections: Sequence[Section], found: Sequence[PartyProposal]) -> Iterator[Offer]:
    """Facts about a party, when the text and the portal call it the same and the portal lacks some of them."""
    parties = list(agreement.parties.select_related("organisation"))
    for proposal in found:
        known = party_for(parties, proposal)
        details = tuple(filter(None, (proposal.organisation_number, proposal.address, proposal.term)))
        organisation = known.organisation if known else None
        lacks = organisation and not (organisation.org_number and organisation.postal_address)
        section = sections[proposal.part]
        yield Offer("party", proposal.name, section, details, is_open=bool(lacks), source=proposal)


def party_for(parties: Sequence[Party], proposal: PartyProposal) -> Party | None:
    """The party whose organisation bears the name that the text says."""
    name = plain_heading(proposal.name)
    return next((party for party in parties if plain_heading(party.organisation.name) == name), None)
