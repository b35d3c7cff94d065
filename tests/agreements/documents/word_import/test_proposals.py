"""Parties, groups, sources and areas are read out of the text as proposals."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.proposals import (
    AreaProposal,
    FunctionProposal,
    GroupProposal,
    PartyProposal,
    SourceProposal,
    propose,
)
from agreements.documents.word_import.text import WordPart

MUNICIPALITY = (
    "<p>Norrviks kommun, org.nr 219900-1179, postadress Box 12, 123 45 Norrvik ”<strong>Kommunen</strong>”</p>"
)
POLICE = "<p>Lokalpolisområde Norrvik region Mitt, polisområde Norr, organisationsnummer: 2099003317, 106 75 Stad</p>"


def part(body: str, heading: str = "") -> WordPart:
    """A part."""
    return WordPart(1 if heading else 0, heading, body)


def test_parties_by_their_organisation_numbers() -> None:
    assert propose([part("<p>Text.</p>"), part(f"{MUNICIPALITY}<p>och</p>{POLICE}")]).parties == (
        PartyProposal("Norrviks kommun", "219900-1179", "Box 12, 123 45 Norrvik", "Kommunen", 1),
        PartyProposal("Lokalpolisområde Norrvik", "209900-3317", "106 75 Stad", "", 1),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Norrviks kommun, org.nr 219900-1178",
        "Norrviks kommun, diarienummer 219900-1179",
        "Norrviks kommun har ett organisationsnummer.",
    ],
)
def test_numbers_that_are_wrong_or_something_else_make_no_party(text: str) -> None:
    assert propose([part(f"<p>{text}</p>")]).parties == ()


def test_a_term_may_be_told_without_quotation_marks() -> None:
    (party,) = propose([part("<p>Norrviks kommun org.nr 219900-1179, nedan kallad Kommunen,</p>")]).parties
    assert party.term == "Kommunen"


def test_groups_with_the_functions_in_their_list() -> None:
    body = "<p>Styrgruppen ansvarar.</p><ul><li><p>långsiktighet</p></li></ul><p>Följande funktioner ska ingå:</p>"
    body += "<ul><li><p>Kommundirektör</p></li><li><p>Chef med mandat från skolan</p></li></ul>"
    parts = [part("<p>x</p>"), part(body, "Lokal styrgrupp"), part("<p>Ingen lista.</p>", "Beredningsgrupp")]
    functions = (FunctionProposal("Kommundirektör", False), FunctionProposal("Chef med mandat från skolan", True))
    assert propose(parts).groups == (GroupProposal("steering", "Lokal styrgrupp", functions, 1),)


def test_a_list_of_functions_under_another_heading_is_no_group() -> None:
    body = "<p>Följande funktioner ingår:</p><ul><li><p>Kommundirektör</p></li></ul>"
    assert propose([part(body, "Bilagor")]).groups == ()
    assert [g.kind for g in propose([part(body, "Lokala arbetsgrupper")]).groups] == ["working"]


def test_sources_with_their_notes_and_once() -> None:
    note = '<sup data-note="&lt;p&gt;Med boende.&lt;/p&gt;"></sup>'
    items = f"<ul><li><p>Dialoger{note}</p></li><li><p>Enkät 2025</p></li></ul>"
    text = part(f"<p>Vi har använt följande källor:</p>{items}", "Metod")
    assert propose([text, text]).sources == (
        SourceProposal("Dialoger", "Med boende.", 0),
        SourceProposal("Enkät 2025", "", 0),
    )


def test_areas_from_headings_and_lists_each_once() -> None:
    listed = (
        "<p>Vi prioriterar:</p><ul><li><p>Samverkansområde 1: Inbrott</p></li><li><p>Otrygga platser.</p></li></ul>"
    )
    parts = [part(listed, "Prioriterade områden"), part("<p>x</p>", "Samverkansområde 1: Inbrott")]
    assert propose(parts).areas == (AreaProposal(1, "Inbrott", 1), AreaProposal(0, "Otrygga platser", 0))


def test_lists_that_are_not_led_in_as_areas_are_none() -> None:
    text = "<p>Målen prioriteras.</p><ul><li><p>Inbrott</p></li></ul>"
    assert propose([part(text, "Fokusområden")]).areas == ()
