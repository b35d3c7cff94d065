"""A row of "Mitt arbete", and what all of them are made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.models import Agreement, Annex, Membership, Proposal
from agreements.permissions import Role
from agreements.rights import holdings, today
from samverkan.accounts.models import User

TEXT = ("revision__content", "revision__plain_text", "revision__ids")
"""What no list needs of a revision."""


@dataclass(frozen=True)
class Item:
    """One row: what to do (a sentence), about which agreement, by when, and where the one button leads."""

    what: str | Promise
    detail: str | Promise
    agreement: Agreement
    button: str | Promise
    url: str
    due: date | None = None
    is_overdue: bool = False

    @property
    def line(self) -> str:
        """What the row says under its title."""
        return " · ".join(part for part in (str(self.detail), self.agreement.title) if part)


def roles_of(user: User, *roles: Role) -> dict[int, list[Membership]]:
    """The memberships of today with any of ``roles``, by agreement."""
    found: dict[int, list[Membership]] = {}
    for membership in holdings(user).memberships:
        if membership.role_group.role in roles:
            found.setdefault(membership.role_group.agreement_id, []).append(membership)
    return found


def parties_of(memberships: dict[int, list[Membership]]) -> set[int]:
    """The ids of the parties that those act for."""
    return {m.party_id for held in memberships.values() for m in held if m.party_id is not None}


def named(annex: Annex | None) -> str:
    """What a row calls ``annex`` beside its agreement; nothing for the agreement's own text, which has its name."""
    return "" if annex is None or annex.is_agreement_text else str(annex)


def item_about(proposal: Proposal, what: str | Promise, button: str | Promise) -> Item:
    """A row about one version that somebody has to act on; ``what`` names it by %(text)s."""
    day = proposal.answer_wanted_by
    return Item(
        what=what % {"text": proposal.revision},
        detail=proposal.matter.title if proposal.matter else "",
        agreement=proposal.annex.agreement,
        button=button,
        url=proposal.get_absolute_url(),
        due=day,
        is_overdue=day is not None and day < today(),
    )


def together(rows: Sequence[Proposal], what: str | Promise, button: str | Promise) -> list[Item]:
    """One item per proposal; the parts of one matter are one item that leads to the matter."""
    items, matters = [], dict[int, list[Proposal]]()
    for row in rows:
        if row.matter_id is None:
            items.append(item_about(row, what, button))
        else:
            matters.setdefault(row.matter_id, []).append(row)
    for parts in matters.values():
        items.append(item_about(parts[0], what, button) if len(parts) == 1 else _matter_item(parts, what, button))
    return items


def _matter_item(parts: list[Proposal], what: str | Promise, button: str | Promise) -> Item:
    """The parts of one matter, due by the first of their days; where these differ, each part says its own."""
    first, matter = parts[0], parts[0].matter
    title, url = (matter.title, matter.get_absolute_url()) if matter else ("", first.get_absolute_url())
    days = {part.answer_wanted_by for part in parts}
    day = min(filter(None, days), default=None)
    named = (_named(part, with_day=len(days) > 1) for part in sorted(parts, key=lambda part: part.annex.sort_key))
    return Item(
        what=what % {"text": title},
        detail=", ".join(named),
        agreement=first.annex.agreement,
        button=button,
        url=url,
        due=day,
        is_overdue=day is not None and day < today(),
    )


def _named(part: Proposal, *, with_day: bool) -> str:
    """ "Bilaga 1", or "Bilaga 1 senast 4 mars 2026" when it has a day."""
    if part.answer_wanted_by is None or not with_day:
        return part.annex.label
    return _("%(part)s by %(day)s") % {
        "part": part.annex.label, "day": date_format(part.answer_wanted_by, "j F Y"),
    }  # fmt: skip
