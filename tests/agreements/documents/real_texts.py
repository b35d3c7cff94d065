"""The real documents, read from their Markdown: enough of it for these texts, and no more."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_rich_text

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
KINDS = {
    "lägesbild": "situational_picture",
    "åtgärdsplan": "action_plan",
    "kommunikationsplan": "communication_plan",
}
PICTURE = "ef" * 32
NOTE = re.compile(r"^\[\^(\d+)\]: (.*(?:\n+    .*)*)", re.MULTILINE)


def manifest() -> dict[str, Any]:
    """The truth about each file, or nothing where the documents are not there."""
    path = REAL / "manifest.json"
    return json.loads(path.read_text("utf-8"))["files"] if path.exists() else {}


def read(name: str, edit: dict[str, str] | None = None) -> Document:
    """The document of that file, with words of it replaced."""
    _, front, text = (REAL / name).read_text("utf-8").split("---\n", 2)
    for before, after in (edit or {}).items():
        assert before in text, before
        text = text.replace(before, after)
    notes = dict(NOTE.findall(text))
    kind = re.search("^document_type: (.*)$", front, re.MULTILINE)
    facts = AnnexFacts(
        KINDS.get(kind[1] if kind else "", "other"), "Titel", assets={PICTURE: {"media_type": "image/png"}}
    )
    return freeze_sections(facts, _sections(NOTE.sub("", text), notes))


def _sections(text: str, notes: dict[str, str]) -> Iterator[FrozenSection]:
    for number, part in enumerate(re.split(r"^(?=#)", text, flags=re.MULTILINE)):
        head, body = part.split("\n", 1) if part.startswith("#") else ("", part)
        level = max(1, min(3, len(head) - len(head.lstrip("#"))))
        heading = clean_heading(_inline(head.lstrip("# "), notes))
        yield FrozenSection(f"s{number}", level, heading, body=clean_rich_text(_body(body, notes)))


def _body(text: str, notes: dict[str, str]) -> str:
    return "".join(_block(block, notes) for block in re.split(r"\n{2,}", text.strip()) if block.strip())


def _block(block: str, notes: dict[str, str]) -> str:
    lines = block.split("\n")
    if match := re.fullmatch(r"!\[(.*)\]\(.*\)", block, re.DOTALL):
        caption = f"<figcaption>{_inline(match[1], notes)}</figcaption>"
        return f'<figure data-asset="{PICTURE}" data-alt="Bild">{caption}</figure>'
    if block.startswith("|"):
        rows = ([_inline(cell, notes) for cell in line.strip("| ").split("|")] for line in lines)
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows if ":--" not in row[0])
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    if re.match(r"(-|\d+\.) ", block):
        tag = "ul" if block.startswith("-") else "ol"
        items = re.split(r"^(?:-|\d+\.) +", block, flags=re.MULTILINE)[1:]
        return f"<{tag}>{''.join(f'<li>{_inline(item, notes)}</li>' for item in items)}</{tag}>"
    return f"<p>{_inline(block, notes)}</p>"


def _inline(text: str, notes: dict[str, str]) -> str:
    html = escape(re.sub(r"^ +- ", "", text.replace("\\", ""), flags=re.MULTILINE), quote=False)
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    html = re.sub(r"\*(.+?)\*", r"<em>\1</em>", html)
    html = re.sub(r"&lt;(https?:[^&]*)&gt;", r'<a href="\1">\1</a>', html)
    html = re.sub(r"\[([^\]^]+)\]\(((?:https?|mailto):[^)]*)\)", r'<a href="\2">\1</a>', html)
    return re.sub(r"\[\^(\d+)\]", lambda match: _note(notes[match[1]]), html)


def _note(text: str) -> str:
    paragraphs = "".join(f"<p>{_inline(part, {})}</p>" for part in re.split(r"\n+ *", text))
    return f'<sup data-note="{escape(paragraphs)}"></sup>'
