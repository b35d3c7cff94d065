"""Parts land on the template's sections where the headings say the same; nothing is reordered, renamed or lost."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.heading_words import EXACT, NOTHING, SAME_WORDS, SYNONYM, likeness, plain_heading
from agreements.documents.word_import.placing import Placing, TemplateHeading, place
from agreements.documents.word_import.text import WordPart

TEMPLATE = [
    TemplateHeading("background", "Bakgrund"),
    TemplateHeading("goals", "Kommunikationsmål"),
    TemplateHeading("goals_internal", "Internt", 2),
    TemplateHeading("target_groups", "Målgrupper"),
    TemplateHeading("target_groups_internal", "Internt", 2),
    TemplateHeading("messages", "Budskap"),
    TemplateHeading("organisation", "Lokal samverkansorganisation"),
    TemplateHeading("steering_group", "Lokal styrgrupp", 2),
    TemplateHeading("evaluation", "Uppföljning och utvärdering"),
]


def keys(*headings: tuple[int, str]) -> list[str]:
    """The keys that these headings get."""
    return [placing.key for placing in place([WordPart(level, text, "<p>x</p>") for level, text in headings], TEMPLATE)]


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("Bakgrund", "BAKGRUND:", EXACT),
        ("2.1 Metod", "Metod", EXACT),
        ("Kommunikativa utmaningar (som kan uppdateras löpande)", "Kommunikativa utmaningar", EXACT),
        (
            "Parter och lokala överenskommelsens omfattning",
            "Parter och den lokala överenskommelsens omfattning",
            SAME_WORDS,
        ),
        ("Roller och ansvar", "Ansvar och roller", SAME_WORDS),
        ("Vårt huvudbudskap", "Budskap", SYNONYM),
        ("Mål – kommunikationen ska:", "Kommunikationsmål", SYNONYM),
        ("Strategi – hur når vi målen", "Strategi", SYNONYM),
        ("Hur ska vi jobba tillsammans?", "Så här arbetar vi tillsammans", SYNONYM),
        ("Beskrivning av Norrviks kommun", "Beskrivning av området", SYNONYM),
        ("Mätning och utvärdering", "Uppföljning", SYNONYM),
        ("Övergripande mål:", "Kommunikationsmål", NOTHING),
        ("Bilbrott", "Bostadsinbrott", NOTHING),
        ("Internt", "Externt", NOTHING),
        ("", "Bakgrund", NOTHING),
    ],
)
def test_how_much_two_headings_say_the_same(one: str, other: str, degree: int) -> None:
    assert likeness(plain_heading(one), plain_heading(other)) == degree
    assert likeness(plain_heading(other), plain_heading(one)) == degree


def test_notes_and_italics_do_not_matter() -> None:
    assert plain_heading('Om <em>våld</em><sup data-note="&lt;p&gt;Se not.&lt;/p&gt;"></sup>') == "om våld"


def test_a_match_keeps_the_files_own_wording_number_and_text() -> None:
    (placing,) = place([WordPart(1, "Vårt huvudbudskap", "<p>Trygghet.</p>", "4")], TEMPLATE)
    assert placing == Placing("messages", 1, "Vårt huvudbudskap", "<p>Trygghet.</p>", True, "4", (0,))


def test_the_order_of_the_file_wins_and_what_is_unknown_is_new() -> None:
    assert keys((1, "Budskap"), (1, "Om media"), (1, "Bakgrund")) == ["messages", "", "background"]


def test_a_section_of_the_template_is_used_once_by_the_most_alike() -> None:
    assert keys((1, "Huvudbudskap"), (1, "Budskap"), (1, "Budskap")) == ["", "messages", ""]


def test_headings_that_occur_twice_are_told_by_what_they_stand_under() -> None:
    found = keys(
        (1, "Målgrupper"), (2, "Internt"), (1, "Kommunikationsmål"), (2, "Internt"), (1, "Om media"), (2, "Internt")
    )
    assert found == ["target_groups", "target_groups_internal", "goals", "goals_internal", "", ""]


def test_a_heading_that_can_mean_one_thing_only_is_found_wherever_it_stands() -> None:
    assert keys((1, "Styrgruppen")) == ["steering_group"]
    assert keys((2, "Internt")) == [""]


def test_deep_headings_do_not_take_the_place_of_chapters() -> None:
    assert keys((1, "Om media"), (2, "Press"), (3, "Bakgrund")) == ["", "", ""]


def test_text_before_the_first_heading_is_a_section_without_one() -> None:
    placings = place([WordPart(0, "", "<p>Inledning.</p>"), WordPart(1, "Bakgrund", "")], TEMPLATE)
    assert [(p.key, p.level, p.heading, p.body) for p in placings] == [
        ("", 1, "", "<p>Inledning.</p>"),
        ("background", 1, "Bakgrund", ""),
    ]


def test_the_fourth_level_becomes_sub_headings_in_the_body() -> None:
    parts = [
        WordPart(3, "Insatser", "<p>a</p>"),
        WordPart(4, "City helg", "<p>b</p>", "1.1.1.1"),
        WordPart(4, "Vandringar", "<p>c</p>"),
        WordPart(1, "Bakgrund", ""),
    ]
    first, second = place(parts, TEMPLATE)
    assert first.body == "<p>a</p><h4>1.1.1.1 City helg</h4><p>b</p><h4>Vandringar</h4><p>c</p>"
    assert (first.parts, second.parts) == ((0, 1, 2), (3,))


def test_a_fourth_level_with_nothing_above_it_is_a_section() -> None:
    assert [(p.level, p.heading) for p in place([WordPart(4, "City helg", "")], TEMPLATE)] == [(1, "City helg")]


def test_a_file_that_begins_on_the_second_level_is_raised() -> None:
    parts = [
        WordPart(0, "", "<p>x</p>"),
        WordPart(2, "Bakgrund", ""),
        WordPart(3, "Metod", ""),
        WordPart(4, "Urval", ""),
    ]
    assert [placing.level for placing in place(parts, TEMPLATE)] == [1, 1, 2, 3]


def test_no_parts_make_no_sections() -> None:
    assert place([], TEMPLATE) == []
