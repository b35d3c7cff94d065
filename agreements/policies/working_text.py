"""Who may begin a new text, from what, and who may see its pictures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Party, Revision
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft
from agreements.policies.revision import visible_revisions
from agreements.rights import Person, has, parties_of
from samverkan.verdict import ALLOWED, Verdict, refused


def may_create_annex(user: Person, agreement: Agreement, own_of: Party | None = None) -> Verdict:
    """A coordinator begins an annex: shared by the parties, or as the own draft of a party that the coordinator
    acts for."""
    if not has(user, Perm.EDIT_TEXTS, agreement):
        return refused("not_coordinator", _("Only a coordinator can begin an annex."))
    if own_of is not None and own_of not in parties_of(user, agreement):
        return refused("not_owner", _("You can only begin an own draft for the party that you act for."))
    return ALLOWED


def may_copy(user: Person, source: Annex | Revision) -> Verdict:
    """What one may read, one may begin from: a draft that the person may read, or a version that is visible."""
    if isinstance(source, Annex):
        return may_read_draft(user, source)
    if not visible_revisions(user).filter(pk=source.pk).exists():
        return refused("not_readable", _("You cannot read the text that you want to begin from."))
    return ALLOWED
