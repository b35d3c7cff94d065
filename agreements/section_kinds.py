"""The registry of section kinds: what stands under a heading besides rich text.

Kinds are registered, not known: ``AgreementsConfig.ready`` registers those of ``workflow.kinds``, and another app may
register its own. Printing, redline and search know blocks, never kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from agreements.models import Section


class SectionKind(Protocol):
    """What a kind of section can do. ``key`` is stored in Section.kind.

    ``freeze`` returns blocks (documents.blocks) for the rows under the section, with every reference written
    out and note references as ``<sup data-note>`` (they are numbered afterwards, through the annex).
    ``take_in`` fills the rows from what a Word file proposed and returns True when it could.
    ``check`` returns (code, sentence) for each finding about the rows.
    ``copy`` copies the rows to ``target``, another section, maybe of another agreement.
    ``edit_url`` is where the rows are edited; None when they are edited elsewhere only.
    """

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> StrPromise | str: ...

    def freeze(self, section: Section) -> list[dict[str, Any]]: ...

    def take_in(self, section: Section, proposal: Any) -> bool: ...

    def check(self, section: Section) -> list[tuple[str, str]]: ...

    def copy(self, section: Section, target: Section) -> None: ...

    def edit_url(self, section: Section) -> str | None: ...


_kinds: dict[str, SectionKind] = {}


def register(kind: SectionKind) -> None:
    """Make ``kind`` known under its key; a second registration of the same key replaces the first."""
    _kinds[kind.key] = kind


def get(key: str) -> SectionKind:
    """The kind with that key; LookupError when nobody has registered it."""
    return _kinds[key]


def known() -> Iterator[SectionKind]:
    """All registered kinds, in the order of registration."""
    yield from _kinds.values()
