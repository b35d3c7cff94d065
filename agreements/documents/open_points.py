"""What a text says is still to be decided (R88): a value of its own, distinct from empty."""

import re
from collections.abc import Iterator

from agreements.documents.block_types import Block
from agreements.documents.text import plain

# The words of the real plans, for tables that came from Word and are not yet sheets.
_UNDECIDED = re.compile(
    r"(bestäms|beslutas|fastställs|ta[sr] ställning till|klargörs|avgörs)\s+(senare|framöver)\.?"
    r"|(ej|inte)\s+(ännu\s+)?(beslutat|bestämt|fastställt|klart)\.?",
    re.IGNORECASE,
)


def open_points(block: Block) -> Iterator[str]:
    """The label of each field or row that is open; the words themselves where there is no label."""
    if block["type"] == "field_table":
        for row in block["rows"]:
            if any(cell["open"] for cell in row["cells"]):
                yield plain(row["label"])
    elif block["type"] == "table":
        for cells in block["body"]:
            words = [plain(cell["html"]) for cell in cells]
            if any(_UNDECIDED.fullmatch(word) for word in words):
                yield words[0]
