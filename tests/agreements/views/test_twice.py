"""A move that comes twice, by a double click, a second tab or a broken connection, is made once."""

import pytest
from django.urls import reverse

from agreements.models import Assent, Comment, Decision, Matter, MeetingEntry, Move, Opinion, Proposal
from agreements.permissions import Role
from agreements.selectors.wording import wording_of
from agreements.states import ProposalStatus
from agreements.workflow.proposal import refer_back
from tests.agreements.workflow.test_matter import make_matter
from tests.factories import World, as_, proposal_at
from tests.factories.agreements import seat_in

S = ProposalStatus


def step(proposal: Proposal, word: str) -> str:
    return reverse("agreements:proposal_step", args=[proposal.pk, word])


def test_another_sentence_after_a_yes_is_refused_and_changes_nothing(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    client = as_(world.anna)
    client.post(step(proposal, "bifall"), {"resolution": "Ja."})

    assert client.post(step(proposal, "bifall"), {"resolution": "Ja, från maj."}).status_code == 403
    assert [yes.resolution for yes in proposal.assents.all()] == ["Ja."]


def test_somebody_elses_move_is_not_ones_own_second_click(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    as_(world.anna).post(step(proposal, "avsla"), {"reason": "Nej."})

    assert as_(world.pia).post(step(proposal, "avsla"), {"reason": "Nej."}).status_code == 403


MEETING = {"decided_on": "2026-01-15", "effective_from": "2099-01-01", "resolution": "Bifall.", "item_number": "4"}
CLICKS = [
    ("skicka-vidare", "preparer", {"reason": "Klart för\r\nstyrgruppen."}),
    ("skicka-vidare", "preparer", {}),
    ("bifall", "anna", {"resolution": "Ja,\r\nså blir det."}),
    ("aterta-bifall", "anna", {}),
    ("aterremittera", "anna", {"reason": "Siffrorna."}),
    ("avsla", "anna", {"reason": "Nej."}),
    ("bordlagg", "anna", {"until": "2099-01-01", "reason": "Vi väntar."}),
    ("yttra", "member", {"stance": "support", "reason": ""}),
    ("ta-tillbaka", "coordinator", {"reason": ""}),
    ("for-in-beslut", "coordinator", MEETING),
    ("bekrafta", "police_coordinator", {}),
    ("bestrid", "police_coordinator", {"reason": "Det sades inte."}),
    ("fraga", "anna", {"text": "Varför?"}),
]


@pytest.mark.parametrize(("word", "who", "sent"), CLICKS, ids=[f"{word} {who}" for word, who, _sent in CLICKS])
def test_every_move_that_comes_twice_is_made_once_and_leads_to_the_same_place(
    world: World, word: str, who: str, sent: dict[str, str]
) -> None:
    proposal = proposal_at(world, S.IN_PREPARATION if word == "skicka-vidare" else S.PROPOSED)
    if word in ("bekrafta", "bestrid"):
        as_(world.coordinator).post(step(proposal, "for-in-beslut"), MEETING)
    if word == "aterta-bifall":
        as_(world.anna).post(step(proposal, "bifall"), {"resolution": "Ja."})
    client = as_(getattr(world, who))
    if word in ("bekrafta", "bestrid"):
        sent = sent | {"entry": str(MeetingEntry.objects.get().pk)}

    def rows() -> list[int]:
        return [kind.objects.count() for kind in (Assent, Comment, Decision, MeetingEntry, Move, Opinion)]

    before = rows()
    first = client.post(step(proposal, word), sent)
    after = rows()
    second = client.post(step(proposal, word), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert before != after == rows()
    assert "Det har du redan gjort." in client.get(second["Location"]).content.decode()


def test_the_last_yes_that_comes_twice_leads_to_the_decision(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    as_(world.anna).post(step(proposal, "bifall"), {"resolution": "Ja."})
    client = as_(world.pia)
    answers = [client.post(step(proposal, "bifall"), {"resolution": "Ja."}) for _click in range(2)]

    assert {answer["Location"] for answer in answers} == {Decision.objects.get().get_absolute_url()}


def marks(matter: Matter) -> dict[str, str]:
    """What the page of a yes to all sends back."""
    return {f"sedd-{proposal.pk}": wording_of(proposal).mark for proposal in matter.proposals.all()}


def test_yes_to_all_that_comes_twice_says_that_the_parts_have_moved_on(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    client, address, read = as_(world.anna), f"{matter.get_absolute_url()}bifall/", marks(matter)
    client.post(address, read)
    given = Assent.objects.count()

    again = client.post(address, read, follow=True)

    assert (again.status_code, Assent.objects.count()) == (200, given)
    assert given == 3
    assert "har redan gått vidare" in again.content.decode()


def test_who_decides_nothing_is_refused_the_yes_to_all_however_it_is_sent(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)

    assert as_(world.coordinator).post(f"{matter.get_absolute_url()}bifall/").status_code == 403


@pytest.mark.parametrize("missing", [1, 3])
def test_yes_to_all_says_yes_to_nothing_that_was_not_shown(world: World, missing: int) -> None:
    """Neither to a part that came before the group meanwhile, nor when the page sent back nothing."""
    matter = make_matter(world, status=S.PROPOSED)
    read = dict(list(marks(matter).items())[missing:])

    as_(world.anna).post(f"{matter.get_absolute_url()}bifall/", read)

    assert Assent.objects.count() == 3 - missing if read else not Assent.objects.exists()


def test_yes_to_all_is_read_again_when_a_part_that_was_shown_has_gone(world: World) -> None:
    matter = make_matter(world, status=S.PROPOSED)
    read = marks(matter)
    refer_back(matter.proposals.get(annex=world.picture), by=world.pia, reason="Siffrorna.")

    response = as_(world.anna).post(f"{matter.get_absolute_url()}bifall/", read, follow=True)

    assert "Något har hänt med de här delarna under tiden." in response.content.decode()
    assert not Assent.objects.exists()


def test_whoever_prepares_for_two_parties_forwards_once_however_often_it_is_sent(world: World) -> None:
    proposal = proposal_at(world, S.IN_PREPARATION)
    seat_in(world.agreement, Role.PREPARATORY, world.preparer, world.polis)
    client = as_(world.preparer)
    answers = [client.post(step(proposal, "skicka-vidare"), {"reason": word}) for word in ("", "", "Även polisen.")]

    proposal.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302, 403]
    assert "för en annan part" in answers[2].content.decode()
    assert (proposal.status, proposal.moves.filter(verb=Move.Verb.FORWARD).count()) == (S.IN_PREPARATION, 1)
