"""One block that came, went, or became another: still a block, with the differences marked in its HTML."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.documents.block_types import (
    Block,
    FigureBlock,
    FigureTable,
    HeadingBlock,
    RichTextBlock,
    TableBlock,
)
from agreements.documents.content_keys import frame_of
from agreements.documents.differences import language_name
from agreements.documents.field_redline import (
    merged_field_table,
    merged_item_list,
    old_id,
    whole_fields,
    whole_items,
)
from agreements.documents.listing import listed_html
from agreements.documents.marking import Mark, wrapped
from agreements.documents.table_redline import merged_table, whole_table
from agreements.documents.text_redline import Found, TextRedline


class ChangedBlock:
    """``pair`` and ``whole`` give the blocks to show: one, or two where they cannot be shown as one."""

    def __init__(self, text: TextRedline) -> None:
        self._text = text

    def pair(self, old: Block, new: Block) -> list[Block]:
        """What an old block became."""
        if merged := self._merged(old, new) if frame_of(old) == frame_of(new) else None:
            return merged
        self._text.find(listed_html(old), listed_html(new), otherwise=_otherwise(old, new))
        return [*self.whole(old, "removed"), *self.whole(new, "added")]

    def _merged(self, old: Block, new: Block) -> list[Block] | None:
        if old["type"] == "heading" and new["type"] == "heading":
            return self._heading(old, new)
        if old["type"] == "table" and new["type"] == "table":
            return self._table(old, new)
        if old["type"] == "field_table" and new["type"] == "field_table":
            fields = merged_field_table(old, new, self._text)
            return [fields] if fields else None
        if old["type"] == "item_list" and new["type"] == "item_list" and old["ordered"] == new["ordered"]:
            return [merged_item_list(old, new, self._text)]
        if old["type"] == "figure" and new["type"] == "figure" and old["asset"] == new["asset"]:
            return self._figure(old, new)
        if old["type"] == "contact_card" and old == new:
            return [new]
        return None

    def _heading(self, old: HeadingBlock, new: HeadingBlock) -> list[Block]:
        """Another number alone is shown, but is no change of the section."""
        if not self._text.is_same(old["html"], new["html"]):
            self._text.find(f"<p>{old['html']}</p>", f"<p>{new['html']}</p>", _("Heading"))
        if old["level"] != new["level"]:
            self._text.found.append(Found(str(old["level"]), str(new["level"]), _("Level of the heading")))
        number = _changed_number(old["number"], new["number"])
        heading: HeadingBlock = {**new, "number": number, "html": self._text.inline(old["html"], new["html"])}
        if old["level"] == new["level"]:
            return [heading]
        words = _("The heading was on level %(old)s and is now on level %(new)s.")
        heading["mark"] = f"was-level-{old['level']}"
        return [heading, _note(escape(words % {"old": old["level"], "new": new["level"]}))]

    def _table(self, old: TableBlock, new: TableBlock) -> list[Block] | None:
        table = merged_table(
            {"head": old["head"], "body": old["body"]}, {"head": new["head"], "body": new["body"]}, self._text
        )
        if table is None:
            return None
        return [{**new, **table, "caption": self._caption(old, new)}]

    def _caption(self, old: TableBlock | FigureBlock, new: TableBlock | FigureBlock) -> str:
        if not self._text.is_same(old["caption"], new["caption"]):
            self._text.find(old["caption"], new["caption"], pgettext("change", "Caption"))
        return self._text.inline(old["caption"], new["caption"])

    def _figure(self, old: FigureBlock, new: FigureBlock) -> list[Block] | None:
        table: FigureTable | None = None
        if old["table"] and new["table"]:
            table = merged_table(old["table"], new["table"], self._text)
        if bool(table) != bool(old["table"] or new["table"]):
            return None
        source = self._text.words(old["source"], new["source"])
        figure: FigureBlock = {**new, "caption": self._caption(old, new), "source": source, "table": table}
        if old["source"] != new["source"]:
            self._text.find(escape(old["source"]), escape(new["source"]), _("Source"))
        return [figure] if old["alt"] == new["alt"] else [figure, self._description(old, new)]

    def _description(self, old: FigureBlock, new: FigureBlock) -> RichTextBlock:
        self._text.find(escape(old["alt"]), escape(new["alt"]), _("Description of the picture"))
        words = escape(_("Description of the picture:"))
        return _note(f"{words} {self._text.words(old['alt'], new['alt'])}", "alt-change")

    def whole(self, block: Block, mark: Mark) -> list[Block]:
        """A block that came or went."""
        id_ = block["id"] if mark == "added" else old_id(block["id"])
        match block["type"]:
            case "heading":
                number = mark_safe(wrapped(escape(block["number"]), mark))  # noqa: S308 -- escaped
                html = self._text.whole_inline(block["html"], mark)
                return [{**block, "id": id_, "number": number, "html": html, "mark": mark}]
            case "rich_text":
                return [{**block, "html": self._text.whole(block["html"], mark)}]
            case "table":
                caption = self._text.whole_inline(block["caption"], mark)
                head = whole_table(block["head"], mark, self._text)
                body = whole_table(block["body"], mark, self._text)
                return [{**block, "id": id_, "caption": caption, "head": head, "body": body, "mark": mark}]
            case "field_table":
                return [whole_fields({**block, "id": id_, "mark": mark}, mark, self._text)]
            case "item_list":
                items = whole_items(block["items"], mark, self._text)
                return [{**block, "id": id_, "items": items, "mark": mark}]
            case "figure":
                return [_sentence(block, mark), self._whole_figure({**block, "id": id_, "mark": mark}, mark)]
            case "contact_card":
                return [_sentence(block, mark), {**block, "id": id_, "mark": mark}]

    def _whole_figure(self, block: FigureBlock, mark: Mark) -> FigureBlock:
        caption = self._text.whole_inline(block["caption"], mark)
        table: FigureTable | None = None
        if values := block["table"]:
            head, body = (whole_table(values[part], mark, self._text) for part in ("head", "body"))
            table = {"head": head, "body": body}
        return {**block, "caption": caption, "source": _safe(block["source"], mark), "table": table}


def _changed_number(old: str, new: str) -> SafeString:
    if old == new:
        return mark_safe(escape(new))  # noqa: S308 -- escaped
    return _safe(old, "removed") + _safe(new, "added")


def _otherwise(old: Block, new: Block) -> str:
    """What is different when the words are not; "" where the HTML tells."""
    if old["type"] == "figure" and new["type"] == "figure" and old["asset"] != new["asset"]:
        return _("another picture")
    if old["type"] == "item_list" and new["type"] == "item_list" and old["ordered"] != new["ordered"]:
        return _("with numbers") if new["ordered"] else _("without numbers")
    if old["lang"] != new["lang"]:
        return _("other language: %(language)s") % {
            "language": language_name(new["lang"]) if new["lang"] else _("that of the text")
        }
    return _("other confidentiality mark") if old["confidentiality"] != new["confidentiality"] else ""


def _safe(words: str, mark: Mark) -> SafeString:
    return mark_safe(wrapped(escape(words), mark))  # noqa: S308 -- escaped


def _sentence(block: Block, mark: Mark) -> RichTextBlock:
    """What lines and colours say of a picture or a contact, in words."""
    is_figure = block["type"] == "figure"
    if mark == "added":
        return _note(escape(_("This picture is new:") if is_figure else _("This contact is new:")))
    return _note(escape(_("This picture is taken away:") if is_figure else _("This contact is taken away:")))


def _note(html: str, *classes: str) -> RichTextBlock:
    """Words of the redline itself, in neither of the documents."""
    return {
        "type": "rich_text",
        "id": "",
        "lang": None,
        "confidentiality": None,
        "party": None,
        "html": f'<p class="{" ".join(("redline-note", *classes))}">{html}</p>',
    }
