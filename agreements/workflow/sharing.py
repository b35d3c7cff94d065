"""Making one party's own draft shared: an explicit, logged act (HFD 2011:52, RÅ 1999 ref. 36)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Annex, DraftSharing, StoredFile
from agreements.policies.annex import may_share
from agreements.selectors.pictures import pictures_of
from agreements.signals import draft_shared
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused


@transaction.atomic
def share_draft(annex: Annex, *, purpose: str, message: str = "", by: User) -> DraftSharing:
    """Let the other parties see the draft, for comments or for information. It cannot be taken back.

    Locks the annex: of two simultaneous calls the second is refused. The pictures in it are shared with it.
    Raises TransitionRefused with the policy's verdict.
    """
    annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
    if not (verdict := may_share(by, annex)):
        raise TransitionRefused(verdict)
    assert annex.draft_party_id is not None  # noqa: S101 -- may_share has seen to it
    sharing = DraftSharing.objects.create(
        annex=annex, party_id=annex.draft_party_id, purpose=purpose, message=message, shared_by=by
    )
    shown = StoredFile.objects.filter(agreement=annex.agreement_id, sha256__in=pictures_of(annex))
    for file in shown.filter(draft_party=annex.draft_party_id):
        file.draft_party = None
        remember_why(file, "", by=by)
        file.save(update_fields=["draft_party"])
    annex.draft_party = None
    remember_why(annex, _("Draft shared"), by=by)
    annex.save()
    draft_shared.send(DraftSharing, sharing=sharing, by=by)
    return sharing
