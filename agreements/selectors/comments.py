"""Comments beside a text: those written on it, and the open ones that follow from earlier texts.

A comment follows to the next text where the passage still stands; where it does not, it is listed as lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from agreements.documents.text import block_lines
from agreements.models import Comment
from agreements.policies.comment import visible_comments
from agreements.selectors.annexes import Reading

if TYPE_CHECKING:
    from agreements.documents.block_types import Document
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class CommentView:
    """A comment as it stands beside a text. ``is_lost``: its passage is not there any more; ``followed_from``:
    the number of the earlier version that it was written on, None for this text's own or the draft's."""

    comment: Comment
    is_lost: bool
    followed_from: int | None


def section_texts(document: Document) -> dict[str, str]:
    """The plain words of each section by the id of its heading; what stands before the first heading under ""."""
    texts: dict[str, list[str]] = {"": []}
    current = ""
    for block in document["blocks"]:
        if block["type"] == "heading":
            current = block["id"]
            texts.setdefault(current, [])
        texts[current] += block_lines(block, document["notes"])
    return {key: _folded(" ".join(lines)) for key, lines in texts.items()}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def still_stands(comment: Comment, texts: dict[str, str]) -> bool:
    """Whether what was commented on is in the text: the passage anywhere, or the section when there is none."""
    if comment.quote:
        quote = _folded(comment.quote)
        return any(quote in text for text in texts.values())
    return not comment.section_id or comment.section_id in texts


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
    texts = section_texts(reading.document)
    order = {key: at for at, key in enumerate(texts)}
    views = [_view(row, reading, texts) for row in rows]
    return sorted(views, key=lambda view: (view.is_lost, order.get(view.comment.section_id, 0)))


def _view(comment: Comment, reading: Reading, texts: dict[str, str]) -> CommentView:
    is_own = comment.revision_id == (reading.revision.pk if reading.revision else None)
    number = comment.revision.number if comment.revision and not is_own else None
    return CommentView(comment, not still_stands(comment, texts), number)
