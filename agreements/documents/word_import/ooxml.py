"""Names and small readings of WordprocessingML, the XML inside a .docx (ECMA-376 part 1)."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
}

# "Strict" files use other names for the same things (ISO/IEC 29500 part 1); part 4 has the usual ones.
STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": SPACES["w"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": SPACES["r"],
    "http://purl.oclc.org/ooxml/officeDocument/math": SPACES["m"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": SPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/main": SPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/picture": SPACES["pic"],
    "http://purl.oclc.org/ooxml/drawingml/chart": SPACES["c"],
    "http://purl.oclc.org/ooxml/drawingml/diagram": SPACES["dgm"],
}


def q(name: str) -> str:
    """The qualified name that lxml uses: ``q("w:p")``."""
    prefix, local = name.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


VAL = q("w:val")
PARAGRAPH, TABLE, TEXT = q("w:p"), q("w:tbl"), q("w:t")
ALTERNATE, CHOICE, FALLBACK = q("mc:AlternateContent"), q("mc:Choice"), q("mc:Fallback")

# What tells that a branch of AlternateContent has something to say that this reader understands.
SPEAKING = tuple(
    q(name)
    for name in (
        "w:t", "w:sym", "m:t", "a:t", "a:blip", "v:imagedata", "w:txbxContent", "c:chart", "dgm:relIds",
        "w:footnoteReference", "w:endnoteReference",
    )
)  # fmt: skip
# What a Choice may require: the namespaces above, and those that only add looks or arrange what they know.
UNDERSTOOD = frozenset({
    *SPACES.values(),
    *STRICT,
    "http://schemas.microsoft.com/office/word/2006/wordml",  # wne
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/drawing/2007/8/2/chart",  # c14
    "http://schemas.microsoft.com/office/drawing/2010/main",  # a14
    "urn:schemas-microsoft-com:office:word",  # w10
})  # fmt: skip
# Changed away by somebody while changes were tracked; never part of the text as accepted.
GONE = frozenset({q("w:del"), q("w:moveFrom")})


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of the path of prefixed names, or None where the path breaks off."""
    for name in names:
        if element is None:
            return None
        element = element.find(q(name))
    return element


def val(element: Element | None, *names: str) -> str | None:
    """The ``w:val`` of the element at the end of the path, or None."""
    found = child(element, *names)
    return None if found is None else found.get(VAL)


def number(text: str | None) -> int | None:
    """An integer attribute; None when it is missing or no number (files from other programs hold "720.0")."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def hexadecimal(text: str) -> int:
    """A code in hexadecimal ("F0B7"); 0 when it is none."""
    try:
        return int(text, 16)
    except ValueError:
        return 0


def is_on(element: Element | None, name: str) -> bool | None:
    """An on/off property: True or False when it is set, None when it is not there."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(VAL, "true").strip().lower() not in ("0", "false", "off", "none")


def left_of(properties: Element | None) -> int | None:
    """How far ``w:pPr`` sets the text in, in twentieths of a point; None when it says nothing."""
    indent = child(properties, "w:ind")
    left = None if indent is None else indent.get(q("w:left")) or indent.get(q("w:start"))
    return number(left)


def chosen(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` that is read: the first choice that is understood and says something,
    else the fallback (ECMA-376 part 3, 7.6).

    The branches hold the same words, once in the new way and once in the old one; never read both. Where the fallback
    says nothing, a choice that is not understood comes before the silence, so that no word is lost.
    """
    choices = alternate.findall(CHOICE)
    fallback = alternate.findall(FALLBACK)
    known = [choice for choice in choices if _is_understood(choice)]
    branches = [*known, *fallback, *(choice for choice in choices if choice not in known)]
    speaking = (branch for branch in branches if next(branch.iter(*SPEAKING), None) is not None)
    return next(speaking, next(iter([*fallback, *choices]), None))


def _is_understood(choice: Element) -> bool:
    """Whether this reader knows all that ``Requires`` names: prefixes, as they are declared where it stands."""
    return all(choice.nsmap.get(prefix) in UNDERSTOOD for prefix in choice.get("Requires", "").split())


def in_force(element: Element) -> Iterator[Element]:
    """All descendants that count: without what was tracked as deleted, and one branch of each alternative."""
    for inner in element:
        if inner.tag == ALTERNATE:
            branch = chosen(inner)
            if branch is not None:
                yield from in_force(branch)
        elif isinstance(inner.tag, str) and inner.tag not in GONE:
            yield inner
            yield from in_force(inner)
