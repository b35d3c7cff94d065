import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html as lxml_html

from agreements.annex_templates import template_for
from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.sensitive import (
    crime_reports,
    emails,
    personal_numbers,
    private_phones,
    street_addresses,
)
from agreements.documents.text import WORD
from agreements.example.clock import Clock
from agreements.example.reading import TEXTS
from agreements.example.shapes import Agreement, Annex, Example, Version
from agreements.states import AnnexKind
from tests.agreements.example.conftest import TODAY
from tests.agreements.example.reading import bodies, lines, note_count, notes_of, pieces, word_count, words

WRITTEN = ("data-note", "data-title", "data-term", "data-from", "data-period", "data-publisher")


def annexes(example: Example) -> list[tuple[Agreement, Annex]]:
    return [(agreement, annex) for agreement in example.agreements for annex in agreement.annexes]


def test_every_body_is_as_the_sanitiser_writes_it(versions: list[Version]) -> None:
    for version in versions:
        for body in bodies(version.text):
            assert clean_rich_text(body) == body
        for section in version.text.sections:
            assert section.heading
            assert clean_heading(section.heading) == section.heading


def test_no_word_of_a_file_is_lost_and_none_is_added(versions: list[Version]) -> None:
    for version in versions:
        filled = Clock(TODAY, version.year).fill((TEXTS / f"{version.file}.html").read_text(encoding="utf-8"))
        assert Counter(word for piece in pieces(version.text) for word in words(piece)) == words_of_file(filled), (
            version.file
        )


def words_of_file(text: str) -> Counter[str]:
    root = lxml_html.document_fromstring(text)
    found = list(root.itertext())
    for element in root.iter():
        found += [re.sub("<[^>]*>", " ", element.get(name, "")) for name in WRITTEN]
    return Counter(word.lower() for part in found for word in WORD.findall(str(part)))


def test_every_year_and_day_is_written_out(versions: list[Version]) -> None:
    assert not [piece for version in versions for piece in pieces(version.text) if "{" in piece]


def test_sections_keep_to_the_template_and_to_three_levels_without_jumps(example: Example) -> None:
    for agreement, annex in annexes(example):
        template = {s.key: s for s in template_for(annex.kind, is_overarching=agreement.level == "overarching")}
        for version in annex.versions:
            above = 0
            for section in version.text.sections:
                assert section.level <= min(above + 1, 3)
                above = section.level
                known = template.get(section.template_key)
                assert known or not section.template_key, section.template_key
                if known:
                    assert (section.kind, dict(section.options)) == (known.kind, dict(known.options)), section.key


def test_newest_texts_have_all_that_the_template_demands(example: Example) -> None:
    for agreement, annex in annexes(example):
        if not annex.versions or agreement.slug == "ekhamra":
            continue
        keys = {section.template_key for section in annex.versions[-1].text.sections}
        template = template_for(annex.kind, is_overarching=agreement.level == "overarching")
        assert {section.key for section in template if section.is_required} <= keys


def test_no_section_is_empty_and_none_stands_twice(versions: list[Version]) -> None:
    for version in versions:
        keys = [section.key for section in version.text.sections]
        assert len(keys) == len(set(keys))
        for section in version.text.sections:
            assert section.body or section.kind == "action_plan_sheet", (version.file, section.key)


@pytest.mark.parametrize(
    ("number", "least", "most"), [(1, 2400, 2900), (2, 3200, 3800), (3, 3700, 4500), (4, 4200, 5000)]
)
def test_situational_picture_is_as_full_as_a_real_one_and_grows(
    centrum: Agreement, number: int, least: int, most: int
) -> None:
    assert least <= word_count(centrum.annex("1").versions[number - 1]) <= most


def test_situational_picture_has_footnotes_of_every_sort(centrum: Agreement) -> None:
    version = centrum.annex("1").versions[2]
    assert note_count(version) >= 20
    text = "".join(section.body for section in version.text.sections)
    assert any(notes_of(section.heading) for section in version.text.sections)
    assert any(notes_of(caption) for caption in re.findall("<figcaption>.*?</figcaption>", text))
    assert any(notes_of(cell) for cell in re.findall("<td>.*?</td>", text))
    every = [note for piece in pieces(version.text) for note in notes_of(piece)]
    assert any(note.count("<p>") > 1 for note in every)
    assert any('<a href="https://' in note for note in every)


def test_situational_picture_has_figures_that_can_be_understood_unseen(centrum: Agreement) -> None:
    for version in centrum.annex("1").versions[1:]:
        text = "".join(section.body for section in version.text.sections)
        figures = re.findall("<figure.*?</figure>", text)
        assert len(figures) >= 5
        assets = {asset.sha256 for asset in version.text.assets}
        for figure in figures:
            found = re.match(r'<figure data-alt="([^"]{40,})" data-asset="(\w{64})" data-source="[^"]{5,}">', figure)
            assert found
            assert found[2] in assets
            assert "<figcaption>" in figure
            assert '<th scope="row">' in figure


def test_situational_picture_has_tables_definitions_codes_and_another_language(centrum: Agreement) -> None:
    for version in centrum.annex("1").versions[2:]:
        text = "".join(section.body for section in version.text.sections)
        tables = re.findall("<table>(.*?)</table>", re.sub("<figure.*?</figure>", "", text))
        assert len([table for table in tables if '<th scope="col">' in table and "<caption>" in table]) >= 3
        assert '<span lang="en">' in text
        assert "9801–9802" in version.text.section("brottskoder").body
        assert len(version.text.definitions) >= 5


def test_situational_picture_names_no_person_and_no_address(example: Example) -> None:
    searches = (personal_numbers, crime_reports, private_phones, emails, street_addresses)
    for _agreement, annex in annexes(example):
        if annex.kind == AnnexKind.SITUATIONAL_PICTURE:
            texts = [line for version in annex.versions for piece in pieces(version.text) for line in lines(piece)]
            assert not [found for text in texts for search in searches for found in search(text)]


def test_tables_of_a_picture_show_no_count_below_five(example: Example) -> None:
    for _agreement, annex in annexes(example):
        if annex.kind == AnnexKind.SITUATIONAL_PICTURE:
            text = "".join(section.body for version in annex.versions for section in version.text.sections)
            assert not re.findall(r"<td><p>[1-4]</p></td>", text)


def test_pictures_of_the_years_differ_so_that_there_is_something_to_compare(centrum: Agreement) -> None:
    one, two, three, four = ([s.key for s in v.text.sections] for v in centrum.annex("1").versions)
    assert set(two) - set(one) == {"trafik", "extremism", "analys-aldre", "bedomning"}
    assert set(three) - set(two) == {"konsekvenser"}
    assert set(four) - set(three) == {"sedan-sist"}
    assert three.index("lasanvisning") < three.index("omradet") < two.index("lasanvisning")
    assert three.index("tillgrepp") < three.index("inbrott")
    assert four.index("inbrott") < four.index("tillgrepp")


def test_areas_change_from_picture_to_picture(centrum: Agreement) -> None:
    one, two, three, four = ({a.key: a for a in v.text.areas} for v in centrum.annex("1").versions)
    assert list(one) == ["unga", "platser", "nara"]
    assert list(two) == ["unga", "platser", "nara", "aldre"]
    assert [area.key for area in three.values() if area.part_of == "platser"] == ["station", "kaj"]
    assert three["aldre"].title != four["aldre"].title


def test_whole_agreement_in_force_is_about_as_long_as_a_real_one(example: Example) -> None:
    centrum = example.agreement("norrvik-centrum")
    parent = example.agreement("norrvik-overgripande").annex("0").versions[0]
    in_force = [
        [v for v in annex.versions if v.effective_from and v.effective_from <= TODAY][-1]
        for annex in centrum.annexes
        if annex.versions
    ]
    assert 9_000 <= sum(word_count(version) for version in [*in_force, parent]) <= 13_000


def test_no_sequence_of_eight_words_comes_from_a_real_document(real: Path, versions: list[Version]) -> None:
    known = {run for file in real.glob("0*.md") for run in runs(WORD.findall(file.read_text(encoding="utf-8")))}
    assert len(known) > 5_000
    for version in versions:
        for piece in pieces(version.text):
            assert not known & set(runs(words(piece))), version.file


def runs(found: list[str]) -> list[tuple[str, ...]]:
    lowered = [word.lower() for word in found]
    return [tuple(lowered[start : start + 8]) for start in range(len(lowered) - 7)]
