"""The HTML of elements of a text file."""

from __future__ import annotations

from html import escape

from lxml import html as lxml_html
from lxml.html import HtmlElement


def outer_html(element: HtmlElement) -> str:
    """The element with its own tags."""
    return str(lxml_html.tostring(element, encoding="unicode", with_tail=False))


def inner_html(element: HtmlElement | None) -> str:
    """What stands inside; nothing for an element that is not there."""
    if element is None:
        return ""
    return escape(element.text or "", quote=False) + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in element
    )
