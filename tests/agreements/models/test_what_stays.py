"""What was kept in code alone: numbers, files, matters, logs, tasks, own drafts. Raw SQL fails too."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from agreements.models import Matter, Membership, Proposal, Task
from agreements.models.organisation import validate_org_number
from agreements.rights import today
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.decision import finish_task, record_review
from agreements.workflow.revision import freeze, submit_matter
from agreements.workflow.signing import open_manifest
from samverkan.accounts.models import User
from samverkan.history import remember_why
from tests.agreements.models.test_truths import sql
from tests.factories import World, answered, decide, drive, proposal_at, submit
from tests.factories.agreements import make_annex


@pytest.mark.parametrize(
    "number",
    ["212000-0143", "219900-1178", "2199001179", "211900-1179", "219900-117", "x", "２19900-1179"],
)
def test_an_organisation_number_is_right_or_missing(world: World, number: str) -> None:
    with pytest.raises(IntegrityError, match="organisation_number_is_right"):
        sql("UPDATE agreements_organisation SET org_number = %s", number)


@pytest.mark.parametrize("number", ["219900-1179", "209900-3317", ""])
def test_a_right_organisation_number_is_let_in(world: World, number: str) -> None:
    sql("UPDATE agreements_organisation SET org_number = %s", number)


@pytest.mark.django_db
def test_the_database_reckons_organisation_numbers_as_the_form_does() -> None:
    """Every check digit of some hundred numbers."""
    numbers = [
        f"{200000 + at * 7919 % 790000:06d}-{at * 131 % 1000:03d}{last}" for at in range(60) for last in range(10)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM unnest(%s::text[]) AS t (n) WHERE samverkan_is_org_number(n)", [numbers])
        right = [row[0] for row in cursor.fetchall()]

    assert right == [number for number in numbers if _is_right(number)]
    assert len(right) > 20


def _is_right(number: str) -> bool:
    try:
        validate_org_number(number)
    except ValidationError:
        return False
    return True


def _file(world: World, sha256: str, kind: str = "pdf") -> int:
    file = world.agreement.files.create(sha256=sha256, kind=kind, media_type="application/pdf", size=1)
    return int(file.pk)


def test_what_a_decision_rests_on_is_not_deleted(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    minutes = _file(world, "a" * 64)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Fastställs.",
        minutes=world.agreement.files.get(pk=minutes),
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="rests on that file"):
        sql("DELETE FROM agreements_storedfile")


def test_a_picture_in_a_frozen_text_is_not_deleted_and_a_loose_file_is(world: World) -> None:
    shown, loose = _file(world, "a" * 64, kind="picture"), _file(world, "b" * 64)
    section = world.picture.sections.all()[0]
    section.body = f'<figure data-alt="Karta" data-asset="{"a" * 64}" data-source=""></figure>'
    section.save()
    submit(world)

    sql("DELETE FROM agreements_storedfile WHERE id = %s", loose)
    with pytest.raises(IntegrityError, match="rests on that file"):
        sql("DELETE FROM agreements_storedfile WHERE id = %s", shown)


def _matter(world: World) -> Matter:
    return submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)


@pytest.mark.parametrize("change", ["is_bound_together = true", "created_at = '2020-01-01'", "agreement_id = {other}"])
def test_a_matter_stays_as_it_was_put_together(world: World, change: str) -> None:
    _matter(world)

    with pytest.raises(IntegrityError, match="as it was put together"):
        sql(f"UPDATE agreements_matter SET {change.format(other=world.other.pk)}")


def test_a_part_belongs_to_the_agreement_of_its_matter(world: World) -> None:
    matter = _matter(world)
    strange = make_annex(world.other, AnnexKind.SITUATIONAL_PICTURE, "1", "Lägesbild")
    revision = freeze(strange, by=world.cia)

    with pytest.raises(IntegrityError, match="another agreement"):
        sql(
            "INSERT INTO agreements_proposal (revision_id, annex_id, matter_id, kind, status, status_since, "
            "proposed_decision, submitted_at, submitted_by_id) VALUES (%s, %s, %s, 'ordinary', 'proposed', now(), 'x', "
            "now(), %s)",
            revision.pk, strange.pk, matter.pk, world.cia.pk,
        )  # fmt: skip


@pytest.mark.parametrize("to", ["rejected", "referred_back", "withdrawn", "awaiting_signatures"])
def test_nothing_moves_without_a_word_in_the_log(world: World, to: str) -> None:
    proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="without a word in the log"):
        sql("UPDATE agreements_proposal SET status = %s", to)


def _entry(proposal: Proposal, party: int, by: User) -> None:
    sql(
        "INSERT INTO agreements_meetingentry (proposal_id, decided_on, item_number, attendance, resolution, "
        "effective_from, party_id, entered_at, entered_by_id) "
        "VALUES (%s, current_date, '', '', 'x', current_date, %s, now(), %s)",
        proposal.pk, party, by.pk,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["police_coordinator", "anna", "cia", "nils", "registrar"])
def test_a_meetings_decision_is_entered_by_a_coordinator_of_that_party(world: World, name: str) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="not a coordinator"):
        _entry(proposal, world.kommun.pk, getattr(world, name))
    _entry(proposal, world.kommun.pk, world.coordinator)


@pytest.mark.parametrize("status", [ProposalStatus.IN_PREPARATION, ProposalStatus.DECIDED, ProposalStatus.REJECTED])
def test_nothing_is_entered_about_what_does_not_lie_before_the_group(world: World, status: ProposalStatus) -> None:
    proposal = proposal_at(world, status)

    with pytest.raises(IntegrityError, match="before the group"):
        _entry(proposal, world.kommun.pk, world.coordinator)


def _task(world: World) -> Task:
    decision = decide(world)
    return Task.objects.create(agreement=world.agreement, kind=Task.Kind.FOLLOW_UP, decision=decision)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreements_task SET area_title = 'x'",
        "UPDATE agreements_task SET done_at = NULL, done_by_id = NULL",
        "DELETE FROM agreements_task",
        "TRUNCATE agreements_task",
    ],
)
def test_a_task_stays_and_is_done_once(world: World, statement: str) -> None:
    finish_task(_task(world), by=world.coordinator)

    with pytest.raises(IntegrityError, match="done once|written once"):
        sql(statement)


def test_an_own_draft_is_shared_by_a_logged_act_and_stays_so(world: World) -> None:
    sql("UPDATE agreements_annex SET draft_party_id = %s WHERE id = %s", world.kommun.pk, world.plan.pk)
    plan = "UPDATE agreements_annex SET draft_party_id = %s WHERE id = %s"
    share = (
        "INSERT INTO agreements_draftsharing (annex_id, party_id, purpose, message, shared_at, shared_by_id) "
        "VALUES (%s, %s, 'comment', '', now(), %s)"
    )

    for party in (None, world.polis.pk):
        with pytest.raises(IntegrityError, match="logged act"):
            sql(plan, party, world.plan.pk)
    with pytest.raises(IntegrityError, match="own draft"):
        sql(share, world.plan.pk, world.polis.pk, world.police_coordinator.pk)
    sql(share, world.plan.pk, world.kommun.pk, world.coordinator.pk)
    sql(plan, None, world.plan.pk)
    with pytest.raises(IntegrityError, match="logged act"):
        sql(plan, world.kommun.pk, world.plan.pk)


@pytest.mark.parametrize("noun", ["signatory", "originalcopy"])
def test_who_was_to_sign_and_who_held_an_original_stays_in_the_log(world: World, noun: str) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    sql("SET CONSTRAINTS ALL IMMEDIATE")

    for act in ("UPDATE {} SET history_user_id = NULL", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(IntegrityError, match="written once"):
            sql(act.format(f"agreements_historical{noun}"))


def test_a_fixed_print_is_made_once(world: World) -> None:
    world.agreement.printouts.create(key="a" * 64, sha256="b" * 64, size=1)

    with pytest.raises(IntegrityError, match="written once"):
        sql("UPDATE agreements_printout SET sha256 = repeat('c', 64)")


@pytest.mark.parametrize("act", ["UPDATE {} SET history_user_id = NULL", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("noun", ["membership", "party", "organisation", "agreement"])
def test_who_joined_and_what_one_was_called_stays_in_the_log(world: World, noun: str, act: str) -> None:
    assert Membership.history.exists()

    with pytest.raises(IntegrityError, match="written once"):
        sql(act.format(f"agreements_historical{noun}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreements_historicalsection SET history_user_id = NULL WHERE history_user_id IS NOT NULL",
        "UPDATE agreements_historicalsection SET history_type = '-'",
        "TRUNCATE agreements_historicalsection",
        "DELETE FROM agreements_historicalannex",
    ],
)
def test_the_working_texts_log_keeps_who_and_what(world: World, statement: str) -> None:
    section = world.picture.sections.all()[0]
    remember_why(section, "Omskrivet", by=world.coordinator)
    section.save()

    with pytest.raises(IntegrityError, match="who did what|written once"):
        sql(statement)


@pytest.mark.parametrize("table", ["proposal", "matter", "meetingentry", "consequence", "correction", "review"])
@pytest.mark.parametrize("act", ["DELETE FROM agreements_{}", "TRUNCATE agreements_{} CASCADE"])
def test_nothing_around_a_decision_is_deleted(world: World, table: str, act: str) -> None:
    matter = _matter(world)
    proposal = matter.proposals.all()[0]
    proposal.consequences.create(party=world.kommun, text="Inget.")
    decision = decide(world, "4")
    decision.corrections.create(text="Fel dag.", corrected_by=world.coordinator)
    record_review(world.communication, reviewed_on=today(), note="", by=world.coordinator)
    drive(world, proposal, ProposalStatus.PROPOSED)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Fastställs."
    )

    with pytest.raises(IntegrityError, match="written once"):
        sql(act.format(table))
