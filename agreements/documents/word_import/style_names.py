"""What a paragraph style is by its name.

Word writes built-in names in English and ids in its own language ("heading 1", "Rubrik1"); other programs write
either. Both languages are known here, in names and in ids.
"""

import re
from enum import Enum

BODY_OUTLINE = 9  # the outline level that means "running text"

OPENS_CONTENTS = frozenset({"innehåll", "innehållsförteckning", "contents", "table of contents"})


class Kind(Enum):
    """What a paragraph is by its style."""

    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    CAPTION = "caption"
    QUOTE = "quote"
    BULLET_LIST = "bullet list"
    NUMBER_LIST = "number list"
    LIST_CONTINUED = "list continued"
    CONTENTS = "contents"
    CONTENTS_HEADING = "contents heading"


# Names without spaces and in small letters; the number at the end, where there is one, is the level.
NAMES = (
    (Kind.CONTENTS_HEADING, r"(tocheading|contentsheading|innehållsförteckningsrubrik|innehållsrubrik)"),
    (Kind.HEADING, r"(?:heading|rubrik)([1-9])"),
    (Kind.TITLE, r"(title|titel|rubrik|dokumenttitel|huvudtitel)$"),
    (Kind.SUBTITLE, r"(subtitle|underrubrik|undertitel)$"),
    (Kind.CAPTION, r"(caption|imagecaption|tablecaption|beskrivning|bildtext|figurtext|tabelltext|tabellrubrik)$"),
    (Kind.QUOTE, r"(quote|quotations|intensequote|blockquote|blocktext|citat|starktcitat|blockcitat)$"),
    (Kind.BULLET_LIST, r"(?:listbullet|punktlista)([2-5])?$"),
    (Kind.NUMBER_LIST, r"(?:listnumber|numreradlista)([2-5])?$"),
    (Kind.LIST_CONTINUED, r"(?:listcontinue|listafortsätter|listfortsättning|fortsattlista)([2-5])?$"),
    (Kind.CONTENTS, r"(toc[1-9]|inneh(?:å)?ll[1-9]|tableoffigures|figurförteckning)$"),
)  # fmt: skip


def kind_of(name: str) -> tuple[Kind, int] | None:
    """What a style is by its name or id, and on which level; None when the name says nothing."""
    plain = re.sub(r"[\s_\-]+", "", name).casefold()
    for kind, pattern in NAMES:
        if match := re.match(pattern, plain):
            level = (
                match[1] if kind in (Kind.HEADING, Kind.BULLET_LIST, Kind.NUMBER_LIST, Kind.LIST_CONTINUED) else None
            )
            return kind, _level(kind, level)
    return None


def _level(kind: Kind, digit: str | None) -> int:
    if kind == Kind.HEADING:
        return int(digit or 1)
    return int(digit) - 1 if digit else 0
