"""What action plans leave "to be decided", and whose it is to settle, when its day has come or is near.

What is read is the working text, never the text in force. Only there an open point has an owner and a day (a frozen
text says "Bestäms senare" and no more), and only there it can be settled: what is open in force stays open in the
draft until somebody writes the answer, and from then on the annex waits to be submitted. A point that no decision
has yet been about is listed too, for those who write gave it its day.

To have an open point in Mitt arbete one must either be:

* a coordinator, or
* a member of a working group that writes the plan: of the group whose column it is, when that is said,

read the draft (policies.annex), and act for the party whose point it is:

* the parties that its owner names, by their defined term or their name ("Kommunikatören, Norrviks kommun"); else
* the party that the sheet came from, when that is said; else
* every party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import Annex, Membership, Party, SheetValue
from agreements.permissions import Perm, Role
from agreements.policies.annex import readable_drafts
from agreements.rights import annexes_with, holdings, today
from agreements.selectors.open_points import place_of
from agreements.selectors.work_item import Item, roles_of
from samverkan.accounts.models import User


def open_points_due(user: User, horizon: date) -> list[Item]:
    """The open points of action plans that are ``user``'s to settle by ``horizon``; two queries however many."""
    memberships = holdings(user).memberships
    coordinated = set(roles_of(user, Role.COORDINATOR))
    rows = list(_open_values(_written(user, coordinated), horizon))
    if not rows:
        return []
    parties = _parties_of(rows)
    items = []
    for row in rows:
        annex = row.field.sheet.section.annex
        held = [m for m in memberships if m.role_group.agreement_id == annex.agreement_id]
        if annex.agreement_id not in coordinated and not _is_of_their_group(row, held):
            continue
        if _is_of_their_party(row, parties[annex.agreement_id], held):
            items.append(_item(row, annex))
    return items


def _written(user: User, coordinated: Iterable[int]) -> QuerySet[Annex]:
    """The annexes whose working text ``user`` writes and that have not ended."""
    own = annexes_with(user, Perm.EDIT_ANNEX)
    written = readable_drafts(user).filter(Q(agreement__in=list(coordinated)) | Q(pk__in=own))
    return written.exclude(ends_on__lt=today()).exclude(agreement__ends_on__lt=today())


def _open_values(annexes: QuerySet[Annex], horizon: date) -> QuerySet[SheetValue]:
    return (
        SheetValue.objects.filter(
            is_to_be_decided=True,
            due_on__lte=horizon,
            field__sheet__section__annex__in=annexes.values("pk"),
            field__sheet__section__is_left_out=False,
        )
        .select_related("field__sheet__section__annex__agreement", "column")
        .defer("field__sheet__section__body")
        .order_by("due_on", "field__sheet__section__annex__sort_key", "pk")
    )


def _parties_of(rows: Iterable[SheetValue]) -> dict[int, list[Party]]:
    agreements = {row.field.sheet.section.annex.agreement_id for row in rows}
    found: dict[int, list[Party]] = {pk: [] for pk in agreements}
    for party in Party.objects.filter(agreement__in=agreements).select_related("organisation"):
        found[party.agreement_id].append(party)
    return found


def _is_of_their_group(row: SheetValue, held: Iterable[Membership]) -> bool:
    group = row.column.working_group_id if row.column else None
    return group is None or group in {m.role_group.governing_group_id for m in held}


def _is_of_their_party(row: SheetValue, parties: Iterable[Party], held: Iterable[Membership]) -> bool:
    came_from = row.field.sheet.section.party_id
    concerned = {party.pk for party in parties if _names(row.owner, party)} or ({came_from} if came_from else set())
    return not concerned or bool(concerned & {m.party_id for m in held})


def _names(owner: str, party: Party) -> bool:
    """Whether ``owner`` names ``party`` in whole words, maybe in the genitive: "Polisens utredare", and never
    "Kommunpolisen"."""
    names = (re.escape(name) for name in (party.defined_term, party.organisation.name) if name)
    return re.search(rf"(?<!\w)(?:{'|'.join(names)})s?(?!\w)", owner, re.IGNORECASE) is not None


def _item(row: SheetValue, annex: Annex) -> Item:
    section = row.field.sheet.section
    address = reverse("agreements:sheet_edit", args=[annex.agreement.slug, annex.number, section.pk])
    return Item(
        _("Settle “%(point)s”") % {"point": place_of(row.field, row.column)},
        " · ".join(filter(None, (str(annex), row.owner))),
        annex.agreement,
        pgettext_lazy("an open point", "Settle"),
        f"{address}#oppen-{row.pk}",
        row.due_on,
        row.due_on is not None and row.due_on < today(),
    )
