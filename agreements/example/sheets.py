"""The sheet of an action plan in a text file: fields about the area, then a column per working group."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from agreements.documents.sanitise import clean_heading, clean_inline, clean_rich_text
from agreements.example.markup import inner_html
from agreements.example.text_shapes import Column, Commitment, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_sheet(section: HtmlElement, written_on: date) -> Sheet:
    """The sheet of an action plan, written as the fields and columns of a ``<section>``."""
    return Sheet(
        section=section.attrib["data-id"],
        area_values=tuple(_values(section, written_on)),
        columns=tuple(_column(column, written_on) for column in section.iterfind("div[@data-column]")),
    )


def _column(column: HtmlElement, written_on: date) -> Column:
    days = column.get("data-ends")
    return Column(
        key=column.attrib["data-column"],
        heading=clean_heading(inner_html(column.find("header"))),
        group=column.attrib["data-group"],
        ends_on=written_on + timedelta(days=int(days)) if days else None,
        end_condition=column.get("data-condition", ""),
        values=tuple(_values(column, written_on)),
    )


def _values(owner: HtmlElement, written_on: date) -> Iterator[Value]:
    for field in owner.iterfind("div[@data-field]"):
        name, listed = field.attrib["data-field"], field.find("ul[@data-party]")
        if listed is not None:
            yield Value(field=name, party=listed.attrib["data-party"], commitments=tuple(_commitments(listed)))
        else:
            due = field.get("data-due")
            yield Value(
                field=name,
                html=clean_rich_text(inner_html(field)),
                owner=field.get("data-owner", ""),
                due_on=written_on + timedelta(days=int(due)) if due else None,
            )


def _commitments(listed: HtmlElement) -> Iterator[Commitment]:
    for item in listed.iterfind("li"):
        yield Commitment(key=item.attrib["data-id"], text=clean_inline(inner_html(item)))
