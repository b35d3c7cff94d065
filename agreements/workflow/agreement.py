"""Making agreements, their parties and their settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, GroupKind, Membership, Organisation, Participant, Party
from agreements.permissions import OUTSIDE_THE_GROUPS, Role
from agreements.policies.agreement import (
    can_begin_on,
    may_add_party,
    may_change_fixing,
    may_change_period,
    may_manage,
    may_rest_on,
)
from agreements.rights import today
from agreements.selectors.sheet_parties import free_key
from agreements.signals import terms_changed
from agreements.workflow.group import inherit_central_group, leave_central_group, role_group, write_group
from agreements.workflow.membership import write_membership
from agreements.workflow.sheet_joining import give_fields
from agreements.workflow.tasks import follow_another_parent
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

GROUP_NAMES = {
    GroupKind.STEERING: "Styrgrupp",
    GroupKind.PREPARATORY: "Beredningsgrupp",
    GroupKind.CENTRAL_PREPARATORY: "Central beredningsgrupp",
}


PARTY_ALREADY = _("The organisation is a party already.")
TERM_TAKEN = _("Another party has the same defined term.")


@dataclass(frozen=True)
class PartyFacts:
    """An organisation as a party: its defined term ("Kommunen") and the matter's registry number there."""

    organisation: Organisation
    defined_term: str
    registry_number: str = ""


@transaction.atomic
def create_agreement(
    *,
    slug: str,
    title: str,
    parties: Sequence[PartyFacts],
    parent: Agreement | None = None,
    level: str = Agreement.Level.LOCAL,
    starts_on: date | None = None,
    **settings: Any,
) -> Agreement:
    """Make an agreement with its parties, its groups and all role groups. Two parties or more.

    Raises ValueError for fewer parties. Who may do it is the caller's question: administrators and set-up.
    """
    if len(parties) < 2:  # an agreement is between at least two
        raise ValueError("An agreement has at least two parties.")
    agreement = Agreement.objects.create(
        slug=slug, title=title, parent=parent, level=level, starts_on=starts_on, **settings
    )
    keys: list[str] = []
    for at, facts in enumerate(parties, start=1):
        keys.append(free_key(facts.organisation, keys))
        Party.objects.create(
            agreement=agreement, organisation=facts.organisation, position=at, defined_term=facts.defined_term,
            registry_number=facts.registry_number, key=keys[-1],
        )  # fmt: skip
    kinds = [GroupKind.STEERING, GroupKind.PREPARATORY]
    if level == Agreement.Level.OVERARCHING:
        kinds.append(GroupKind.CENTRAL_PREPARATORY)
    for kind in kinds:
        write_group(agreement, kind, name=GROUP_NAMES[kind])
    for role in OUTSIDE_THE_GROUPS:
        role_group(agreement, role)
    inherit_central_group(agreement)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, changes: dict[str, Any], *, reason: str, by: User) -> Agreement:
    """Change settings of the agreement (title, dates, intervals, labels, fixing rules, what it rests on) with a reason.

    Raises TransitionRefused: not a coordinator, it cannot rest on that agreement or begin on that day, or not now.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (verdict := may_manage(by, agreement)):
        raise TransitionRefused(verdict)
    way = ("fixing_rules", "is_prepared")
    changes_way = any(changes.get(name, getattr(agreement, name)) != getattr(agreement, name) for name in way)
    if changes_way and not (verdict := may_change_fixing(by, agreement)):
        raise TransitionRefused(verdict)
    last_day = changes.get("ends_on", agreement.ends_on)
    if last_day != agreement.ends_on and not (verdict := may_change_period(by, agreement)):
        raise TransitionRefused(verdict)
    first_day = changes.get("starts_on", agreement.starts_on)
    if first_day != agreement.starts_on and not (verdict := can_begin_on(agreement, first_day)):
        raise TransitionRefused(verdict)
    before = agreement.parent
    after = changes.get("parent", before)
    if after != before and not (verdict := may_rest_on(by, agreement, after)):
        raise TransitionRefused(verdict)
    for name, value in changes.items():
        setattr(agreement, name, value)
    agreement.full_clean()
    remember_why(agreement, reason, by=by)
    agreement.save()
    if changes_way:
        terms_changed.send(Agreement, agreement=agreement, party=None, by=by)
    if after != before:
        leave_central_group(agreement, before)
        inherit_central_group(agreement)
        follow_another_parent(agreement, by=by)
    return agreement


@transaction.atomic
def add_party(agreement: Agreement, facts: PartyFacts, *, position: int, by: User) -> Party:
    """Let an organisation join as a party, in that place among the parties (1 is first); from then on its assent and
    signature are needed. One that took part without signing does so no longer. The action plans that are worked on get
    its fields.

    Raises TransitionRefused: not a coordinator, something is on its way or a signing open, the organisation is a party,
    or the term is taken. Locks the annexes, as a submission does, before the agreement.
    """
    list(agreement.annexes.select_for_update(of=("self",)).order_by("pk"))
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (verdict := may_add_party(by, agreement)):
        raise TransitionRefused(verdict)
    known = list(agreement.parties.all())
    if any(party.organisation_id == facts.organisation.pk for party in known):
        raise TransitionRefused(refused("party", PARTY_ALREADY))
    if facts.defined_term.casefold() in {party.defined_term.casefold() for party in known}:
        raise TransitionRefused(refused("term_taken", TERM_TAKEN))
    joining = Party(
        agreement=agreement, organisation=facts.organisation, defined_term=facts.defined_term,
        registry_number=facts.registry_number, key=free_key(facts.organisation, [party.key for party in known]),
    )  # fmt: skip
    known.insert(position - 1, joining)
    for at, party in enumerate(known, start=1):
        if party is joining or party.position != at:
            party.position = at
            remember_why(party, "", by=by)
            party.save()
    for participant in agreement.participants.filter(organisation=facts.organisation):
        remove_participant(participant, by=by)
    give_fields(joining, by=by)
    terms_changed.send(Agreement, agreement=agreement, party=joining, by=by)
    return joining


@transaction.atomic
def change_party(party: Party, *, registry_number: str, defined_term: str, by: User, reason: str = "") -> Party:
    """Change a party's registry number and defined term. ``reason`` stands in the history."""
    party = Party.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=party.pk)
    if not (verdict := may_manage(by, party.agreement)):
        raise TransitionRefused(verdict)
    party.registry_number, party.defined_term = registry_number.strip(), defined_term.strip()
    remember_why(party, reason, by=by)
    party.save()
    return party


def let_in_coordinator(party: Party, user: User, *, by: User) -> Membership:
    """Let ``user`` in as the first coordinator of ``party``; the administrator who makes the agreement does it."""
    group = role_group(party.agreement, Role.COORDINATOR)
    return write_membership(group, by=by, user=user, party=party, starts_on=today())


@transaction.atomic
def add_participant(
    agreement: Agreement, *, organisation: Organisation, note: str, by: User, reason: str = ""
) -> Participant:
    """Say that an organisation takes part without signing (R39); again changes its note."""
    if not (verdict := may_manage(by, agreement)):
        raise TransitionRefused(verdict)
    found = Participant.objects.filter(agreement=agreement, organisation=organisation).first()
    participant = found or Participant(
        agreement=agreement, organisation=organisation, position=agreement.participants.count() + 1
    )
    participant.note = note
    remember_why(participant, reason, by=by)
    participant.save()
    return participant


@transaction.atomic
def remove_participant(participant: Participant, *, by: User, reason: str = "") -> None:
    """Say that an organisation no longer takes part; decided texts and the history keep that it did."""
    if not (verdict := may_manage(by, participant.agreement)):
        raise TransitionRefused(verdict)
    remember_why(participant, reason, by=by)
    participant.delete()
