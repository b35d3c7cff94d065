"""The sentences of the report, by what they are about and under the kind of line they belong to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

FOUND: dict[str, Any] = {
    "words": ngettext_lazy("%(count)d word", "%(count)d words", "count"),
    "headings": ngettext_lazy("%(count)d heading", "%(count)d headings", "count"),
    "lists": ngettext_lazy("%(count)d list", "%(count)d lists", "count"),
    "items": ngettext_lazy("%(count)d item in lists", "%(count)d items in lists", "count"),
    "tables": ngettext_lazy("%(count)d table", "%(count)d tables", "count"),
    "notes": ngettext_lazy("%(count)d note", "%(count)d notes", "count"),
    "figures": ngettext_lazy("%(count)d picture", "%(count)d pictures", "count"),
    "links": ngettext_lazy("%(count)d link", "%(count)d links", "count"),
    "comments": ngettext_lazy("%(count)d comment", "%(count)d comments", "count"),
}
CHANGED: dict[str, Any] = {
    "insertions": ngettext_lazy(
        "%(count)d tracked insertion was accepted.", "%(count)d tracked insertions were accepted.", "count"
    ),
    "deletions": ngettext_lazy(
        "%(count)d tracked deletion was carried out.", "%(count)d tracked deletions were carried out.", "count"
    ),
    "moves": ngettext_lazy(
        "%(count)d tracked move was carried out.", "%(count)d tracked moves were carried out.", "count"
    ),
    "fake_heading": _("“%(place)s” looks like a heading and became one."),
    "typed_numbers": ngettext_lazy(
        "%(count)d number typed in a heading became the number of the heading.",
        "%(count)d numbers typed in headings became the numbers of the headings.",
        "count",
    ),
    "heading_numbers": ngettext_lazy(
        "%(count)d heading was numbered by Word and is marked as numbered.",
        "%(count)d headings were numbered by Word and are marked as numbered.",
        "count",
    ),
    "deep_heading": _("“%(place)s” was a heading below the fourth level and is now on the fourth."),
    "late_title": _("“%(place)s” had the style of a title but does not stand first; it became a heading."),
    "late_subtitle": _("“%(place)s” had the style of a subtitle but does not stand first; it became a paragraph."),
    "long_heading": _("“%(place)s” had the style of a heading but is running text; it became a paragraph."),
    "heading_in_cell": _("“%(place)s” is a heading inside a table or text box; it became a bold paragraph."),
    "title_note": _("A note on the title stands as a paragraph first in the text: “%(place)s”"),
    "typed_bullets": ngettext_lazy(
        "%(count)d line with a typed bullet became an item of a list.",
        "%(count)d lines with typed bullets became items of lists.",
        "count",
    ),
    "list_numbers": ngettext_lazy(
        "%(count)d list was counted in another way than 1, 2, 3 and is now counted so. Check references to its items.",
        "%(count)d lists were counted in another way than 1, 2, 3 and are now counted so. "
        "Check references to their items.",
        "count",
    ),
    "list_labels": ngettext_lazy(
        "%(count)d list item had words before it, like “Goal 1:”. It became a paragraph that begins with them.",
        "%(count)d list items had words before them, like “Goal 1:”. They became paragraphs that begin with them.",
        "count",
    ),
    "typed_list_numbers": ngettext_lazy(
        "%(count)d paragraph begins with a typed number, which stays in the text.",
        "%(count)d paragraphs begin with typed numbers, which stay in the text.",
        "count",
    ),
    "broken_list": ngettext_lazy(
        "%(count)d paragraph belonged to a list that the file does not hold; it became an item with a bullet.",
        "%(count)d paragraphs belonged to lists that the file does not hold; they became items with bullets.",
        "count",
    ),
    "layout_table": _("A table that only arranged text was unfolded into paragraphs: “%(place)s”"),
    "tab_rows": ngettext_lazy(
        "%(count)d line has columns made with tabs and became an ordinary paragraph.",
        "%(count)d lines have columns made with tabs and became ordinary paragraphs. Make a table where they are one.",
        "count",
    ),
    "nested_table": _("A table inside a table was unfolded into paragraphs of its cell: “%(place)s”"),
    "table_in_note": _("A table in a note was unfolded into paragraphs of the note: “%(place)s”"),
    "text_box": _("The text of a text box stands after the paragraph that it was tied to: “%(place)s”"),
    "controls": ngettext_lazy(
        "%(count)d field to fill in became ordinary text.",
        "%(count)d fields to fill in became ordinary text.",
        "count",
    ),
    "fields": ngettext_lazy(
        "%(count)d automatic field became the text that it showed.",
        "%(count)d automatic fields became the text that they showed.",
        "count",
    ),
    "inner_links": ngettext_lazy(
        "%(count)d reference within the document became plain text.",
        "%(count)d references within the document became plain text.",
        "count",
    ),
    "equation": _("An equation became a line of text: “%(place)s”"),
    "struck": _(
        "Struck-through words came in as ordinary text. Take them out if they do not hold any more: “%(place)s”"
    ),
    "own_marks": ngettext_lazy(
        "%(count)d note had a sign of its own, such as *, and is numbered like the others.",
        "%(count)d notes had signs of their own, such as *, and are numbered like the others.",
        "count",
    ),
    "raised": _("Raised or lowered letters became ordinary ones: “%(place)s”"),
    "converted_picture": _("A picture was converted to PNG: “%(place)s”"),
    "cut_picture": _("A picture is cut or turned as Word shows it: “%(place)s”"),
    "moved_picture": _("A picture inside a table, list or note now stands after it: “%(place)s”"),
    "chart": _("A chart became an empty frame with its values as a table. Put in a picture of it: “%(place)s”"),
}
NOT_UNDERSTOOD: dict[str, Any] = {
    "unsupported_picture": _(
        "A picture is of a kind that cannot be shown. An empty frame keeps its place; put in a PNG or JPEG: “%(place)s”"
    ),
    "missing_picture": _("A picture is missing in the file. An empty frame keeps its place: “%(place)s”"),
    "drawing": _("A drawing (lines, shapes) without text could not be taken in, near “%(place)s”"),
    "embedded_object": _("An embedded object could not be taken in, near “%(place)s”"),
    "diagram": _("The words of a diagram came in as paragraphs, without the drawing: “%(place)s”"),
    "unknown_sign": _("A sign of a symbol font could not be read: “%(place)s”"),
    "missing_note": _("A note is referred to but missing in the file, near “%(place)s”"),
    "broken_margin": _("A page header or footer is damaged and could not be read: %(place)s"),
    "broken_styles": _(
        "The styles of the file are damaged (%(place)s). Headings were told by their look: check that they are right."
    ),
    "broken_drawing": _("A chart or diagram is damaged, and its words and values could not be read: %(place)s"),
    "broken_comments": _("The comments of the file are damaged and could not be read: %(place)s"),
    "broken_part": _("A part of the file is damaged and could not be read: %(place)s"),
    "unknown_element": _("Something unknown in the file (%(place)s) came in as plain text."),
}
LEFT_OUT: dict[str, Any] = {
    "header": _("Page header, left out: “%(place)s”"),
    "footer": _("Page footer, left out: “%(place)s”"),
    "contents": _("A table of contents or index was left out; the portal makes its own: “%(place)s”"),
    "hidden_text": _("Hidden text, left out: “%(place)s”"),
    "placeholder": _("Instruction in a field that nobody has filled in, left out: “%(place)s”"),
    "orphan_note": _("Note that nothing in the text refers to, left out: “%(place)s”"),
    "repeated_note": _("A second reference to the same note was left out: “%(place)s”"),
    "dropped_link": _("Link that cannot be followed from here, the words are kept: “%(place)s”"),
    "picture_link": _("The link of a picture, left out: “%(place)s”"),
    "table_description": _("The description of a table for those who do not see it, left out: “%(place)s”"),
    "own_template": _("The file names a template on its author's computer, which was not read."),
}
ASK: dict[str, Any] = {
    "author": _("The file names its author: %(place)s. Decide whether the name may be kept."),
    "last_modified_by": _("The file names who saved it last: %(place)s. Decide whether the name may be kept."),
    "comment_author": _("The comments name %(place)s. Decide whether the name may be kept."),
    "no_alternative_text": ngettext_lazy(
        "%(count)d picture has no alternative text. Write one before the annex is submitted.",
        "%(count)d pictures have no alternative text. Write them before the annex is submitted.",
        "count",
    ),
}
DAMAGED = frozenset(what for what in NOT_UNDERSTOOD if what.startswith("broken_"))
ALL = {**FOUND, **CHANGED, **NOT_UNDERSTOOD, **LEFT_OUT, **ASK}


def sentence(what: str, count: int, place: str) -> str:
    """The sentence about ``what`` in the language in force now."""
    return str(ALL[what] % {"count": count, "place": place})
