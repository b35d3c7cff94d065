"""Several parts of a matter moved together: each as alone, all of them or none."""

from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from agreements.models import Decision, Matter, MeetingEntry, Move, Proposal, StoredFile
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import matter as moves
from agreements.workflow import proposal as single
from agreements.workflow.revision import submit_matter
from samverkan.verdict import TransitionRefused
from tests.factories import World, answered
from tests.factories.pdf import a_pdf

S = ProposalStatus
NUMBERS = ("1", "3a", "4")


def make_matter(world: World, *, is_bound: bool = False, status: ProposalStatus = S.IN_PREPARATION) -> Matter:
    """Three annexes as one matter, with the preparatory group or before the steering group."""
    matter = submit_matter(
        [answered(world.annexes[number]) for number in NUMBERS], title="Våren", by=world.coordinator,
        is_bound_together=is_bound,
    )  # fmt: skip
    if status == S.PROPOSED:
        moves.forward_all(matter.proposals.all(), by=world.preparer)
        moves.forward_all(matter.proposals.all(), by=world.police_preparer)
    return matter


def parts_of(matter: Matter) -> list[Proposal]:
    return list(matter.proposals.order_by("annex__sort_key"))


def enter(world: World, matter: Matter, **facts: object) -> list[MeetingEntry]:
    resolutions = {part.pk: f"§ om {part.annex.number}." for part in parts_of(matter)}
    given = {"decided_on": today(), "effective_from": today(), "item_number": "§ 4", "attendance": "Alla"} | facts
    return moves.enter_all(parts_of(matter), resolutions, by=world.coordinator, **given)  # type: ignore[arg-type]


def statuses(matter: Matter) -> set[str]:
    return set(matter.proposals.values_list("status", flat=True))


def test_all_parts_are_forwarded_by_one_member_of_each_party(world: World) -> None:
    matter = make_matter(world)

    moves.forward_all(parts_of(matter), by=world.preparer, reason="Siffrorna är granskade.")
    assert statuses(matter) == {S.IN_PREPARATION}
    moves.forward_all(parts_of(matter), by=world.police_preparer)

    assert statuses(matter) == {S.PROPOSED}
    words = Move.objects.filter(verb=Move.Verb.FORWARD, party=world.kommun).values_list("reason", flat=True)
    assert list(words) == ["Siffrorna är granskade."] * 3


def test_one_part_that_hinders_stops_all_and_is_named(world: World) -> None:
    matter = make_matter(world)
    first, second, third = parts_of(matter)
    single.refer_back(second, by=world.preparer, reason="Kartan saknas.")

    with pytest.raises(TransitionRefused) as refusal:
        moves.forward_all([first, second, third], by=world.preparer)

    assert str(refusal.value.verdict.reason).startswith("Bilaga 3a Åtgärdsplan: ")
    assert str(refusal.value.verdict.reason).endswith(" Inget har gjorts.")
    assert not Move.objects.filter(verb=Move.Verb.FORWARD).exists()


@pytest.mark.parametrize("is_bound", [False, True])
def test_a_meetings_decision_is_entered_and_confirmed_for_all_parts(world: World, is_bound: bool) -> None:
    matter = make_matter(world, is_bound=is_bound, status=S.PROPOSED)
    minutes = SimpleUploadedFile("protokoll.pdf", a_pdf())

    enter(world, matter, minutes=minutes)
    decisions = moves.confirm_all(parts_of(matter), by=world.police_coordinator)

    found = list(Decision.objects.order_by("annex__sort_key"))
    assert [(one.annex.number, one.resolution, one.item_number) for one in found] == [
        (number, f"§ om {number}.", "§ 4") for number in NUMBERS
    ]
    assert {one.minutes for one in found} == {StoredFile.objects.get()}
    assert statuses(matter) == {S.DECIDED}
    assert len(decisions) == (1 if is_bound else 3)


def test_nothing_is_entered_when_one_part_cannot_be(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    single.reject(parts_of(matter)[2], by=world.anna, reason="Nej.")

    with pytest.raises(TransitionRefused, match="Bilaga 4"):
        enter(world, matter, minutes=SimpleUploadedFile("protokoll.pdf", a_pdf()))

    assert not MeetingEntry.objects.exists()
    assert not StoredFile.objects.exists()


def test_nothing_is_confirmed_when_one_part_cannot_be(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    enter(world, matter)
    single.dispute_entry(parts_of(matter)[1], by=world.police_coordinator, reason="Fel dag.")

    with pytest.raises(TransitionRefused, match="Bilaga 3a"):
        moves.confirm_all(parts_of(matter), by=world.police_coordinator)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["bo", "cia", "nils", "coordinator", "reader"])
def test_nobody_else_moves_all_of_it(world: World, name: str) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    enter(world, matter)

    with pytest.raises(TransitionRefused):
        moves.confirm_all(parts_of(matter), by=getattr(world, name))
    with pytest.raises(TransitionRefused):
        moves.forward_all(parts_of(matter), by=getattr(world, name))


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_confirmations_one_decides(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    enter(world, matter)
    barrier, refused = Barrier(2), []

    def confirm() -> None:
        parts = parts_of(matter)
        barrier.wait(timeout=20)
        try:
            moves.confirm_all(parts, by=world.police_coordinator)
        except TransitionRefused as refusal:
            refused.append(refusal.verdict.code)
        finally:
            connection.close()

    threads = [Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert (len(refused), Decision.objects.count()) == (1, 3)
