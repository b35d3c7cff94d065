import pytest

from communication.states import MOVES, DeliveryStatus


def test_every_status_of_a_delivery_has_its_moves() -> None:
    assert set(MOVES) == set(DeliveryStatus)


@pytest.mark.parametrize("status", [DeliveryStatus.SENT, DeliveryStatus.FAILED])
def test_what_went_or_failed_stays_as_it_is(status: DeliveryStatus) -> None:
    assert MOVES[status] == frozenset()


def test_nothing_is_sent_without_first_being_marked_as_being_sent() -> None:
    before = {status for status, after in MOVES.items() if DeliveryStatus.SENT in after}

    assert before == {DeliveryStatus.SENDING, DeliveryStatus.UNCERTAIN}
    assert [status for status, after in MOVES.items() if DeliveryStatus.UNCERTAIN in after] == [DeliveryStatus.SENDING]
