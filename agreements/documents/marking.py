"""Text that has come or gone as a whole: every paragraph of it in ``<ins>`` or ``<del>``."""

from typing import Literal

Mark = Literal["added", "removed"]
TAGS = {"added": "ins", "removed": "del"}


def wrapped(html: str, mark: Mark) -> str:
    """Inline HTML that has come or gone; nothing stays nothing."""
    return f"<{TAGS[mark]}>{html}</{TAGS[mark]}>" if html else ""


def marked(html: str, mark: Mark) -> str:
    """Canonical rich text, without tables and figures, all of whose text has come or gone.

    Done to the tags themselves: in canonical HTML ``<`` never stands for anything else.
    """
    tag = TAGS[mark]
    for name in ("p", "h4"):
        html = html.replace(f"<{name}>", f'<{name} class="{mark}"><{tag}>').replace(f"</{name}>", f"</{tag}></{name}>")
    for name in ("ul", "ol", "li", "blockquote"):
        html = html.replace(f"<{name}", f'<{name} class="{mark}"')
    return html


def item_of(html: str, mark: Mark) -> str:
    """An item of a list that has come or gone."""
    return f'<li class="{mark}">{html}</li>'
