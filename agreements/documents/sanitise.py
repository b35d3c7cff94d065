"""HTML that came from a browser, a Word file or an attacker, made into the one form that is stored.

All functions are idempotent, and their output is always within the schema of rich text: paragraphs, h4,
lists, quotations, tables and figures with strong, em, links (http, https, mailto, tel), languages, breaks
and footnotes. Words are never lost; scripts, styles, comments and foreign attributes are.
"""

from agreements.documents import reader, rich_text, runs
from agreements.documents.runs import PLAIN, Run


def clean_rich_text(html: str) -> str:
    """The body of a section, with its footnotes in ``<sup data-note="…">``."""
    return rich_text.write(reader.read(html))


def clean_inline(html: str) -> str:
    """A caption or label: one line of inline content with its footnotes."""
    return runs.to_html(reader.read_inline(html))


def clean_heading(html: str) -> str:
    """A section's heading: text, em, languages and footnotes; bold is the heading's own, a break a space."""
    return runs.to_html(runs.normalised(_heading_run(run) for run in reader.read_inline(html)))


def clean_note(html: str) -> str:
    """A footnote: paragraphs of inline content; a note inside it becomes words."""
    return rich_text.write(reader.read_note(html))


def _heading_run(run: Run) -> Run:
    if run.kind == "br":
        return Run("text", " ", PLAIN)
    return run._replace(marks=run.marks._replace(href="", strong=False))
