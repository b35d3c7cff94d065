"""Who may read, write and resolve comments."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex, Comment
from agreements.permissions import Perm
from agreements.policies.annex import may_edit, may_read_draft, own_party_ids, readable_drafts
from agreements.rights import Person, agreements_with, has
from samverkan.verdict import ALLOWED, Verdict, refused


def visible_comments(user: Person) -> QuerySet[Comment]:
    """Comments on frozen texts for those who take part; on a draft for those who read it; those written in a
    party's own draft only for that party, also after the draft was shared."""
    return Comment.objects.filter(
        Q(revision__isnull=False, annex__agreement__in=agreements_with(user, Perm.READ_PROPOSED))
        | Q(revision__isnull=True, annex__in=readable_drafts(user).values("pk"))
    ).filter(Q(own_of__isnull=True) | Q(own_of__in=own_party_ids(user)))


def may_comment(user: Person, annex: Annex) -> Verdict:
    """Whoever takes part in the agreement comments on what has been submitted."""
    if not has(user, Perm.COMMENT, annex):
        return refused(
            "not_taking_part", annex.agreement.say(_("Only those who take part in %(the_agreement)s can comment."))
        )
    return ALLOWED


def may_comment_draft(user: Person, annex: Annex) -> Verdict:
    """Whoever takes part and reads the draft comments on it; a registrar reads it and leaves no word in it."""
    if not (verdict := may_read_draft(user, annex)):
        return verdict
    return may_comment(user, annex)


def may_answer(user: Person, comment: Comment) -> Verdict:
    """Whoever may comment on the text that ``comment`` was written on."""
    return may_comment(user, comment.annex) if comment.revision_id else may_comment_draft(user, comment.annex)


def may_resolve(user: Person, comment: Comment) -> Verdict:
    """The one who wrote it, and whoever edits the annex."""
    if comment.written_by_id is not None and comment.written_by_id == user.pk:
        return ALLOWED
    return may_edit(user, comment.annex)
