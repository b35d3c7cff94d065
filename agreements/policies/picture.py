"""Who may see a picture of an annex."""

from __future__ import annotations

from django.db.models import Q

from agreements.models import Annex, PriorityArea, SavedAside, Section, StoredFile
from agreements.policies.annex import may_read_draft, own_party_ids
from agreements.policies.revision import visible_revisions
from agreements.rights import Person
from agreements.states import AnnexKind


def may_see_picture(user: Person, annex: Annex, file: StoredFile) -> bool:
    """A picture is seen through a text that shows it. One must either

    * read a version of the annex in which it stands, or
    * read the annex's draft, and the picture stands there (in what was left out or put aside too), or
    * have uploaded it oneself, and read the draft: it may not have been saved in the text yet;

    and a picture that is only in one party's own drafts is for that party alone.
    """
    if visible_revisions(user).filter(annex=annex, content__contains=file.sha256).exists():
        return True
    if not may_read_draft(user, annex):
        return False
    if file.draft_party_id is not None and file.draft_party_id not in own_party_ids(user):
        return False
    return file.uploaded_by_id == user.pk or stands_in_draft(annex, file.sha256)


def stands_in_draft(annex: Annex, sha256: str) -> bool:
    """Whether the picture stands in the annex's working text, in what was left out of it, or in a text aside."""
    mark = f'data-asset="{sha256}"'
    found = Q(pk__in=Section.objects.filter(annex=annex, body__contains=mark).values("annex"))
    found |= Q(pk__in=SavedAside.objects.filter(section__annex=annex, body__contains=mark).values("section__annex"))
    if Annex.objects.filter(found, pk=annex.pk).exists():
        return True
    areas = PriorityArea.objects.filter(agreement=annex.agreement_id, description__contains=mark)
    return annex.kind == AnnexKind.SITUATIONAL_PICTURE and areas.exists()
