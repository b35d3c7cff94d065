"""Comments on a passage of a frozen text or a section of the working text; answered and resolved."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.documents.quotation import whole_words
from agreements.models import Annex, Comment, Proposal, Revision
from agreements.policies.comment import may_answer, may_comment, may_comment_draft, may_resolve
from agreements.signals import comment_written
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, demand, refused


def _require_text(text: str) -> str:
    if not text.strip():
        raise TransitionRefused(refused("text_missing", _("Write something first.")))
    return text.strip()


@transaction.atomic
def comment_on(
    target: Revision | Annex,
    *,
    text: str,
    by: User,
    section_id: str = "",
    quote: str = "",
    before: str = "",
    after: str = "",
) -> Comment:
    """Comment on a passage (``quote`` with what stands on either side of it, half words made whole) or a section
    of a frozen text, or of the working text when ``target`` is the annex. In an own draft the comment is its
    party's alone."""
    annex = target if isinstance(target, Annex) else target.annex
    revision = target if isinstance(target, Revision) else None
    demand(may_comment(by, annex) if revision else may_comment_draft(by, annex))
    before, quote, after = whole_words(before, quote, after)
    comment = Comment.objects.create(
        annex=annex,
        revision=revision,
        section_id=section_id,
        quote=quote,
        before=before[-80:],
        after=after[:80],
        text=_require_text(text),
        own_of=annex.draft_party if revision is None else None,
        written_by=by,
        author_name=str(by),
    )
    comment_written.send(Comment, comment=comment, by=by)
    return comment


@transaction.atomic
def ask(proposal: Proposal, *, text: str, by: User) -> Comment:
    """Ask those who prepared the text before deciding ("Fråga först"). Everybody who takes part reads it."""
    demand(may_comment(by, proposal.annex))
    comment = Comment.objects.create(
        annex=proposal.annex, revision=proposal.revision, text=_require_text(text), is_question=True, written_by=by,
        author_name=str(by),
    )  # fmt: skip
    comment_written.send(Comment, comment=comment, by=by)
    return comment


@transaction.atomic
def answer(comment: Comment, *, text: str, by: User) -> Comment:
    """Answer a comment or question; answers hang on the first comment."""
    demand(may_answer(by, comment))
    reply = Comment.objects.create(
        annex=comment.annex, revision=comment.revision, answer_to=comment.answer_to or comment,
        section_id=comment.section_id, text=_require_text(text), own_of=comment.own_of, written_by=by,
        author_name=str(by),
    )  # fmt: skip
    comment_written.send(Comment, comment=reply, by=by)
    return reply


@transaction.atomic
def resolve(comment: Comment, *, by: User) -> Comment:
    """Say that a comment has been dealt with; again changes nothing."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("annex__agreement").get(pk=comment.pk)
    demand(may_resolve(by, comment))
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment
