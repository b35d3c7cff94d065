"""HTML of unknown origin as a tree: nh3 reads it as a browser would, lxml makes the tree to walk.

Two parsers that disagree are how hostile HTML gets through; here it does not matter, because nothing of the
tree is ever written out again: ``reader`` picks words and a few attributes, ``rich_text`` writes new HTML.
"""

import re
from html import unescape

import nh3
from lxml import etree

from samverkan.plain_text import FORBIDDEN

INLINE_TAGS = frozenset("a b strong i em cite dfn var span sup sub br u s del ins small mark q code".split())
BLOCK_TAGS = frozenset(
    "p div section article main header footer nav aside address pre center form fieldset legend dl dt dd "
    "details summary hgroup menu ul ol li blockquote table caption thead tbody tfoot tr td th "
    "figure figcaption hr option optgroup h1 h2 h3 h4 h5 h6 dialog dir".split()
)
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "ol": {"start"},
    "sup": {"data-note"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "figure": {"data-asset", "data-alt", "data-source"},
}
_cleaner = nh3.Cleaner(
    tags=set(INLINE_TAGS | BLOCK_TAGS),
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_stripper = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"}, attributes={}, link_rel=None)

# What stands in a template is no part of the page, and nh3 drops what looks like SVG or MathML with its
# words; under a name that nobody knows the tag alone goes. Cells without a table lose what parts their words.
_FOREIGN = re.compile(
    "<(/?)(template|svg|math|m(?:action|error|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s"
    "|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover)|semantics|annotation(?:-xml)?|animate"
    "(?:motion|transform)?|circle|clippath|defs|desc|discard|ellipse|fe[a-z]+|filter|foreignobject|g|image|line"
    "|(?:linear|radial)gradient|marker|mask|metadata|mpath|path|pattern|polygon|polyline|rect|set|stop|switch"
    "|symbol|text|textpath|tspan|use|view|mglyph|malignmark)(?![a-z0-9:.-])",
    re.IGNORECASE,
)
_CELL = re.compile("<(?=(?:td|th|tr|caption|col|tbody|thead|tfoot)[^a-z0-9-])", re.IGNORECASE)


def parse(html: str) -> etree._Element:
    """The body of the tree of any text that claims to be HTML; scripts, styles and comments are gone.

    What is nested too deeply to be anything but an attack comes as its words in one paragraph.
    """
    safe = _cleaner.clean(_told_apart(html))
    body = parse_canonical(FORBIDDEN.sub("", safe))
    return body if body is not None else _only_words(html)


def parse_canonical(html: str) -> etree._Element | None:
    """The body of the tree of HTML that ``rich_text.write`` wrote; None when it is nested beyond reason."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return None
    return root.find("body")


def words(element: etree._Element) -> str:
    """All text inside the element."""
    return "".join(str(text) for text in element.itertext())


def plain(html: str) -> str:
    """The words of HTML that may be anything, as plain text."""
    return unescape(_stripper.clean(_told_apart(html)))


def _told_apart(html: str) -> str:
    return _CELL.sub(" <", _FOREIGN.sub(r"<\1x-\2", FORBIDDEN.sub("", html)))


def _only_words(html: str) -> etree._Element:
    body = etree.Element("body")
    body.text = FORBIDDEN.sub("", plain(html))
    return body
