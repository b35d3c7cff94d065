"""A redline says exactly what both versions say, and what is different, for eyes and ears."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.documents.block_types import Document
from agreements.documents.canonical import content_hash
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.redline import Change, Redline, Summary, compare
from agreements.documents.sanitise import clean_heading, clean_rich_text
from tests.agreements.documents.documents import DOCUMENTS, relabelled, versions
from tests.agreements.documents.examples import ASSET, FACTS, typed_blocks
from tests.agreements.documents.verdicts import accept_all, changed_facts, read_document, read_facts, reject_all

THOROUGH = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
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
def test_title_scope_and_files_can_be_accepted_and_rejected_too(pair: tuple[Document, Document]) -> None:
    old, new = (read_facts(document) for document in pair)
    compared = compare(*pair)
    accepted, rejected = changed_facts(compared, "accept"), changed_facts(compared, "reject")
    for name in old:
        kept = Counter(old[name]) - Counter(rejected.get(name, []))
        assert kept + Counter(accepted.get(name, [])) == Counter(new[name])
    assert accepted.keys() == {name for name in old if old[name] != new[name]}


@given(versions(are_marked=True))
@THOROUGH
def test_nothing_that_is_in_the_hash_differs_unseen(pair: tuple[Document, Document]) -> None:
    assert compare(*pair).is_empty == (content_hash(pair[0]) == content_hash(pair[1]))


@given(st.data(), DOCUMENTS)
@THOROUGH
def test_texts_with_the_same_hash_have_no_differences(data: st.DataObject, text: Document) -> None:
    other = data.draw(relabelled(text))
    compared = compare(text, other)
    assert content_hash(text) == content_hash(other)
    assert (compared.is_empty, compared.changes, compared.summary) == (True, (), Summary())


@given(versions(are_marked=True))
@THOROUGH
def test_every_section_marked_as_changed_is_in_the_list_and_no_other(pair: tuple[Document, Document]) -> None:
    compared = compare(*pair)
    listed = [change.section_id for change in compared.changes]
    marked: list[str] = []
    for section in compared.shown:
        if section.kind == "moved" and not section.is_edited and section.id not in listed:
            assert marked, "it moved along with the one above it, which is listed"
        elif section.is_changed and section.kind != "trace":
            marked.append(section.id)
    assert set(listed) == set(marked)
    assert all(change.was != change.became for change in compared.changes)


@given(versions())
@THOROUGH
def test_no_note_stands_in_the_list_twice_and_all_stand_in_order(pair: tuple[Document, Document]) -> None:
    compared = compare(*pair)
    for html in (compared.notes.changed_html, compared.notes.unchanged_html):
        numbers = [int(number) for number in re.findall('<span class="note-number">([0-9]+)</span>', html)]
        assert numbers == sorted(numbers)
    ids = re.findall('<li id="([^"]*)"', compared.notes.html)
    assert len(ids) == len(set(ids)) == compared.notes.changed + compared.notes.unchanged
    old_left = {note for note in pair[0]["notes"] if note in pair[1]["notes"]}
    unmarked = [number for number in ids if number.startswith("note-old")]
    assert not [number for number in unmarked if pair[0]["notes"][int(number.rpartition("-")[2]) - 1] in old_left]


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
        ("<p>i 7 800 hem</p>", "<p>i 7 900 hem</p>", "<p>i <del>7 800</del><ins>7 900</ins> hem</p>"),
        ("<p>om \u22127 % här</p>", "<p>om +13 % här</p>", "<p>om <del>\u22127</del><ins>+13</ins> % här</p>"),
        ("<p>till 6,8 procent</p>", "<p>till 6,5 procent</p>", "<p>till <del>6,8</del><ins>6,5</ins> procent</p>"),
        ("<p>i bilaga 3a nu</p>", "<p>i bilaga 3b nu</p>", "<p>i bilaga <del>3a</del><ins>3b</ins> nu</p>"),
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
    assert "Uppgifter från områdesfakta <del>2024</del><ins>2025</ins>" in bare(compared.notes.changed_html)
    assert (compared.notes.changed, compared.notes.unchanged) == (1, 0)
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
    card = "Samordnare, Norrviks kommun, Växel 08-465 {}, samordnare@example.se"
    assert [(change.place, change.was, change.became) for change in compared.changes] == [
        ("", "", "Löptid | 2026"),
        ("Mötesfrekvens, Arbetsgruppen", "Bestäms senare", "En gång i månaden"),
        ("", "Bostadsinbrott", "Bostadsinbrott och bedrägerier"),
        ("", "Källare", ""),
        ("", card.format("004 00"), card.format("004 01")),
    ]
    assert "<del>08-465 004 00</del>" in html
    assert "<ins>samordnare@example.se</ins>" in html


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
    assert compared.changes == (Change("A", "A", "changed", "Ett två", "Ett två (annan formatering: fet)"),)


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
        "x-A", "x-A-figure-1", "x-noteref-1", "x-note-1",
    }  # fmt: skip


def _sheet(frequency: str, group: str = "Arbetsgruppen", *, others: int = 0) -> Document:
    """A sheet of two fields for one group or more."""
    common = {"lang": None, "confidentiality": None, "party": None}
    values = [(frequency, "Kommunen tänder belysningen"), *(("Aldrig", "Ingenting alls") for _ in range(others))]
    rows = [
        {
            "id": f"row-{at}",
            "label": label,
            "cells": [{"html": f"<p>{value[at]}</p>", "open": False} for value in values],
        }
        for at, label in enumerate(("Mötesfrekvens", "Åtaganden"))
    ]
    header = ["Fält", group, *("Ungdomsgruppen" for _ in range(others))]
    return document(
        ("A", ""), blocks=[{**common, "id": "fields", "type": "field_table", "header": header, "rows": rows}]
    )


def listed(old: Document, new: Document) -> list[tuple[str, str, str]]:
    return [(change.place, change.was, change.became) for change in compare(old, new).changes]


def test_of_a_sheet_the_cell_that_changed_is_listed_and_not_its_row() -> None:
    assert listed(_sheet("En gång i månaden, på torget"), _sheet("Två gånger i månaden, på torget")) == [
        ("Mötesfrekvens, Arbetsgruppen", "En gång i månaden, på torget", "Två gånger i månaden, på torget")
    ]


def test_another_name_of_a_working_group_is_listed() -> None:
    assert listed(_sheet("Varje vecka"), _sheet("Varje vecka", "Gruppen för trygga platser")) == [
        ("Kolumnrubrik", "Arbetsgruppen", "Gruppen för trygga platser")
    ]


def test_a_group_that_joined_a_sheet_is_one_change() -> None:
    assert listed(_sheet("Varje vecka"), _sheet("Varje vecka", others=1)) == [
        ("Ny kolumn", "", "Fält: Ungdomsgruppen\nMötesfrekvens: Aldrig\nÅtaganden: Ingenting alls")
    ]


def test_of_a_table_the_cell_that_changed_is_listed() -> None:
    table = "<table><tr><th>Plats<th>2024<th>2025</tr><tr><td>Torget<td>70<td>{}</tr></table>"
    old, new = (document(("A", table.format(number))) for number in (65, 66))
    assert listed(old, new) == [("Torget, 2025", "65", "66")]


def _of_table(old: str, new: str, frame: str = "<table>{}</table>") -> list[tuple[str, str, str]]:
    return listed(*(document(("A", frame.format(rows))) for rows in (old, new)))


def test_a_row_of_a_table_is_one_change_with_a_line_for_each_cell_that_changed() -> None:
    rows = "<tr><th>Plats<th>2024<th>2025<th>Källa</tr><tr><td>Torget<td>{}<td>{}<td>Polisen</tr>"
    assert _of_table(rows.format("70", "65"), rows.format("72", "")) == [
        ("Torget", "2024: 70\n2025: 65", "2024: 72\n2025: –")
    ]


def test_of_a_row_with_another_name_the_other_cells_are_told_with_it() -> None:
    rows = "<tr><th>Plats<th>2024</tr><tr><td>{} vid hamnen och stationen<td>{}</tr>"
    old = rows.format("Torget", "70")
    renamed = ("Plats", "Torget vid hamnen och stationen", "Platsen vid hamnen och stationen")
    assert _of_table(old, rows.format("Platsen", "70")) == [renamed]
    name, was, became = renamed
    assert _of_table(old, rows.format("Platsen", "72")) == [
        (became, f"{name}: {was}\n2024: 70", f"{name}: {became}\n2024: 72")
    ]


def test_in_a_table_without_names_a_row_is_called_by_the_beginning_of_its_text() -> None:
    rows = f"<tr><td>{LONG * 3}</td><td>{{}}</td></tr>"
    ((place, *sides),) = _of_table(rows.format("70"), rows.format("72"))
    assert sides == ["70", "72"]
    assert len(place) <= 80
    assert LONG.startswith(place.removesuffix(" …")[:40])


def test_several_headings_of_columns_are_one_change() -> None:
    rows = "<tr><th>Plats<th>{}<th>{}</tr><tr><td>Torget<td>70<td>65</tr>"
    assert _of_table(rows.format("2023", "2024"), rows.format("2024", "2025")) == [
        ("Kolumnrubrik", "2023\n2024", "2024\n2025")
    ]


def test_a_row_with_cells_over_several_rows_is_one_change_too() -> None:
    rows = "<tr><td rowspan=2>Torget<td>{}<td>{}</tr><tr><td>1<td>2</tr>"
    assert _of_table(rows.format("70", "80"), rows.format("75", "85")) == [("", "70\n80", "75\n85")]


def test_several_paragraphs_of_a_cell_are_one_change() -> None:
    rows = "<tr><th>Plats<th>Vad</tr><tr><td>Torget<td><p>Ett två tre</p><p>{}</p><p>Sju åtta nio</p></tr>"
    assert _of_table(rows.format("Fyra fem sex"), rows.format("Fyra fem tio").replace("nio", "elva")) == [
        ("Torget, Vad", "Fyra fem sex\nSju åtta nio", "Fyra fem tio\nSju åtta elva")
    ]


def test_paragraphs_of_a_cell_that_changed_places_are_a_change() -> None:
    rows = "<tr><th>Plats<th>Vad</tr><tr><td>Torget<td>{}</tr>"
    first, second = "<p>Ett två tre</p>", "<p>Fyra fem sex</p>"
    ((place, was, became),) = _of_table(rows.format(first + second), rows.format(second + first))
    assert (place, was == became) == ("Torget, Vad", False)


def test_a_row_of_a_sheet_is_one_change_with_a_line_for_each_group() -> None:
    old, new = (_sheet(frequency, others=1) for frequency in ("Varje vecka", "Varje månad"))
    cell = new["blocks"][1]["rows"][0]["cells"][1]  # type: ignore[typeddict-item]
    cell["html"] = "<p>Sällan</p>"
    assert listed(old, new) == [
        (
            "Mötesfrekvens",
            "Arbetsgruppen: Varje vecka\nUngdomsgruppen: Aldrig",
            "Arbetsgruppen: Varje månad\nUngdomsgruppen: Sällan",
        )
    ]
    new["blocks"][1]["rows"][0]["label"] = "Hur ofta"  # type: ignore[typeddict-item]
    ((place, was, became),) = listed(old, new)
    assert place == "Hur ofta"
    assert was.startswith("Radens namn: Mötesfrekvens\nArbetsgruppen: ")
    assert became.startswith("Radens namn: Hur ofta\nArbetsgruppen: ")


def test_a_new_column_of_a_table_is_one_change() -> None:
    old = "<table><tr><th>Plats<th>2024<tr><td>Torget<td>70</table>"
    new = "<table><tr><th>Plats<th>2024<th>2025<tr><td>Torget<td>70<td>65</table>"
    assert listed(document(("A", old)), document(("A", new))) == [("Ny kolumn", "", "Plats: 2025\nTorget: 65")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Ett <b>två</b>", "Ett två", "annan formatering: vanlig text"),
        ("Ett två", "Ett <b><i>två</i></b>", "annan formatering: fet, kursiv"),
        ("<a href='https://a.se/'>Ett</a> två", "<a href='https://b.se/'>Ett</a> två", "annan länk: https://b.se/"),
        ("<a href='https://a.se/'>Ett</a> två", "Ett två", "länken är borttagen"),
        ("Ett två", "Ett <span lang=en>två</span>", "annat språk: engelska"),
        ("Ett två", "Ett<br>två", "andra radbrytningar"),
    ],
)
def test_what_is_different_of_the_same_words_is_said(old: str, new: str, words: str) -> None:
    ((place, _was, became),) = listed(document(("A", f"<p>{old}</p>")), document(("A", f"<p>{new}</p>")))
    assert place == ""
    assert words in became


def test_another_level_is_listed_as_that() -> None:
    old, new = (document(("A", "<p>a</p>"), level=level) for level in (1, 2))
    assert listed(old, new) == [("Rubrikens nivå", "1", "2")]


@pytest.mark.parametrize(
    ("change", "name", "became"),
    [
        ({"lang": "en"}, "Språk", "engelska"),
        ({"party": "Polisen"}, "Kommer från", "Polisen"),
        ({"is_numbered": True}, "Numrering", "numrerat"),
        ({"confidentiality": {"mark": "Sekretess", "ground": "18 kap. 1 §"}}, "Sekretess", "Sekretess 18 kap. 1 §"),
    ],
)
def test_what_holds_for_a_section_as_a_whole_is_listed_and_said_in_it(
    change: dict[str, Any], name: str, became: str
) -> None:
    old, new = (
        freeze_sections(FACTS, [FrozenSection("a", 1, "A", body="<p>a</p>", **facts)]) for facts in ({}, change)
    )
    compared = compare(old, new)
    assert [(found.place, found.became) for found in compared.changes][0] == (name, became)
    assert f'<p class="redline-note">{name}: ' in bare(compared.html)


def test_another_title_alone_is_a_change_of_the_text() -> None:
    old, new = document(("A", "<p>a</p>")), document(("A", "<p>a</p>"))
    new["title"], new["scope"] = "Lokal lägesbild", "Norrviks centrum"
    compared = compare(old, new, id_prefix="x-")
    assert not compared.is_empty
    assert compared.summary == Summary(facts=2)
    assert compared.shown[0].title == "Titel och uppgifter"
    assert "<p><strong>Titel:</strong> <del>Gemensam</del><ins>Lokal</ins> lägesbild</p>" in bare(compared.html)
    assert '<h2 id="x-facts">' in compared.html
    assert [(change.place, change.was, change.became) for change in compared.changes] == [
        ("Titel", "Gemensam lägesbild", "Lokal lägesbild"),
        ("Geografisk avgränsning", "", "Norrviks centrum"),
    ]


def test_another_file_beside_is_a_change_of_the_text() -> None:
    old, new = document(("A", "<p>a</p>")), document(("A", "<p>a</p>"))
    old["attachments"] = [{"name": "karta.pdf", "sha256": "ab" * 32, "pages": 1}]
    new["attachments"] = [{"name": "karta.pdf", "sha256": "cd" * 32, "pages": 2}]
    assert listed(old, new) == [
        ("Fristående fil", f"karta.pdf, 1 sida, SHA-256 {'ab' * 8}…", f"karta.pdf, 2 sidor, SHA-256 {'cd' * 8}…")
    ]


def test_a_note_of_a_paragraph_written_anew_stands_in_the_list_once() -> None:
    old = "<p>Helt annat ord<sup data-note='<p>Från områdesfakta</p>'></sup></p>"
    new = "<p>Något nytt<sup data-note='<p>Från områdesfakta</p>'></sup></p>"
    notes = compare(document(("A", old)), document(("A", new))).notes
    assert (notes.changed, notes.unchanged) == (0, 1)
    assert notes.html.count("Från områdesfakta") == 1


def test_a_note_that_came_and_one_that_went_are_among_the_changed_ones() -> None:
    kept = "<p>Kvar<sup data-note='<p>Samma not</p>'></sup></p>"
    old = document(("A", kept + f"<p>{LONG}<sup data-note='<p>Borta</p>'></sup></p>"))
    new = document(("A", kept + "<p>Nytt här<sup data-note='<p>Tillagd sida</p>'></sup></p>"))
    notes = compare(old, new).notes
    assert (notes.changed, notes.unchanged) == (2, 1)
    assert "<ins>Tillagd sida</ins>" in bare(notes.changed_html)
    assert "<del>Borta</del>" in bare(notes.changed_html)
    assert "Samma not" in notes.unchanged_html
