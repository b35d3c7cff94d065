"""Who may record that an annex was looked over, and who sees what follows from a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex, Task
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import visible_annexes
from agreements.rights import has
from samverkan.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samverkan.accounts.models import User

    Person = User | AnonymousUser


def visible_tasks(user: Person) -> QuerySet[Task]:
    """What decisions have made necessary, where ``user`` sees the agreement and may know of the annex: not about
    another party's own draft, nor about an agreement below that is not the user's."""
    return Task.objects.filter(
        Q(annex=None, agreement__in=visible_agreements(user)) | Q(annex__in=visible_annexes(user).values("pk"))
    )


def may_record_review(user: Person, annex: Annex) -> Verdict:
    """Coordinators and the members of the steering group record a review without change (R41, R51)."""
    if not (has(user, Perm.ENTER_DECISION, annex) or has(user, Perm.DECIDE, annex)):
        return refused("not_allowed", _("Only coordinators and the steering group can record this."))
    if not annex.decisions.exists():
        return refused("not_decided", _("No version of this annex has been decided."))
    return ALLOWED
