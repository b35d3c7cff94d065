"""The frozen text of an annex, format 1: what a ``Document`` and its blocks are made of.

Plain dictionaries that go into JSON and come back the same. Everything people see is made from these and
knows no section kind. "Inline" is HTML without paragraphs, "rich" HTML with them; a note reference in either
is ``<sup data-ref="3"></sup>`` and means ``notes[2]``. Imported from ``blocks``.
"""

from typing import Literal, NotRequired, TypedDict

FORMAT = 1


class Confidentiality(TypedDict):
    """A mark on a passage, and the ground for it; none is set yet (design.md)."""

    mark: str
    ground: str  # the law's paragraph


class Common(TypedDict):
    """What every block has. ``id`` is its identity from version to version, and not content."""

    id: str
    lang: str | None  # None: the document's
    confidentiality: Confidentiality | None
    party: str | None  # whom the passage came from
    mark: NotRequired[str]  # as below


class HeadingBlock(Common):
    type: Literal["heading"]
    level: int  # 1–3
    number: str  # "2.1" or ""
    html: str  # inline
    row: str | None  # "priority_area": the heading of a typed row, whose id is the row's


class RichTextBlock(Common):
    type: Literal["rich_text"]
    html: str  # p, h4, ul, ol, blockquote


class CellData(TypedDict):
    html: str  # rich
    header: bool
    colspan: int
    rowspan: int
    mark: NotRequired[str]  # "added", "removed" …: in a redline only, never in what is frozen


class TableBlock(Common):
    type: Literal["table"]
    caption: str  # inline
    head: list[list[CellData]]
    body: list[list[CellData]]


class FieldCell(TypedDict):
    html: str  # rich
    open: bool  # "to be decided"
    mark: NotRequired[str]


class FieldRow(TypedDict):
    id: str
    label: str  # inline
    cells: list[FieldCell]
    mark: NotRequired[str]


class FieldTableBlock(Common):
    type: Literal["field_table"]
    header: list[str]  # inline, the corner included; may be empty
    rows: list[FieldRow]
    header_marks: NotRequired[list[str]]  # in a redline, one per heading


class Item(TypedDict):
    id: str
    html: str  # inline
    items: list["Item"]
    mark: NotRequired[str]


class ItemListBlock(Common):
    type: Literal["item_list"]
    ordered: bool
    items: list[Item]


class FigureTable(TypedDict):
    head: list[list[CellData]]
    body: list[list[CellData]]


class FigureBlock(Common):
    type: Literal["figure"]
    asset: str  # sha-256 of the picture
    alt: str
    caption: str  # inline
    source: str
    table: FigureTable | None


class Phone(TypedDict):
    label: str
    number: str  # E.164 or a short number
    display: str


class ContactCardBlock(Common):
    type: Literal["contact_card"]
    name: str
    function: str
    organisation: str
    phones: list[Phone]
    email: str


Block = HeadingBlock | RichTextBlock | TableBlock | FieldTableBlock | ItemListBlock | FigureBlock | ContactCardBlock


class Asset(TypedDict):
    media_type: str
    width: NotRequired[int]
    height: NotRequired[int]


class Attachment(TypedDict):
    """A PDF beside the text, by its hash; ``pages`` is None when unknown."""

    sha256: str
    name: str
    pages: int | None
    dated: NotRequired[str]  # the document's own day, YYYY-MM-DD


class Document(TypedDict):
    format: int
    kind: str
    title: str
    subtitle: str
    language: str
    scope: str
    blocks: list[Block]
    notes: list[str]  # each "<p>…</p>"
    assets: dict[str, Asset]
    attachments: NotRequired[list[Attachment]]
