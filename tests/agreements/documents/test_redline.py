"""A redline says exactly what both versions say, and what is different, for eyes and ears."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.redline import Change, Redline, Summary, compare
from agreements.documents.sanitise import clean_heading, clean_rich_text
from tests.agreements.documents.documents import DOCUMENTS, versions
from tests.agreements.documents.examples import ASSET, FACTS, typed_blocks
from tests.agreements.documents.verdicts import accept_all, read_document, reject_all

THOROUGH = settings(max_examples=50, deadline=None)
LONG = "Polisen och kommunen följer tillsammans upp arbetet två gånger om året."


def document(*sections: tuple[str, str], blocks: Any = (), level: int = 1) -> Document:
    """A document of sections given as (heading, body); the heading is the id too."""
    return freeze_sections(
        FACTS,
        [
            FrozenSection(heading, level, clean_heading(heading), body=clean_rich_text(body), blocks=blocks)
            for heading, body in sections
        ],
    )


def bare(html: str) -> str:
    """The redline's HTML without the words for screen readers."""
    return re.sub('<span class="ds-sr-only">[^<]*</span>', "", html)


def redline(old: str, new: str) -> str:
    """The redline of two bodies."""
    compared = compare(document(("", old)), document(("", new)))
    return bare(compared.html)


def kinds(compared: Redline) -> list[tuple[str, str]]:
    return [(section.title, section.kind) for section in compared.sections if section.title]


@given(versions())
@THOROUGH
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    old, new = pair
    compared = compare(old, new)
    assert accept_all(compared) == read_document(new)
    assert reject_all(compared) == read_document(old)


@given(versions())
@THOROUGH
def test_what_is_stored_is_compared_like_what_was_just_frozen(pair: tuple[Document, Document]) -> None:
    old, new = pair
    stored: Document = json.loads(json.dumps(old, sort_keys=True))
    assert compare(stored, new) == compare(old, new)
    assert compare(stored, old).is_empty


@given(DOCUMENTS)
@THOROUGH
def test_a_text_compared_with_itself_has_no_changes(text: Document) -> None:
    compared = compare(text, text)
    assert compared.is_empty
    assert compared.changes == ()
    assert compared.summary == Summary()
    assert "<ins" not in compared.html
    assert "<del" not in compared.html


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("<p>Ett två tre</p>", "<p>Ett fyra tre</p>", "<p>Ett <del>två</del><ins>fyra</ins> tre</p>"),
        ("<p>Ett två tre</p>", "<p>Ett tre</p>", "<p>Ett<del> två</del> tre</p>"),
        ("<p>Ett tre</p>", "<p>Ett två tre</p>", "<p>Ett<ins> två</ins> tre</p>"),
        ("<p>Ett, två tre</p>", "<p>Ett två tre</p>", "<p>Ett<del>,</del> två tre</p>"),
        (
            "<p>år 2017-2018 i staden</p>",
            "<p>år 2017-2019 i staden</p>",
            "<p>år 2017-<del>2018</del><ins>2019</ins> i staden</p>",
        ),
        (
            "<p>ett ord som är fett</p>",
            "<p>ett <b>ord</b> som är fett</p>",
            "<p>ett <del>ord</del><ins><strong>ord</strong></ins> som är fett</p>",
        ),
        (
            "<p>se <a href='https://example.se/a'>länken</a> om detta</p>",
            "<p>se <a href='https://example.se/b'>länken</a> om detta</p>",
            '<p>se <del><a href="https://example.se/a">länken</a></del>'
            '<ins><a href="https://example.se/b">länken</a></ins> om detta</p>',
        ),
        (
            "<p>a &lt;b&gt; c d e f</p>",
            "<p>a &lt;c&gt; c d e f</p>",
            "<p>a &lt;<del>b</del><ins>c</ins>&gt; c d e f</p>",
        ),
        ("<p>a b c<br>d</p>", "<p>a b c d</p>", "<p>a b c<del><br>d</del><ins> d</ins></p>"),
        (
            "<p>helt annat här</p>",
            "<p>något nytt istället</p>",
            '<p class="removed"><del>helt annat här</del></p><p class="added"><ins>något nytt istället</ins></p>',
        ),
        ("<p>a b c</p><p>d e f</p>", "<p>d e f</p>", '<p class="removed"><del>a b c</del></p><p>d e f</p>'),
        (
            "<p>a b c</p>",
            "<h4>a b c</h4>",
            '<p class="removed"><del>a b c</del></p><h2 class="added"><ins>a b c</ins></h2>',
        ),
    ],
)
def test_words_are_marked_and_nothing_else(old: str, new: str, html: str) -> None:
    assert redline(old, new) == html


def test_a_rewritten_paragraph_stands_whole_before_and_after() -> None:
    old, new = (
        "<p>Styrgruppen följer arbetet noga varje kvartal</p>",
        "<p>Noga planering av sommaren görs varje vår</p>",
    )
    assert redline(old, new).count("<del>") == 1


def test_items_of_lists_come_go_and_change() -> None:
    old = f"<ul><li>ett</li><li>{LONG}</li><li>tre</li></ul>"
    new = f"<ul><li>ett</li><li>{LONG.replace('två', 'fyra')}</li><li>nytt</li><li>tre</li></ul>"
    assert redline(old, new) == (
        "<ul><li><p>ett</p></li><li><p>Polisen och kommunen följer tillsammans upp arbetet <del>två</del>"
        "<ins>fyra</ins> gånger om året.</p></li>"
        '<li class="added"><p class="added"><ins>nytt</ins></p></li><li><p>tre</p></li></ul>'
    )


def test_rows_of_a_table_come_go_and_change() -> None:
    rows = "<tr><th>Plats<th>Antal</tr><tr><td>Torget<td>70</tr>{}<tr><td>Krogen<td>{}</tr>"
    old, new = rows.format("<tr><td>Parken<td>9</tr>", "40"), rows.format("", "45")
    html = redline(f"<table>{old}</table>", f"<table>{new}</table>")
    assert '<tr><td class="removed"><p class="removed"><del>Parken</del></p></td>' in html
    assert "<tr><td>Krogen</td><td><del>40</del><ins>45</ins></td></tr>" in html
    assert html.count("<table>") == 1
    assert '<th scope="col">Plats</th>' in html


def test_a_new_column_is_a_column() -> None:
    old = "<table><tr><th>Plats<th>2024<tr><td>Torget<td>70</table>"
    new = "<table><tr><th>Plats<th>2024<th>2025<tr><td>Torget<td>70<td>65</table>"
    html = redline(old, new)
    assert html.count("<table>") == 1
    assert html.count('class="added"') == 4
    assert "<del" not in html


def test_cells_over_several_rows_are_compared_one_by_one() -> None:
    table = "<table><tr><td rowspan=2>Torget<td>70<tr><td>{}</table>"
    html = redline(table.format("80"), table.format("85"))
    assert '<td rowspan="2">Torget</td>' in html
    assert "<td><del>80</del><ins>85</ins></td>" in html


def test_a_table_with_other_spans_stands_twice() -> None:
    old = "<table><tr><td rowspan=2>Torget<td>70<tr><td>80</table>"
    new = "<table><tr><td>Torget<td>70<tr><td>Torget<td>80</table>"
    assert redline(old, new).count("<table>") == 2


def _noted(note: str) -> str:
    return f"<p>Befolkningen ökar<sup data-note='<p>{note}</p>'></sup> snabbt.</p>"


def test_a_note_with_another_number_is_the_same_note() -> None:
    first = "<p>Först<sup data-note='<p>Ny not</p>'></sup>.</p>"
    html = redline(_noted("Från områdesfakta"), first + _noted("Från områdesfakta"))
    assert "<del" not in html
    assert html.index("<ins>") < html.index("Befolkningen")


def test_a_changed_note_is_marked_in_the_note() -> None:
    compared = compare(
        document(("A", _noted("Uppgifter från områdesfakta 2024"))),
        document(("A", _noted("Uppgifter från områdesfakta 2025"))),
    )
    assert "<ins" not in bare(compared.sections[-1].html)
    assert "Uppgifter från områdesfakta <del>2024</del><ins>2025</ins>" in bare(compared.notes_html)
    assert compared.summary == Summary(changed=1)
    assert compared.changes[0].was == "Befolkningen ökar [¹ Uppgifter från områdesfakta 2024] snabbt."


def test_a_heading_is_named_without_its_note() -> None:
    heading = "Befolkning<sup data-note='<p>Avrundat</p>'></sup>"
    compared = compare(document((heading, "<p>Förr</p>")), document((heading, "<p>Nu</p>")))
    assert kinds(compared) == [("Befolkning", "changed")]
    assert compared.changes[0].section_title == "Befolkning"


def test_of_two_equal_notes_the_one_that_went_is_marked() -> None:
    kept = f"<p>{LONG}<sup data-note='<p>Samma not</p>'></sup></p>"
    html = bare(compare(document(("A", _noted("Samma not") + kept)), document(("A", kept))).sections[-1].html)
    assert f'<p>{LONG}<sup class="note-ref"' in html
    assert html.count("<del>") == 1


def test_a_moved_section_is_one_moved_section() -> None:
    old = document(("A", "<p>a</p>"), ("B", f"<p>{LONG}</p>"), ("C", "<p>c</p>"), ("D", "<p>d</p>"))
    new = document(("A", "<p>a</p>"), ("C", "<p>c</p>"), ("D", "<p>d</p>"), ("B", f"<p>{LONG}</p>"))
    compared = compare(old, new)
    assert kinds(compared) == [
        ("A", "unchanged"),
        ("B", "trace"),
        ("C", "unchanged"),
        ("D", "unchanged"),
        ("B", "moved"),
    ]
    assert compared.summary == Summary(moved=1)
    assert compared.changes == (Change("B", "B", "moved", "Efter: A", "Efter: D"),)
    assert "<ins" not in compared.html
    assert 'href="#B"' in compared.html


@pytest.mark.parametrize("rename", ["", "annan-"])
def test_a_moved_section_with_a_changed_word_is_still_the_same(rename: str) -> None:
    old = document(("A", "<p>a</p>"), ("B", f"<p>{LONG}</p>"), ("C", "<p>c</p>"), ("D", "<p>d</p>"))
    new = document(
        ("A", "<p>a</p>"),
        ("C", "<p>c</p>"),
        ("D", "<p>d</p>"),
        ("B", f"<p>{LONG.replace('två', 'fyra')}</p>"),
    )
    for block in new["blocks"]:
        block["id"] = rename + block["id"]
    compared = compare(old, new)
    assert compared.summary == Summary(changed=1, moved=1)
    assert "arbetet <del>två</del><ins>fyra</ins> gånger" in bare(compared.html)


def test_what_belongs_to_a_moved_section_moves_along_without_being_counted() -> None:
    def chapters(order: str) -> Document:
        levels = {"A": 1, "B": 1, "b": 2, "c": 2, "D": 1, "E": 1}
        return freeze_sections(FACTS, [FrozenSection(name, levels[name], f"Rubrik {name}") for name in order])

    compared = compare(chapters("ABbcDE"), chapters("ADEBbc"))
    assert compared.summary == Summary(moved=1)
    assert [change.section_id for change in compared.changes] == ["B"]
    assert compared.html.count("redline-note") == 2


def test_sections_come_and_go() -> None:
    old = document(("A", "<p>a</p>"), ("B", "<p>b</p>"), ("C", "<p>c</p>"))
    new = document(("A", "<p>a</p>"), ("N", f"<p>{LONG}</p>"), ("C", "<p>c</p>"))
    compared = compare(old, new)
    assert kinds(compared) == [("A", "unchanged"), ("B", "removed"), ("N", "added"), ("C", "unchanged")]
    assert compared.summary == Summary(added=1, removed=1)
    assert compared.changes == (
        Change("B", "B", "removed", "B\nb", ""),
        Change("N", "N", "added", "", f"N\n{LONG}"),
    )
    assert [section.is_changed for section in compared.sections] == [False, True, True, False]


def test_another_number_alone_is_shown_but_is_no_change() -> None:
    def numbered(*headings: str) -> Document:
        return freeze_sections(FACTS, [FrozenSection(name, 1, name, is_numbered=True) for name in headings])

    compared = compare(numbered("A", "B"), numbered("N", "A", "B"))
    assert compared.summary == Summary(added=1)
    assert '<span class="number"><del>1</del><ins>2</ins></span> A</h2>' in bare(compared.html)
    assert [section.is_changed for section in compared.sections] == [True, False, False]


def test_another_level_is_said_in_words() -> None:
    compared = compare(document(("A", "<p>a</p>"), level=1), document(("A", "<p>a</p>"), level=2))
    assert "Rubriken låg på nivå 1 och ligger nu på nivå 2." in compared.html
    assert compared.summary == Summary(changed=1)


def test_documents_without_common_ids_are_compared_by_what_they_say() -> None:
    old = document(("Inledning", f"<p>{LONG}</p>"), ("Brott", "<p>Våldet ökar i staden.</p>"), ("Oro", "<p>o</p>"))
    new = document(("Inledning", f"<p>{LONG}</p>"), ("Brott", "<p>Våldet minskar i staden.</p>"), ("Mål", "<p>m</p>"))
    for block in new["blocks"]:
        block["id"] = f"x{block['id']}"
    compared = compare(old, new)
    assert kinds(compared) == [
        ("Inledning", "unchanged"),
        ("Brott", "changed"),
        ("Oro", "removed"),
        ("Mål", "added"),
    ]


FIGURE = '<figure data-asset="{}" data-alt="{}" data-source="{}"><figcaption>{}</figcaption></figure>'


def test_a_figure_keeps_its_picture_while_its_words_change() -> None:
    old = FIGURE.format(ASSET, "Andelen ökar", "Brå", "Figur 1: Anmälda brott 2024")
    new = FIGURE.format(ASSET, "Andelen minskar", "Brå och SCB", "Figur 1: Anmälda brott 2025")
    html = redline(old, new)
    assert html.count("<img") == 1
    assert 'alt="Andelen minskar"' in html
    assert "Anmälda brott <del>2024</del><ins>2025</ins>" in html
    assert "Källa: Brå<ins> och SCB</ins>" in html
    assert "Beskrivning av bilden: Andelen <del>ökar</del><ins>minskar</ins>" in html


def test_another_picture_is_shown_beside_the_old_one_and_said_in_words() -> None:
    facts = AnnexFacts(
        "other", "T", assets={ASSET: {"media_type": "image/png"}, "cd" * 32: {"media_type": "image/png"}}
    )
    old, new = (
        freeze_sections(
            facts,
            [FrozenSection("s", 1, "", body=clean_rich_text(FIGURE.format(asset, "a", "", "Figur 1")))],
        )
        for asset in (ASSET, "cd" * 32)
    )
    html = bare(compare(old, new).html)
    assert html.count("<img") == 2
    assert "Bilden är borttagen:" in html
    assert "Bilden är ny:" in html


def test_rows_are_known_by_their_ids() -> None:
    old, new = typed_blocks(), typed_blocks()
    new[0]["rows"][0]["cells"][0] = {"html": "<p>En gång i månaden</p>", "open": False}
    new[0]["rows"].insert(0, {"id": "field-2", "label": "Löptid", "cells": [{"html": "<p>2026</p>", "open": False}]})
    new[1]["items"][0]["html"] = "Bostadsinbrott och bedrägerier"
    new[1]["items"][0]["items"] = []
    new[2]["phones"][0]["display"] = "08-465 004 01"
    compared = compare(document(("A", ""), blocks=old), document(("A", ""), blocks=new))
    html = bare(compared.html)
    assert '<tr id="field-2" class="added"><th scope="row"><ins>Löptid</ins></th>' in html
    assert '<tr id="field-1"><th scope="row">Mötesfrekvens</th>' in html
    assert '<li id="item-1">Bostadsinbrott<ins> och bedrägerier</ins>' in html
    assert '<li id="old-item-2" class="removed"><del>Källare</del></li>' in html
    assert "Kontakten är borttagen:" in html
    ids = re.findall(' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert [(change.was, change.became) for change in compared.changes[:2]] == [
        ("", "Löptid | 2026"),
        ("Mötesfrekvens | Bestäms senare", "Mötesfrekvens | En gång i månaden"),
    ]


def test_what_was_added_and_taken_away_is_said_in_words_too() -> None:
    compared = compare(document(("A", "<p>Ett två tre</p>")), document(("A", "<p>Ett fyra tre</p>")))
    heard = re.sub("<[^>]*>", "", compared.html)
    assert heard == "AEtt  borttaget: två slut på borttaget  tillagt: fyra slut på tillägg  tre"


def test_in_print_the_words_are_given_to_the_signs() -> None:
    old, new = document(("A", "<p>Ett två tre</p>")), document(("A", "<p>Ett fyra tre</p>"))
    html = compare(old, new, notes="float").html
    assert '<del data-before="borttaget: " data-after=" slut på borttaget ">två</del>' in html
    assert "ds-sr-only" not in html


def test_a_change_of_formatting_alone_is_told() -> None:
    compared = compare(document(("A", "<p>Ett två</p>")), document(("A", "<p>Ett <b>två</b></p>")))
    assert compared.changes == (Change("A", "A", "changed", "Ett två", "Ett två (annan formatering, länk eller nivå)"),)


@pytest.mark.parametrize("side", [0, 1])
def test_words_that_look_like_html_stay_words(side: int) -> None:
    bodies = [
        "<p>Helt vanlig text här</p>",
        "<p>Helt vanlig text &lt;ins&gt;&lt;script&gt;x&lt;/script&gt; här</p>",
    ]
    html = redline(bodies[side], bodies[1 - side])
    assert "<script" not in html
    assert html.count("<ins>") + html.count("<del>") == 1


def test_ids_get_the_prefix_and_pictures_their_address() -> None:
    text = document(("A", FIGURE.format(ASSET, "a", "", "b") + _noted("c")))
    html = compare(text, text, asset_url=lambda asset: f"/b/{asset[:2]}", id_prefix="x-", heading_shift=1).html
    assert '<h3 id="x-A">' in html
    assert '<img src="/b/ab"' in html
    assert set(re.findall('(?:id|href)="#?([^"]*)"', html)) == {
        "x-A", "x-A-figure-1", "x-noteref-1", "x-note-1", "x-notes",
    }  # fmt: skip
