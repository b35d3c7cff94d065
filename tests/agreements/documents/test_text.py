"""Plain text: everything a reader meets, once, in order."""

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.text import plain, to_text, word_count
from tests.agreements.documents.examples import example


def test_a_document_is_told_as_text_in_reading_order_with_notes_where_they_are_referred_to() -> None:
    assert to_text(example()) == (
        "1 Inledning [¹ Från områdesfakta.]\n"
        "Syftet är ett & två [² Se länken. Stycke två.] här.\n"
        "Delar\n"
        "– ett\n"
        "– två\n"
        "– två ett\n"
        "Antal brott\n"
        "År | Antal\n"
        "2024 | 70\n"
        "Figur 1 [³ Enligt polisen.]\n"
        "Brå\n"
        "År | Andel\n"
        "2025 | 22 %\n"
        "1.1 Åtgärder\n"
        "Fält | Arbetsgruppen\n"
        "Mötesfrekvens | Bestäms senare\n"
        "– Bostadsinbrott\n"
        "– Källare\n"
        "Samordnare, Norrviks kommun, Växel 08-465 004 00, samordnare@example.se\n"
    )


def test_the_title_comes_when_asked_for() -> None:
    lines = to_text(example(), with_title=True).splitlines()
    assert lines[:3] == ["Gemensam lägesbild", "Norrvik", "1 Inledning [¹ Från områdesfakta.]"]


def test_words_are_counted_once_and_note_numbers_not_at_all() -> None:
    body = "<p>Ett två<sup data-note='tre fyra'></sup> fem-sex, 20 % (sju) – A091.081/2020</p>"
    section = FrozenSection("s", 1, clean_heading("Åtta"), body=clean_rich_text(body))
    document = freeze_sections(AnnexFacts("other", "Titel"), [section])
    assert word_count(document) == 9


def test_plain_text_of_html_has_no_tags_and_no_entities() -> None:
    assert plain("<p>a &amp; b<br>c</p><p>&lt;d&gt;</p>") == "a & b c <d>"


def test_an_empty_document_is_no_text() -> None:
    empty: Document = freeze_sections(AnnexFacts("other", ""), [])
    assert to_text(empty, with_title=True) == ""
    assert word_count(empty) == 0
