"""What is different of a section as a whole, beside its words: language, secrecy, whom it came from, its heading."""

from collections.abc import Callable, Hashable, Iterator

from django.utils.translation import gettext as _

from agreements.documents.block_types import Block, HeadingBlock
from agreements.documents.differences import language_name
from agreements.documents.section_pairs import DocumentSection
from agreements.documents.text_redline import Found

Fact = tuple[str, Callable[[Block], str]]


def section_facts(old: DocumentSection, new: DocumentSection) -> Iterator[Found]:
    """Each with its name as the place; neither side is empty. A heading's level is told with the heading."""
    if _origins(old) != _origins(new):  # asking for words costs more than all the rest
        for name, said in _facts():
            was, became = (list(dict.fromkeys(map(said, section.blocks))) for section in (old, new))
            if was != became and was and became:
                yield Found(", ".join(was), ", ".join(became), name)
    if old.heading and new.heading:
        yield from _heading_facts(old.heading, new.heading)


def _origins(section: DocumentSection) -> list[Hashable]:
    origins = ((block["lang"], str(block["confidentiality"]), block["party"]) for block in section.blocks)
    return list(dict.fromkeys(origins))


def _facts() -> list[Fact]:
    return [
        (_("Language"), lambda block: language_name(block["lang"]) if block["lang"] else _("that of the text")),
        (_("Confidentiality"), _secrecy),
        (_("Comes from"), lambda block: block["party"] or _("not stated")),
    ]


def _secrecy(block: Block) -> str:
    marked = block["confidentiality"]
    return f"{marked['mark']} {marked['ground']}".strip() if marked else _("no mark")


def _heading_facts(old: HeadingBlock, new: HeadingBlock) -> Iterator[Found]:
    if bool(old["number"]) != bool(new["number"]):
        words = {True: _("numbered"), False: _("without a number")}
        yield Found(words[bool(old["number"])], words[bool(new["number"])], _("Numbering"))
    if old["row"] != new["row"]:
        yield Found(_row(old["row"]), _row(new["row"]), _("The heading names"))


def _row(row: str | None) -> str:
    """What the heading is the heading of."""
    if row == "priority_area":
        return _("a priority area")
    return row or _("a section")
