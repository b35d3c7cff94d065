"""Equations written out in one line, as people type them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import GONE, TEXT, child, q

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

M_TEXT, M_VAL = q("m:t"), q("m:val")
PASSED_OVER = GONE | {q("m:ctrlPr")}


def equation_text(element: Element | None) -> str:
    """All signs of an equation in reading order; a fraction as a/b, a root as √(…), a power as a^b."""
    if element is None:
        return ""
    if element.tag in (M_TEXT, TEXT):
        return element.text or ""
    if shape := SHAPES.get(str(element.tag)):
        return shape(element)
    return "".join(equation_text(inner) for inner in element if inner.tag not in PASSED_OVER)


def _part(element: Element, name: str) -> str:
    return equation_text(child(element, name))


def _fraction(element: Element) -> str:
    return f"{_part(element, 'm:num')}/{_part(element, 'm:den')}"


def _root(element: Element) -> str:
    return f"{_part(element, 'm:deg')}√({_part(element, 'm:e')})"


def _brackets(element: Element) -> str:
    signs = (
        _sign(element, "m:dPr", name, usual) for name, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    )
    opening, between, closing = signs
    return opening + between.join(equation_text(part) for part in element.findall(q("m:e"))) + closing


def _sum(element: Element) -> str:
    return _sign(element, "m:naryPr", "chr", "∫") + _limits(element) + f" {_part(element, 'm:e')}"


def _lines(element: Element) -> str:
    return " ".join(text for part in element if (text := equation_text(part).strip()))


def _limit(element: Element) -> str:
    return f"{_part(element, 'm:e')}_{_part(element, 'm:lim')}"


def _scripts(element: Element) -> str:
    return _part(element, "m:e") + _limits(element)


def _limits(element: Element) -> str:
    below, above = _part(element, "m:sub"), _part(element, "m:sup")
    return (f"_{below}" if below else "") + (f"^{above}" if above else "")


def _function(element: Element) -> str:
    return f"{_part(element, 'm:fName')} {_part(element, 'm:e')}"


def _matrix_row(element: Element) -> str:
    return " ".join(equation_text(part) for part in element.findall(q("m:e"))) + " "


def _sign(element: Element, properties: str, name: str, usual: str) -> str:
    """A sign that stands in the properties and not in the text; an empty one is none."""
    given = child(element, properties, f"m:{name}")
    return usual if given is None else given.get(M_VAL, "")


SHAPES: dict[str, Callable[[Element], str]] = {
    q("m:f"): _fraction,
    q("m:rad"): _root,
    q("m:d"): _brackets,
    q("m:nary"): _sum,
    q("m:sSup"): _scripts,
    q("m:sSub"): _scripts,
    q("m:sSubSup"): _scripts,
    q("m:func"): _function,
    q("m:mr"): _matrix_row,
    q("m:eqArr"): _lines,
    q("m:oMathPara"): _lines,
    q("m:limLow"): _limit,
    q("m:limUpp"): _limit,
}
