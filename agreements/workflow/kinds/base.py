"""What the section kinds of agreements have in common."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from agreements.documents.sanitise import clean_inline, clean_note
from agreements.selectors.section_common import common_of

if TYPE_CHECKING:
    from agreements.models import Section

Found = list[tuple[str, str]]


class RowsKind:
    """A kind with rows that stand elsewhere: nothing to take in, to check or to copy unless it says so.

    ``related`` are the relations of a section that ``freeze`` reads: the one who freezes many sections
    fetches them at once (see ``selectors.working_text``).
    """

    key: str
    related: tuple[str, ...] = ()

    def take_in(self, section: Section, proposal: Any) -> bool:
        return False

    def check(self, section: Section) -> Found:
        return []

    def copy(self, section: Section, target: Section) -> None:
        return None

    def edit_url(self, section: Section) -> str | None:
        return None


def block(section: Section, suffix: str, kind: str, **content: Any) -> dict[str, Any]:
    """A block of the section; its id is the section's with ``suffix``."""
    return {**common_of(section), "id": f"{section.pk}-{suffix}", "type": kind, **content}


def item_list(
    section: Section, suffix: str, items: list[dict[str, Any]], *, ordered: bool = False
) -> list[dict[str, Any]]:
    """One list as a block, or nothing at all when there are no items."""
    return [block(section, suffix, "item_list", ordered=ordered, items=items)] if items else []


def item(id_: str, html: str, items: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """An item of a list block (documents.block_types.Item), with those under it."""
    return {"id": id_, "html": html, "items": items or []}


def inline(html: str) -> str:
    """What people wrote in a field of inline HTML, in its one form."""
    return clean_inline(html)


def text(words: str) -> str:
    """Plain words as inline HTML."""
    return clean_inline(escape(words, quote=False))


def note(words: str) -> str:
    """Plain words as a footnote; blank lines part its paragraphs. Nothing for no words."""
    paragraphs = [part for part in words.replace("\r", "").split("\n\n") if part.strip()]
    html = clean_note("".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs))
    return f'<sup data-note="{escape(html)}"></sup>' if html else ""
