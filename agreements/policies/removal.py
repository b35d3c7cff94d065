"""Who may have unlawful content removed, and who confirms it: two persons, of two parties (decisions/0008).

To ask for a removal one must act for a party as

* its registrar, who answers for the authority's official records, or
* its coordinator, who answers for the text.

To confirm or reject it one must act for *another* party as

* its registrar, or
* its coordinator, when that party has no registrar in the agreement today,

and never be the person who asked. An administrator does neither, and sees nothing of what shall go.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Membership, Party, Removal, Revision, StoredFile
from agreements.permissions import Role
from agreements.policies.file import visible_files
from agreements.policies.revision import visible_revisions
from agreements.rights import Person, holdings, memberships_in, today
from agreements.states import ON_THE_WAY
from samverkan.verdict import ALLOWED, Verdict, refused

KEEPERS = (Role.REGISTRAR, Role.COORDINATOR)


def keeper_memberships(user: Person, agreement: Agreement) -> list[Membership]:
    """The memberships of today in which ``user`` keeps a party's records or texts in ``agreement``."""
    held = memberships_in(user, agreement)
    return [m for m in held if m.party_id is not None and m.role_group.role in KEEPERS]


def keeps_records(user: Person, agreement: Agreement) -> bool:
    """Whether the ways to ask for a removal are shown to ``user``."""
    return bool(keeper_memberships(user, agreement))


def confirmers(agreement: Agreement) -> QuerySet[Membership]:
    """Who can confirm for a party today: its registrars, or its coordinators where it has none."""
    held = Membership.objects.on(today()).filter(
        role_group__agreement=agreement, user__isnull=False, user__is_active=True, party__isnull=False
    )
    registrars = held.filter(role_group__role=Role.REGISTRAR)
    instead = held.filter(role_group__role=Role.COORDINATOR).exclude(party__in=registrars.values("party"))
    return (registrars | instead).select_related("user", "party__organisation")


def confirming_party(user: Person, removal: Removal) -> Party | None:
    """The party for which ``user`` can answer ``removal`` today, or None: never the party that asked."""
    mine = confirmers(removal.agreement).filter(user=user.pk).exclude(party=removal.party_id).first()
    return mine.party if mine else None


def confirmable_removals(user: Person) -> QuerySet[Removal]:
    """What ``user`` may confirm or reject today: ``may_confirm`` asked of all requests at once, in one query."""
    kept: dict[str, set[int]] = {Role.REGISTRAR: set(), Role.COORDINATOR: set()}
    for m in holdings(user).memberships:
        if m.party_id is not None and m.role_group.role in KEEPERS:
            kept[m.role_group.role].add(m.party_id)
    registrars = Membership.objects.on(today()).filter(
        party=OuterRef("pk"), role_group__role=Role.REGISTRAR, user__is_active=True
    )
    answering = Party.objects.filter(
        Q(pk__in=kept[Role.REGISTRAR]) | (Q(pk__in=kept[Role.COORDINATOR]) & ~Exists(registrars))
    )
    others = answering.filter(agreement=OuterRef("agreement")).exclude(pk=OuterRef("party"))
    return (
        Removal.objects.filter(Exists(others), status=Removal.Status.REQUESTED)
        .exclude(requested_by=user.pk)
        .exclude(revision__proposal__status__in=ON_THE_WAY)
    )


def visible_removals(user: Person) -> QuerySet[Removal]:
    """Tombstones for everybody who may read what they stand in; what is asked for, or was refused, for those who
    keep the records and texts of a party in the agreement."""
    kept = {
        m.role_group.agreement_id
        for m in holdings(user).memberships
        if m.party_id is not None and m.role_group.role in KEEPERS
    }
    stands = Q(revision__in=visible_revisions(user).values("pk")) | Q(file__in=visible_files(user).values("pk"))
    return Removal.objects.filter(Q(agreement__in=kept) | (Q(status=Removal.Status.CONFIRMED) & stands)).select_related(
        "agreement", "revision__annex__agreement", "file", "masked_file", "requested_by", "answered_by",
        "party__organisation", "answered_for__organisation",
    )  # fmt: skip


def may_see_selection(user: Person, removal: Removal) -> bool:
    """What shall go away is shown, until it is answered, to those who ask and answer and read the text anyway."""
    if not removal.is_open or not keeper_memberships(user, removal.agreement):
        return False
    return removal.revision_id is None or visible_revisions(user).filter(pk=removal.revision_id).exists()


def may_request(user: Person, thing: Revision | StoredFile) -> Verdict:
    """The rule at the head of this file; a version on its way is withdrawn first, so that nobody has said yes to
    another text than the one that lies before the group."""
    agreement = thing.annex.agreement if isinstance(thing, Revision) else thing.agreement
    if not keeper_memberships(user, agreement):
        return refused("not_keeper", _("Only a registrar or coordinator of a party can ask for a removal."))
    if isinstance(thing, Revision) and _is_on_its_way(thing):
        return refused("on_its_way", _("The version is on its way. Withdraw it first."))
    if thing.removals.filter(status=Removal.Status.REQUESTED).exists():
        return refused("already_requested", _("A removal has already been asked for and waits for the other party."))
    if isinstance(thing, StoredFile) and thing.removals.filter(status=Removal.Status.CONFIRMED).exists():
        return refused("already_removed", _("The file has already been removed."))
    return ALLOWED


def may_confirm(user: Person, removal: Removal) -> Verdict:
    """The rule at the head of this file, while the request is open."""
    if not keeper_memberships(user, removal.agreement):
        return refused("not_keeper", _("Only a registrar or coordinator of the other party can confirm."))
    if removal.requested_by_id == user.pk or confirming_party(user, removal) is None:
        return refused(
            "not_other_party", _("The other party's registrar confirms it, or its coordinator if it has none.")
        )
    if not removal.is_open:
        return refused("answered", _("The request has already been answered."))
    if removal.revision is not None and _is_on_its_way(removal.revision):
        return refused("on_its_way", _("The version is on its way. Withdraw it first."))
    return ALLOWED


def may_reject(user: Person, removal: Removal) -> Verdict:
    """Those who may confirm."""
    return may_confirm(user, removal)


def may_withdraw(user: Person, removal: Removal) -> Verdict:
    """A registrar or coordinator of the party that asked, while the request is open."""
    if removal.party_id not in {m.party_id for m in keeper_memberships(user, removal.agreement)}:
        return refused("not_own_request", _("Only the party that asked can withdraw the request."))
    if not removal.is_open:
        return refused("answered", _("The request has already been answered."))
    return ALLOWED


def _is_on_its_way(revision: Revision) -> bool:
    proposal = getattr(revision, "proposal", None)
    return proposal is not None and proposal.status in ON_THE_WAY
