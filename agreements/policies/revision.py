"""Who may read which frozen version."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from agreements.models import Decision, Revision
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.rights import Person, agreements_with
from agreements.states import AnnexKind


def visible_revisions(user: Person) -> QuerySet[Revision]:
    """The versions that ``user`` may read: decided ones wherever the person may read at all, the others only
    where the person takes part; and, as annex 5, the decided text of an overarching agreement above (R3)."""
    return (
        Revision.objects.filter(
            Q(annex__agreement__in=agreements_with(user, Perm.READ_PROPOSED))
            | Q(annex__agreement__in=visible_agreements(user), decision__isnull=False)
            | Q(
                annex__agreement__children__in=visible_agreements(user),
                annex__kind=AnnexKind.AGREEMENT_TEXT,
                decision__isnull=False,
            )
        )
        .distinct()
        .select_related("annex__agreement", "decision", "proposal")
    )


def visible_decisions(user: Person) -> QuerySet[Decision]:
    """The decisions that ``user`` may read: those of every agreement that the person sees, and those on the text
    of an overarching agreement above it."""
    above = Q(agreement__children__in=visible_agreements(user), annex__kind=AnnexKind.AGREEMENT_TEXT)
    return (
        Decision.objects.filter(Q(agreement__in=visible_agreements(user)) | above)
        .distinct()
        .select_related("revision", "annex__agreement", "matter", "manifest", "minutes")
    )
