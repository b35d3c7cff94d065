from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from agreements.models import Decision, Manifest, Party, Proposal, StoredFile
from agreements.pdf.filling import printed_manifest
from agreements.permissions import Role
from agreements.policies.signing import parties_to_answer
from agreements.rights import today
from agreements.selectors.history import agreement_history
from agreements.selectors.worklist import worklist
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow import signing
from agreements.workflow.file import store
from agreements.workflow.proposal import confirm_entry, withdraw
from agreements.workflow.registration import (
    TakenDecision,
    confirm_signed,
    dispute_signed,
    register_decided,
    register_signed,
    withdraw_registration,
)
from agreements.workflow.signing import SignatoryFacts, TakenAbove
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.agreements.workflow.test_proposal import code_of
from tests.factories import World, decide, make_world, proposal_at
from tests.factories.agreements import make_annex, make_organisation, make_user, seat_in


@pytest.fixture
def manifest(world: World) -> Manifest:
    decide(world)
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    return signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)


def sign_all(world: World, manifest: Manifest) -> None:
    for signatory, person in zip(
        manifest.signatories.order_by("party__position"), (world.signatory, world.police_signatory), strict=True
    ):
        signing.record_signature(signatory, signed_on=today(), place="Norrvik", by=person)


def test_the_manifest_lists_every_text_by_its_hash(world: World, manifest: Manifest) -> None:
    assert [(e.revision.annex.number, e.is_signed_for) for e in manifest.entries.all()] == [("0", True), ("1", False)]
    assert all(entry.sha256 == entry.revision.sha256 for entry in manifest.entries.all())
    assert [str(s) for s in manifest.signatories.all()] == [
        "Undertecknare kommun, Kommunstyrelsens ordförande",
        "Undertecknare polis, Lokalpolisområdeschef",
    ]
    assert [copy.holder for copy in manifest.originals.all()] == [world.kommun, world.polis]


def test_who_has_left_the_portal_is_not_proposed_as_signatory(world: World) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    User.objects.filter(pk=world.police_signatory.pk).update(is_active=False)

    manifest = signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    assert [signatory.user for signatory in manifest.signatories.all()] == [world.signatory]


def follow_from_above(world: World, *, since: date) -> Decision:
    """Annex 5 follows the text of an overarching agreement, in force from ``since``: that decision."""
    above = make_world(
        level="overarching", title="Övergripande överenskommelse Prov",
        fixing_rules={AnnexKind.AGREEMENT_TEXT: FixedBy.DECISION},
    )  # fmt: skip
    decision = decide(above, "0", effective_from=since)
    world.agreement.parent = above.agreement
    world.agreement.save()
    make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Den övergripande överenskommelsen")
    return decision


def test_annex_5_is_listed_by_the_text_above_that_it_follows(world: World) -> None:
    above = follow_from_above(world, since=today()).revision
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)

    manifest = signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    entry = manifest.entries.get(revision=above)
    assert (entry.sha256, entry.is_signed_for) == (above.sha256, False)
    assert str(entry) == "Bilaga 5 Övergripande överenskommelse Prov, version 1"
    printed = printed_manifest(manifest)
    assert [(line.label, line.title) for line in printed.manifest] == [
        ("", "Överenskommelsen"),
        ("Bilaga 5", "Övergripande överenskommelse Prov"),
    ]
    assert printed.text.title == "Överenskommelsen"
    assert [annex.label for annex in printed.annexes] == ["Bilaga 5"]


def test_the_text_above_is_listed_only_from_its_day(world: World) -> None:
    follow_from_above(world, since=today() + timedelta(days=3))
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)

    manifest = signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    assert [entry.annex.number for entry in manifest.entries.all()] == ["0"]


def test_the_last_signature_decides(world: World, manifest: Manifest) -> None:
    sign_all(world, manifest)

    manifest.refresh_from_db()
    decision = Decision.objects.get(annex=world.text)
    assert not manifest.is_open
    assert (decision.basis, decision.method, decision.manifest) == ("signatures", "signing", manifest)
    assert decision.revision.proposal.status == ProposalStatus.DECIDED


def test_the_page_is_scanned_when_the_last_has_signed(world: World, manifest: Manifest) -> None:
    sign_all(world, manifest)
    first, second = (a_scan(world, data) for data in (b"%PDF-1.7 sidan", b"%PDF-1.7 en annan"))

    signing.attach_scan(manifest, first, by=world.coordinator)

    assert code_of(lambda: signing.attach_scan(manifest, second, by=world.coordinator)) == "closed"
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Manifest.objects.filter(pk=manifest.pk).update(scan=second)
    manifest.refresh_from_db()
    assert manifest.scan == first


def a_scan(world: World, data: bytes) -> StoredFile:
    facts = {"kind": StoredFile.Kind.PDF, "media_type": "application/pdf", "pages": 1}
    return store(world.agreement, data, name="sida.pdf", by=world.coordinator, **facts)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_the_last_signature_at_once_leave_one_of_them() -> None:
    world = make_world()
    proposal = proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    mine, theirs = (manifest.signatories.get(user=who) for who in (world.signatory, world.police_signatory))
    signing.record_signature(mine, signed_on=today(), place="Norrvik", by=world.signatory)
    barrier, codes = Barrier(2), []

    def at_once(act: Callable[[], object]) -> None:
        barrier.wait(timeout=20)
        codes.append(code_of(act))
        connections.close_all()

    acts: list[Callable[[], object]] = [
        lambda: withdraw(proposal, by=world.coordinator),
        lambda: signing.record_signature(theirs, signed_on=today(), place="Norrvik", by=world.police_signatory),
    ]
    threads = [Thread(target=at_once, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    proposal.refresh_from_db()
    assert sorted(codes) in (["closed", "done"], ["done", "wrong_status"])
    assert proposal.status == (ProposalStatus.WITHDRAWN if "closed" in codes else ProposalStatus.DECIDED)
    assert Decision.objects.count() == (0 if "closed" in codes else 1)


def test_one_signature_decides_nothing(world: World, manifest: Manifest) -> None:
    signing.record_signature(
        manifest.signatories.get(party=world.kommun), signed_on=today(), place="Norrvik", by=world.signatory
    )

    assert not Decision.objects.filter(annex=world.text).exists()
    assert [str(lack) for lack in signing.missing(manifest)] != []


def test_a_party_records_only_its_own_signature(world: World, manifest: Manifest) -> None:
    theirs = manifest.signatories.get(party=world.polis)

    for person in (world.signatory, world.coordinator, world.anna, world.cia, world.nils):
        assert (
            code_of(
                lambda: signing.record_signature(theirs, signed_on=today(), place="Norrvik", by=person)  # noqa: B023
            )
            == "not_party"
        )


def test_a_decision_from_above_is_recorded_before_the_set_is_complete(world: World, manifest: Manifest) -> None:
    needed = signing.require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    sign_all(world, manifest)
    assert not Decision.objects.filter(annex=world.text).exists()

    signing.record_higher_decision(needed, TakenAbove(today(), "§ 41"), by=world.coordinator)

    assert Decision.objects.filter(annex=world.text).exists()


def test_a_day_to_come_is_not_a_decision_from_above(world: World, manifest: Manifest) -> None:
    needed = signing.require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    tomorrow = TakenAbove(today() + timedelta(days=1))

    assert code_of(lambda: signing.record_higher_decision(needed, tomorrow, by=world.coordinator)) == "date_to_come"


def test_the_party_itself_records_and_corrects_what_its_body_decided(world: World, manifest: Manifest) -> None:
    needed = signing.require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    others = (world.police_coordinator, world.signatory, world.anna, world.cia, world.nils)
    for person in others:
        act = partial(signing.record_higher_decision, needed, TakenAbove(today()), by=person)
        assert code_of(act) == "not_party"

    first = signing.record_higher_decision(needed, TakenAbove(today(), "§ 41"), by=world.coordinator)
    again = partial(signing.record_higher_decision, needed, TakenAbove(today(), "§ 42"), by=world.coordinator)
    assert code_of(again) == "already_recorded"
    for person in others:
        act = partial(signing.correct_higher_decision, first, TakenAbove(today()), by=person)
        assert code_of(act) == "not_party"

    right = signing.correct_higher_decision(first, TakenAbove(today(), "§ 42"), by=world.coordinator)

    rows = manifest.higher_decisions.order_by("pk")
    assert [(row.item_number, row.replaces_id) for row in rows] == [("§ 41", None), ("§ 42", first.pk)]
    assert code_of(lambda: signing.correct_higher_decision(first, TakenAbove(today()), by=world.coordinator)) == (
        "nothing_to_correct"
    )
    assert right.body == "Kommunstyrelsen"


def test_nothing_is_changed_after_the_first_signature(world: World, manifest: Manifest) -> None:
    signing.record_signature(
        manifest.signatories.get(party=world.kommun), signed_on=today(), place="Norrvik", by=world.signatory
    )
    facts = [SignatoryFacts(party, "Ny", "Chef") for party in (world.kommun, world.polis)]

    assert code_of(lambda: signing.set_signatories(manifest, facts, by=world.coordinator)) == "signed"


def test_every_party_needs_a_signatory(world: World, manifest: Manifest) -> None:
    facts = [SignatoryFacts(world.kommun, "Ny", "Chef", is_acting=True)]

    assert code_of(lambda: signing.set_signatories(manifest, facts, by=world.coordinator)) == "party_without_signatory"


def test_a_signing_given_up_leaves_the_text_waiting(world: World, manifest: Manifest) -> None:
    signing.give_up(manifest, by=world.coordinator)

    again = signing.open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    assert again.number == 2


def test_withdrawing_the_text_gives_up_its_signing(world: World, manifest: Manifest) -> None:
    withdraw(world.text.proposals.get(), by=world.coordinator)

    manifest.refresh_from_db()
    assert manifest.withdrawn_at is not None


def test_whoever_no_longer_shall_sign_cannot_have_signed(world: World, manifest: Manifest) -> None:
    gone, own = manifest.signatories.order_by("party__position")
    other = [SignatoryFacts(world.kommun, "Vice ordföranden", "Vice ordförande"), signing._facts_of(own)]
    signing.set_signatories(manifest, other, by=world.coordinator)

    def sign() -> object:
        return signing.record_signature(gone, signed_on=today(), place="Norrvik", by=world.coordinator)

    assert code_of(sign) == "signatory_gone"


def test_the_holder_of_each_original_is_said_while_the_signing_is_open(world: World, manifest: Manifest) -> None:
    held = {1: world.polis, 2: world.polis}
    assert code_of(lambda: signing.set_original_holders(manifest, held, by=world.signatory)) == "not_coordinator"

    signing.set_original_holders(manifest, held, by=world.police_coordinator)

    assert {copy.number: copy.holder for copy in manifest.originals.all()} == held
    sign_all(world, manifest)
    assert code_of(lambda: signing.set_original_holders(manifest, held, by=world.coordinator)) == "closed"


def test_an_original_that_came_after_the_signing_was_prepared_gets_its_holder(world: World, manifest: Manifest) -> None:
    signing.set_original_holders(manifest, {1: world.kommun, 2: world.polis, 3: world.polis}, by=world.coordinator)

    held = [(copy.number, copy.holder) for copy in manifest.originals.all()]
    assert held == [(1, world.kommun), (2, world.polis), (3, world.polis)]
    why = {copy.number: copy.history.latest().history_change_reason for copy in manifest.originals.all()}
    assert why[3] != why[1] == why[2]


SIGNED = date(2020, 2, 21)
VALID = date(2020, 2, 29)


def test_what_was_signed_on_paper_is_in_force_when_the_other_party_has_confirmed(world: World) -> None:
    manifest = register_signed(
        world.agreement,
        list(world.annexes.values()),
        signatures=[
            (SignatoryFacts(world.kommun, "Stadsdelsdirektör", "Stadsdelsdirektör"), SIGNED, "Stockholm"),
            (SignatoryFacts(world.polis, "Chef", "Lokalpolisområdeschef", is_acting=True), SIGNED, "Stockholm"),
        ],
        effective_from=VALID,
        by=world.coordinator,
    )
    assert not Decision.objects.exists()
    assert code_of(lambda: confirm_signed(manifest, by=world.coordinator)) == "own_entry"

    confirm_signed(manifest, by=world.police_coordinator)

    decisions = Decision.objects.all()
    assert len(decisions) == 4
    assert {(d.decided_on, d.effective_from, d.is_registered_afterwards) for d in decisions} == {(SIGNED, VALID, True)}


def third_party(world: World) -> tuple[Party, User]:
    """Another party to the agreement, and its coordinator."""
    party = world.agreement.parties.create(
        organisation=make_organisation("Regionen"), position=3, defined_term="Regionen", registry_number="R 1"
    )
    coordinator = make_user("Samordnare region")
    seat_in(world.agreement, Role.COORDINATOR, coordinator, party)
    return party, coordinator


def registered(world: World, **facts: Any) -> Manifest:
    """The municipality's coordinator has registered that the agreement's text and annex 1 were signed on paper."""
    signatures = [
        (SignatoryFacts(party, "Chefen", "Chef"), SIGNED, "Stockholm") for party in world.agreement.parties.all()
    ]
    return register_signed(
        world.agreement, [world.text, world.picture], signatures=signatures, effective_from=VALID,
        by=world.coordinator, **facts,
    )  # fmt: skip


def test_a_registered_signing_takes_the_word_of_each_other_party(world: World) -> None:
    party, coordinator = third_party(world)
    manifest = registered(world)

    confirm_signed(manifest, by=world.police_coordinator)

    assert not Decision.objects.exists()
    assert list(parties_to_answer(manifest)) == [party]
    assert code_of(lambda: confirm_signed(manifest, by=world.police_coordinator)) == "already_confirmed"
    assert manifest.get_absolute_url() not in [row.url for row in worklist(world.police_coordinator)]
    assert manifest.get_absolute_url() in [row.url for row in worklist(coordinator)]
    for person in (world.anna, world.signatory, world.cia, world.nils):
        assert code_of(partial(confirm_signed, manifest, by=person)) == "own_entry"

    confirm_signed(manifest, by=coordinator)

    assert Decision.objects.count() == 2
    manifest.refresh_from_db()
    assert manifest.closed_at is not None


def test_a_disputed_registration_ends_and_its_texts_come_back(world: World) -> None:
    manifest = registered(world)
    wrong = partial(dispute_signed, manifest, reason="Polisen har inte skrivit under.")
    assert code_of(lambda: wrong(by=world.coordinator)) == "own_entry"
    assert code_of(lambda: dispute_signed(manifest, reason=" ", by=world.police_coordinator)) == "reason_missing"

    wrong(by=world.police_coordinator)

    manifest.refresh_from_db()
    assert manifest.withdrawn_at is not None
    assert not Decision.objects.exists()
    for annex in (world.text, world.picture):
        proposal = annex.proposals.get()
        last = proposal.moves.latest("pk")
        assert proposal.status == ProposalStatus.WITHDRAWN
        assert (last.verb, last.reason, last.party) == (
            "dispute_signing", "Polisen har inte skrivit under.", world.polis,
        )  # fmt: skip
    assert code_of(lambda: confirm_signed(manifest, by=world.police_coordinator)) == "closed"
    registered(world)


def test_a_registration_is_withdrawn_only_by_the_party_that_made_it(world: World) -> None:
    manifest = registered(world)
    assert code_of(lambda: signing.give_up(manifest, by=world.police_coordinator)) == "registered"
    assert code_of(lambda: withdraw_registration(manifest, by=world.police_coordinator)) == "not_registrant"

    withdraw_registration(manifest, by=world.coordinator)

    assert {proposal.status for proposal in Proposal.objects.all()} == {ProposalStatus.WITHDRAWN}


def test_a_text_registered_as_signed_is_not_withdrawn_from_its_signing(world: World) -> None:
    manifest = registered(world)
    proposal = world.text.proposals.get()

    for person in (world.coordinator, world.police_coordinator):
        assert code_of(partial(withdraw, proposal, by=person)) == "registered_signing"

    manifest.refresh_from_db()
    assert manifest.is_open


def test_what_was_signed_outside_keeps_its_true_numbers_and_paragraphs(world: World) -> None:
    manifest = registered(world, numbers={world.picture.pk: 7}, item_numbers={world.picture.pk: "§ 12"})

    confirm_signed(manifest, by=world.police_coordinator)

    found = {d.annex: (d.revision.number, d.item_number) for d in Decision.objects.select_related("annex", "revision")}
    assert found == {world.text: (1, ""), world.picture: (7, "§ 12")}
    assert [copy.number for copy in manifest.originals.all()] == [1, 2]


def test_what_was_decided_outside_keeps_its_true_number_and_dates(world: World) -> None:

    taken = TakenDecision(date(2025, 3, 4), date(2025, 3, 15), "Styrgruppen fastställer lägesbilden.", "§ 3")

    proposal = register_decided(world.picture, taken, by=world.coordinator, number=7)
    decision = confirm_entry(proposal, by=world.police_coordinator)

    assert decision is not None
    assert (decision.revision.number, decision.year, decision.decided_on) == (7, 2025, date(2025, 3, 4))
    assert (decision.effective_from, decision.is_registered_afterwards) == (date(2025, 3, 15), True)


def test_a_day_to_come_is_not_registered(world: World) -> None:
    tomorrow = today() + timedelta(days=1)

    with pytest.raises(TransitionRefused):
        register_decided(world.picture, TakenDecision(tomorrow, tomorrow, "Fastställs."), by=world.coordinator)


def test_who_was_to_sign_and_who_holds_an_original_is_told_in_the_history(world: World, manifest: Manifest) -> None:
    kept = SignatoryFacts(world.kommun, "Undertecknare kommun", "Kommunstyrelsens ordförande", user=world.signatory)
    before = manifest.signatories.get(party=world.kommun)
    signing.set_signatories(
        manifest, [kept, SignatoryFacts(world.polis, "Vikarien", "Chef")], by=world.police_coordinator
    )
    signing.set_original_holders(manifest, {1: world.polis, 2: world.polis}, by=world.coordinator)

    told = [
        (str(event.what), event.who, event.reason)
        for event in agreement_history(world.agreement, world.coordinator).events
        if "ndertecknare" in str(event.what) or "riginal" in str(event.what)
    ]

    assert manifest.signatories.get(party=world.kommun) == before
    assert told[:3] == [
        ("Original har ändrats: 1", str(world.coordinator), "Innehavaren är ändrad"),
        ("Undertecknare har lagts till: Vikarien, Chef", str(world.police_coordinator), "Ska skriva under"),
        (
            "Undertecknare har tagits bort: Undertecknare polis, Lokalpolisområdeschef",
            str(world.police_coordinator),
            "Ska inte skriva under",
        ),
    ]
