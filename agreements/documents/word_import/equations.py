"""Equations written out in one line, as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import GONE, TEXT, child, q

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

M_TEXT, FRACTION, ROOT, PROPERTIES = q("m:t"), q("m:f"), q("m:rad"), q("m:ctrlPr")
PASSED_OVER = GONE | {PROPERTIES}


def equation_text(element: Element | None) -> str:
    """All signs of an equation in reading order; a fraction as a/b, a root as √(…)."""
    if element is None:
        return ""
    if element.tag in (M_TEXT, TEXT):
        return element.text or ""
    if element.tag == FRACTION:
        return f"{equation_text(child(element, 'm:num'))}/{equation_text(child(element, 'm:den'))}"
    if element.tag == ROOT:
        degree = equation_text(child(element, "m:deg"))
        return f"{degree}√({equation_text(child(element, 'm:e'))})"
    return "".join(equation_text(inner) for inner in element if inner.tag not in PASSED_OVER)
