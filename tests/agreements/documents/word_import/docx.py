"""A small language that writes messy .docx files: each function returns XML, ``docx`` packs it.

>>> docx(p(r("Bakgrund", "<w:b/>")), p("Text."))
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def t(text: str) -> str:
    """The text of a run."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:t xml:space="preserve">{escaped}</w:t>'


def r(text: str, look: str = "", *, xml: str = "") -> str:
    """A run of text in a look (the inside of w:rPr), with more XML after the text."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{t(text) if text else ''}{xml}</w:r>"


def p(*content: str, style: str = "", props: str = "", mark: str = "") -> str:
    """A paragraph. Content that is no XML is a run of text; ``mark`` is the look of the paragraph mark."""
    inside = "".join(one if one.startswith("<") else r(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    properties = f"<w:pPr>{named}{props}{marked}</w:pPr>" if named or props or mark else ""
    return f"<w:p>{properties}{inside}</w:p>"


def bold(text: str, size: int = 0) -> str:
    """A run in bold, in ``size`` half-points where given."""
    return r(text, "<w:b/>" + (f'<w:sz w:val="{size}"/>' if size else ""))


def item(*content: str, list_id: int = 1, level: int = 0, style: str = "") -> str:
    """A paragraph in a real list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(*content, style=style, props=numbering)


def indented(*content: str, left: int, hanging: int = 0) -> str:
    """A paragraph set in, in twentieths of a point."""
    return p(*content, props=f'<w:ind w:left="{left}" w:hanging="{hanging}"/>')


def ins(*content: str) -> str:
    """Inserted while changes were tracked."""
    return f'<w:ins w:id="90" w:author="Handläggare" w:date="2026-01-01T10:00:00Z">{"".join(content)}</w:ins>'


def gone(text: str, tag: str = "w:del") -> str:
    """Deleted (or moved away) while changes were tracked."""
    return (
        f'<{tag} w:id="91" w:author="Handläggare"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></{tag}>'
    )


def tc(*content: str, props: str = "") -> str:
    """A cell; text alone becomes a paragraph."""
    inside = "".join(one if one.startswith("<") else p(one) for one in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A row; text alone becomes a cell."""
    inside = "".join(cell if cell.startswith("<w:tc") or cell.startswith("<w:sdt") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{inside}</w:tr>"


LINES = "<w:tblBorders>" + "".join(f'<w:{s} w:val="single"/>' for s in ("top", "left", "insideH")) + "</w:tblBorders>"
NO_LINES = '<w:tblBorders><w:top w:val="nil"/><w:insideV w:val="none"/></w:tblBorders>'


def tbl(*rows: str, borders: str = LINES, props: str = "") -> str:
    """A table, with lines where nothing else is said."""
    return f"<w:tbl><w:tblPr>{props}{borders}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field_(instruction: str, result: str) -> str:
    """A complex field in three marks; the result is XML."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(content: str, props: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def footnote(note_id: int, tag: str = "footnote") -> str:
    """A reference to a note."""
    return f'<w:r><w:{tag}Reference w:id="{note_id}"/></w:r>'


def picture(relation: str, alt: str = "", *, anchor: bool = False) -> str:
    """A run with a picture; ``relation`` is the id of its relationship ("rId…", see ``Docx.media``)."""
    kind = "anchor" if anchor else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="952500" cy="476250"/><wp:docPr id="1" name="Bild 1" descr="{alt}"/>'
        f'<a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x.png" descr="x.png"/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:{kind}></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: the same words in a new and an old form."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    new = f'<w:drawing><wp:anchor><wp:docPr id="2" name="Textruta 2"/>{shape}</wp:anchor></w:drawing>'
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def level(number: int, fmt: str = "bullet", text: str = "•", start: int = 1, more: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, abstract_number: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{overrides}</w:num>'


BULLETS = abstract(0, *(level(n) for n in range(3)))
DECIMALS = abstract(1, *(level(n, "decimal", f"%{n + 1}.") for n in range(3)))
LISTS = BULLETS + DECIMALS + num(1, 0) + num(2, 1) + num(3, 0) + num(4, 1)


def style(style_id: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    """A style."""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{more}</w:style>'


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="sv-SE"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        style(f"Heading{n}", f"heading {n}", f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr>')
        for n in range(1, 7)
    )
    + style("Title", "Title")
    + style("Subtitle", "Subtitle")
    + style("Caption", "caption", "<w:rPr><w:i/></w:rPr>")
    + style("Quote", "Quote", "<w:rPr><w:i/></w:rPr>")
)


def png(width: int = 4, height: int = 3) -> bytes:
    """The bytes of a small grey PNG, made without any library of pictures."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@dataclass
class Docx:
    """A file to be packed. ``parts`` are more parts by name, ``ties`` relationships of the document as XML."""

    body: str
    styles: str = STYLES
    numbering: str = LISTS
    footnotes: str = ""
    endnotes: str = ""
    comments: str = ""
    core: str = ""
    media: dict[str, bytes] = field(default_factory=dict)  # relationship id -> bytes of a picture
    ties: str = ""
    parts: dict[str, str | bytes] = field(default_factory=dict)
    main_type: str = MAIN_TYPE

    def document(self) -> str:
        """The XML of the text."""
        return f"{HEADER}<w:document {NAMESPACES}><w:body>{self.body}<w:sectPr/></w:body></w:document>"

    def _own_parts(self) -> dict[str, tuple[str, str]]:
        optional = {
            "styles": (self.styles, f"<w:styles {NAMESPACES}>{self.styles}</w:styles>"),
            "numbering": (self.numbering, f"<w:numbering {NAMESPACES}>{self.numbering}</w:numbering>"),
            "footnotes": (self.footnotes, f"<w:footnotes {NAMESPACES}>{self.footnotes}</w:footnotes>"),
            "endnotes": (self.endnotes, f"<w:endnotes {NAMESPACES}>{self.endnotes}</w:endnotes>"),
            "comments": (self.comments, f"<w:comments {NAMESPACES}>{self.comments}</w:comments>"),
        }
        return {kind: (f"{kind}.xml", xml) for kind, (content, xml) in optional.items() if content}

    def bytes(self) -> bytes:
        """The packed file."""
        own = self._own_parts()
        ties = "".join(
            f'<Relationship Id="own{i}" Type="{TYPES}{kind}" Target="{target}"/>'
            for i, (kind, (target, _)) in enumerate(own.items())
        )
        ties += "".join(
            f'<Relationship Id="{key}" Type="{TYPES}image" Target="media/{key}.bin"/>' for key in self.media
        )
        files: dict[str, str | bytes] = {
            "[Content_Types].xml": f'{HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{self.main_type}"/></Types>',
            "_rels/.rels": relationships(
                f'<Relationship Id="r1" Type="{TYPES}officeDocument" Target="word/document.xml"/>'
                '<Relationship Id="r2" Target="docProps/core.xml" '
                'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
            ),
            "word/document.xml": self.document(),
            "word/_rels/document.xml.rels": relationships(ties + self.ties),
            **{f"word/{target}": HEADER + xml for target, xml in own.values()},
            **{f"word/media/{key}.bin": data for key, data in self.media.items()},
        }
        if self.core:
            files["docProps/core.xml"] = self.core
        return packed({**files, **self.parts})


def relationships(inside: str) -> str:
    """A part of relationships."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEADER}<Relationships xmlns="{space}">{inside}</Relationships>'


def link_tie(key: str, target: str) -> str:
    """The relationship of a link to the outside."""
    return f'<Relationship Id="{key}" Type="{TYPES}hyperlink" Target="{target}" TargetMode="External"/>'


def packed(files: dict[str, str | bytes]) -> bytes:
    """A zip of the files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(*body: str) -> bytes:
    """A file with this body and the usual styles and lists."""
    return Docx("".join(body)).bytes()
