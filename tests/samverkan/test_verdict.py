import pytest

from samverkan.verdict import ALLOWED, TransitionRefused, refused


def test_an_allowed_verdict_is_true_and_says_nothing() -> None:
    assert ALLOWED
    assert (ALLOWED.code, ALLOWED.reason) == ("", "")


def test_a_refusal_is_false_and_carries_code_and_reason() -> None:
    verdict = refused("not_yours", "It is not yours.")

    assert not verdict
    assert (verdict.code, verdict.reason) == ("not_yours", "It is not yours.")


def test_a_refused_transition_tells_its_reason_and_keeps_the_verdict() -> None:
    verdict = refused("not_yours", "It is not yours.")

    with pytest.raises(TransitionRefused, match="^It is not yours.$") as caught:
        raise TransitionRefused(verdict)

    assert caught.value.verdict is verdict


def test_a_refused_transition_without_a_reason_tells_its_code() -> None:
    assert str(TransitionRefused(refused("late", ""))) == "late"
