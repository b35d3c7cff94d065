"""Where objects are fetched, rights are checked: what is not yours is not found (404), what is yours but not
now is refused with the reason (403)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agreements.models import Agreement, Annex, Decision, Ending, Manifest, Matter, Proposal, Removal, Revision
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import visible_annexes
from agreements.policies.ending import visible_endings
from agreements.policies.proposal import visible_proposals
from agreements.policies.removal import visible_removals
from agreements.policies.revision import visible_decisions, visible_revisions
from agreements.policies.signing import visible_manifests
from agreements.rights import agreements_with, today
from samverkan.accounts.models import User
from samverkan.failures import NotUnderstood
from samverkan.verdict import Verdict


def agreement_or_404(user: User, slug: str) -> Agreement:
    """The agreement that ``user`` may see at all, with what it rests on and what came before it."""
    return get_object_or_404(visible_agreements(user).select_related("parent", "predecessor"), slug=slug)


def annex_or_404(user: User, slug: str, number: str) -> Annex:
    """The annex that ``user`` may know of, with its agreement; that is no right to read its draft."""
    return get_object_or_404(visible_annexes(user), agreement__slug=slug, number=number)


def revision_or_404(user: User, slug: str, number: str, version: int) -> Revision:
    """The version that ``user`` may read."""
    return get_object_or_404(visible_revisions(user), annex__agreement__slug=slug, annex__number=number, number=version)


def proposal_or_404(user: User, pk: int) -> Proposal:
    """What has been submitted, for those who take part."""
    return get_object_or_404(visible_proposals(user), pk=pk)


def matter_or_404(user: User, pk: int) -> Matter:
    """The matter, for those who take part."""
    mine = agreements_with(user, Perm.READ_PROPOSED)
    return get_object_or_404(Matter.objects.filter(agreement__in=mine).select_related("agreement"), pk=pk)


def decision_or_404(user: User, pk: int) -> Decision:
    """The decision that ``user`` may read."""
    return get_object_or_404(visible_decisions(user), pk=pk)


def ending_or_404(user: User, pk: int) -> Ending:
    """The entered last day that ``user`` may know of."""
    return get_object_or_404(visible_endings(user), pk=pk)


def manifest_or_404(user: User, pk: int) -> Manifest:
    """The signing that ``user`` may see."""
    return get_object_or_404(visible_manifests(user), pk=pk)


def removal_or_404(user: User, pk: int) -> Removal:
    """The removal, or its tombstone, that ``user`` may see."""
    return get_object_or_404(visible_removals(user), pk=pk)


def require(verdict: Verdict) -> None:
    """Raise PermissionDenied with the policy's sentence when it says no; the 403 page shows it."""
    if not verdict:
        raise PermissionDenied(verdict.reason)


@dataclass(frozen=True)
class AskedDay:
    """The day in the address (?den=2026-03-04): today when there is none. ``unread`` is what stands there when it is
    no day; the page then shows today, and says so."""

    day: date
    unread: str = ""

    @property
    def is_another(self) -> bool:
        return self.day != today()

    @property
    def query(self) -> str:
        """What to add to an address to stay on the day: "?den=2026-03-04"; "" for today."""
        return f"?den={self.day.isoformat()}" if self.is_another else ""

    @property
    def is_past(self) -> bool:
        return self.day < today()

    @property
    def is_to_come(self) -> bool:
        return self.day > today()


def asked_day(request: HttpRequest) -> AskedDay:
    """What stands in ``?den=``; today when nothing does."""
    words = request.GET.get("den", "").strip()
    try:
        return AskedDay(date.fromisoformat(words) if words else today())
    except ValueError:
        return AskedDay(today(), unread=words)


def day_to_print(request: HttpRequest) -> date:
    """The day in the address, or today when there is none. 400 when it is no day: paper does not say what was asked."""
    asked = asked_day(request)
    if asked.unread:
        raise NotUnderstood(_("The date in the address cannot be read. Write it like this: 2026-03-04."))
    return asked.day
