from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.models import Proposal, Task
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.waiting import waiting_for
from agreements.selectors.worklist import next_known_date, worklist
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.comment import answer, ask, resolve
from agreements.workflow.ending import confirm_ending
from agreements.workflow.registration import confirm_signed, register_signed
from agreements.workflow.removal import reject_removal
from agreements.workflow.revision import submit as submit_annex
from agreements.workflow.revision import submit_matter
from agreements.workflow.signing import SignatoryFacts, open_manifest
from samverkan.accounts.models import User
from tests.factories import World, answered, decide, entered_ending, make_user, make_world, proposal_at, submit
from tests.factories.agreements import seat_in
from tests.factories.removals import ask as ask_for_removal
from tests.factories.removals import name_somebody

S = ProposalStatus
EVERYBODY = (
    "anna pia bo cia nils coordinator police_coordinator preparer police_preparer member communicator signatory "
    "police_signatory registrar reader"
).split()


def with_work(world: World) -> set[str]:
    """The people of the cast for whom something waits."""
    for name in EVERYBODY:
        forget(getattr(world, name))
    return {name for name in EVERYBODY if worklist(getattr(world, name))}


@pytest.mark.parametrize(
    ("status", "people"),
    [
        (S.IN_PREPARATION, {"preparer", "police_preparer"}),
        (S.PROPOSED, {"anna", "pia", "member"}),
        (S.REFERRED_BACK, {"coordinator", "police_coordinator"}),
        (S.AWAITING_SIGNATURES, {"coordinator", "police_coordinator"}),
        (S.REJECTED, {"coordinator", "police_coordinator"}),
        (S.WITHDRAWN, set()),
        (S.DECIDED, set()),
    ],
)
def test_it_waits_for_those_whose_turn_it_is(world: World, status: ProposalStatus, people: set[str]) -> None:
    proposal_at(world, status)

    assert with_work(world) == people


def test_each_row_leads_to_the_very_place(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    (item,) = worklist(world.anna)

    assert item.url == proposal.get_absolute_url()
    assert str(proposal.revision) in str(item.what)


def test_what_a_party_has_forwarded_or_assented_to_no_longer_waits_for_it(world: World) -> None:
    proposal = submit(world)
    moves.forward(proposal, by=world.preparer)
    assert with_work(world) == {"police_preparer"}

    moves.forward(proposal, by=world.police_preparer)
    moves.give_assent(proposal, by=world.anna)
    assert with_work(world) == {"pia", "member"}


def test_who_prepares_for_two_parties_has_to_say_the_word_that_a_colleague_did_not(world: World) -> None:
    both = make_user("Beredare två")
    for party in (world.kommun, world.polis):
        seat_in(world.agreement, Role.PREPARATORY, both, party)
    proposal = submit(world)

    moves.forward(proposal, by=world.preparer)
    assert len(worklist(both)) == 1

    other = submit(world, "3a")
    moves.forward(other, by=both)
    assert [item.url for item in worklist(both)] == [proposal.get_absolute_url()]


def test_a_member_without_a_voice_is_invited_and_never_late(world: World) -> None:
    late, soon = today() - timedelta(days=3), today() + timedelta(days=3)
    proposal = proposal_at(world, S.PROPOSED)
    Proposal.objects.filter(pk=proposal.pk).update(answer_wanted_by=late)

    assert [item.is_overdue for item in worklist(world.anna)] == [True]
    (item,) = worklist(world.member)
    assert (item.url, item.due, item.is_overdue) == (proposal.get_absolute_url(), None, False)
    assert "om du vill" in str(item.what)

    Proposal.objects.filter(pk=proposal.pk).update(answer_wanted_by=soon)
    assert [item.due for item in worklist(world.member)] == [soon]

    moves.give_opinion(proposal, by=world.member, stance="support")
    assert worklist(world.member) == []


def test_those_who_write_a_plan_see_what_a_decision_asks_of_it(world: World) -> None:
    for number in ("1", "3a"):
        decision = decide(world, number)
    for annex in (world.plan, world.communication, None):
        Task.objects.create(agreement=world.agreement, annex=annex, kind=Task.Kind.FOLLOW_UP, decision=decision)

    assert [item.url for item in worklist(world.bo)] == [world.plan.get_absolute_url()]
    assert [item.url for item in worklist(world.communicator)] == [world.communication.get_absolute_url()]
    assert len(worklist(world.coordinator)) == 3
    assert with_work(world) == {"bo", "communicator", "coordinator", "police_coordinator"}


def test_nothing_is_due_when_the_next_version_is_already_decided(world: World) -> None:
    world.agreement.review_months = world.agreement.situational_picture_months = 1
    world.agreement.save()
    decide(world)
    assert with_work(world) == {"coordinator", "police_coordinator"}

    decide(world, effective_from=today() + timedelta(days=40))
    assert [item for item in worklist(world.coordinator) if item.due] == []


def _enter(proposal: Proposal, *, by: User) -> None:
    moves.enter_decision(proposal, by=by, decided_on=today(), effective_from=today(), resolution="Fastställs.")


def test_an_entered_decision_waits_for_the_other_party(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    _enter(proposal, by=world.coordinator)

    assert with_work(world) == {"pia", "police_coordinator"}


def test_what_the_other_party_enters_after_disputing_ones_own_waits_too(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    _enter(proposal, by=world.coordinator)
    moves.dispute_entry(proposal, by=world.police_coordinator, reason="Inte så.")

    _enter(proposal, by=world.police_coordinator)

    assert with_work(world) == {"anna", "coordinator"}


def test_the_parts_of_a_matter_are_one_row(world: World) -> None:
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)], title="Vårens revidering", by=world.coordinator
    )

    (item,) = worklist(world.preparer)

    assert item.url == matter.get_absolute_url()
    assert "Vårens revidering" in str(item.what)


def test_a_question_waits_for_the_one_who_submitted(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    ask(proposal, text="Vad kostar det?", by=world.member)

    assert [item.detail for item in worklist(world.coordinator)] == ["Vad kostar det?"]
    assert not worklist(world.police_coordinator)


def test_a_question_to_somebody_who_has_left_waits_for_the_partys_other_coordinators(world: World) -> None:
    colleague = make_user("Kollega kommun")
    seat_in(world.agreement, Role.COORDINATOR, colleague, world.kommun)
    ask(proposal_at(world, S.PROPOSED), text="Vad kostar det?", by=world.member)
    assert not worklist(colleague)

    User.objects.filter(pk=world.coordinator.pk).update(is_active=False)

    assert [item.detail for item in worklist(colleague)] == ["Vad kostar det?"]
    assert not worklist(world.police_coordinator)


def test_a_signing_waits_for_signatories_and_coordinators(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    assert with_work(world) == {"signatory", "police_signatory", "coordinator", "police_coordinator"}


def test_a_signing_waits_to_be_prepared_and_then_to_be_filled_in(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)

    (item,) = worklist(world.coordinator)
    assert item.url == reverse("agreements:manifest_create", args=[world.agreement.slug])

    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    assert [item.url for item in worklist(world.coordinator)] == [manifest.get_absolute_url()]


def test_a_registered_signing_waits_for_a_coordinator_of_the_other_party(world: World) -> None:
    parties = (world.kommun, world.polis)
    signatures = [(SignatoryFacts(party, "Chefen", "Chef"), today(), "Norrvik") for party in parties]
    manifest = register_signed(
        world.agreement, [world.text], signatures=signatures, effective_from=today(), by=world.coordinator
    )

    assert with_work(world) == {"police_coordinator"}
    assert [item.url for item in worklist(world.police_coordinator)] == [manifest.get_absolute_url()]


def test_what_is_due_soon_waits_for_the_coordinators(world: World) -> None:
    world.agreement.review_months = 1
    world.agreement.save()
    decide(world)

    assert with_work(world) == {"coordinator", "police_coordinator"}


def test_dated_things_come_first_soonest_first(world: World) -> None:
    late, soon = today() + timedelta(days=20), today() + timedelta(days=3)
    submit_matter([answered(world.picture)], title="A", by=world.coordinator, answer_wanted_by=late)
    submit_matter([answered(world.plan)], title="B", by=world.coordinator, answer_wanted_by=soon)
    submit(world, "4")

    assert [item.due for item in worklist(world.preparer)] == [soon, late, None]


def test_the_submitter_waits_for_the_others(world: World) -> None:
    submit(world)

    (row,) = waiting_for(world.coordinator)

    assert "beredningsgruppen" in str(row.with_whom) or "preparatory" in str(row.with_whom)
    assert not waiting_for(world.member)


def waited_for(user: User) -> list[tuple[str, str]]:
    """What ``user`` waits for, and with whom it is."""
    forget(user)
    return [(row.what, str(row.with_whom)) for row in waiting_for(user)]


def test_a_meetings_decision_that_was_entered_waits_for_the_others_and_not_for_the_group(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    assert waited_for(world.coordinator) == [(str(proposal.revision), "styrgruppen")]

    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Bifall."
    )
    assert waited_for(world.coordinator) == [(str(proposal.revision), "de andra parterna")]


def test_who_has_entered_an_end_waits_for_the_others(world: World) -> None:
    ending = entered_ending(world, "1", today())

    assert waited_for(world.coordinator) == [(str(ending), "de andra parterna")]
    assert waited_for(world.police_coordinator) == waited_for(world.cia) == []
    confirm_ending(ending, by=world.police_coordinator)
    assert waited_for(world.coordinator) == []


def test_who_has_registered_a_signing_waits_for_the_others_and_not_for_signatories(world: World) -> None:
    day = today() - timedelta(days=9)
    signatures = [(SignatoryFacts(party, "Kim Ek", "Chef"), day, "Prov") for party in (world.kommun, world.polis)]
    manifest = register_signed(
        world.agreement, [world.text, world.picture], signatures=signatures, effective_from=day, by=world.coordinator
    )

    assert waited_for(world.coordinator) == [(f"{manifest}, {world.agreement}", "de andra parterna")]
    assert waited_for(world.police_coordinator) == []
    confirm_signed(manifest, by=world.police_coordinator)
    assert waited_for(world.coordinator) == []


def test_who_has_forwarded_waits_for_the_other_party(world: World) -> None:
    proposal = submit(world)
    assert waited_for(world.preparer) == waited_for(world.police_preparer) == []

    moves.forward(proposal, by=world.preparer)
    assert waited_for(world.preparer) == [(str(proposal.revision), "de andra parterna")]
    assert waiting_for(world.preparer)[0].since == proposal.moves.get(verb="forward").moved_at
    assert waited_for(world.police_preparer) == waited_for(world.cia) == []

    moves.forward(proposal, by=world.police_preparer)
    assert waited_for(world.preparer) == []


def test_who_has_both_submitted_and_forwarded_waits_once(world: World) -> None:
    seat_in(world.agreement, Role.PREPARATORY, world.coordinator, world.kommun)
    forget(world.coordinator)
    proposal = submit(world)
    assert waited_for(world.coordinator) == [(str(proposal.revision), "beredningsgruppen")]

    moves.forward(proposal, by=world.coordinator)
    assert waited_for(world.coordinator) == [(str(proposal.revision), "de andra parterna")]


def test_the_parts_of_a_matter_that_are_with_the_same_people_are_one_row(world: World) -> None:
    matter = submit_matter(
        [answered(world.annexes[number]) for number in ("4", "1", "3a")], title="Vårens revidering",
        by=world.coordinator,
    )  # fmt: skip
    assert waited_for(world.coordinator) == [("Vårens revidering: Bilaga 1, Bilaga 3a, Bilaga 4", "beredningsgruppen")]
    assert [row.url for row in waiting_for(world.coordinator)] == [matter.get_absolute_url()]

    part = matter.proposals.get(annex=world.plan)
    moves.forward(part, by=world.preparer)
    assert waited_for(world.preparer) == [(str(part.revision), "de andra parterna")]
    moves.forward(part, by=world.police_preparer)
    assert waited_for(world.coordinator) == [
        ("Vårens revidering: Bilaga 1, Bilaga 4", "beredningsgruppen"), (str(part.revision), "styrgruppen"),
    ]  # fmt: skip


def test_who_has_asked_waits_for_the_one_who_submitted_until_there_is_an_answer(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    first = ask(proposal, text="Vad kostar det?", by=world.member)
    second = ask(proposal, text="När?", by=world.member)
    ask(proposal, text="Frågade jag mig själv.", by=world.coordinator)

    asked = ("Din fråga om " + str(world.picture), str(world.coordinator))
    assert waited_for(world.member) == [asked, asked]
    assert waited_for(world.anna) == waited_for(world.cia) == []
    assert [what for what, _whom in waited_for(world.coordinator)] == [str(proposal.revision)]
    assert waiting_for(world.member)[0].url == f"{proposal.get_absolute_url()}#comment-{first.pk}"

    answer(first, text="Ingenting.", by=world.coordinator)
    assert waited_for(world.member) == [asked]
    resolve(second, by=world.member)
    assert waited_for(world.member) == []


def test_who_has_asked_for_a_removal_waits_for_the_other_party(world: World) -> None:
    name_somebody(world)
    removal = ask_for_removal(world, decide(world).revision)

    waits = [(str(removal), "de andra parterna")]
    assert waited_for(world.registrar) == waited_for(world.coordinator) == waits
    assert waited_for(world.police_coordinator) == waited_for(world.cia) == waited_for(world.anna) == []
    assert removal.get_absolute_url() in [item.url for item in worklist(world.police_coordinator)]

    reject_removal(removal, reason="Nej.", by=world.police_coordinator)
    assert waited_for(world.registrar) == []


def test_with_nothing_to_do_the_next_known_date_is_told(world: World) -> None:
    group = world.agreement.governing_groups.get(kind="steering")
    group.next_meeting_on = today() + timedelta(days=9)
    group.save()

    found = next_known_date(world.member)

    assert found is not None
    assert found[0] == group.next_meeting_on


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    worlds = [make_world() for _time in range(number)]
    busy: User = worlds[0].anna
    for world in worlds:
        proposal_at(world, S.PROPOSED)
        if world is not worlds[0]:
            seat_in(world.agreement, Role.STEERING, busy, world.kommun)
            seat_in(world.agreement, Role.COORDINATOR, busy, world.kommun)
    seat_in(worlds[0].agreement, Role.COORDINATOR, busy, worlds[0].kommun)
    forget(busy)

    with django_assert_max_num_queries(21):
        worklist(busy)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_what_one_waits_for_takes_the_same_queries_however_much_it_is(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worlds = [make_world() for _time in range(number)]
    busy: User = worlds[0].coordinator
    for world in worlds:
        for role in (Role.COORDINATOR, Role.PREPARATORY):
            seat_in(world.agreement, role, busy, world.kommun)
        forget(busy)
        name_somebody(world, "4")
        ask_for_removal(world, decide(world, "4").revision)
        moves.forward(submit(world), by=busy)
        other = submit_annex(answered(world.plan), by=world.police_coordinator)
        ask(other, text="Vad kostar det?", by=busy)
    forget(busy)

    with django_assert_num_queries(9):
        found = waiting_for(busy)
    assert len(found) == 3 * number
