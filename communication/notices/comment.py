"""Somebody wrote a comment, asked a question before the decision, or answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Comment
from agreements.permissions import Role
from agreements.policies.comment import visible_comments
from communication.notices.base import About, Announcement, Recipient
from communication.states import Channel, NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Membership, Proposal
    from samverkan.accounts.models import User


class CommentAnnouncement(Announcement):
    """What was written stays in the portal, always: the subject only names the text."""

    def __init__(self, comment: Comment, *, by: User | None) -> None:
        self.comment = comment
        self.proposal: Proposal | None = getattr(comment.revision, "proposal", None)
        annex = comment.annex
        super().__init__(About(annex.agreement, annex=annex, revision=comment.revision, proposal=self.proposal), by=by)

    def text(self) -> str:
        return str(self.comment.revision or self.comment.annex)

    def path(self) -> str:
        """The comment where it stands: on the proposal's page, on the version's, or on the draft's."""
        annex, revision = self.comment.annex, self.comment.revision
        if self.proposal is not None and self.proposal.is_on_its_way:
            page = self.proposal.get_absolute_url()
        elif revision is not None:
            page = revision.get_absolute_url()
        else:
            page = reverse("agreements:annex_draft", args=[annex.agreement.slug, annex.number])
        return f"{page}#comment-{self.comment.pk}"

    def may_see(self, user: User) -> bool:
        return visible_comments(user).filter(pk=self.comment.pk).exists()

    def preparers(self) -> list[Membership]:
        return [*self.circle.holding(Role.COORDINATOR), *self.circle.writers(self.comment.annex)]


class Question(CommentAnnouncement):
    """Asked before the decision: to the one who submitted, coordinators, writers and the preparatory group."""

    event = NoticeEvent.QUESTION

    def subject(self) -> str:
        return _("A question has been asked about %(text)s") % {"text": self.text()}

    def also(self) -> Iterable[Recipient]:
        if self.proposal is None:
            return ()
        return [Recipient.person(self.proposal.submitted_by, _("You submitted it."))]

    def people(self) -> list[Membership]:
        return [*self.preparers(), *self.circle.holding(Role.PREPARATORY)]


class Answer(CommentAnnouncement):
    """To everybody who has written in the same thread."""

    event = NoticeEvent.ANSWER

    def subject(self) -> str:
        return _("There is an answer to what you wrote about %(text)s") % {"text": self.text()}

    def also(self) -> Iterable[Recipient]:
        first = self.comment.answer_to
        assert first is not None  # noqa: S101 -- announcement_of has seen to it
        others = first.answers.filter(written_by__isnull=False).select_related("written_by")
        for written in [first, *others]:
            if written.written_by is not None:
                yield Recipient.person(written.written_by, _("You took part in the conversation."))

    def people(self) -> list[Membership]:
        return []


class Remark(CommentAnnouncement):
    """A comment: to those who write the text, in the portal alone. A letter for each would be read by nobody."""

    event = NoticeEvent.COMMENT
    channels = (Channel.PORTAL,)

    def subject(self) -> str:
        return _("There is a new comment on %(text)s") % {"text": self.text()}

    def people(self) -> list[Membership]:
        return self.preparers()


def announcement_of(comment: Comment, *, by: User | None) -> CommentAnnouncement:
    """The announcement that fits ``comment``."""
    if comment.answer_to_id is not None:
        return Answer(comment, by=by)
    return Question(comment, by=by) if comment.is_question else Remark(comment, by=by)
