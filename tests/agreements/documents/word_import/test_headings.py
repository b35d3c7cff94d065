"""Which paragraphs become headings: marked ones by style in two languages, unmarked ones by their look, carefully."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import (
    STYLES,
    Docx,
    abstract,
    bold,
    docx,
    gone,
    item,
    level,
    num,
    p,
    r,
    style,
    tbl,
    text_box,
    tr,
)

TEXT = p("En längre text om hur kommunen och polisen samverkar i området.")


def outline(*content: str, styles: str = STYLES, numbering: str = "") -> list[tuple[int, str, str]]:
    """Level, number and heading of each part."""
    text = read_word(Docx("".join(content), styles=styles, numbering=numbering).bytes())
    return [(part.level, part.typed_number, part.heading) for part in text.parts]


def fakes(*content: str) -> list[tuple[int, str]]:
    """Level and heading of the parts that have a heading, in a file without styles for headings."""
    return [(found, heading) for found, _, heading in outline(*content, styles="") if found]


@pytest.mark.parametrize(
    ("style_id", "name", "found"),
    [
        ("Heading2", "heading 2", 2),
        ("Rubrik2", "heading 2", 2),
        ("Rubrik3", "Rubrik 3", 3),
        ("x17", "Heading 4", 4),
        ("Rubrik1numrerad", "Rubrik 1 numrerad", 1),
    ],
)
def test_styles_are_known_by_name_and_id_in_two_languages(style_id: str, name: str, found: int) -> None:
    styles = style(style_id, name)
    assert outline(p("Bakgrund", style=style_id), TEXT, styles=styles) == [(found, "", "Bakgrund")]


def test_an_id_that_the_file_does_not_define_is_known_by_its_name() -> None:
    assert outline(p("Bakgrund", style="Rubrik1"), TEXT, styles="") == [(1, "", "Bakgrund")]


def test_a_style_inherits_what_it_is() -> None:
    styles = STYLES + style("Eget", "Vår rubrik", '<w:basedOn w:val="Mellan"/>')
    styles += style("Mellan", "Mellan", '<w:basedOn w:val="Heading2"/>')
    assert outline(p("Metod", style="Eget"), TEXT, styles=styles) == [(2, "", "Metod")]


def test_styles_in_a_ring_end() -> None:
    ring = style("A", "A", '<w:basedOn w:val="B"/>') + style("B", "B", '<w:basedOn w:val="A"/>')
    assert outline(p("Text.", style="A"), styles=ring) == [(0, "", "")]


def test_outline_levels_make_headings_of_styles_and_of_paragraphs() -> None:
    styles = style("Kapitel", "Kapitel", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    assert outline(p("Metod", style="Kapitel"), TEXT, styles=styles) == [(2, "", "Metod")]
    assert outline(p("Metod", props='<w:outlineLvl w:val="0"/>'), TEXT) == [(1, "", "Metod")]
    assert outline(p("Text", style="Heading1", props='<w:outlineLvl w:val="9"/>'), TEXT)[0][0] == 0


def test_levels_below_the_fourth_are_the_fourth() -> None:
    text = read_word(docx(p("Djupt", style="Heading6"), TEXT))
    assert text.parts[0].level == 4
    assert text.report.count("deep_heading") == 1


def test_title_and_subtitle_stand_first_or_are_something_else() -> None:
    text = read_word(
        docx(p("Kommunikations", style="Title"), p("plan", style="Title"), p("för Norrvik", style="Subtitle"),
             p("Bakgrund", style="Heading1"), TEXT, p("Bilaga", style="Title"), p("undertext", style="Subtitle"))
    )  # fmt: skip
    assert (text.title, text.subtitle) == ("Kommunikations plan", "för Norrvik")
    assert [(part.level, part.heading) for part in text.parts] == [(1, "Bakgrund"), (1, "Bilaga")]
    assert text.parts[1].body == "<p>undertext</p>"
    assert (text.report.count("late_title"), text.report.count("late_subtitle")) == (1, 1)


def test_a_title_after_other_text_keeps_its_place() -> None:
    text = read_word(docx(TEXT, p("Kommunikationsplan", style="Title"), TEXT))
    assert text.title == ""
    assert [(part.level, part.heading) for part in text.parts] == [(0, ""), (1, "Kommunikationsplan")]


def test_a_note_on_the_title_is_not_lost() -> None:
    data = Docx(
        p(r("Lägesbild"), '<w:r><w:footnoteReference w:id="2"/></w:r>', style="Title") + TEXT,
        footnotes=f'<w:footnote w:id="2">{p("Avser hela området.")}</w:footnote>',
    )
    text = read_word(data.bytes())
    assert text.title == "Lägesbild"
    assert text.parts[0].body.startswith("<p>Avser hela området.</p>")


def test_an_empty_heading_is_passed_over() -> None:
    assert outline(p("", style="Heading1"), p(gone("bort"), style="Heading1"), TEXT) == [(0, "", "")]


def test_running_text_in_the_style_of_a_heading_is_a_paragraph() -> None:
    sentence = "Parterna ska verka för att samverkan fortsätter. " * 8
    text = read_word(docx(p(sentence, style="Heading1")))
    assert text.parts[0].level == 0
    assert text.report.count("long_heading") == 1


def test_a_heading_keeps_italics_and_loses_what_its_style_shows_anyway() -> None:
    heading = p(r("Om ", "<w:b/>"), r("våld", "<w:b/><w:i/>"), style="Heading1")
    assert outline(heading, TEXT)[0][2] == "Om <em>våld</em>"


# Numbers


@pytest.mark.parametrize(
    ("typed", "number", "heading"),
    [
        ("2.1 Metod", "2.1", "Metod"),
        ("2.1. Metod", "2.1", "Metod"),
        ("1 Inledning", "1", "Inledning"),
        ("1. inom gruppen", "1", "inom gruppen"),
        ("1) Inledning", "1", "Inledning"),
        ("4\tTid", "4", "Tid"),
        ("4\u00a0Tid", "4", "Tid"),
        ("5.3.1 Pågående insatser", "5.3.1", "Pågående insatser"),
        ("2020 års plan", "", "2020 års plan"),
        ("10 goda råd", "", "10 goda råd"),
        ("24 timmar i city", "", "24 timmar i city"),
        ("7 Råd", "", "7 Råd"),
        ("3", "", "3"),
        ("112", "", "112"),
    ],
)
def test_typed_numbers_are_cut_off_and_amounts_are_not(typed: str, number: str, heading: str) -> None:
    assert outline(p(typed, style="Heading1"), TEXT) == [(1, number, heading)]


def test_bare_numbers_count_when_they_follow_each_other() -> None:
    found = outline(*(p(f"{n} Del", style="Heading1") + TEXT for n in (1, 2, 3)), p("9 Annat", style="Heading1"), TEXT)
    assert [number for _, number, _ in found] == ["1", "2", "3", ""]


def test_a_number_may_be_cut_through_the_middle_of_runs() -> None:
    assert outline(p(r("2"), r(".1 "), r("Met"), r("od"), style="Heading2"), TEXT) == [(2, "2.1", "Metod")]


def test_numbers_that_word_counts_are_told_but_are_no_words() -> None:
    levels = level(0, "decimal", "%1", more='<w:pStyle w:val="Heading1"/>')
    levels += level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Heading2"/>')
    numbered = "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr><w:outlineLvl w:val='{}'/></w:pPr>"
    styles = style("Heading1", "heading 1", numbered.format(0)) + style("Heading2", "heading 2", numbered.format(1))
    content = Docx(
        "".join(p(w, style=s) for w, s in (("A", "Heading1"), ("B", "Heading2"), ("C", "Heading2"), ("D", "Heading1"))),
        styles=styles, numbering=abstract(7, levels) + num(5, 7),
    )  # fmt: skip
    parts = read_word(content.bytes()).parts
    assert [part.typed_number for part in parts] == ["1", "1.1", "1.2", "2"]
    assert all(part.is_numbered_by_word for part in parts)


# Headings in all but name


def test_bold_paragraphs_are_headings() -> None:
    text = read_word(Docx(p(bold("Bakgrund")) + TEXT + p(bold("Syfte")) + TEXT, styles="").bytes())
    assert [(part.level, part.heading, part.is_fake_heading) for part in text.parts] == [
        (1, "Bakgrund", True),
        (1, "Syfte", True),
    ]
    assert [line.place for line in text.report.lines if line.what == "fake_heading"] == ["Bakgrund", "Syfte"]


def test_a_long_heading_over_a_short_text_is_still_one() -> None:
    assert fakes(p(bold("Prioriterade områden för samverkan")), p("Kort text")) == [
        (1, "Prioriterade områden för samverkan")
    ]


def test_larger_paragraphs_are_headings_and_size_gives_the_level() -> None:
    large, middle = '<w:sz w:val="36"/>', '<w:sz w:val="28"/>'
    content = [
        p(r("Mål", large)),
        TEXT,
        p(r("Internt", middle)),
        TEXT,
        p(r("Kanaler", large)),
        TEXT,
        p(bold("Press")),
        TEXT,
    ]
    assert fakes(*content) == [(1, "Mål"), (2, "Internt"), (1, "Kanaler"), (3, "Press")]


def test_typed_numbers_alone_make_headings() -> None:
    content = [p("2 Beskrivning"), p("2.1 Polisområdet"), TEXT, p("2.2 Befolkning"), TEXT]
    assert outline(*content, styles="") == [
        (1, "2", "Beskrivning"),
        (2, "2.1", "Polisområdet"),
        (2, "2.2", "Befolkning"),
    ]


def test_headings_numbered_by_word_in_bold_are_headings() -> None:
    decimals = abstract(1, level(0, "decimal", "%1.")) + num(2, 1)
    content = [item(bold("Bakgrund"), list_id=2), TEXT, item(bold("Syfte"), list_id=2), TEXT]
    assert outline(*content, styles="", numbering=decimals) == [(1, "1", "Bakgrund"), (1, "2", "Syfte")]


def test_unmarked_headings_go_below_marked_ones() -> None:
    content = [p("Kanaler", style="Heading1"), TEXT, p(bold("Internt")), TEXT]
    assert [(found, heading) for found, _, heading in outline(*content)] == [(1, "Kanaler"), (2, "Internt")]


@pytest.mark.parametrize(
    "line",
    [
        "Det här är en viktig mening.",
        "I styrgruppen ska följande funktioner ingå:",
        "samverkan i vardagen",
        "Figur 3 Anmälda brott",
        "114 14",
        "[Stadsdelsdirektör]",
        "Skriv till kommunpolis@example.se",
        "En mycket lång rad som ingen rubrik brukar vara eftersom den aldrig tar slut utan bara fortsätter framåt",
    ],
)
def test_bold_lines_that_read_like_text_stay_text(line: str) -> None:
    assert fakes(p(bold(line)), TEXT) == []


def test_a_bold_line_with_nothing_under_it_is_no_heading() -> None:
    assert fakes(TEXT, p(bold("Stadsdelsdirektör"))) == []


def test_a_partly_bold_paragraph_is_no_heading() -> None:
    assert fakes(p(bold("Viktigt"), r(" att veta")), TEXT) == []


def test_bold_lines_in_a_row_are_an_address() -> None:
    content = [p(bold(line)) for line in ("Norrviks kommun", "Box 12", "Norrvik")]
    assert fakes(*content, TEXT) == []


def test_nothing_is_a_heading_where_everything_is_bold() -> None:
    assert fakes(p(bold("Bakgrund")), p(bold("Allt i texten är satt i fet stil, också det som är löpande."))) == []


def test_bold_in_cells_and_text_boxes_is_no_heading() -> None:
    assert fakes(tbl(tr(p(bold("Ansvar")).join(("<w:tc><w:tcPr/>", "</w:tc>")), "Polisen"), tr("a", "b"))) == []
    text = read_word(docx(p(r("Text före."), text_box(p("Fakta", style="Heading1"), p("Om rutan.")))))
    assert [part.level for part in text.parts] == [0]
    assert text.parts[0].body == "<p>Text före.</p><p><strong>Fakta</strong></p><p>Om rutan.</p>"


@pytest.mark.parametrize(
    ("name", "level", "found"),
    [("Rubrik", 0, 1), ("Underrubrik", 1, 2), ("Titel", 0, 1), ("Kapitelrubrik", 2, 3)],
)
def test_a_style_with_a_level_is_a_heading_whatever_it_is_called(name: str, level: int, found: int) -> None:
    styles = style("Egen", name, f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>')
    assert outline(p("Mål", style="Egen"), TEXT, styles=styles) == [(found, "", "Mål")]


@pytest.mark.parametrize("name", ["Title", "Rubrik"])
def test_a_title_without_a_level_is_the_title(name: str) -> None:
    text = read_word(Docx(p("Lägesbild", style="Egen") + TEXT, styles=style("Egen", name)).bytes())
    assert text.title == "Lägesbild"


def test_words_that_word_sets_before_a_heading_are_its_number() -> None:
    numbering = abstract(7, level(0, "upperLetter", "Bilaga %1 –", more='<w:pStyle w:val="Heading1"/>')) + num(5, 7)
    styles = style("Heading1", "heading 1", "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr>")
    assert outline(p("Mål", style="Heading1"), TEXT, styles=styles, numbering=numbering) == [(1, "Bilaga A –", "Mål")]


@pytest.mark.parametrize("name", ["Normal (Web)", "Liststycke", "Brödtext", "No Spacing", "Body Text 2"])
def test_other_names_say_nothing(name: str) -> None:
    assert outline(p("Mål", style="Egen"), TEXT, styles=style("Egen", name)) == [(0, "", "")]
