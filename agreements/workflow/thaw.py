"""A frozen document made into sections again: for beginning a new text from an earlier version."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from agreements.documents.block_types import Document
from agreements.documents.html_fields import mapped
from agreements.documents.notes import put_back
from agreements.documents.sanitise import clean_rich_text
from agreements.selectors.section_common import OWN_BODY


@dataclass
class Thawed:
    """A heading with its blocks, notes put back: ``body`` are those of its rich text, ``rows`` those of typed
    rows. ``row`` says what row the heading itself is ("priority_area"), if any."""

    id: str
    level: int = 1
    heading: str = ""
    number: str = ""
    row: str | None = None
    language: str = ""
    party: str = ""
    body: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def body_html(self) -> str:
        return clean_rich_text("".join(block_html(block) for block in self.body))

    @property
    def whole_html(self) -> str:
        """Body and rows alike as rich text, for a section whose rows have nowhere to go."""
        return clean_rich_text("".join(block_html(block) for block in (*self.body, *self.rows)))


def thaw(document: Document) -> list[Thawed]:
    """The sections of a Document in order. A text before the first heading is a section without heading."""
    found: list[Thawed] = []
    for raw in document["blocks"]:
        block: dict[str, Any] = dict(mapped(raw, lambda html: put_back(html, document["notes"])))
        if block["type"] == "heading" and _is_of_rows(block, found):
            found[-1].rows.append(block)
        elif block["type"] == "heading":
            found.append(
                Thawed(
                    id=block["id"], level=block["level"], heading=block["html"], number=block["number"],
                    row=block["row"], language=block["lang"] or "", party=block["party"] or "",
                )
            )  # fmt: skip
        else:
            is_body = OWN_BODY.search(block["id"])
            owner = OWN_BODY.sub("", block["id"]) if is_body else ""
            if not found or (is_body and owner != found[-1].id):
                found.append(Thawed(id=owner or block["id"], language=block["lang"] or "", party=block["party"] or ""))
            (found[-1].body if is_body else found[-1].rows).append(block)
    return found


def _is_of_rows(block: dict[str, Any], found: list[Thawed]) -> bool:
    """A heading that a kind wrote among its rows (a party above its contacts), not one of the outline."""
    return bool(found) and block["row"] is None and block["id"].startswith(f"{found[-1].id}-")


def block_html(block: dict[str, Any]) -> str:
    """Any block as rich text."""
    match block["type"]:
        case "rich_text":
            return str(block["html"])
        case "heading":
            return f"<h4>{block['html']}</h4>"
        case "table":
            return _table(block["caption"], block["head"], block["body"])
        case "field_table":
            return _field_table(block)
        case "item_list":
            return _items(block["items"], "ol" if block["ordered"] else "ul")
        case "figure":
            return _figure(block)
        case "contact_card":
            return _card(block)
    raise LookupError(block["type"])


def _table(caption: str, head: list[list[dict[str, Any]]], body: list[list[dict[str, Any]]]) -> str:
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}<thead>{_rows(head)}</thead><tbody>{_rows(body)}</tbody></table>"


def _rows(rows: list[list[dict[str, Any]]]) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(cell: dict[str, Any]) -> str:
    tag = "th" if cell["header"] else "td"
    return f'<{tag} colspan="{cell["colspan"]}" rowspan="{cell["rowspan"]}">{cell["html"]}</{tag}>'


def _field_table(block: dict[str, Any]) -> str:
    head = "".join(f"<th>{html}</th>" for html in block["header"])
    body = "".join(
        f"<tr><th>{row['label']}</th>{''.join('<td>' + cell['html'] + '</td>' for cell in row['cells'])}</tr>"
        for row in block["rows"]
    )
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _items(items: list[dict[str, Any]], tag: str) -> str:
    inner = "".join(
        f"<li><p>{item['html']}</p>{_items(item['items'], tag) if item['items'] else ''}</li>" for item in items
    )
    return f"<{tag}>{inner}</{tag}>"


def _figure(block: dict[str, Any]) -> str:
    values = block["table"]
    table = _table("", values["head"], values["body"]) if values else ""
    said = " ".join(f'data-{name}="{escape(block[name])}"' for name in ("asset", "alt", "source"))
    return f"<figure {said}><figcaption>{block['caption']}</figcaption>{table}</figure>"


def _card(block: dict[str, Any]) -> str:
    phones = [f"{phone['label']} {phone['display']}" for phone in block["phones"]]
    parts = [block["function"], block["name"], block["organisation"], *phones, block["email"]]
    return f"<p>{escape(', '.join(part for part in parts if part))}</p>"
