"""Removing unlawful content: two persons of two parties, and then it is gone wherever it was kept."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from pytest_django import DjangoCaptureOnCommitCallbacks

from agreements.documents.redaction import Selection, units
from agreements.models import (
    Assent,
    Comment,
    Decision,
    Ending,
    Membership,
    Move,
    Printout,
    Proposal,
    Removal,
    RemovedText,
    Revision,
    SavedAside,
    Section,
    StoredFile,
)
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.exports import agreement_export
from agreements.selectors.history import annex_history
from agreements.states import ProposalStatus
from agreements.workflow.comment import comment_on
from agreements.workflow.ending import confirm_ending, enter_ending, enter_last_day
from agreements.workflow.file import store, store_pdf
from agreements.workflow.removal import (
    confirm_removal,
    edition_hash,
    reject_removal,
    request_file_removal,
    request_removal,
    withdraw_removal,
)
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused
from tests.agreements.test_matrix import a_picture
from tests.factories import World, decide, drive, make_user, make_world, submit
from tests.factories.agreements import seat_in
from tests.factories.pdf import a_pdf
from tests.factories.removals import SECRET, ask, name_somebody, remove


@pytest.fixture
def decided(world: World) -> Revision:
    """A decided version that names somebody."""
    name_somebody(world)
    return decide(world).revision


def refusal(act: object) -> str:
    with pytest.raises(TransitionRefused) as refused:
        act()  # type: ignore[operator]
    return refused.value.verdict.code


def test_nothing_goes_before_the_other_party_has_confirmed(world: World, decided: Revision) -> None:
    removal = ask(world, decided)

    decided.refresh_from_db()
    assert SECRET in decided.plain_text
    assert (removal.status, removal.party, removal.old_sha256) == ("requested", world.kommun, decided.sha256)


def test_confirmed_it_is_gone_and_the_decision_keeps_the_hash_of_what_was_decided(
    world: World, decided: Revision
) -> None:
    was = decided.sha256
    removal = remove(world, decided)

    decided.refresh_from_db()
    assert "provsson" not in (decided.content + decided.plain_text).lower()
    assert "[Borttaget " in decided.plain_text
    assert "artikel 17" in decided.plain_text
    assert decided.document["blocks"][0]["id"] == str(world.picture.sections.order_by("position")[0].pk)
    assert Decision.objects.get().sha256 == was == removal.old_sha256
    assert removal.redacted_sha256 == decided.sha256 != was
    assert (removal.answered_by, removal.answered_for) == (world.police_coordinator, world.polis)
    assert removal.selection == {}


def test_a_whole_paragraph_goes_by_its_key(world: World, decided: Revision) -> None:
    key = next(unit.key for unit in units(decided.document) if "påtalade" in unit.text)
    remove(world, decided, words=(), units=frozenset({key}))

    decided.refresh_from_db()
    assert "Parterna arbetar" not in decided.plain_text
    assert SECRET not in decided.plain_text  # its note went with it
    assert "Det följs upp varje år." in decided.plain_text
    assert "Parterna arbetar" not in Section.objects.filter(annex=world.picture).order_by("position")[0].body


def test_what_is_kept_beside_loses_the_words_too(world: World) -> None:
    name_somebody(world)
    proposal = submit(
        world, change_summary=f"Uppgiften om {SECRET} är ny.", proposed_decision=f"Texten om {SECRET} fastställs."
    )
    drive(world, proposal, ProposalStatus.DECIDED)
    enter_ending(
        world.picture, ends_on=today(), because=f"{SECRET} har flyttat.", decision=Decision.objects.get(),
        by=world.coordinator,
    )  # fmt: skip
    last_day = enter_last_day(
        world.agreement, ground=Ending.Ground.AGREED, ends_on=today(), because=f"{SECRET} slutar.", by=world.coordinator
    )
    confirm_ending(last_day, by=world.police_coordinator)
    section = world.picture.sections.order_by("position")[0]
    section.body = "<p>Omskrivet.</p>"
    section.save()  # the history holds what it was
    gone = Section.objects.create(annex=world.picture, position=9, heading="Tillfällig", body=f"<p>{SECRET} igen</p>")
    gone.delete()
    SavedAside.objects.create(
        section=section, based_on_version=1, heading=SECRET, body=f"<p>{SECRET} &amp; andra</p>", saved_by=world.bo
    )
    comment_on(
        proposal.revision, section_id=str(section.pk), quote=f"{SECRET} påtalade", before=f"Ordningen {SECRET} ",
        text=f"Ska {SECRET} stå med?", by=world.preparer,
    )  # fmt: skip
    world.picture.heading = f"Lägesbild av {SECRET}"
    remember_why(world.picture, f"{SECRET} leder arbetet", by=world.coordinator)
    world.picture.save()

    remove(world, proposal.revision)

    kept = [
        *Revision.objects.values(), *Section.objects.values(), *Section.history.values(), *SavedAside.objects.values(),
        *Comment.objects.values(), *Move.objects.values(), *type(world.picture).objects.values(),
        *type(world.picture).history.values(), *Proposal.objects.values(),
        *Decision.objects.values(), *RemovedText.objects.values(), *Removal.objects.values(),
        *Assent.objects.values(), *Ending.objects.values(), *type(world.agreement).history.values(),
    ]  # fmt: skip
    assert SECRET.lower() not in json.dumps(kept, default=str, ensure_ascii=False).lower()
    assert {text.table_name.removeprefix("agreements_") for text in RemovedText.objects.all()} == {
        "revision", "proposal", "move", "decision", "assent", "ending",
    }  # fmt: skip
    assert SavedAside.objects.get().body.endswith("] &amp; andra</p>")
    assert section.history.filter(body="<p>Omskrivet.</p>").exists()


def test_other_texts_are_left_alone(world: World, decided: Revision) -> None:
    before = Section.objects.get(annex=world.picture, position=1)
    other = list(Section.objects.filter(annex=world.plan).values())

    remove(world, decided)

    after = Section.objects.get(annex=world.picture, position=1)
    assert (after.body, after.version, after.history.count()) == (before.body, before.version, before.history.count())
    assert list(Section.objects.filter(annex=world.plan).values()) == other


def test_a_draft_that_is_being_written_gets_a_new_version_so_that_no_old_one_is_saved_over_it(
    world: World, decided: Revision
) -> None:
    before = world.picture.sections.order_by("position")[0]
    remove(world, decided)

    assert Section.objects.get(pk=before.pk).version == before.version + 1


def test_stored_prints_are_made_anew(
    world: World, decided: Revision, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = Printout(agreement=world.agreement, key="a" * 64, sha256="b" * 64, size=1)
    kept.save()
    default_storage.save(kept.path, ContentFile(SECRET.encode()))

    with django_capture_on_commit_callbacks(execute=True):
        remove(world, decided)

    assert not Printout.objects.exists()
    assert not default_storage.exists(kept.path)


def with_picture(world: World) -> StoredFile:
    picture = store(
        world.agreement, a_picture(), name=f"{SECRET}.png", kind=StoredFile.Kind.PICTURE, media_type="image/png",
        by=world.bo, width=4, height=4,
    )  # fmt: skip
    section = world.picture.sections.order_by("position")[0]
    section.body = f'<figure data-alt="Karta" data-asset="{picture.sha256}" data-source=""></figure><p>Efter.</p>'
    section.save()
    return picture


def test_a_picture_is_deleted_when_the_last_text_that_shows_it_has_lost_it(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    picture = with_picture(world)
    first, second = decide(world).revision, decide(world, effective_from=today() + timedelta(days=1)).revision
    key = next(unit.key for unit in units(first.document) if unit.asset)

    with django_capture_on_commit_callbacks(execute=True):
        remove(world, first, words=(), units=frozenset({key}))
    assert default_storage.exists(picture.path)

    with django_capture_on_commit_callbacks(execute=True):
        remove(world, second, words=(), units=frozenset({key}))
    picture.refresh_from_db()
    assert not default_storage.exists(picture.path)
    assert picture.name == ""


def test_a_second_removal_from_the_same_version_leaves_two_tombstones(world: World, decided: Revision) -> None:
    first = remove(world, decided)
    second = remove(world, decided, words=("styrgruppen",))

    decided.refresh_from_db()
    assert second.old_sha256 == first.redacted_sha256
    assert decided.sha256 == second.redacted_sha256
    assert Decision.objects.get().sha256 == first.old_sha256


def test_the_next_version_is_frozen_without_the_words(world: World, decided: Revision) -> None:
    remove(world, decided)

    assert SECRET not in submit(world).revision.plain_text


def test_the_one_who_asked_does_not_confirm_nor_anybody_of_the_same_party(world: World, decided: Revision) -> None:
    removal = ask(world, decided, by=world.coordinator)
    edition = edition_hash(removal)

    for somebody in (world.coordinator, world.registrar, world.anna, world.cia, world.nils):
        code = refusal(lambda somebody=somebody: confirm_removal(removal, edition=edition, by=somebody))
        assert code in ("not_other_party", "not_keeper")
    decided.refresh_from_db()
    assert SECRET in decided.plain_text


def test_a_coordinator_confirms_only_where_the_party_has_no_registrar(world: World, decided: Revision) -> None:
    seat_in(world.agreement, Role.REGISTRAR, world.pia, world.polis)
    removal = ask(world, decided)

    code = refusal(lambda: confirm_removal(removal, edition=edition_hash(removal), by=world.police_coordinator))
    assert code == "not_other_party"
    forget(world.pia)
    assert confirm_removal(removal, edition=edition_hash(removal), by=world.pia).status == "confirmed"


def test_a_registrar_until_yesterday_confirms_nothing(world: World, decided: Revision) -> None:
    membership = seat_in(world.agreement, Role.REGISTRAR, world.nils, world.polis)
    Membership.objects.filter(pk=membership.pk).update(ends_on=today() - timedelta(days=1))
    removal = ask(world, decided)

    assert refusal(lambda: confirm_removal(removal, edition=edition_hash(removal), by=world.nils)) == "not_keeper"


def test_only_the_edition_that_was_shown_is_confirmed(world: World, decided: Revision) -> None:
    removal = ask(world, decided)

    code = refusal(lambda: confirm_removal(removal, edition="0" * 64, by=world.police_coordinator))
    assert code == "edition_changed"


@pytest.mark.parametrize("status", [ProposalStatus.IN_PREPARATION, ProposalStatus.PROPOSED])
def test_what_lies_before_a_group_is_withdrawn_first(world: World, status: ProposalStatus) -> None:
    name_somebody(world)
    proposal = drive(world, submit(world), status)

    assert refusal(lambda: ask(world, proposal.revision)) == "on_its_way"


@pytest.mark.parametrize("status", [ProposalStatus.REFERRED_BACK, ProposalStatus.REJECTED, ProposalStatus.WITHDRAWN])
def test_what_came_back_loses_content_as_well(world: World, status: ProposalStatus) -> None:
    name_somebody(world)
    revision = drive(world, submit(world), status).revision
    remove(world, revision)

    revision.refresh_from_db()
    assert SECRET not in revision.plain_text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"reason": f"Där stod {SECRET.lower()}."}, "reason_repeats"),
        ({"ground": "other"}, "provision_missing"),
        ({"selection": Selection()}, "nothing_chosen"),
        ({"selection": Selection(words=("står ingenstans",))}, "nothing_chosen"),
        ({"selection": Selection(units=frozenset({"99"}))}, "nothing_chosen"),
    ],
)
def test_a_request_says_what_and_why_without_repeating_it(
    world: World, decided: Revision, changes: dict[str, object], code: str
) -> None:
    facts = {"selection": Selection(words=(SECRET,)), "ground": "personal_data", "reason": "En privatperson."} | changes
    selection = facts.pop("selection")

    assert refusal(lambda: request_removal(decided, selection, by=world.registrar, **facts)) == code  # type: ignore[arg-type]
    assert not Removal.objects.exists()


@pytest.mark.parametrize("name", ["anna", "preparer", "bo", "reader", "signatory", "cia", "nils"])
def test_only_registrars_and_coordinators_ask(world: World, decided: Revision, name: str) -> None:
    assert refusal(lambda: ask(world, decided, by=getattr(world, name))) == "not_keeper"


def test_two_requests_at_once_are_one(world: World, decided: Revision) -> None:
    ask(world, decided)

    assert refusal(lambda: ask(world, decided, by=world.police_coordinator)) == "already_requested"


def test_a_rejected_request_leaves_the_text_and_forgets_what_was_chosen(world: World, decided: Revision) -> None:
    removal = ask(world, decided)
    assert refusal(lambda: reject_removal(removal, reason="", by=world.police_coordinator)) == "reason_missing"
    assert refusal(lambda: reject_removal(removal, reason=SECRET, by=world.police_coordinator)) == "reason_repeats"
    rejected = reject_removal(removal, reason="Uppgiften är offentlig.", by=world.police_coordinator)

    decided.refresh_from_db()
    assert SECRET in decided.plain_text
    assert (rejected.status, rejected.selection, rejected.answer) == ("rejected", {}, "Uppgiften är offentlig.")
    assert refusal(lambda: confirm_removal(rejected, edition="", by=world.police_coordinator)) == "answered"


def test_the_party_that_asked_withdraws_it(world: World, decided: Revision) -> None:
    removal = ask(world, decided)
    assert refusal(lambda: withdraw_removal(removal, by=world.police_coordinator)) == "not_own_request"

    withdrawn = withdraw_removal(removal, by=world.coordinator)

    assert (withdrawn.status, withdrawn.selection) == ("withdrawn", {})
    assert ask(world, decided).status == "requested"


def test_a_removed_file_is_gone_and_its_masked_copy_stands_in_its_place(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    data = a_pdf(2)
    file = store_pdf(world.agreement, SimpleUploadedFile(f"{SECRET}.pdf", data), by=world.coordinator)
    masked = SimpleUploadedFile("maskad.pdf", a_pdf(1))
    removal = request_file_removal(
        file, ground="secrecy", provision="18 kap. 1 § OSL", reason="Metod.", masked=masked, by=world.registrar
    )

    with django_capture_on_commit_callbacks(execute=True):
        confirm_removal(removal, edition=edition_hash(removal), by=world.police_coordinator)

    file.refresh_from_db()
    assert not default_storage.exists(file.path)
    assert file.name == ""
    assert removal.masked_file is not None
    assert default_storage.exists(removal.masked_file.path)
    again = SimpleUploadedFile("protokoll.pdf", data)
    assert refusal(lambda: store_pdf(world.agreement, again, by=world.coordinator)) == "removed"


def test_the_export_names_both_hashes_and_does_not_pretend(world: World, decided: Revision) -> None:
    removal = remove(world, decided)
    exported = agreement_export(world.agreement, today(), with_history=True)

    (annex,) = exported["annexes"]
    assert annex["sha256"] == removal.old_sha256
    (tombstone,) = annex["removals"]
    assert tombstone["original_sha256"] == removal.old_sha256
    assert tombstone["redacted_sha256"] == removal.redacted_sha256
    assert tombstone["reason"] == "En privatperson var namngiven."
    assert tombstone["confirmed_by"] == f"{world.police_coordinator}, {world.polis}"
    assert exported["versions"][0]["removals"] == annex["removals"]
    assert SECRET not in json.dumps(exported, ensure_ascii=False)


def test_the_readable_history_tells_who_asked_who_confirmed_and_why(world: World, decided: Revision) -> None:
    removal = remove(world, decided)
    told = [(event.who, str(event.what), event.reason) for event in annex_history(world.picture, world.member).events]

    assert (f"{world.registrar}, {world.kommun}", f"Borttagning ur {decided} begärd", removal.reason) in told
    assert (f"{world.police_coordinator}, {world.polis}", f"Innehåll borttaget ur {decided}", "") in told


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_answers_are_one() -> None:
    world = make_world()
    name_somebody(world)
    twin = make_user("Petra")
    seat_in(world.agreement, Role.COORDINATOR, twin, world.polis)
    removal = ask(world, decide(world).revision)
    edition, barrier, codes = edition_hash(removal), Barrier(2), []

    def confirm(user_id: int) -> None:
        barrier.wait(timeout=20)
        try:
            confirm_removal(removal, edition=edition, by=User.objects.get(pk=user_id))
            codes.append("done")
        except TransitionRefused as refused:
            codes.append(refused.verdict.code)
        connections.close_all()

    threads = [Thread(target=confirm, args=(user.pk,)) for user in (world.police_coordinator, twin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(codes) == ["answered", "done"]
    assert Removal.objects.get().status == "confirmed"
