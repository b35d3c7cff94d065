"""Tables from Word: heading cells stay heading cells, and a cell holds no table."""

from typing import Any

import pytest

WORD = "<html xmlns:w='urn:schemas-microsoft-com:office:word'><body>"
FIRST = "mso-yfti-irow:0;mso-yfti-firstrow:yes"


def table(*rows: str) -> str:
    return (
        f"{WORD}<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'>{''.join(rows)}</table></body></html>"
    )


def row(*cells: str, style: str = "mso-yfti-irow:1") -> str:
    """A row as Word 365 puts it on the clipboard; "*Plats*" is bold."""
    return f"<tr style='{style}'>{''.join(f'<td width=200>{paragraph(cell)}</td>' for cell in cells)}</tr>"


def paragraph(words: str) -> str:
    text = words.strip("*")
    span = f"<span lang=SV>{text}<o:p></o:p></span>"
    return f"<p class=MsoNormal>{f'<b>{span}</b>' if words != text else span}</p>"


def head(*words: str) -> str:
    cells = "".join(f'<th scope="col"><p>{word}</p></th>' if word else "<td></td>" for word in words)
    return f"<thead><tr>{cells}</tr></thead>"


def body(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<td><p>{word}</p></td>" if word else "<td></td>" for word in words) for words in rows]
    return f"<tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody>"


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        # "repeat as header row", in bold or not
        (f"<thead>{row('Plats', '*Antal*', style=FIRST)}</thead>{row('Torget', '4')}", head("Plats", "Antal")),
        (f"<thead>{row('', 'Antal', style=FIRST)}</thead>{row('Torget', '4')}", head("", "Antal")),
        # set off by bold
        (row("*Plats*", "*Antal*", style=FIRST) + row("Torget", "4"), head("Plats", "Antal")),
        (row("", "*Antal*", style=FIRST) + row("Torget", "4"), head("", "Antal")),
        # set off by the style of the table
        (row("Plats", "Antal", style=FIRST + ";mso-yfti-cnfc:1") + row("Torget", "4"), head("Plats", "Antal")),
    ],
)
def test_a_first_row_that_word_sets_off_is_a_heading(write: Any, pasted: str, saved: str) -> None:
    writer = write(body="")
    writer.paste(table(pasted))
    assert writer.saved_body() == f"<table>{saved}{body(('Torget', '4'))}</table>"


@pytest.mark.parametrize(
    "rows",
    [
        row("Plats", "Antal", style=FIRST) + row("Torget", "4"),  # every first row is called so
        row("Plats", "Antal", style=FIRST + ";mso-yfti-cnfc:64") + row("Torget", "4"),  # a band
        row("Plats", "*Antal*", style=FIRST) + row("Torget", "4"),  # one word in bold
        row("*Plats*", "*Antal*", style=FIRST) + row("*Torget*", "*4*"),  # all in bold
        row("*Plats*", "*Antal*", style=FIRST),  # a row alone
    ],
)
def test_a_first_row_like_the_others_is_no_heading(write: Any, rows: str) -> None:
    writer = write(body="")
    writer.paste(table(rows))
    saved = writer.saved_body()
    assert "<th" not in saved
    assert saved.count("<strong>") == rows.count("<b>")


def test_heading_rows_under_a_merged_heading_cell_and_a_first_column_in_bold(write: Any) -> None:
    writer = write(body="")
    first = "<tr><td rowspan=2><b>Plats</b></td><td colspan=2><b>Antal</b></td></tr>"
    writer.paste(
        f"<table>{first}<tr><td>2024</td><td>2025</td></tr><tr><td><b>Torget</b></td><td>4</td><td>5</td></tr></table>"
    )
    assert writer.saved_body() == (
        '<table><thead><tr><th rowspan="2" scope="col"><p>Plats</p></th>'
        '<th colspan="2" scope="col"><p>Antal</p></th></tr>'
        '<tr><th scope="col"><p>2024</p></th><th scope="col"><p>2025</p></th></tr></thead>'
        '<tbody><tr><th scope="row"><p>Torget</p></th><td><p>4</p></td><td><p>5</p></td></tr></tbody></table>'
    )


def test_a_heading_in_a_cell_is_a_bold_paragraph_and_a_table_in_a_cell_is_unfolded(write: Any) -> None:
    writer = write(body="")
    inner = table(row("inre", "ruta")).removeprefix(WORD)
    writer.paste(
        f"{WORD}<table><tr><td><h2>Rubrik</h2><p>text</p></td><td><p>före</p>{inner}<p>efter</p></td></tr></table>"
    )
    assert writer.saved_body() == (
        "<table><tbody><tr><td><p><strong>Rubrik</strong></p><p>text</p></td>"
        "<td><p>före</p><p>inre</p><p>ruta</p><p>efter</p></td></tr></tbody></table>"
    )


HERE = f"<p>före</p><table>{body(('här', ''), ('', ''))}</table><p>efter</p>"


def test_a_table_pasted_into_cells_that_hold_something_comes_as_paragraphs(write: Any) -> None:
    writer = write(body=HERE)
    writer.caret_after("här")
    writer.paste(table(row("ett", "två") + row("tre", "fyra")))
    assert writer.saved_body() == HERE.replace("<p>här</p>", "<p>här</p><p>ett</p><p>två</p><p>tre</p><p>fyra</p>")
    writer.use("Ångra")
    assert writer.saved_body() == HERE


def test_a_table_pasted_into_empty_cells_fills_them(write: Any) -> None:
    writer = write(body=HERE)
    writer.text.locator("td").nth(2).click()
    writer.paste(table(row("tre", "fyra")))
    assert writer.saved_body() == f"<p>före</p><table>{body(('här', ''), ('tre', 'fyra'))}</table><p>efter</p>"


def test_text_with_a_table_and_a_heading_pasted_into_a_cell_loses_and_glues_nothing(write: Any) -> None:
    writer = write(body=HERE)
    writer.caret_after("här")
    writer.paste("<h2>Rubrik</h2><p>text</p><table><tr><td>ett</td><td>två</td></tr></table><ul><li>punkt</li></ul>")
    inside = "<p>här</p><p>Rubrik</p><p>text</p><p>ett</p><p>två</p><ul><li><p>punkt</p></li></ul>"
    assert writer.saved_body() == HERE.replace("<p>här</p>", inside)
