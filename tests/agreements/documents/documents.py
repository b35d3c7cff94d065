"""Hypothesis strategies for documents, and for the same document after somebody has worked on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from hypothesis import strategies as st

from agreements.documents.block_types import Asset, Confidentiality, Document
from agreements.documents.canonical import join_ids, split_ids
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_inline, clean_rich_text

ASSETS: dict[str, Asset] = {
    f"{number:064x}": {"media_type": "image/png", "width": 8, "height": 6} for number in range(3)
}
WORDS = st.sampled_from(
    ("trygghet", "i", "och", "stureplan", "2018-2019", "&", "<", "4 %", "natten,", "(KDF)", "unga")
    + ("20\u00a0000", "e\u0301lan", "\u0338")
)
PHRASES = st.sampled_from(
    (
        "trygghet",
        "i och på",
        "våld och brott vid stureplan",
        "polisen & kommunen",
        "perioden 2018-2019, natten mot söndag (KDF)",
        "unga på plats",
        "drygt 20\u00a0000 invånare",
        "4 % < 5 %",
        "”Parterna” e\u0301lan \u0338 a.b a&amp;b",
        "oro för brott i sommar och i höst",
    )
)
NOTES = st.sampled_from(
    (
        "",
        "",
        "",
        "<sup data-note='<p>Uppgifter från områdesfakta</p>'></sup>",
        "<sup data-note='<p>Avser <b>permanentbostad</b> och försök</p>'></sup>",
        "<sup data-note='<p>Enligt polisens system</p><p>Se <a href=https://example.se/>länken</a></p>'></sup>",
        "<sup data-note='<p>Enligt kommunens system och statistik</p>'></sup>",
    )
)
LANGUAGES = st.sampled_from((None, None, None, "en"))
MARKS = st.sampled_from(
    ("{}", "{}", "{}", "<b>{}</b>", "<i>{}</i>", "<b><i>{}</i></b>", "<span lang=en>{}</span>")
    + ("<a href='https://example.se/a'>{}</a>", "<a href='mailto:a@example.se'><b>{}</b></a>", "{}<br>")
)


def _piece(mark: str, phrase: str, note: str) -> str:
    return mark.format(phrase.replace("&", "&amp;").replace("<", "&lt;")) + note


PIECES = st.builds(_piece, MARKS, PHRASES, NOTES)
INLINE = st.lists(PIECES, min_size=1, max_size=3).map(" ".join)
PARAGRAPHS = INLINE.map("<p>{}</p>".format)
ITEMS = st.recursive(
    INLINE,
    lambda inner: st.builds(
        lambda text, tag, items: f"{text}<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
        INLINE,
        st.sampled_from(("ul", "ol")),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=3,
)
LISTS = st.builds(
    lambda tag, items: f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag.split()[0]}>",
    st.sampled_from(("ul", "ol", "ol start=3")),
    st.lists(ITEMS, min_size=1, max_size=3),
)
CELLS = st.one_of(st.just(""), INLINE, LISTS)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with or without caption, heads and cells over several columns or rows."""
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3))
    caption = draw(st.one_of(st.just(""), INLINE.map("<caption>{}</caption>".format)))
    heads = draw(st.integers(0, 1))
    spans = draw(st.sampled_from(("", "", "", "", " colspan=2", " rowspan=2")))
    html = []
    for index, row in enumerate(rows):
        tag = "th" if index < heads else "td"
        cells = [f"<{tag}>{cell}</{tag}>" for cell in row]
        cells[0] = cells[0].replace(f"<{tag}", f"<{tag}{spans if not index else ''}", 1)
        html.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{caption}{''.join(html)}</table>"


FIGURES = st.builds(
    lambda asset, alt, source, caption, table: (
        f'<figure data-asset="{asset}" data-alt="{alt}" data-source="{source}">'
        f"<figcaption>{caption}</figcaption>{table}</figure>"
    ),
    st.sampled_from(list(ASSETS)),
    st.sampled_from(("En karta", "En karta över oro", "Ett diagram")),
    st.sampled_from(("", "Brå", "Brå &amp; SCB")),
    st.one_of(st.just(""), INLINE),
    st.one_of(st.just(""), tables()),
)
PARTS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    PARAGRAPHS,
    LISTS,
    INLINE.map("<h4>{}</h4>".format),
    INLINE.map("<blockquote><p>{}</p></blockquote>".format),
    tables(),
    FIGURES,
)


def _common(id_: str) -> dict[str, Any]:
    return {"id": id_, "lang": None, "confidentiality": None, "party": None}


@st.composite
def field_tables(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """A table of fields, with one or two columns of values."""
    width = draw(st.integers(1, 2))
    header = [clean_inline(draw(INLINE)) for _ in range(width + 1)] if draw(st.booleans()) else []
    rows = [
        {
            "id": f"{prefix}-row-{number}",
            "label": clean_inline(draw(INLINE)),
            "cells": [{"html": clean_rich_text(draw(CELLS)), "open": draw(st.booleans())} for _ in range(width)],
        }
        for number in draw(st.lists(st.integers(0, 9), unique=True, max_size=4))
    ]
    return {**_common(f"{prefix}-fields"), "type": "field_table", "header": header, "rows": rows}


@st.composite
def item_lists(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """A list of typed items, some of them maybe below the first."""
    numbers = draw(st.lists(st.integers(0, 9), unique=True, min_size=1, max_size=5))
    items: list[dict[str, Any]] = [
        {"id": f"{prefix}-item-{number}", "html": clean_inline(draw(INLINE)), "items": []} for number in numbers
    ]
    inner = draw(st.integers(1, len(numbers)))
    items = [{**items[0], "items": items[inner:]}, *items[1:inner]]
    return {**_common(f"{prefix}-items"), "type": "item_list", "ordered": draw(st.booleans()), "items": items}


@st.composite
def cards(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """A contact."""
    number = draw(st.integers(400, 404))
    return {
        **_common(f"{prefix}-card"),
        "type": "contact_card",
        "name": draw(st.sampled_from(("", "A & B", "Ann e\u0301"))),
        "function": "Samordnare",
        "organisation": "Norrviks kommun",
        "phones": [{"label": "Växel", "number": f"+46846500{number}", "display": f"08-465 00 {number}"}],
        "email": draw(st.sampled_from(("", "samordnare@example.se", "vakt@example.se"))),
    }


def typed(prefix: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """The blocks of a typed section, or none."""
    kinds = st.one_of(field_tables(prefix), item_lists(prefix), cards(prefix))
    return st.one_of(st.just([]), st.just([]), kinds.map(lambda block: [block]))


@dataclass(frozen=True)
class Draft:
    """A section as somebody writes it."""

    id: str
    level: int
    heading: str
    is_numbered: bool
    parts: tuple[str, ...]
    blocks: list[dict[str, Any]]
    lang: str | None = None
    party: str | None = None
    secrecy: Confidentiality | None = None

    def section(self) -> FrozenSection:
        return FrozenSection(
            id=self.id,
            level=self.level,
            heading=clean_heading(self.heading),
            is_numbered=self.is_numbered,
            lang=self.lang,
            party=self.party,
            confidentiality=self.secrecy,
            body=clean_rich_text("".join(self.parts)),
            blocks=self.blocks,  # type: ignore[arg-type]
        )


@st.composite
def drafts(draw: st.DrawFn, id_: str) -> Draft:
    """A section that somebody wrote."""
    return Draft(
        id=id_,
        level=draw(st.integers(1, 3)),
        heading=draw(INLINE),
        is_numbered=draw(st.booleans()),
        parts=tuple(draw(st.lists(PARTS, max_size=3))),
        blocks=draw(typed(id_)),
        lang=draw(LANGUAGES),
    )


@st.composite
def edited(draw: st.DrawFn, draft: Draft) -> Draft:
    """The section after some work on it."""
    parts: list[str] = []
    for part in draft.parts:
        match draw(st.sampled_from(("keep", "keep", "word", "drop", "before", "new"))):
            case "keep":
                parts.append(part)
            case "word":
                parts.append(part.replace(draw(WORDS), draw(WORDS).replace("<", "&lt;"), 1))
            case "before":
                parts += [draw(PARTS), part]
            case "new":
                parts.append(draw(PARTS))
    what = draw(st.sampled_from(("text", "text", "heading", "level", "number", "rows", "mix", "lang")))
    return replace(
        draft,
        heading=draw(INLINE) if what == "heading" else draft.heading,
        level=draw(st.integers(1, 3)) if what == "level" else draft.level,
        is_numbered=draw(st.booleans()) if what == "number" else draft.is_numbered,
        blocks=draw(typed(draft.id)) if what == "rows" else draft.blocks,
        lang=draw(LANGUAGES) if what == "lang" else draft.lang,
        parts=tuple(draw(st.permutations(parts))) if what == "mix" else tuple(parts),
    )


FILES = st.builds(
    lambda name, number, pages: {"sha256": f"{number:064x}"[::-1], "name": name, "pages": pages},
    st.sampled_from(("karta.pdf", "ritning <2>.pdf")),
    st.integers(0, 2),
    st.sampled_from((None, 1, 4)),
)


@st.composite
def facts(draw: st.DrawFn) -> tuple[AnnexFacts, list[Any]]:
    """What a document says of itself, and the files beside it."""
    own = AnnexFacts(
        "situational_picture",
        draw(st.sampled_from(("Lägesbild", "Gemensam lägesbild", "L & e\u0301"))),
        draw(st.sampled_from(("", "Norrvik", "Norrvik och Ekhamra"))),
        draw(st.sampled_from(("sv", "sv", "sv", "en"))),
        draw(st.sampled_from(("", "", "Hela <kommunen>", "Norrviks centrum"))),
        assets=ASSETS,
    )
    return own, draw(st.lists(FILES, max_size=3))


FACTS = AnnexFacts("situational_picture", "Lägesbild", assets=ASSETS)


def frozen(parts: Sequence[Draft], own: AnnexFacts = FACTS, files: Sequence[Any] = ()) -> Document:
    """The document of the sections."""
    document = freeze_sections(own, [draft.section() for draft in parts])
    return {**document, "attachments": list(files)} if files else document


@st.composite
def _draft_lists(draw: st.DrawFn, prefix: str, size: int) -> list[Draft]:
    return [draw(drafts(f"{prefix}{number}")) for number in range(draw(st.integers(0, size)))]


DOCUMENTS = _draft_lists("s", 4).map(frozen)


PARTIES = st.sampled_from((None, "Kommunen", "Polisen"))
SECRECY: st.SearchStrategy[Confidentiality | None] = st.sampled_from(
    (None, {"mark": "Sekretess", "ground": "18 kap. 1 § OSL"}, {"mark": "Sekretess", "ground": ""})
)


@st.composite
def versions(draw: st.DrawFn, *, are_marked: bool = False) -> tuple[Document, Document]:
    """A document before and after: sections edited, moved, added and gone; at times no id is the same, at times the
    title and the like are others. ``are_marked``: secrecy and origin of sections differ too."""
    before = draw(_draft_lists("s", 4))
    after = [draw(edited(draft)) if draw(st.booleans()) else draft for draft in before]
    after = [draft for draft in after if draw(st.integers(0, 5))]
    for draft in draw(_draft_lists("n", 2)):
        after.insert(draw(st.integers(0, len(after))), draft)
    if draw(st.booleans()):
        after = draw(st.permutations(after))
    if not draw(st.integers(0, 5)):
        after = [replace(draft, id=f"other-{draft.id}") for draft in after]
    if are_marked:
        after = [replace(draft, party=draw(PARTIES), secrecy=draw(SECRECY)) for draft in after]
        before = [replace(draft, party=draw(PARTIES), secrecy=draw(SECRECY)) for draft in before]
    own = draw(facts())
    return frozen(before, *own), frozen(after, *(own if draw(st.booleans()) else draw(facts())))


@st.composite
def relabelled(draw: st.DrawFn, document: Document) -> Document:
    """The same content under other ids: some of them, the same in another order, or all of them new."""
    content, ids = split_ids(document)
    others = draw(st.one_of(st.permutations(ids), st.just([f"x{id_}" for id_ in ids])))
    return cast(Document, join_ids(content, others))
