"""Comments beside a text: those written on it, and the open ones that follow from earlier texts.

A comment follows to the next text where the passage still stands (documents.quotation says when it does); where it
does not, it is listed as lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from agreements.documents.quotation import Quotation, Words, section_words
from agreements.models import Comment
from agreements.policies.comment import visible_comments
from agreements.selectors.annexes import Reading

if TYPE_CHECKING:
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class CommentView:
    """A comment as it stands beside a text. ``is_lost``: its passage is not there any more; ``followed_from``:
    the number of the earlier version that it was written on, None for this text's own or the draft's."""

    comment: Comment
    is_lost: bool
    followed_from: int | None


def quotation_of(comment: Comment) -> Quotation:
    """What was commented on, for finding it again."""
    return Quotation(comment.section_id, comment.quote, comment.before, comment.after)


def comments_beside(user: User, reading: Reading) -> list[CommentView]:
    """What ``user`` sees beside ``reading``, in the text's order where that can be told; three queries."""
    revision = reading.revision
    own = Q(revision=revision) if revision else Q(revision=None)
    earlier = Q(revision__isnull=False, resolved_at=None)
    if revision is not None:
        earlier &= Q(revision__number__lt=revision.number)
    rows = (
        visible_comments(user)
        .filter(annex=reading.annex, answer_to=None)
        .filter(own | earlier)
        .select_related("revision", "written_by")
        .prefetch_related(Prefetch("answers", Comment.objects.order_by("written_at")))
    )
    texts = section_words(reading.document)
    order = {key: at for at, key in enumerate(texts)}
    placed = [_placed(row, reading, texts) for row in rows]
    return [view for _place, view in sorted(placed, key=lambda one: (one[1].is_lost, order.get(one[0] or "", 0)))]


def _placed(comment: Comment, reading: Reading, texts: Mapping[str, Words]) -> tuple[str | None, CommentView]:
    """The section that the comment stands beside, None where it is lost. A frozen text keeps its own comments."""
    is_own = comment.revision_id == (reading.revision.pk if reading.revision else None)
    number = comment.revision.number if comment.revision and not is_own else None
    place = quotation_of(comment).place_in(texts)
    is_lost = place is None and not (is_own and reading.revision is not None)
    return comment.section_id if place is None else place, CommentView(comment, is_lost, number)
