"""One block of a document as semantic HTML: the same for the reading page, the redline and the print."""

from collections.abc import Iterable
from html import escape
from typing import cast

from django.utils.html import conditional_escape

from agreements.documents.block_types import (
    Block,
    ContactCardBlock,
    HeadingBlock,
    Item,
    ItemListBlock,
    Phone,
    RichTextBlock,
)
from agreements.documents.figure_html import figure
from agreements.documents.marking import TAGS, Mark, wrapped
from agreements.documents.surroundings import Surroundings, class_of
from agreements.documents.table_html import field_table, table

FIRST_LEVEL = 2  # h1 is the page's own
LAST_LEVEL = 6


class BlockWriter:
    """Writes blocks one after the other; what it remembers is the heading that the next one stands under."""

    def __init__(self, around: Surroundings, heading_shift: int = 0) -> None:
        self.first_level = min(LAST_LEVEL, FIRST_LEVEL + heading_shift)
        self._around = around
        self._level = self.first_level - 1
        self._marking = ""

    def write(self, block: Block) -> str:
        """The block's HTML; a confidentiality mark stands where it begins."""
        if block["type"] == "heading":
            return self._heading(block) + self._confidentiality(block)
        return self._confidentiality(block) + self._body(block)

    def _body(self, block: Block) -> str:
        match block["type"]:
            case "heading":
                return self._heading(block)
            case "rich_text":
                return self._rich_text(block)
            case "table":
                return table(block, self._around)
            case "field_table":
                return field_table(block, self._around)
            case "item_list":
                return _item_list(block, self._around)
            case "figure":
                return figure(block, self._around)
            case "contact_card":
                return _contact_card(block, self._around)

    def _confidentiality(self, block: Block) -> str:
        marked = block["confidentiality"]
        words = f"{marked['mark']} {marked['ground']}".strip() if marked else ""
        is_new, self._marking = words != self._marking, words
        return f'<p class="confidentiality">{escape(words)}</p>' if words and is_new else ""

    def _heading(self, block: HeadingBlock) -> str:
        self._level = min(LAST_LEVEL, self.first_level + block["level"] - 1)
        number = f'<span class="number">{conditional_escape(block["number"])}</span> ' if block["number"] else ""
        html = number + self._around.resolve(block["html"])
        return f"<h{self._level}{self._around.attributes(block)}>{html}</h{self._level}>"

    def _rich_text(self, block: RichTextBlock) -> str:
        html = self._around.resolve(block["html"])
        if "<h4" in html:  # a sub-heading comes one level below the heading that it stands under
            level = min(LAST_LEVEL, self._level + 1)
            html = html.replace("<h4", f"<h{level}").replace("</h4>", f"</h{level}>")
        return f'<div lang="{escape(block["lang"])}">{html}</div>' if block["lang"] else html


def _item_list(block: ItemListBlock, around: Surroundings) -> str:
    tag = "ol" if block["ordered"] else "ul"
    return f"<{tag}{around.attributes(block)}>{_items(block['items'], tag, around)}</{tag}>"


def _items(items: Iterable[Item], tag: str, around: Surroundings) -> str:
    return "".join(_item(item, tag, around) for item in items)


def _item(item: Item, tag: str, around: Surroundings) -> str:
    inner = f"<{tag}>{_items(item['items'], tag, around)}</{tag}>" if item["items"] else ""
    return f'<li id="{around.id(item["id"])}"{class_of(item)}>{around.resolve(item["html"])}{inner}</li>'


def _contact_card(block: ContactCardBlock, around: Surroundings) -> str:
    mark = block.get("mark", "")
    lines = {"function": block["function"], "name": block["name"], "organisation": block["organisation"]}
    words = "".join(f'<p class="contact-{kind}">{_marked(line, mark)}</p>' for kind, line in lines.items() if line)
    phones = "".join(f"<li>{_phone(phone, mark)}</li>" for phone in block["phones"])
    listed = f'<ul class="contact-phones">{phones}</ul>' if phones else ""
    return f"<div{around.attributes(block, 'contact-card')}>{words}{listed}{_mail(block['email'], mark)}</div>"


def _marked(words: str, mark: str) -> str:
    """The words, in a redline as ones that came or went."""
    return wrapped(escape(words), cast(Mark, mark)) if mark in TAGS else escape(words)


def _phone(phone: Phone, mark: str) -> str:
    label = f'<span class="contact-label">{_marked(phone["label"], mark)}</span> ' if phone["label"] else ""
    number = "".join(phone["number"].split())
    return f'{label}<a href="tel:{escape(number)}">{_marked(phone["display"], mark)}</a>'


def _mail(address: str, mark: str) -> str:
    if not address:
        return ""
    return f'<p class="contact-email"><a href="mailto:{escape(address)}">{_marked(address, mark)}</a></p>'
