"""Prose, lists, figures and tables written as the rich text of one section or cell."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from agreements.documents.word_import import table_html
from agreements.documents.word_import.lists import lists_html
from agreements.documents.word_import.things import Figure, Grid, Heading, Item, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agreements.documents.word_import.inline_html import InlineWriter
    from agreements.documents.word_import.report import Finds
    from agreements.documents.word_import.things import Thing


def body_html(things: Iterable[Thing], writer: InlineWriter, finds: Finds) -> str:
    """Everything but headings, in order. Items in an unbroken row make lists, quotations one quotation."""
    html = ""
    for kind, group in groupby(things, key=_kind):
        row = list(group)
        if kind == "items":
            html += lists_html([thing for thing in row if isinstance(thing, Item)], writer, finds)
        elif kind == "quote":
            html += f"<blockquote>{''.join(_paragraph(thing, writer) for thing in row)}</blockquote>"
        else:
            html += "".join(_one(thing, writer, finds) for thing in row)
    return html


def _kind(thing: Thing) -> str:
    if isinstance(thing, Item):
        return "items"
    return "quote" if isinstance(thing, Prose) and thing.is_quote else "other"


def _one(thing: Thing, writer: InlineWriter, finds: Finds) -> str:
    match thing:
        case Figure():
            return figure_html(thing, writer)
        case Grid():
            return table_html.table_html(thing, writer, finds)
        case _:
            return _paragraph(thing, writer)


def _paragraph(thing: Thing, writer: InlineWriter) -> str:
    if isinstance(thing, Prose):
        return f"<p>{writer.html(thing.pieces, drops_uniform=thing.is_quote)}</p>"
    return f"<h4>{writer.html(thing.pieces, drops_uniform=True)}</h4>" if isinstance(thing, Heading) else ""


def figure_html(figure: Figure, writer: InlineWriter) -> str:
    """A figure with its caption and values. Its picture is named by its hash alone."""
    caption = writer.html(figure.caption, drops_uniform=True)
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    values = _values_html(figure.values) if figure.values else ""
    return (
        f'<figure data-asset="{figure.asset}" data-alt="{escape(figure.alt)}" data-source="">{caption}{values}</figure>'
    )


def _values_html(values: Sequence[Sequence[str]]) -> str:
    head, *rows = values
    cells = "".join(f'<th scope="col"><p>{escape(name)}</p></th>' for name in head)
    body = "".join(
        f'<tr><th scope="row"><p>{escape(row[0])}</p></th>'
        + "".join(f"<td><p>{escape(value)}</p></td>" for value in row[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
