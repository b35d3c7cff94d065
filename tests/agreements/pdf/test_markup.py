"""What a sheet's HTML is told before it is laid out."""

from typing import Any

import pytest
from weasyprint import HTML

from agreements.pdf.markup import prepare


def prepared(html: str) -> tuple[Any, list[Any]]:
    root = HTML(string=html).etree_element
    return root, prepare(root)


def widths(html: str) -> list[float]:
    root, _ = prepared(f"<table>{html}</table>")
    return [float(column.get("style").removeprefix("width: ").removesuffix("%")) for column in root.iter("col")]


def test_bookmark_is_the_heading_without_its_notes() -> None:
    note = '<span class="footnote" data-number="3">En not</span>'
    _, headings = prepared(f"<h1>Ett  <em>två</em></h1><h2>Tre{note}\n fyra</h2>")
    assert [heading.get("data-bookmark") for heading in headings] == ["Ett två", "Tre fyra"]


def test_column_of_sentences_is_wider_than_a_column_of_numbers() -> None:
    sentence = "En hel mening om vad som ska göras av vem och när det ska vara klart. " * 3
    first, second, third = widths(f"<tr><td>12</td><td>{sentence}</td><td>Kommunen</td></tr>")
    assert second > 3 * third > 3 * first
    assert first + second + third == pytest.approx(100, abs=0.2)


def test_equal_columns_are_equal() -> None:
    assert widths("<tr><td>ett ord</td><td>ett ord</td></tr>") == [50, 50]


def test_short_row_gets_the_cells_that_it_lacks() -> None:
    html = '<tr><td>a</td><td colspan="2">b</td><td rowspan="3">c</td></tr><tr><td>d</td></tr><tr></tr>'
    root, _ = prepared(f"<table>{html}</table>")
    assert [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")] == [
        ["a", "b", "c"],
        ["d", "", ""],
        ["", "", ""],
    ]


def test_table_without_cells_is_left_in_peace() -> None:
    root, _ = prepared("<table></table><table><tr></tr></table>")
    assert not list(root.iter("td"))


def test_joined_cells_stand_where_they_stand_and_have_no_say() -> None:
    head = '<tr><th rowspan="2">Fråga</th><th colspan="2">En lång rubrik över båda åren tillsammans</th></tr>'
    years = "<tr><th>2022</th><th>2024</th></tr>"
    first, second, third = widths(f"{head}{years}<tr><th>Har snattat det senaste året</th><td>14</td><td>16</td></tr>")
    assert first > 3 * second
    assert second == third


@pytest.mark.parametrize(
    ("rows", "is_narrow"),
    [
        ("<tr><th>Stadsdel</th><th>Brott</th></tr><tr><th>Hamnen</th><td>131</td></tr>", True),
        ("<tr><th>Hamnen</th><td>" + "en text som går över flera rader " * 4 + "</td></tr>", False),
        ("<tr>" + "<td>något längre</td>" * 6 + "</tr>", False),
    ],
)
def test_table_of_few_words_is_no_wider_than_they_need(rows: str, is_narrow: bool) -> None:
    root, _ = prepared(f"<table>{rows}</table>")
    assert (next(root.iter("table")).get("style") is not None) is is_narrow


def test_sign_of_a_change_has_room_in_its_column() -> None:
    head, row = "<tr><th>Plats</th><th>{}</th></tr>", "<tr><td>Torget</td><td>1</td></tr>"

    def second(words: str) -> float:
        return widths(head.format(words) + row)[1]

    assert second("<ins>Ansvarig</ins>") == second("+Ansvarig") > second("Ansvarig")
    assert second("<del>Ansvarig</del>") == second("-Ansvarig")
    assert second("<del>Förr</del><ins>Därpå</ins>") == second("-Förr +Därpå")


def test_words_of_two_lines_are_no_word() -> None:
    rows = "<tr><td>{}</td><td>Ett och två</td></tr>"
    together = widths(rows.format("Ett två tre"))
    for cell in ("<p>Ett</p><p>två</p><p>tre</p>", "Ett<br>två<br>tre", "<ul><li>Ett</li><li>två</li></ul>tre"):
        assert widths(rows.format(cell)) == together
    _, (heading,) = prepared("<h2>Ett<br>två</h2>")
    assert heading.get("data-bookmark") == "Ett två"


def test_no_number_is_parted_for_the_sake_of_a_text_beside_it() -> None:
    sentence = "En hel mening om vad som ska göras av vem och när det ska vara klart. " * 9
    cells = f"<td>{sentence}</td>" * 2
    for words in ("1\u00a0234\u00a0567", "Samordnare"):
        *_, last = widths(f"<tr>{cells}<td>{words}</td></tr>")
        assert 84 * last / 100 >= len(words) + 1.7


def test_where_words_do_not_all_fit_the_long_ones_are_parted_and_the_short_ones_are_not() -> None:
    words = "Samverkansöverenskommelserna"
    assert widths("<tr>" + f"<td>{words}</td>" * 8 + "</tr>") == [12.5] * 8
    *_, last = widths("<tr>" + f"<td>{words}</td>" * 6 + "<td>Polisen</td></tr>")
    assert 84 * last / 100 >= len("Polisen") + 1.7


def test_narrow_table_has_its_caption_on_one_line() -> None:
    rows = "<tr><th>Hamnen</th><td>131</td></tr>"
    plain, named = (
        float(next(prepared(f"<table>{caption}{rows}</table>")[0].iter("table")).get("style")[7:-1])
        for caption in ("", "<caption>Tabell 2. Anmälda brott i Hamnen</caption>")
    )
    assert named > 1.5 * plain


def test_columns_come_after_the_caption() -> None:
    root, _ = prepared("<table><caption>a</caption><tr><td>b</td></tr></table>")
    assert [child.tag for child in next(root.iter("table"))] == ["caption", "colgroup", "tbody"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("12", "1 234", "–3,5 %", "..", "–"), True),
        (("12", "cirka 3"), False),
        (("", ""), False),
        (("3a",), False),
    ],
)
def test_column_of_numbers_is_set_flush_right_with_its_header(texts: tuple[str, ...], expected: bool) -> None:
    rows = "".join(f"<tr><th>Plats</th><td>{text}</td></tr>" for text in texts)
    root, _ = prepared(f"<table><thead><tr><th>Var</th><th>Antal</th></tr></thead><tbody>{rows}</tbody></table>")
    marked = [
        cell.get("class")
        for cell in root.iter(
            "th",
        )
        if cell.text == "Antal"
    ]
    assert marked == (["numeric"] if expected else [None])
    assert all((cell.get("class") == "numeric") is expected for cell in root.iter("td"))


def test_first_column_is_never_flush_right() -> None:
    root, _ = prepared("<table><tr><td>2024</td><td>x</td></tr></table>")
    assert [cell.get("class") for cell in root.iter("td")] == [None, None]


def test_what_is_foreign_goes_and_the_words_around_it_stay() -> None:
    root, _ = prepared('<p>a<style>p {}</style>b<svg><text>c</text></svg>d</p><base href="x">e<p style="color: red">f')
    assert "".join(root.find("body").itertext()) == "abdef"
    assert not [element for element in root.find("body").iter() if element.get("style")]


def test_space_before_a_changed_word_comes_before_its_sign() -> None:
    root, _ = prepared("<p>varje<del> vecka</del><ins> månad</ins>.</p><p><ins> Ny</ins></p>")
    said = [(child.tag, child.text, child.tail) for paragraph in root.iter("p") for child in paragraph]
    assert [paragraph.text for paragraph in root.iter("p")] == ["varje", " "]
    assert said == [
        ("span", " ", None), ("del", "vecka", " "), ("ins", "månad", "."), ("ins", "Ny", None)
    ]  # fmt: skip
