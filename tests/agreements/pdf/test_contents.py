"""Lines of the table of contents."""

from django.utils.translation import override

from agreements.pdf.contents import Entry, entries
from agreements.pdf.press import Heading

HEADINGS = (Heading(1, "Lägesbild", "a", 1), Heading(2, "1 Metod", "b", 2), Heading(3, "1.1 Källor", "c", 2))


def test_line_names_the_page_inside_its_annex() -> None:
    with override("sv"):
        assert list(entries("Bilaga 2", HEADINGS, length=3)) == [
            Entry(1, "Lägesbild", "a", "Bilaga 2, s. 1"),
            Entry(2, "1 Metod", "b", "Bilaga 2, s. 2"),
        ]


def test_agreement_text_has_pages_without_a_name() -> None:
    with override("sv"):
        assert [entry.place for entry in entries("", HEADINGS, length=3)] == ["s. 1", "s. 2"]


def test_part_of_two_pages_is_found_by_its_title() -> None:
    with override("sv"):
        assert [entry.text for entry in entries("Bilaga 3a", HEADINGS, length=2)] == ["Lägesbild"]
