"""Comments, questions and answers: what was written stays in the portal."""

from agreements.models import Comment
from agreements.signals import comment_written
from agreements.states import ProposalStatus
from communication.models import Delivery
from communication.states import Channel, NoticeEvent
from samverkan.accounts.models import User
from tests.communication.conftest import titles, told
from tests.factories import World, proposal_at


def _write(world: World, by: User | None, **facts: object) -> Comment:
    given = {"annex": world.picture, "text": "Stämmer siffran i tabellen?", "written_by": by}
    comment = Comment.objects.create(**(given | facts))
    comment_written.send(Comment, comment=comment, by=by)
    return comment


def test_a_comment_on_the_working_text_is_told_to_its_writers_in_the_portal_alone(world: World) -> None:
    _write(world, world.preparer)

    assert told(event=NoticeEvent.COMMENT) == {"Samordnare kommun", "Samordnare polis"}
    assert set(Delivery.objects.values_list("channel", flat=True)) == {Channel.PORTAL}
    assert titles() == {f"Det finns en ny kommentar till {world.picture}"}


def test_a_comment_in_a_partys_own_draft_is_told_to_that_party_alone(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    _write(world, world.preparer, own_of=world.kommun)

    assert told() == {"Samordnare kommun"}


def test_a_question_before_the_decision_reaches_those_who_prepared(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    _write(world, world.anna, revision=proposal.revision, is_question=True)

    assert told(event=NoticeEvent.QUESTION) == {
        "Samordnare kommun", "Samordnare polis", "Beredare kommun", "Beredare polis",
    }  # fmt: skip
    assert titles(event=NoticeEvent.QUESTION) == {f"En fråga har ställts om {proposal.revision}"}


def test_an_answer_reaches_those_who_wrote_in_the_thread_but_not_who_answers(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    question = _write(world, world.anna, revision=proposal.revision, is_question=True)
    _write(world, world.preparer, revision=proposal.revision, answer_to=question)
    assert told(event=NoticeEvent.ANSWER) == {"Anna"}

    _write(world, world.coordinator, revision=proposal.revision, answer_to=question)
    assert told(event=NoticeEvent.ANSWER) == {"Anna", "Beredare kommun"}


def test_an_answer_is_not_told_to_somebody_who_may_no_longer_see_the_text(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    question = _write(world, world.anna, revision=proposal.revision, is_question=True)
    world.anna.memberships.all().update(starts_on="2020-01-01", ends_on="2020-12-31")
    _write(world, world.preparer, revision=proposal.revision, answer_to=question)

    assert told(event=NoticeEvent.ANSWER) == set()


def test_what_was_written_stands_in_no_title(world: World) -> None:
    _write(world, world.preparer, quote="Under året anmäldes", text="Hemligt stycke")

    assert not any("Hemligt" in title or "anmäldes" in title for title in titles())
