"""A picture as HTML, with its caption, source and the values that it shows."""

from html import escape

from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from agreements.documents.block_types import Asset, FigureBlock
from agreements.documents.surroundings import Surroundings
from agreements.documents.table_html import groups
from agreements.documents.text import plain


def figure(block: FigureBlock, around: Surroundings) -> str:
    """The picture, and after it its value table where there is one."""
    picture = f"{_image(block, around)}{_caption(block, around)}"
    return f"<figure{around.attributes(block)}>{picture}</figure>{_values(block, around)}"


def _caption(block: FigureBlock, around: Surroundings) -> str:
    words = []
    if block["caption"]:
        words.append(f'<span class="caption">{around.resolve(block["caption"])}</span>')
    if block["source"]:
        source = _("Source: %(source)s") % {"source": conditional_escape(block["source"])}
        words.append(f'<span class="source">{source}</span>')
    return f"<figcaption>{' '.join(words)}</figcaption>" if words else ""


def _image(block: FigureBlock, around: Surroundings) -> str:
    size = _size(around.assets[block["asset"]]) if block["asset"] in around.assets else ""
    alt = block["alt"] or _("Picture without a description")
    return f'<img src="{escape(around.asset_url(block["asset"]))}" alt="{escape(alt)}"{size}>'


def _size(asset: Asset) -> str:
    width, height = asset.get("width"), asset.get("height")
    return f' width="{width}" height="{height}"' if width and height else ""


def _values(block: FigureBlock, around: Surroundings) -> str:
    """The numbers for those who do not see the picture; on paper they are always open."""
    if not (values := block["table"]):
        return ""
    table = f"<table>{groups(values['head'], values['body'], around)}</table>"
    if around.in_print:
        return f'<div class="figure-values">{table}</div>'
    about = plain(block["caption"]) or around.next_table()
    label = escape(_("Values of the figure: %(caption)s") % {"caption": about})
    summary = escape(_("Show the values"))
    return (
        f'<details class="figure-values"><summary>{summary}</summary>'
        f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}">{table}</div></details>'
    )
