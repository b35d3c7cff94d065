"""Who may open which file beside an agreement."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.models import AnnexFile, Decision, HigherDecision, Manifest, MeetingEntry, Removal, Revision, StoredFile
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import readable_drafts
from agreements.rights import Person, agreements_with
from agreements.states import AnnexKind


def visible_files(user: Person) -> QuerySet[StoredFile]:
    """PDFs that ``user`` may open: minutes, scans and decisions from above of what is decided for every reader of the
    agreement; those of what is on its way for who takes part; files beside an annex for who reads its draft, and for
    those who read a version that names them, such as the overarching agreement's text above; the masked copy of what
    is asked to be removed for registrars and coordinators."""
    takes_part = agreements_with(user, Perm.READ_PROPOSED)
    naming = Revision.objects.filter(
        annex__agreement=OuterRef("agreement"), content__contains=OuterRef("sha256"), proposal__isnull=False
    )
    decided = Q(
        Q(pk__in=Decision.objects.values("minutes"))
        | Q(pk__in=Manifest.objects.filter(closed_at__isnull=False).values("scan"))
        | Q(pk__in=HigherDecision.objects.filter(manifest__closed_at__isnull=False).values("file"))
        | Q(Exists(naming.filter(decision__isnull=False))),
        agreement__in=visible_agreements(user),
    )
    above = Q(
        Exists(naming.filter(decision__isnull=False, annex__kind=AnnexKind.AGREEMENT_TEXT)),
        agreement__children__in=visible_agreements(user),
    )
    moving = Q(
        Q(pk__in=MeetingEntry.objects.values("minutes"))
        | Q(pk__in=Manifest.objects.values("scan"))
        | Q(pk__in=HigherDecision.objects.values("file"))
        | Q(Exists(naming)),
        agreement__in=takes_part,
    )
    drafted = Q(pk__in=AnnexFile.objects.filter(annex__in=readable_drafts(user).values("pk")).values("file"))
    masked = Q(
        pk__in=Removal.objects.filter(status=Removal.Status.REQUESTED).values("masked_file"),
        agreement__in=agreements_with(user, Perm.READ_RECORDS, Perm.EDIT_TEXTS),
    )
    return StoredFile.objects.filter(decided | above | moving | drafted | masked, kind=StoredFile.Kind.PDF).distinct()
