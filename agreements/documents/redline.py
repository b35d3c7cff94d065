"""Two versions of a text as one, with what was added, taken away and moved; the same as a list of changes.

Sections and blocks are known by id first, else by what they say; inside them the comparison is word by word.
Nothing is flattened: formatting, lists, tables, notes, pictures and typed rows stay what they are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.documents.block_html import BlockWriter
from agreements.documents.block_types import Block, Document
from agreements.documents.body_redline import BodyRedline
from agreements.documents.document_facts import fact_changes
from agreements.documents.listing import listed_lines
from agreements.documents.marking import Mark
from agreements.documents.note_html import NoteMode, NoteWriter
from agreements.documents.note_pairs import pair_notes
from agreements.documents.redline_result import (
    Change,
    ChangeKind,
    NoteLists,
    Redline,
    RedlineSection,
    SectionKind,
    Summary,
)
from agreements.documents.section_facts import section_facts
from agreements.documents.section_pairs import DocumentSection, Step, sections_of, steps
from agreements.documents.spoken import speak
from agreements.documents.surroundings import Surroundings
from agreements.documents.text_redline import Found, TextRedline

__all__ = ["Change", "Redline", "RedlineSection", "Summary", "compare"]

FACTS = "facts"  # the id of the part before the sections


def compare(
    old: Document,
    new: Document,
    *,
    asset_url: Callable[[str], str] = str,
    heading_shift: int = 0,
    notes: NoteMode = "end",
    id_prefix: str = "",
) -> Redline:
    """Compare two documents; the keywords are those of ``html.to_html``.

    ``<ins>`` and ``<del>`` carry their sense in words too: hidden ones in a page, ``data-before`` and
    ``data-after`` in print (notes="float").
    """
    return _Comparison(old, new, asset_url, heading_shift, notes, id_prefix).redline()


class _Comparison:
    """Works through the sections once, in the order to show them."""

    def __init__(
        self,
        old: Document,
        new: Document,
        asset_url: Callable[[str], str],
        heading_shift: int,
        notes: NoteMode,
        id_prefix: str,
    ) -> None:
        pairs = pair_notes(old["notes"], new["notes"])
        self._old = sections_of(old, pairs.old_texts)
        self._new = sections_of(new, pairs.old_texts if pairs.old_texts == pairs.new_texts else pairs.new_texts)
        self._text = TextRedline(pairs)
        self._body = BodyRedline(self._text)
        is_listed = notes == "end"
        found = self._text.marked_notes(are_listed=is_listed)
        self._notes = NoteWriter(found, notes, id_prefix, pairs.became() if is_listed else {})
        self._other_notes = pairs.others()
        self._documents = old, new
        self._around = Surroundings(
            self._notes.resolve,
            {**old["assets"], **new["assets"]},
            asset_url,
            id_prefix=id_prefix,
            in_print=notes == "float",
        )
        self._writer = BlockWriter(self._around, heading_shift)
        self._changes: list[Change] = []

    def redline(self) -> Redline:
        facts, counted = self._facts(), len(self._changes)
        sections = tuple(
            section
            for step in steps(self._old, self._new)
            if (section := self._section(step)).html or section.kind != "unchanged"
        )
        return Redline(sections, tuple(self._changes), _summary(sections, counted), self._note_lists(), facts)

    def _facts(self) -> RedlineSection | None:
        """The title, the scope and the like, where any of it is another."""
        found = list(fact_changes(*self._documents))
        if not found:
            return None
        title = _("Title and particulars")
        self._changes += [_change(FACTS, title, fact) for fact in found]
        tag, id_ = f"h{self._writer.first_level}", self._around.id(FACTS)
        lines = "".join(f"<p><strong>{escape(name)}:</strong> {self._text.words(*sides)}</p>" for *sides, name in found)
        html = self._spoken(f'<{tag} id="{id_}">{escape(title)}</{tag}>{lines}')
        return RedlineSection(FACTS, title, "changed", True, html, None, None)

    def _note_lists(self) -> NoteLists:
        keys = self._notes.to_list()
        others = [key for key in keys if key in self._other_notes]
        rest = [key for key in keys if key not in self._other_notes]
        lists = [self._spoken(self._notes.listed(part)) for part in (others, rest)]
        return NoteLists(len(others), lists[0], len(rest), lists[1])

    def _section(self, step: Step) -> RedlineSection:
        old = self._old[step.old] if step.old is not None else None
        new = self._new[step.new] if step.new is not None else None
        if old and new:
            return self._trace(old, new) if step.is_trace else self._pair(old, new, step)
        if new:
            return self._whole(new, "added", step)
        return self._whole(self._old[step.old or 0], "removed", step)

    def _whole(self, section: DocumentSection, mark: Mark, step: Step) -> RedlineSection:
        words = _words(section, self._text.notes.new if mark == "added" else self._text.notes.old)
        was, became = ("", words) if mark == "added" else (words, "")
        self._changes.append(Change(section.id, section.title, mark, was, became))
        html = self._written(self._body.whole(section.blocks, mark))
        return RedlineSection(section.id, section.title, mark, True, html, step.old, step.new)

    def _pair(self, old: DocumentSection, new: DocumentSection, step: Step) -> RedlineSection:
        kind: SectionKind = "moved" if step.is_moved else "unchanged"
        is_headed_move = step.is_moved and not step.is_carried
        if is_headed_move:
            was, became = self._place(self._old, step.old), self._place(self._new, step.new)
            self._changes.append(Change(new.id, new.title, "moved", was, became))
        has_changed = not new.says_what(old)
        if has_changed and not step.is_moved:
            kind = "changed"
        sentence = _sentence(_("This section stood elsewhere before.")) if is_headed_move else ""
        blocks = new.blocks
        if has_changed or old.number != new.number:
            blocks, facts = self._compared(old, new)
            sentence += "".join(map(self._fact_sentence, facts))
        if has_changed:
            self._list(old, new, [*facts, *self._text.found])
        html = self._written(blocks, sentence)
        return RedlineSection(new.id, new.title, kind, kind != "unchanged", html, step.old, step.new, has_changed)

    def _compared(self, old: DocumentSection, new: DocumentSection) -> tuple[list[Block], list[Found]]:
        """The section's blocks with their differences, and what is different of it as a whole."""
        self._text.found = []
        blocks = self._body.compare_sections(old.heading, old.body, new.heading, new.body)
        return blocks, list(section_facts(old, new))

    def _fact_sentence(self, fact: Found) -> str:
        words = self._text.words(fact.was, fact.became)
        return f'<p class="redline-note">{escape(fact.place)}: {words}</p>'

    def _list(self, old: DocumentSection, new: DocumentSection, found: list[Found]) -> None:
        """List what was found in a section that does not say the same: something, always."""
        if not found:
            was, became = _words(old, self._text.notes.old), _words(new, self._text.notes.new)
            how = _("other layout")
            found = [Found(was, f"{became} ({how})".strip())]
        self._changes += [_change(new.id, new.title, one) for one in found]

    def _place(self, sections: list[DocumentSection], index: int | None) -> str:
        """Where a section stands, told by the one before it."""
        before = sections[index - 1].title if index else ""
        return _("After: %(section)s") % {"section": before} if before else _("First in the text")

    def _trace(self, old: DocumentSection, new: DocumentSection) -> RedlineSection:
        words = _("“%(section)s” stood here. The section has moved.") % {"section": old.title}
        go = escape(_("Go there"))
        link = f'<a href="#{self._around.id(new.id)}">{go}</a>'
        html = mark_safe(_sentence(words, link))  # noqa: S308 -- escaped
        return RedlineSection(old.id, old.title, "trace", True, html, None, None)

    def _written(self, blocks: list[Block], before: str = "") -> SafeString:
        return self._spoken(before + "".join(self._writer.write(block) for block in blocks))

    def _spoken(self, html: str) -> SafeString:
        return speak(html, in_print=self._around.in_print)


def _change(id_: str, title: str, found: Found) -> Change:
    kind: ChangeKind = "added" if not found.was else "removed" if not found.became else "changed"
    return Change(id_, title, kind, *found)


def _sentence(words: str, link: str = "") -> str:
    return f'<p class="redline-note">{escape(words)}{" " if link else ""}{link}</p>'


def _words(section: DocumentSection, notes: Sequence[str]) -> str:
    return "\n".join(line for block in section.blocks for line in listed_lines(block, notes) if line)


def _summary(sections: Iterable[RedlineSection], facts: int) -> Summary:
    kinds = Counter(section.kind for section in sections)
    moved = sum(section.kind == "trace" for section in sections)
    changed = sum(section.is_edited for section in sections)
    return Summary(changed, kinds["added"], kinds["removed"], moved, facts)
