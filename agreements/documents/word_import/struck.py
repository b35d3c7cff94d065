"""Words with a line through them: somebody has meant to take them out. They come in, and the report names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.documents.word_import.pieces import plain_text

if TYPE_CHECKING:
    from agreements.documents.word_import.pieces import Pieces


@dataclass(slots=True)
class Struck:
    """The struck words of one paragraph; what is not struck between them is "…"."""

    words: str = ""
    _end: int = 0

    def hear(self, pieces: Pieces, start: int) -> None:
        """Hear a run that ends with the last of the pieces."""
        text = plain_text(pieces[start:])
        if text.strip():
            between = " … " if self.words and start != self._end else ""
            self.words += between + text
            self._end = len(pieces)
