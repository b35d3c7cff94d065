"""The report of ``import_word`` as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.documents.word_import.report import LineKind
from agreements.workflow.word import template_of
from agreements.workflow.word_report import Landed, TakenIn, counts, remarks

CLOSER = (LineKind.CHANGED, LineKind.NOT_UNDERSTOOD, LineKind.LEFT_OUT, LineKind.ASK)


def lines(taken: TakenIn, file_name: str, *, replaces: bool = False) -> Iterator[str]:
    """First what came and whether all of it is there, then where each thing went, then what to look at.

    ``replaces``: the annex had a text before.
    """
    place = {"file": file_name, "annex": taken.annex, "agreement": taken.annex.agreement.slug}
    yield _("%(file)s → %(agreement)s, %(annex)s") % place
    yield summary(taken)
    if replaces:
        yield _("The annex had a text already. It was replaced, and what it said is kept in the history.")
    yield from _listed(_("Where it went"), _places(taken))
    titles = {
        LineKind.CHANGED: _("Came in, but not as it stood"),
        LineKind.NOT_UNDERSTOOD: _("Not understood"),
        LineKind.LEFT_OUT: _("Left out of the file"),
        LineKind.ASK: _("To decide"),
    }
    for kind in CLOSER:
        found = remarks(taken.report, kind, with_names=taken.names_kept)
        yield from _listed(titles[kind], (line.message for line in found))
    yield from _listed(_("In the template but not in the file, left out"), taken.left_out)
    if not any(taken.report.of(LineKind.NOT_UNDERSTOOD)):
        yield _("Everything was understood.")


def summary(taken: TakenIn) -> str:
    """ "757 ord, 15 rubriker, 10 listor, 4 länkar – allt är med"."""
    found = ", ".join(counts(taken.report))
    if taken.is_complete and taken.report.names_damage:
        return found
    if taken.is_complete:
        return _("%(found)s – everything is there") % {"found": found}
    lost = ngettext("%(count)d word is missing", "%(count)d words are missing", len(taken.lost))
    return f"{found} – {lost % {'count': len(taken.lost)}}: {' '.join(taken.lost[:20])}"


def _listed(title: str, rows: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"{title}:"
        yield from (f"  {row}" for row in found)


def _places(taken: TakenIn) -> Iterator[str]:
    names = {given.key: str(given.heading) for given in template_of(taken.annex)}
    if taken.annex.heading:
        yield _("Title: %(title)s") % {"title": taken.annex.heading}
    if taken.annex.subtitle:
        yield _("Subtitle: %(subtitle)s") % {"subtitle": taken.annex.subtitle}
    for row in taken.landed:
        yield _place(row, names)
        for heading in row.sub_headings:
            yield "  " * row.level + _("%(heading)s → sub-heading in the section") % {"heading": heading}
    if taken.comments:
        yield ngettext(
            "%(count)d comment → the comments on the sections", "%(count)d comments → the comments on the sections",
            taken.comments,
        ) % {"count": taken.comments}  # fmt: skip


def _place(row: Landed, names: dict[str, str]) -> str:
    heading = row.heading or _("(text without a heading)")
    target = names.get(row.key, _("a section of its own"))
    if row.is_sheet:
        target = _("%(place)s, as a sheet with the file's labels") % {"place": target}
    return f"{'  ' * (row.level - 1)}{heading} → {target} ({row.contents})"
