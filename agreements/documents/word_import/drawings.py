"""Drawings in a paragraph: pictures, text boxes, charts, diagrams, and the old kinds of them (VML)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agreements.documents.word_import import charts
from agreements.documents.word_import.notes import words_of
from agreements.documents.word_import.ooxml import ALTERNATE, PARAGRAPH, TABLE, child, chosen, number, q
from agreements.documents.word_import.picture_cuts import cut_of, vml_cut_of
from agreements.documents.word_import.pictures import Shown
from agreements.documents.word_import.pieces import PictureMark, plain_text

if TYPE_CHECKING:
    from agreements.documents.word_import.inline import InlineReader
    from agreements.documents.word_import.ooxml import Element

SHAPE_TEXT, SHAPE_FILL = q("a:txBody"), q("a:blipFill")
BOX, PICTURE, CHART, DIAGRAM = q("w:txbxContent"), q("pic:pic"), q("c:chart"), q("dgm:relIds")
VML_IMAGE, VML_WORDS, VML_RULE = q("v:imagedata"), q("v:textpath"), q("o:hr")
RELATION, EMBED = q("r:id"), q("r:embed")
FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", re.IGNORECASE)
LENGTH = re.compile(r"\b(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,6})?)(pt|in|px|cm|mm)?")
EMU = {"pt": 12700, "in": 914400, "px": 9525, "cm": 360000, "mm": 36000, None: 12700}


def read(element: Element, reader: InlineReader) -> None:
    """Read a ``w:drawing``, ``w:pict`` or ``w:object``; report it when there was nothing that could be taken in.

    In what is left out, such as hidden text, its words are left out with the rest.
    """
    if reader.is_silent:
        reader.say(f" {words_of(element)} {_alt(element)} ")
        return
    if not _walk(element, element, reader) and not _is_rule(element):
        is_object = element.tag == q("w:object")
        reader.book.finds.at("embedded_object" if is_object else "drawing", reader.near)


def _is_rule(element: Element) -> bool:
    return any(shape.get(VML_RULE) in ("t", "true") for shape in element)


def _walk(element: Element, drawing: Element, reader: InlineReader) -> bool:
    """Read what is inside; True when anything was taken in."""
    branch = chosen(element) if element.tag == ALTERNATE else element
    found = False
    for inner in branch if branch is not None else ():
        handler = HANDLERS.get(str(inner.tag))
        found = (handler(inner, drawing, reader) if handler else _walk(inner, drawing, reader)) or found
    return found


def _take_box(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    blocks = reader.story.box(element)
    reader.add_box(blocks)
    return bool(blocks)


def _take_stray(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    """A paragraph or table in a drawing, with no text box around it."""
    reader.add_box(reader.story.stray(element))
    return True


def _take_shape_text(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    """The words on a shape of other Office programs, such as a canvas from PowerPoint."""
    words = [charts.words_on(paragraph) for paragraph in element.iter(q("a:p"))]
    for entry in words:
        reader.add_box(reader.story.plain(entry, "text_box"))
    return any(words)


def _take_picture(element: Element, drawing: Element, reader: InlineReader) -> bool:
    blip = next(element.iter(q("a:blip")), None)
    alt = _alt(drawing) or _alt(element)
    relation = "" if blip is None else blip.get(EMBED, "")
    _add_picture(relation, Shown(alt, _size(drawing), cut_of(element), reader.near), reader)
    _report_link(drawing, reader)
    return True


def _report_link(drawing: Element, reader: InlineReader) -> None:
    """A picture has no link here."""
    for link in drawing.iter(q("a:hlinkClick")):
        tie = reader.story.ties.get(link.get(RELATION, ""))
        if tie is not None and tie.is_external:
            reader.book.finds.at("picture_link", tie.target)


def _take_fill(element: Element, drawing: Element, reader: InlineReader) -> bool:
    """The picture that a shape is filled with; a texture, laid out like tiles, is only a look."""
    blip = child(element, "a:blip")
    if blip is None or child(element, "a:tile") is not None:
        return False
    shown = Shown(_alt(drawing), _size(drawing), cut_of(element), reader.near)
    _add_picture(blip.get(EMBED, ""), shown, reader)
    return True


def _add_picture(relation: str, shown: Shown, reader: InlineReader) -> None:
    asset = reader.book.pictures.take(reader.story.ties.get(relation), shown)
    reader.add(PictureMark(asset, shown.alt, is_before_text=not plain_text(reader.pieces).strip()))


def _alt(element: Element) -> str:
    """The alternative text that somebody wrote; names of files are none."""
    for properties in element.iter(q("wp:docPr"), q("pic:cNvPr")):
        for name in ("descr", "title"):
            text = " ".join(properties.get(name, "").split())
            if text and not FILE_NAME.fullmatch(text):
                return text
    return ""


def _size(drawing: Element) -> tuple[int, int]:
    extent = next(drawing.iter(q("wp:extent")), None)
    if extent is None:
        return 0, 0
    return number(extent.get("cx")) or 0, number(extent.get("cy")) or 0


def _take_vml_image(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    shape = element.getparent()
    style, alt = ("", "") if shape is None else (shape.get("style", ""), shape.get("alt", ""))
    alt = " ".join((alt or element.get(q("o:title"), "")).split())
    relation = element.get(RELATION) or element.get(q("o:relid")) or ""
    alt = "" if FILE_NAME.fullmatch(alt) else alt
    _add_picture(relation, Shown(alt, _vml_size(style), vml_cut_of(element), reader.near), reader)
    return True


def _vml_size(style: str) -> tuple[int, int]:
    sizes = {name: int(float(value) * EMU[unit or None]) for name, value, unit in LENGTH.findall(style)}
    return sizes.get("width", 0), sizes.get("height", 0)


def _take_vml_words(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    words = element.get("string", "")
    reader.add_box(reader.story.plain(words, "text_box"))
    return bool(words)


def _take_chart(element: Element, drawing: Element, reader: InlineReader) -> bool:
    tie = reader.story.ties.get(element.get(RELATION, ""))
    chart = None if tie is None else reader.book.package.beside(tie.target, tie.kind)
    if chart is None:
        return False
    alt, title = _alt(drawing), charts.chart_title(chart)
    asset = reader.book.pictures.frame(_size(drawing), alt or title)
    before = not plain_text(reader.pieces).strip()
    reader.add(PictureMark(asset, alt, title, charts.chart_values(chart), is_before_text=before))
    reader.book.finds.at("chart", title or alt or reader.near)
    shapes = reader.book.package.related_beside(tie.target, "chartUserShapes") if tie else None
    for words in charts.words_beside(chart, shapes):
        reader.add_box(reader.story.plain(words, "text_box"))
    return True


def _take_diagram(element: Element, _drawing: Element, reader: InlineReader) -> bool:
    tie = reader.story.ties.get(element.get(q("r:dm"), ""))
    data = None if tie is None else reader.book.package.beside(tie.target, tie.kind)
    words = [] if data is None else charts.diagram_words(data)
    for entry in words:
        reader.add_box(reader.story.plain(entry, "diagram"))
    return bool(words)


HANDLERS = {
    BOX: _take_box,
    PARAGRAPH: _take_stray,
    TABLE: _take_stray,
    SHAPE_TEXT: _take_shape_text,
    SHAPE_FILL: _take_fill,
    PICTURE: _take_picture,
    CHART: _take_chart,
    DIAGRAM: _take_diagram,
    VML_IMAGE: _take_vml_image,
    VML_WORDS: _take_vml_words,
}
