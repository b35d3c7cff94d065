"""A passage is found again by whole words, in its own section first, and by what stood around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.quotation import Quotation, occurrences, section_words, whole_words, words_of
from agreements.documents.sanitise import clean_rich_text

TEXTS = {
    "": [],
    "mål": words_of("Mål Parterna ska öppna tre mötesplatser under året."),
    "hot": words_of("Hot Våldsbejakande extremism och hot mot tjänstemän har minskat."),
    "år": words_of("År Under tre år följs de tre målen upp. Tre skolor deltar."),
}


@pytest.mark.parametrize(
    ("quotation", "place"),
    [
        (Quotation("mål", "tre"), "mål"),
        (Quotation("hot", "tre"), None),  # "extremism" holds the letters, and other sections are not its own
        (Quotation("borta", "tre"), None),
        (Quotation("", "extremism"), "hot"),
        (Quotation("", "extrem"), None),
        (Quotation("hot", "HOT mot  tjänstemän"), "hot"),
        (Quotation("mål", "hot mot tjänstemän"), "hot"),  # moved, and long enough to be known again
        (Quotation("mål", "tjänstemän har"), None),
        (Quotation("mål", "tjänstemän", "riktade hot mot ", " har ökat"), None),
        (Quotation("mål", "tjänstemän", "extremism och hot mot ", " har ökat"), "hot"),
        (Quotation("mål", "tjänstemän", "riktade mot ", " har minskat."), "hot"),
        (Quotation("år", "tre"), "år"),
        (Quotation("år", "tre", "följs de ", " målen upp"), "år"),
        (Quotation("år", "tre", "det finns ", " förskolor"), None),  # stands thrice, and none of them is the one
        (Quotation("mål", "tre", "helt andra ord ", " runt om"), "mål"),  # stands once in its own section
        (Quotation("mål", ""), "mål"),
        (Quotation("borta", ""), None),
        (Quotation("", ""), ""),
        (Quotation("mål", "–"), None),
    ],
)
def test_a_passage_is_found_by_its_words_and_what_stands_around_it(quotation: Quotation, place: str | None) -> None:
    assert quotation.place_in(TEXTS) == place


def test_words_run_on_over_notes_and_list_signs() -> None:
    body = clean_rich_text('<p>Vi ses ofta<sup data-note="&lt;p&gt;Varje vecka.&lt;/p&gt;"></sup> på torget</p>')
    parts = [
        FrozenSection("a", 1, "Möten", body=body),
        FrozenSection("b", 1, "", body="<ul><li>skolan</li><li>parken</li></ul>"),
    ]
    texts = section_words(freeze_sections(AnnexFacts("situational_picture", "Titel"), parts))

    assert Quotation("a", "ofta på torget").place_in(texts) == "a"
    assert Quotation("a", "varje vecka").place_in(texts) == "a"
    assert Quotation("b", "skolan parken").place_in(texts) == "b"


WORDS = st.lists(st.text("abcåäö", min_size=1, max_size=3), min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_passage_is_found_where_nothing_around_it_changed(
    before: list[str], quote: list[str], after: list[str], data: st.DataObject
) -> None:
    other = data.draw(WORDS)
    quotation = Quotation("own", " ".join(quote), " ".join(before), " ".join(after))
    text = [*before, *quote, *after]

    assert quotation.place_in({"other": other, "own": text}) == "own"
    assert quotation.place_in({"other": [*other, *text, *other], "own": ["nu", "borttaget"]}) == "other"


@given(WORDS, st.text("abcåäö", min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_word_is_never_found_inside_another(words: list[str], word: str) -> None:
    longer = [f"x{one}y" for one in words]

    assert occurrences(longer, [word]) == []
    assert occurrences([*longer, word], [word]) == [len(longer)]


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        (("ska före", "bygga bro", "tt i staden"), ("ska ", "förebygga brott", " i staden")),
        (("ska ", "förebygga", " brott"), ("ska ", "förebygga", " brott")),
        (("ordet", "”hot”", "och"), ("ordet", "”hot”", "och")),
        (("", "hot", ""), ("", "hot", "")),
        (("före", "", "efter"), ("före", "", "efter")),
    ],
)
def test_half_words_are_made_whole(marked: tuple[str, str, str], whole: tuple[str, str, str]) -> None:
    assert whole_words(*marked) == whole
