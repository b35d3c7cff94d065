"""Comments, questions and answers: what was written stays in the portal."""

from datetime import timedelta

import pytest

from agreements.models import Comment, Proposal
from agreements.rights import today
from agreements.signals import comment_written
from agreements.states import ProposalStatus
from agreements.workflow.comment import answer, ask, comment_on
from communication.models import Delivery, Notice
from communication.states import Channel, NoticeEvent
from tests.communication.conftest import titles, told
from tests.factories import World, proposal_at


@pytest.fixture
def proposal(world: World) -> Proposal:
    return proposal_at(world, ProposalStatus.PROPOSED)


def test_a_comment_on_the_working_text_is_told_to_its_writers_in_the_portal_alone(world: World) -> None:
    comment = comment_on(world.picture, text="Stämmer siffran?", by=world.preparer)

    assert told(event=NoticeEvent.COMMENT) == {"Samordnare kommun", "Samordnare polis"}
    assert set(Delivery.objects.values_list("channel", flat=True)) == {Channel.PORTAL}
    assert titles() == {f"Det finns en ny kommentar till {world.picture}"}
    assert set(Notice.objects.values_list("path", flat=True)) == {
        f"{world.picture.get_absolute_url()}utkast/#comment-{comment.pk}"
    }


def test_a_comment_in_a_partys_own_draft_is_told_to_that_party_alone(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    comment_on(world.picture, text="Stämmer siffran?", by=world.preparer)

    assert told() == {"Samordnare kommun"}


def test_a_comment_taken_in_from_a_file_was_written_by_nobody_here(world: World) -> None:
    comment = Comment.objects.create(annex=world.picture, text="Från Word", author_name="Okänd")
    comment_written.send(Comment, comment=comment, by=None)

    assert told() == {"Samordnare kommun", "Samordnare polis"}


def test_a_question_before_the_decision_reaches_those_who_prepared(world: World, proposal: Proposal) -> None:
    question = ask(proposal, text="Vad kostar det?", by=world.anna)

    assert told(event=NoticeEvent.QUESTION) == {
        "Samordnare kommun", "Samordnare polis", "Beredare kommun", "Beredare polis",
    }  # fmt: skip
    assert titles(event=NoticeEvent.QUESTION) == {f"En fråga har ställts om {proposal.revision}"}
    assert set(Notice.objects.filter(event=NoticeEvent.QUESTION).values_list("path", flat=True)) == {
        f"{proposal.get_absolute_url()}#comment-{question.pk}"
    }


def test_an_answer_reaches_those_who_wrote_in_the_thread_but_not_who_answers(world: World, proposal: Proposal) -> None:
    question = ask(proposal, text="Vad kostar det?", by=world.anna)
    answer(question, text="Inget.", by=world.preparer)
    assert told(event=NoticeEvent.ANSWER) == {"Anna"}

    answer(question, text="Inom ram.", by=world.coordinator)
    assert told(event=NoticeEvent.ANSWER) == {"Anna", "Beredare kommun"}


def test_an_answer_is_not_told_to_somebody_who_may_no_longer_see_the_text(world: World, proposal: Proposal) -> None:
    question = ask(proposal, text="Vad kostar det?", by=world.anna)
    world.anna.memberships.all().update(ends_on=today() - timedelta(days=1))
    answer(question, text="Inget.", by=world.preparer)

    assert told(event=NoticeEvent.ANSWER) == set()


def test_what_was_written_stands_in_no_title(world: World, proposal: Proposal) -> None:
    question = ask(proposal, text="Hemlig fråga", by=world.anna)
    answer(question, text="Hemligt svar", by=world.preparer)
    comment_on(proposal.revision, text="Hemlig anmärkning", quote="Parterna arbetar", by=world.bo)

    assert Notice.objects.filter(event__in=["question", "answer", "comment"]).count() > 2
    assert [title for title in titles() if "Hemlig" in title or "Parterna" in title] == []
