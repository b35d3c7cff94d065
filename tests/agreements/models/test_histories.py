"""Everything that people change keeps who changed it; everything else is written once, and refused a change."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from guardian.models import GroupObjectPermissionBase

from agreements.models import (
    Assent,
    Comment,
    Ending,
    HigherDecision,
    Manifest,
    Matter,
    MeetingEntry,
    Proposal,
    StoredFile,
    Task,
)
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.comment import comment_on, resolve
from agreements.workflow.ending import confirm_ending
from agreements.workflow.picture import store_picture
from agreements.workflow.sharing import share_draft
from agreements.workflow.signing import (
    TakenAbove,
    give_up,
    open_manifest,
    record_higher_decision,
    require_higher_decision,
)
from samverkan.accounts.models import User
from tests.agreements.workflow.test_matter import make_matter
from tests.agreements.workflow.test_picture import picture, show, upload
from tests.factories import World, decide, entered_ending, proposal_at

pytestmark = pytest.mark.django_db
S = ProposalStatus

SAYS_ITSELF = {
    "Presence": "who has a section open; gone in a minute",
    "LastSave": "which open page a text came from; no words, and nothing once another has saved",
    "SavedAside": "one writer's safety copy; what became of it stands in the section's history",
    "RoleGroup": "which group of rights belongs to which role; made with the agreement",
}


def refuses_changes(model: type[models.Model]) -> bool:
    """Whether a trigger judges every UPDATE of the model's rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = %s::regclass "
            "AND t.tgtype & 16 = 16 AND t.tgtype & 3 = 3 AND p.proname ~ '^(samverkan|communication)_'",
            [model._meta.db_table],
        )
        return bool(cursor.fetchone()[0])


def test_every_model_has_a_history_or_is_written_once() -> None:
    ours: list[type[models.Model]] = [User]
    for app in ("agreements", "communication"):
        ours += apps.get_app_config(app).get_models()
    facts = [
        model
        for model in ours
        if not model.__name__.startswith("Historical") and not issubclass(model, GroupObjectPermissionBase)
    ]
    without = {model.__name__ for model in facts if not hasattr(model, "history") and not refuses_changes(model)}

    assert without == set(SAYS_ITSELF)
    assert len(facts) > len(without) * 5


def test_nobody_changes_or_empties_what_is_kept_of_a_move(world: World) -> None:
    """One of the eleven; they have the same two triggers."""
    proposal_at(world, S.PROPOSED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for act in ("UPDATE {} SET history_user_id = NULL", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format("agreements_historicalproposal"))


@pytest.mark.parametrize(
    "noun",
    [
        "assent",
        "comment",
        "ending",
        "higherdecision",
        "manifest",
        "matter",
        "meetingentry",
        "proposal",
        "removal",
        "storedfile",
        "task",
    ],  # fmt: skip
)
def test_every_log_of_a_step_has_its_guards(noun: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [f"agreements_historical{noun}"],
        )
        assert set(cursor.fetchall()) == {(f"{noun}_log_stays", "A"), (f"{noun}_log_is_not_emptied", "A")}


def told(model: Any, pk: int) -> list[tuple[str, Any]]:
    """The kinds of the row's history lines and who stands on them, oldest first."""
    rows = model.history.filter(id=pk).order_by("history_id")
    return [(row.history_type, row.history_user) for row in rows]


def test_a_proposals_way_is_kept_with_who_moved_it(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.postpone(proposal, by=world.anna, reason="Vi väntar.", until=today() + timedelta(days=365))
    moves.refer_back(proposal, by=world.pia, reason="Siffrorna.")

    lines = told(Proposal, proposal.pk)
    assert lines[0] == ("+", world.coordinator)
    assert lines[-2:] == [("~", world.anna), ("~", world.pia)]
    assert Proposal.history.filter(id=proposal.pk).latest().status == S.REFERRED_BACK


def test_a_yes_that_is_taken_back_is_kept_with_who_took_it(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    moves.refer_back(proposal, by=world.pia, reason="Siffrorna.")

    assert told(Assent, Assent.objects.get().pk) == [("+", world.anna), ("~", world.pia)]


def test_an_entered_decision_is_kept_with_who_disputed_it(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    entry = moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Bifall."
    )
    moves.dispute_entry(proposal, by=world.pia, reason="Det sades inte.")

    assert told(MeetingEntry, entry.pk) == [("+", world.coordinator), ("~", world.pia)]


def test_a_comment_is_kept_with_who_resolved_it_and_without_its_words(world: World) -> None:
    section = world.picture.sections.all()[0]
    comment = comment_on(world.picture, text="Stämmer talet?", section_id=f"s{section.pk}", by=world.coordinator)
    resolve(comment, by=world.police_coordinator)

    assert told(Comment, comment.pk) == [("+", world.coordinator), ("~", world.police_coordinator)]
    kept = {field.name for field in Comment.history.model._meta.fields}
    assert kept.isdisjoint({"text", "quote", "before", "after"})


def test_an_annex_s_end_is_kept_with_who_confirmed_it(world: World) -> None:
    ending = entered_ending(world, "1", today())
    confirm_ending(ending, by=world.police_coordinator)

    assert told(Ending, ending.pk) == [("+", world.coordinator), ("~", world.police_coordinator)]


def test_a_signing_is_kept_with_who_gave_it_up(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    give_up(manifest, by=world.police_coordinator)

    assert told(Manifest, manifest.pk) == [("+", world.coordinator), ("~", world.police_coordinator)]


def test_a_decision_from_above_is_kept_with_who_recorded_it(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    needed = require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    record_higher_decision(needed, TakenAbove(decided_on=today(), item_number="4"), by=world.coordinator)

    assert told(HigherDecision, needed.pk) == [("+", world.coordinator), ("~", world.coordinator)]


def test_a_matter_is_kept_with_who_put_it_together(world: World) -> None:
    matter = make_matter(world)

    assert told(Matter, matter.pk) == [("+", world.coordinator)]


def test_tasks_that_a_decision_answers_are_kept_with_who_decided(world: World) -> None:
    decision = decide(world)
    task = Task(agreement=world.agreement, annex=world.picture, kind=Task.Kind.FOLLOW_UP, decision=decision)
    task.save()
    decide(world, effective_from=today() + timedelta(days=1))

    assert told(Task, task.pk) == [("+", None), ("~", world.pia)]


def test_a_picture_that_comes_out_of_its_partys_own_room_is_kept_with_who_shared_it(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    show(world, file)
    share_draft(world.picture, purpose="comment", by=world.coordinator)

    assert told(StoredFile, file.pk)[-1] == ("~", world.coordinator)
    assert StoredFile.objects.get(pk=file.pk).draft_party is None
