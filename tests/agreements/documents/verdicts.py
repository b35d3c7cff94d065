"""What a redline says when all its changes are accepted, or all rejected; read from its HTML alone.

A document's own HTML is read in the same way, so that the two can be compared line by line: words, marks,
links, languages, lists, tables with their spans, pictures, headings with level and number, and notes, each
where it is referred to.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Literal
from unicodedata import normalize

from lxml import etree, html

from agreements.documents import reader, runs
from agreements.documents.block_types import Document
from agreements.documents.html import to_html
from agreements.documents.redline import Redline

Verdict = Literal["accept", "reject"]
INLINE = {"a", "em", "strong", "span", "br", "sup", "ins", "del", "button"}
GONE = {"accept": ("del", "removed"), "reject": ("ins", "added")}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SHOWN = ("lang", "start", "colspan", "rowspan", "scope", "src", "alt")
MAY_BE_EMPTY = {"td", "th", "img"}


def read_document(document: Document) -> list[str]:
    """The document as lines."""
    return _lines(to_html(document, asset_url=str), "accept")


def accept_all(redline: Redline) -> list[str]:
    """The lines of the redline with every change accepted."""
    kept = [section for section in redline.sections if section.new_place is not None]
    ordered = sorted(kept, key=lambda section: section.new_place or 0)
    return _lines("".join(section.html for section in ordered) + redline.notes.html, "accept")


def reject_all(redline: Redline) -> list[str]:
    """The lines of the redline with every change rejected."""
    kept = [section for section in redline.sections if section.old_place is not None]
    ordered = sorted(kept, key=lambda section: section.old_place or 0)
    return _lines("".join(section.html for section in ordered) + redline.notes.html, "reject")


def read_facts(document: Document) -> dict[str, list[str]]:
    """What a document says of itself beside the text, by its name; spaces as in the text."""
    named = {
        "Titel": document["title"],
        "Underrubrik": document["subtitle"],
        "Geografisk avgränsning": document["scope"],
        "Språk": {"sv": "svenska", "en": "engelska"}[document["language"]],
    }
    files = [
        f"{file['name']}, {_pages(file['pages'])}SHA-256 {file['sha256'][:16]}…"
        for file in document.get("attachments", [])
    ]
    return {name: [normalize("NFC", words)] if words else [] for name, words in named.items()} | {
        "Fristående fil": files
    }


def _pages(number: int | None) -> str:
    return "" if number is None else f"{number} sida, " if number == 1 else f"{number} sidor, "


def changed_facts(redline: Redline, verdict: Verdict) -> dict[str, list[str]]:
    """The same, of those that the redline says are others, with every change accepted or rejected."""
    found: dict[str, list[str]] = {}
    for line in _lines(redline.facts.html, verdict) if redline.facts else []:
        if match := re.fullmatch("<strong>([^<]*):</strong>(.*)", line):
            found.setdefault(match[1], []).extend(filter(None, [unescape(match[2]).strip()]))
    return found


def _lines(text: str, verdict: Verdict) -> list[str]:
    root = html.fragment_fromstring(text, create_parent="div")
    _apply(root, verdict)
    notes = {note.get("id", ""): " / ".join(_content(note)) for note in root.iterfind(".//section//li")}
    for section in root.findall(".//section"):
        section.getparent().remove(section)
    for reference in root.findall(".//sup"):
        link = reference.find("a")
        _replace(reference, f"⟦{notes[link.get('href')[1:]]}⟧")
    return list(_content(root))


def _apply(root: etree._Element, verdict: Verdict) -> None:
    tag, mark = GONE[verdict]
    for element in list(root.iter()):
        classes = element.get("class", "").split()
        if verdict == "reject":
            _restore(element, classes)
        if element.tag == tag or {mark, "filler", "ds-sr-only", "redline-note", "note-number"} & set(classes):
            _replace(element, "")
        elif "note-back" in classes or element.tag == "summary":
            _replace(element, "")


def _restore(element: etree._Element, classes: list[str]) -> None:
    """What a sentence of the redline says of an attribute: a heading's level, a picture's description."""
    for name in classes:
        if name.startswith("was-level-"):
            element.tag = f"h{int(name[-1]) + 1}"
    if "alt-change" in classes:
        for part in element.findall(".//ins") + element.findall(".//span"):
            _replace(part, "")
        words = "".join(str(text) for text in element.itertext()).split(":", 1)[1]
        for image in next(element.itersiblings("figure", preceding=True)).iter("img"):
            image.set("alt", " ".join(words.split()))


def _replace(element: etree._Element, text: str) -> None:
    """Put text in the place of the element; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def _content(element: etree._Element) -> Iterator[str]:
    """The lines of what is inside an element; a paragraph is a line without a tag."""
    inline = escape(element.text or "")
    for child in element:
        if child.tag in INLINE:
            inline += html.tostring(child, encoding="unicode")
            continue
        yield from _paragraph(inline)
        yield from _block(child)
        inline = escape(child.tail or "")
    yield from _paragraph(inline)


def _paragraph(inline: str) -> Iterator[str]:
    if line := runs.to_html(reader.read_inline(inline)):
        yield line


def _block(element: etree._Element) -> Iterator[str]:
    """A block's lines between its tags; one that holds nothing any more is nothing."""
    inner = list(_content(element))
    tag = str(element.tag)
    if tag in ("p", "div", "figcaption", "details", "summary"):
        yield from inner
    elif inner or tag in MAY_BE_EMPTY:
        tag = "sub-heading" if tag in HEADINGS and not element.get("id") else tag
        shown = "".join(f" {name}={element.get(name)}" for name in SHOWN if name in element.attrib)
        yield from (f"<{tag}{shown}>", *inner, f"</{tag}>")
