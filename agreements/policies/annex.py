"""Who may read, edit, share and submit an annex's working text.

The draft is *own* (``draft_party`` set: only that party's people, on every path) or *shared*
(HFD 2011:52, RÅ 1999 ref. 36). To read a draft one must either be:

* a coordinator or a member of the preparatory group, or
* somebody with the right to edit just this annex (working group, communicator), or
* a registrar of the authority whose own draft it is, or of any party when it is shared,

and, when the draft is own, act for the party that owns it.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.rights import Person, agreements_with, annexes_with, has, holdings, today
from agreements.states import AnnexKind
from samverkan.verdict import ALLOWED, Verdict, refused

DRAFT_READERS = (Perm.READ_DRAFTS, Perm.READ_RECORDS)


def own_party_ids(user: Person) -> set[int]:
    """The ids of the parties for which ``user`` acts today, in any agreement."""
    return {m.party_id for m in holdings(user).memberships if m.party_id is not None}


def readable_drafts(user: Person) -> QuerySet[Annex]:
    """The annexes whose working text ``user`` may read."""
    editable = annexes_with(user, Perm.EDIT_ANNEX)
    return (
        Annex.objects.filter(Q(agreement__in=agreements_with(user, *DRAFT_READERS)) | Q(pk__in=editable))
        .filter(Q(draft_party__isnull=True) | Q(draft_party__in=own_party_ids(user)))
        .select_related("agreement")
    )


def visible_annexes(user: Person) -> QuerySet[Annex]:
    """The annexes that ``user`` may know of: those with a decided text, with one on its way that the user may
    read, or with a draft that the user may read."""
    proposed = agreements_with(user, Perm.READ_PROPOSED)
    return (
        Annex.objects.filter(agreement__in=visible_agreements(user))
        .filter(
            Q(pk__in=readable_drafts(user).values("pk"))
            | Q(decisions__isnull=False)
            | Q(kind=AnnexKind.OVERARCHING_AGREEMENT, draft_party__isnull=True)
            | (Q(proposals__isnull=False) & Q(agreement__in=proposed))
        )
        .distinct()
        .select_related("agreement")
    )


def may_read_draft(user: Person, annex: Annex) -> Verdict:
    """The rule at the head of this file."""
    if not any(has(user, perm, annex) for perm in (*DRAFT_READERS, Perm.EDIT_ANNEX)):
        return refused("draft_not_yours", _("The draft is only shown to those who write it."))
    return _is_not_anothers(user, annex)


def _is_not_anothers(user: Person, annex: Annex) -> Verdict:
    """The draft is shared, or that of a party for which ``user`` acts."""
    if annex.draft_party_id is not None and annex.draft_party_id not in own_party_ids(user):
        return refused("own_draft_of_other", _("This is another party's own draft."))
    return ALLOWED


def may_edit(user: Person, annex: Annex) -> Verdict:
    """Coordinators edit all texts; working groups and communicators their own annexes; own drafts only by the
    party that owns them. An ended annex, and one that follows the overarching agreement, is not edited. When the
    whole agreement has ended only coordinators do, who register what was decided before that (decisions/0014)."""
    if not (has(user, Perm.EDIT_TEXTS, annex) or has(user, Perm.EDIT_ANNEX, annex)):
        return refused("not_writer", _("You can read this annex but not edit it."))
    if not (verdict := _is_not_anothers(user, annex)):
        return verdict
    if annex.agreement.has_ended(today()) and not has(user, Perm.EDIT_TEXTS, annex):
        return refused("agreement_ended", annex.agreement.say(_("%(the_agreement)s has ended.")))
    return may_be_written(annex)


def may_be_written(annex: Annex) -> Verdict:
    """Whoever writes, the portal itself too: not in an annex that has ended, nor in one that follows the overarching
    agreement."""
    if annex.ends_on is not None and annex.ends_on < today():
        return refused("annex_ended", _("This annex has ended."))
    if annex.follows_parent:
        return refused("follows_parent", _("This annex follows the overarching agreement's text."))
    return ALLOWED


def may_lay_beside(user: Person, annex: Annex) -> Verdict:
    """A coordinator who may edit the draft lays files beside it, and takes them away."""
    if not (verdict := may_edit(user, annex)):
        return verdict
    if not has(user, Perm.EDIT_TEXTS, annex):
        return refused("not_coordinator", _("Only a coordinator lays files beside an annex."))
    return ALLOWED


def may_share(user: Person, annex: Annex) -> Verdict:
    """A coordinator of the party that owns the draft shares it."""
    if not has(user, Perm.EDIT_TEXTS, annex) or annex.draft_party_id not in own_party_ids(user):
        return refused("not_owner", _("Only a coordinator of the party that owns the draft can share it."))
    return ALLOWED
