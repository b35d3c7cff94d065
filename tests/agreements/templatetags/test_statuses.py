"""Each status has a word, a colour and a sign, and looks like no other."""

from collections import Counter

import pytest
from django.template import Context, Template

from agreements.states import ProposalStatus
from agreements.templatetags.icons import PATHS, svg
from agreements.templatetags.statuses import LOOKS, look_of

TONES = {"neutral", "accent", "info", "success", "warning", "danger"}


@pytest.mark.parametrize("code", LOOKS)
def test_every_look_is_whole(code: str) -> None:
    look = look_of(code)
    assert str(look.word)
    assert look.tone in TONES
    assert look.sign in PATHS


@pytest.mark.parametrize("status", ProposalStatus)
def test_every_status_of_a_proposal_has_a_look(status: ProposalStatus) -> None:
    assert look_of(status).word == status.label


def test_no_two_statuses_are_told_apart_by_colour_alone() -> None:
    told = Counter((str(look.word), look.sign) for look in LOOKS.values())
    assert [pair for pair, times in told.items() if times > 1] == []


def test_an_unknown_code_is_neutral_and_has_no_word_of_its_own() -> None:
    html = Template('{% include "_components/status.html" with code="x" word="Ord" only %}').render(Context())
    assert ">Ord<" in html
    assert 'data-color="neutral"' in html


def test_signs_are_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in svg("check")


def test_an_unknown_sign_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        svg("finns-inte")
