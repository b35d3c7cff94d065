"""Fetching what coordinators manage: groups, people, settings."""

from __future__ import annotations

from agreements.models import Agreement
from agreements.policies.agreement import may_manage
from agreements.views.lookup import agreement_or_404, require
from samverkan.accounts.models import User


def managed_or_403(user: User, slug: str) -> Agreement:
    """The agreement that ``user`` manages; 404 where it cannot be seen, 403 with the reason where it can."""
    agreement = agreement_or_404(user, slug)
    require(may_manage(user, agreement))
    return agreement
