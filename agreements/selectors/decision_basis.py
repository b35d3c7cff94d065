"""What a yes means: which commitments are new, changed or dropped, what it costs, what is still open.

Read from the two frozen texts alone: the one that lies before the group, or lay there, and the one that it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from django.db.models import Subquery
from django.utils import timezone
from lxml import html as lxml_html

from agreements.documents.block_types import Document
from agreements.documents.text import plain
from agreements.models import Agreement, Decision, Party, Proposal, Revision, SheetField
from agreements.rights import today
from agreements.selectors.in_force import decisions_in_force, revision_in_force
from agreements.selectors.sheet_parties import COMMITMENT, party_keys, party_of_key
from agreements.states import ProposalStatus

ALIKE = 0.6
"""From this likeness of words two commitments are one that was changed; below, one dropped and one new."""


@dataclass(frozen=True)
class CommitmentChange:
    """``was`` is the old wording of a changed or dropped one. ``party`` is None where nobody knows whose it is: then
    everybody is told of it, and ``label`` names its field."""

    kind: Literal["new", "changed", "dropped"]
    party: Party | None
    label: str
    text: str
    was: str = ""


@dataclass(frozen=True)
class FieldChange:
    """A field whose value differs: funding, say. Plain text; ``was`` is empty when it is new."""

    label: str
    text: str
    was: str = ""


@dataclass
class Basis:
    """What would change for those who do what the text says: commitments, funding, and what is left open."""

    commitments: list[CommitmentChange] = field(default_factory=list)
    funding: list[FieldChange] = field(default_factory=list)
    open_points: list[FieldChange] = field(default_factory=list)

    def commitments_of(self, party: Party | None) -> list[CommitmentChange]:
        """What ``party`` has to know: its own and those that may be its own. All, for a reader without a party."""
        return [change for change in self.commitments if party is None or change.party in (party, None)]


@dataclass(frozen=True)
class _Cell:
    key: str
    label: str
    group: str
    items: tuple[str, ...]
    is_open: bool


def previous(proposal: Proposal) -> Revision | None:
    """The text that ``proposal`` changes: decided, the one that it superseded; on its way, the one that it would
    supersede, as known today; closed without a decision, the same as known when that was done. One query."""
    if proposal.status == ProposalStatus.DECIDED:
        return _superseded(proposal)
    if proposal.is_on_its_way:
        return revision_in_force(proposal.annex, _first_day(proposal, today()))
    day = _first_day(proposal, timezone.localdate(proposal.status_since))
    known = decisions_in_force([proposal.annex_id], day).filter(written_at__lte=proposal.status_since)
    decision = known.first()
    return decision.revision if decision else None


def _superseded(proposal: Proposal) -> Revision | None:
    """The annex's text that applied until the first day of this one; None for its first."""
    mine = Decision.objects.filter(revision=proposal.revision_id).values("effective_from")
    earlier = Decision.objects.filter(annex=proposal.annex_id, effective_from__lt=Subquery(mine))
    decision = earlier.select_related("revision__annex__agreement").order_by("-effective_from").first()
    return decision.revision if decision else None


def _first_day(proposal: Proposal, now: date) -> date:
    """From when it would apply; ``now`` at the earliest. What has been decided and is not in force yet counts too."""
    return max(proposal.proposed_effective_from or now, now)


def basis_of(old: Document | None, new: Document, agreement: Agreement) -> Basis:
    """Compare the action-plan fields of two documents of ``agreement``; ``old`` None: everything is new."""
    keys, parties = _keys(old, new), party_keys(agreement)
    before = {(cell.key, cell.group): cell for cell in _cells(old, keys)} if old else {}
    after = {(cell.key, cell.group): cell for cell in _cells(new, keys)}
    found = Basis()
    for place in [*after, *(place for place in before if place not in after)]:
        was, now = before.get(place), after.get(place)
        cell = now or was
        if cell is None:
            continue
        if cell.key.endswith(COMMITMENT):
            found.commitments += _commitment_changes(was, now, cell, party_of_key(cell.key, parties))
        elif cell.key == "funding" and (was.items if was else ()) != (now.items if now else ()):
            found.funding.append(
                FieldChange(_named(cell), " ".join(now.items) if now else "", " ".join(was.items) if was else "")
            )
    found.open_points = [FieldChange(_named(cell), " ".join(cell.items)) for cell in after.values() if cell.is_open]
    return found


def _named(cell: _Cell) -> str:
    return f"{cell.label} ({cell.group})" if cell.group else cell.label


def _keys(*documents: Document | None) -> dict[str, str]:
    """The template's key of each field row, by its id. Rows that are gone keep the key they had in the history."""
    ids = [
        row["id"]
        for document in documents
        if document
        for block in document["blocks"]
        if block["type"] == "field_table"
        for row in block["rows"]
    ]
    known = {str(pk): key for pk, key in SheetField.history.filter(id__in=ids).values_list("id", "key")}
    return known | {str(pk): key for pk, key in SheetField.objects.filter(pk__in=ids).values_list("pk", "key")}


def _cells(document: Document, keys: dict[str, str]) -> Iterator[_Cell]:
    for block in document["blocks"]:
        if block["type"] != "field_table":
            continue
        groups = [plain(html) for html in block["header"][1:]]
        for row in block["rows"]:
            for at, cell in enumerate(row["cells"]):
                group = groups[at] if at < len(groups) else ""
                yield _Cell(
                    keys.get(row["id"], ""), plain(row["label"]), group, tuple(_items(cell["html"])), cell["open"]
                )


def _items(html: str) -> Iterator[str]:
    """The list items or paragraphs of a cell as plain text."""
    if not html.strip():
        return
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    items = root.findall(".//li") or root.findall(".//p")
    texts = [" ".join(item.text_content().split()) for item in items] or [" ".join(root.text_content().split())]
    yield from (text for text in texts if text)


def _commitment_changes(
    was: _Cell | None, now: _Cell | None, cell: _Cell, party: Party | None
) -> Iterator[CommitmentChange]:
    label = cell.group if party else _named(cell)
    old = list(was.items if was and not was.is_open else ())
    new = list(now.items if now and not now.is_open else ())
    gone = [text for text in old if text not in new]
    for text in (text for text in new if text not in old):
        like = max(gone, key=lambda other: _likeness(other, text), default="")
        if like and _likeness(like, text) >= ALIKE:
            gone.remove(like)
            yield CommitmentChange("changed", party, label, text, like)
        else:
            yield CommitmentChange("new", party, label, text)
    for text in gone:
        yield CommitmentChange("dropped", party, label, text, text)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
