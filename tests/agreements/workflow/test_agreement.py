"""On what an agreement rests, and parties that join later."""

import pytest
from django.db import IntegrityError

from agreements.models import Agreement, Move, Participant, Task
from agreements.permissions import Perm, Role
from agreements.policies.annex import may_edit
from agreements.policies.proposal import parties_missing
from agreements.rights import forget, has, today
from agreements.selectors.annexes import reading_for
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow.agreement import PartyFacts, add_party, change_agreement
from agreements.workflow.proposal import withdraw
from agreements.workflow.revision import submit as submit_annex
from agreements.workflow.signing import give_up, open_manifest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.agreements.models.test_truths import sql
from tests.factories import World, decide, make_organisation, make_user, make_world, proposal_at, submit
from tests.factories.agreements import make_annex, seat_in
from tests.factories.proposals import answered


def city(reader: User) -> World:
    """An overarching agreement with a text in force that ``reader`` may read, and somebody in its central group."""
    above = make_world(level="overarching", fixing_rules={AnnexKind.AGREEMENT_TEXT: FixedBy.DECISION})
    seat_in(above.agreement, Role.READER, reader)
    forget(reader)
    central = above.agreement.governing_groups.get(kind="central_preparatory")
    seat_in(above.agreement, Role.CENTRAL, above.nils, group=central)
    decide(above, "0")
    return above


def rest_on(world: World, parent: Agreement | None, by: User | None = None) -> Agreement:
    return change_agreement(world.agreement, {"parent": parent}, reason="Ny ram", by=by or world.coordinator)


def refusal_of(world: World, parent: Agreement | None, by: User | None = None) -> str:
    with pytest.raises(TransitionRefused) as refusal:
        rest_on(world, parent, by)
    return refusal.value.verdict.code


def test_an_agreement_comes_to_rest_on_an_overarching_one_and_follows_it(world: World) -> None:
    above = city(world.coordinator)
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")

    agreement = rest_on(world, above.agreement)

    line = agreement.history.first()
    assert (line.parent, line.history_user, line.history_change_reason) == (
        above.agreement,
        world.coordinator,
        "Ny ram",
    )
    annex.refresh_from_db()
    reading = reading_for(world.reader, annex, today())
    assert reading is not None
    assert reading.revision == above.text.revisions.get()
    assert may_edit(world.coordinator, annex).code == "follows_parent"
    task = Task.objects.get(agreement=agreement)
    assert (task.kind, task.annex, task.decision) == ("parent_changed", annex, above.text.decisions.get())
    forget(above.nils)
    assert has(above.nils, Perm.READ_IN_FORCE, agreement), "the central group above reads what is in force"


def test_another_parent_takes_the_place_of_the_first(world: World) -> None:
    first, second = city(world.coordinator), city(world.coordinator)
    make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    rest_on(world, first.agreement)

    rest_on(world, second.agreement)

    open_tasks = Task.objects.filter(agreement=world.agreement, done_at=None)
    assert [task.decision for task in open_tasks] == [second.text.decisions.get()]
    done = Task.objects.get(agreement=world.agreement, done_at__isnull=False)
    assert (done.decision, done.done_by) == (first.text.decisions.get(), world.coordinator)
    for person in (first.nils, second.nils):
        forget(person)
    assert not has(first.nils, Perm.READ_IN_FORCE, world.agreement)
    assert has(second.nils, Perm.READ_IN_FORCE, world.agreement)

    rest_on(world, None)
    forget(second.nils)
    assert not has(second.nils, Perm.READ_IN_FORCE, world.agreement)


def test_an_agreement_rests_on_nothing_else(world: World) -> None:
    above, unknown = city(world.coordinator), make_world(level="overarching")
    seat_in(world.other, Role.READER, world.coordinator)
    seat_in(above.agreement, Role.COORDINATOR, world.coordinator, above.kommun)
    forget(world.coordinator)

    assert refusal_of(world, unknown.agreement) == "not_above", "one that I cannot read"
    assert refusal_of(world, world.other) == "not_above", "a local one"
    assert refusal_of(world, world.agreement) == "not_above", "itself"
    assert refusal_of(above, world.agreement, by=world.coordinator) == "overarching"
    assert refusal_of(world, above.agreement, by=world.anna) == "not_coordinator"
    assert Agreement.objects.get(pk=world.agreement.pk).parent is None
    with pytest.raises(IntegrityError):
        sql("UPDATE agreements_agreement SET parent_id = %s WHERE id = %s", world.other.pk, world.agreement.pk)


def test_when_something_has_been_decided_it_comes_to_rest_where_it_rested_on_nothing(world: World) -> None:
    first, second = city(world.coordinator), city(world.coordinator)
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    decide(world, "1")

    assert rest_on(world, first.agreement).parent == first.agreement

    assert (refusal_of(world, second.agreement), refusal_of(world, None)) == ("decided", "decided")
    assert Agreement.objects.get(pk=world.agreement.pk).parent == first.agreement
    [task] = Task.objects.filter(annex=annex, done_at=None)
    assert task.decision == first.text.decisions.get()
    forget(first.nils)
    assert has(first.nils, Perm.READ_IN_FORCE, world.agreement), "nobody has been seen out"
    assert change_agreement(
        world.agreement, {"parent": first.agreement, "title": "Ny"}, reason="Namn", by=world.coordinator
    )


def test_the_database_refuses_another_parent_of_what_has_been_decided(world: World) -> None:
    first, second = city(world.coordinator).agreement, city(world.coordinator).agreement
    change = "UPDATE agreements_agreement SET parent_id = %s WHERE id = %s"
    decide(world, "1")
    for parent in (first.pk, second.pk, None):
        sql(change, parent, world.other.pk)  # nothing has been decided there
    sql(change, first.pk, world.agreement.pk)

    for parent in (second.pk, None):
        with pytest.raises(IntegrityError, match="rests on stays"):
            sql(change, parent, world.agreement.pk)
    sql(change, first.pk, world.agreement.pk)


def test_what_it_rests_on_waits_for_the_annex_that_is_on_its_way(world: World) -> None:
    above = city(world.coordinator)
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    submit(world, "1")
    proposal = submit_annex(answered(annex), by=world.coordinator)

    assert refusal_of(world, above.agreement) == "on_its_way"
    withdraw(proposal, by=world.coordinator)
    assert rest_on(world, above.agreement).parent == above.agreement, "other annexes do not hinder"


def join(world: World, by: User | None = None, *, term: str = "Regionen", position: int = 3) -> object:
    facts = PartyFacts(make_organisation("Regionen"), term, "RS 2026/1")
    return add_party(world.agreement, facts, position=position, by=by or world.coordinator)


def test_a_party_joins_later_and_is_asked_from_then_on(world: World) -> None:
    party = join(world)

    assert list(world.agreement.parties.all()) == [world.kommun, world.polis, party]
    line = party.history.get()  # type: ignore[attr-defined]
    assert (line.history_type, line.history_user) == ("+", world.coordinator)
    proposal = submit(world, "1")
    assert party in parties_missing(proposal)


def test_a_party_stands_where_it_is_put(world: World) -> None:
    party = join(world, position=1)
    assert [(row, row.position) for row in world.agreement.parties.all()] == [
        (party, 1),
        (world.kommun, 2),
        (world.polis, 3),
    ]


def test_who_took_part_without_signing_becomes_a_party(world: World) -> None:
    region = make_organisation("Regionen")
    Participant.objects.create(agreement=world.agreement, organisation=region)

    add_party(world.agreement, PartyFacts(region, "Regionen"), position=3, by=world.coordinator)

    assert not world.agreement.participants.exists()


@pytest.mark.parametrize(
    "status", [ProposalStatus.IN_PREPARATION, ProposalStatus.PROPOSED, ProposalStatus.AWAITING_SIGNATURES]
)
def test_nobody_joins_while_a_version_is_on_its_way(world: World, status: ProposalStatus) -> None:
    proposal_at(world, status)
    with pytest.raises(TransitionRefused) as refusal:
        join(world)
    assert refusal.value.verdict.code == "on_its_way"
    assert world.agreement.parties.count() == 2


def test_nobody_joins_while_a_signing_is_open(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    type(proposal).objects.filter(pk=proposal.pk).update(status=ProposalStatus.WITHDRAWN)
    Move.objects.create(
        proposal=proposal, verb=Move.Verb.WITHDRAW, from_status=proposal.status,
        to_status=ProposalStatus.WITHDRAWN, moved_by=world.coordinator,
    )  # fmt: skip
    with pytest.raises(TransitionRefused) as refusal:
        join(world)
    assert refusal.value.verdict.code == "signing_open"

    give_up(manifest, by=world.coordinator)
    assert join(world)


def test_parties_are_added_by_coordinators_once_and_with_a_term_of_their_own(world: World) -> None:
    for person in (world.anna, world.reader, world.cia, make_user()):
        with pytest.raises(TransitionRefused):
            join(world, by=person)
    for facts, code in (
        (PartyFacts(world.polis.organisation, "Regionen"), "party"),
        (PartyFacts(make_organisation(), "kommunen"), "term_taken"),
    ):
        with pytest.raises(TransitionRefused) as refusal:
            add_party(world.agreement, facts, position=1, by=world.coordinator)
        assert refusal.value.verdict.code == code
    assert world.agreement.parties.count() == 2
