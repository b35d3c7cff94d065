"""Which texts somebody can begin from."""

from __future__ import annotations

from agreements.models import Annex, Revision
from agreements.policies.annex import readable_drafts
from agreements.policies.revision import visible_revisions
from samverkan.accounts.models import User

AT_MOST = 100


def texts_to_copy(user: User, *, kind: str = "", annex: Annex | None = None) -> list[Annex | Revision]:
    """Drafts that ``user`` reads and decided versions that ``user`` sees, the newest of each annex; of one kind
    when it is named; by the names of their agreements. With ``annex``, which they come in place of: every version of
    it first, and not its draft.

    Three queries; at most a hundred of each sort.
    """
    drafts = readable_drafts(user).order_by("agreement", "sort_key")
    newest = visible_revisions(user).filter(decision__isnull=False).order_by("annex_id", "-number").distinct("annex_id")
    decided = (
        visible_revisions(user).filter(pk__in=newest.values("pk")).defer("content", "plain_text").order_by("annex")
    )
    if kind:
        drafts, decided = drafts.filter(kind=kind), decided.filter(annex__kind=kind)
    own: list[Annex | Revision] = []
    if annex is not None:
        drafts, decided = drafts.exclude(pk=annex.pk), decided.exclude(annex=annex)
        versions = visible_revisions(user).filter(annex=annex).order_by("-number").defer("content", "plain_text")
        own = list(versions[:AT_MOST])
    return [*own, *decided[:AT_MOST], *drafts[:AT_MOST]]
