"""A document as semantic HTML: the one renderer behind reading page, redline and PDF."""

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from agreements.documents.block_html import BlockWriter
from agreements.documents.block_types import Document
from agreements.documents.note_html import NoteMode, NoteWriter
from agreements.documents.surroundings import Surroundings
from agreements.documents.text import plain, word_count

__all__ = ["NoteMode", "plain", "to_html", "word_count"]


def to_html(
    document: Document,
    *,
    asset_url: Callable[[str], str],
    heading_shift: int = 0,
    notes: NoteMode = "end",
    id_prefix: str = "",
) -> SafeString:
    """The document's blocks and notes as HTML, without its title; it costs about 1 ms for 3,000 words.

    A heading of level 1 becomes h2, or lower by ``heading_shift``. ``asset_url`` gives a picture's address by
    its hash. ``notes``: "end" lists them at the end with ways back; "float" sets each as ``span.footnote``
    in the text, for WeasyPrint; "popover" opens each where it stands, without script. ``id_prefix`` keeps ids
    apart when several documents share a page. Words that are not the document's are in the active language.
    """
    writer = NoteWriter({str(n): note for n, note in enumerate(document["notes"], 1)}, notes, id_prefix)
    around = Surroundings(writer.resolve, document["assets"], asset_url, id_prefix=id_prefix, in_print=notes == "float")
    blocks = BlockWriter(around, heading_shift)
    parts = [blocks.write(block) for block in document["blocks"]]
    return mark_safe("".join(parts) + writer.end(blocks.first_level))  # noqa: S308 -- every piece is escaped
