"""Where nodes are gathered while HTML is read, and what may stand there."""

from dataclasses import dataclass, field
from enum import Enum

from agreements.documents.rich_text import Figure, ListNode, Node, Paragraph, Quote, Table, paragraphs
from agreements.documents.runs import Marks, Run, normalised


class Place(Enum):
    """A place: what it keeps as it is, and what has to stand further out; the rest becomes paragraphs."""

    TOP = (Paragraph, ListNode, Quote, Table, Figure), ()
    ITEM = (Paragraph, ListNode), (Table, Figure)
    QUOTE = (Paragraph,), (Table, Figure)
    CELL = (Paragraph, ListNode), (Figure,)
    NOTE = (Paragraph,), ()

    def __init__(self, keeps: tuple[type[Node], ...], moves_out: tuple[type[Node], ...]) -> None:
        self.keeps = keeps
        self.moves_out = moves_out


@dataclass
class Flow:
    """Nodes and the paragraph that is being gathered. ``level`` is the number of lists around it."""

    place: Place
    level: int = 0
    nodes: list[Node] = field(default_factory=list)
    moved_out: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def say(self, text: str | None, marks: Marks) -> None:
        """Add words to the paragraph that is being gathered."""
        if text:
            self.runs.append(Run("text", text, marks))

    def close(self, *, is_heading: bool = False) -> None:
        """End the paragraph that is being gathered, if there is one."""
        if runs := normalised(self.runs):
            self.nodes.append(Paragraph(runs, is_heading and self.place is Place.TOP))
        self.runs = []

    def add(self, node: Node) -> None:
        """Take the node as it is, or pass it outwards, or take its paragraphs."""
        self.close()
        if isinstance(node, self.place.keeps):
            self.nodes.append(node)
        elif isinstance(node, self.place.moves_out):
            self.moved_out.append(node)
        else:
            self.nodes.extend(Paragraph(paragraph.runs) for paragraph in paragraphs([node]))

    def add_moved_out(self, inner: "Flow") -> None:
        """Take what had to leave a place within this one."""
        for node in inner.moved_out:
            self.add(node)
