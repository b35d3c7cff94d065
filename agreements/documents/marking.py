"""Text that has come or gone as a whole: every paragraph of it in ``<ins>`` or ``<del>``."""

from typing import Literal

from agreements.documents.rich_text import ListNode, Node, Paragraph, Quote, list_of
from agreements.documents.runs import to_html

Mark = Literal["added", "removed"]
TAGS = {"added": "ins", "removed": "del"}


def wrapped(html: str, mark: Mark) -> str:
    """Inline HTML that has come or gone; nothing stays nothing."""
    return f"<{TAGS[mark]}>{html}</{TAGS[mark]}>" if html else ""


def marked(node: Node, mark: Mark) -> str:
    """A node all of whose text has come or gone."""
    match node:
        case Paragraph():
            tag = "h4" if node.is_heading else "p"
            return f'<{tag} class="{mark}">{wrapped(to_html(node.runs), mark)}</{tag}>'
        case ListNode():
            items = (item_of("".join(marked(part, mark) for part in item), mark) for item in node.items)
            return list_of(node, "".join(items), f' class="{mark}"')
        case Quote():
            inner = "".join(marked(paragraph, mark) for paragraph in node.paragraphs)
            return f'<blockquote class="{mark}">{inner}</blockquote>'
        case _:
            raise TypeError(f"{type(node).__name__} is no text")


def item_of(html: str, mark: Mark) -> str:
    """An item of a list that has come or gone."""
    return f'<li class="{mark}">{html}</li>'
