import pytest

from agreements.states import MOVES, ON_THE_WAY, TURNS, ProposalStatus, Turn


def test_every_status_has_a_row_and_an_owner() -> None:
    assert set(MOVES) == set(TURNS) == set(ProposalStatus)


def test_what_is_on_its_way_can_move_and_nothing_else_can() -> None:
    assert {status for status, moves in MOVES.items() if moves} == set(ON_THE_WAY)


@pytest.mark.parametrize("status", ON_THE_WAY)
def test_what_is_on_its_way_can_always_be_withdrawn(status: ProposalStatus) -> None:
    assert ProposalStatus.WITHDRAWN in MOVES[status]


def test_a_decided_version_is_nobodys_turn() -> None:
    assert TURNS[ProposalStatus.DECIDED] == Turn.NOBODY
