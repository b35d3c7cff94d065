"""Comments beside a text: those written on it, and the open ones that follow from earlier texts.

A comment follows to the next text where the passage still stands (documents.quotation says when it does); where it
does not, it is listed as lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from agreements.documents.outline import outline
from agreements.documents.places import places
from agreements.documents.quotation import Quotation, section_words
from agreements.documents.text import title
from agreements.models import Annex, Comment, Proposal, Revision
from agreements.policies.comment import may_answer, may_resolve, visible_comments
from agreements.selectors.annexes import Reading
from agreements.selectors.draft import draft_document

if TYPE_CHECKING:
    from agreements.documents.block_types import Document
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class CommentView:
    """A comment as it stands beside a text. ``is_lost``: its passage is not there any more; ``followed_from``:
    the number of the earlier version that it was written on, None for this text's own or the draft's.

    ``place`` is the id of the section in this text, "" for the whole text and where the section is gone; ``heading``
    is what it is called, or was when it was there; "" for one that has no heading. ``may_answer`` and ``may_resolve``
    tell what its reader may do.
    """

    comment: Comment
    is_lost: bool
    followed_from: int | None
    place: str = ""
    heading: str = ""
    may_answer: bool = False
    may_resolve: bool = False


class CommentedText:
    """A text in which comments look for the passages that they were written on."""

    def __init__(self, document: Document) -> None:
        self.words = section_words(document)
        self.headings = headings_of(document)
        self.order = {key: at for at, key in enumerate(self.words)}

    def view(self, comment: Comment, *, keeps_it: bool, followed_from: int | None) -> CommentView:
        """``comment`` beside this text; one that ``keeps_it`` was written on just this frozen text, and is not lost."""
        found = quotation_of(comment).place_in(self.words)
        place = comment.section_id if found is None else found
        is_lost = found is None and not keeps_it
        heading = self.headings.get(place, "")
        return CommentView(comment, is_lost, followed_from, place if place in self.words else "", heading)


@dataclass(frozen=True)
class DraftComments:
    """The open comments on a working text: by the id of the section that each stands in, or stood in when its passage
    is lost; ``elsewhere`` those about the whole text, and those whose section is gone."""

    by_section: dict[str, list[CommentView]] = field(default_factory=dict)
    elsewhere: list[CommentView] = field(default_factory=list)


def quotation_of(comment: Comment) -> Quotation:
    """What was commented on, for finding it again."""
    return Quotation(comment.section_id, comment.quote, comment.before, comment.after)


def headings_of(document: Document) -> dict[str, str]:
    """The headings with their numbers ("2.1 Brott") by their ids."""
    return {row.id: f"{row.number} {row.title}".strip() for row in outline(document)}


def comments_beside(user: User, reading: Reading) -> list[CommentView]:
    """What ``user`` sees beside ``reading``, in the text's order where that can be told; two queries, and two more when
    the section of a lost one has to be named."""
    revision = reading.revision
    own = Q(revision=revision) if revision else Q(revision=None)
    earlier = Q(revision__isnull=False, resolved_at=None)
    if revision is not None:
        earlier &= Q(revision__number__lt=revision.number)
    text = CommentedText(reading.document)
    views = [_view(row, reading.revision, text) for row in _threads(user, reading.annex).filter(own | earlier)]
    ordered = sorted(views, key=lambda view: (view.is_lost, text.order.get(view.place, 0)))
    return _for_reader(user, reading.annex, _with_old_headings(reading.annex, ordered))


def comments_in_draft(user: User, annex: Annex) -> DraftComments:
    """What ``user`` sees in the editor. One query where nothing waits; else those of a preview of the whole annex too,
    for a passage may have moved to any section."""
    rows = list(_threads(user, annex).filter(resolved_at=None))
    if not rows:
        return DraftComments()
    document = draft_document(annex)
    text = CommentedText(document)
    section_of = {place.block["id"]: place.section_id for place in places(document)}
    found = DraftComments()
    views = sorted((_view(row, None, text) for row in rows), key=lambda view: view.is_lost)
    for view in _for_reader(user, annex, _with_old_headings(annex, views)):
        section = section_of.get(view.place, view.place)
        (found.by_section.setdefault(section, []) if section else found.elsewhere).append(view)
    return found


def _threads(user: User, annex: Annex) -> QuerySet[Comment]:
    return (
        visible_comments(user)
        .filter(annex=annex, answer_to=None)
        .select_related("revision")
        .defer("revision__content", "revision__plain_text", "revision__ids")
        .prefetch_related(Prefetch("answers", Comment.objects.order_by("written_at")))
    )


def _view(comment: Comment, revision: Revision | None, text: CommentedText) -> CommentView:
    """``comment`` beside the text of ``revision``, or beside the draft's."""
    is_own = comment.revision_id == (revision.pk if revision else None)
    number = comment.revision.number if comment.revision and not is_own else None
    return text.view(comment, keeps_it=is_own and revision is not None, followed_from=number)


def _for_reader(user: User, annex: Annex, views: list[CommentView]) -> list[CommentView]:
    """``views`` of comments on ``annex`` with what ``user`` may do; no query for each."""
    for view in views:
        view.comment.annex = annex
    return [
        replace(
            view,
            may_answer=bool(may_answer(user, view.comment)),
            may_resolve=view.comment.resolved_at is None and bool(may_resolve(user, view.comment)),
        )
        for view in views
    ]


def _with_old_headings(annex: Annex, views: list[CommentView]) -> list[CommentView]:
    """Those whose section is gone with what it was called: in the version that they were written on, or in the
    draft, where it may have been left out."""
    gone = [view.comment for view in views if view.comment.section_id and not view.place]
    if not gone:
        return views
    versions = Revision.objects.filter(pk__in={one.revision_id for one in gone if one.revision_id})
    then = {version.pk: headings_of(version.document) for version in versions}
    left = {str(pk): title(heading) for pk, heading in annex.sections.values_list("pk", "heading")}
    return [view if view.place else replace(view, heading=_then(view.comment, then, left)) for view in views]


def _then(comment: Comment, versions: Mapping[int, Mapping[str, str]], left: Mapping[str, str]) -> str:
    """What the section was called where the comment was written: in its version, else in the draft (``left``)."""
    headings = versions.get(comment.revision_id, left) if comment.revision_id else left
    return headings.get(comment.section_id, "")


def comments_on(user: User, proposal: Proposal, document: Document) -> list[CommentView]:
    """What was written on the revision itself, the oldest first, for its decision page; two queries."""
    headings = headings_of(document)
    rows = proposal.revision.comments.filter(answer_to=None).prefetch_related(
        Prefetch("answers", Comment.objects.order_by("written_at"))
    )
    views = [
        CommentView(
            row, is_lost=False, followed_from=None, place=row.section_id, heading=headings.get(row.section_id, "")
        )
        for row in rows
    ]
    return _for_reader(user, proposal.annex, views)
