"""Showing what changed: one context for the compare page, the decision page and the submission page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import ngettext

from agreements.documents.block_types import Document
from agreements.documents.redline import Redline, compare
from agreements.documents.redline_result import RedlineSection
from agreements.models import Annex, Revision
from agreements.policies.annex import may_read_draft
from agreements.policies.revision import visible_revisions
from agreements.rights import today
from agreements.selectors.annexes import Reading, of_draft, of_revision
from agreements.selectors.in_force import revision_in_force
from agreements.views.annex import asset_address
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.numbers import whole_number

DRAFT = "utkast"
FEW = 3


@dataclass(frozen=True)
class Pair:
    """Two texts to compare; ``old`` None means that there was none before."""

    old: Reading | None
    new: Reading


@dataclass(frozen=True)
class Part:
    """A section of a redline, with the place in the page that links lead to."""

    anchor: str
    section: RedlineSection


@dataclass(frozen=True)
class Comparison:
    """A redline as a page shows it."""

    redline: Redline
    summary: str
    parts: list[Part]

    @property
    def changed(self) -> list[Part]:
        """What the summary leads to; the trace of a section that moved is no change of its own."""
        return [part for part in self.parts if part.section.is_changed and part.section.kind != "trace"]

    @property
    def is_long(self) -> bool:
        """Where changes are not the page's first question, more sections than these wait folded."""
        return len(self.changed) > FEW


def redline_context(annex: Annex, old: Document | None, new: Document, prefix: str = "") -> dict[str, Any]:
    """What templates/agreements/redline/_redline.html needs: ``comparison``. Without an old text everything is new,
    which is said in one sentence instead of marking every word."""
    if old is None:
        return {"comparison": None}
    prefix = prefix or f"r{annex.pk}-"
    redline = compare(
        old,
        new,
        asset_url=lambda sha256: asset_address(annex, sha256),
        heading_shift=1,
        notes="end",
        id_prefix=prefix,
    )
    parts = [Part(f"{prefix}andring-{number}", section) for number, section in enumerate(redline.shown, start=1)]
    return {"comparison": Comparison(redline, summary_words(redline), parts)}


def summary_words(redline: Redline) -> str:
    """ "5 avsnitt ändrade, 1 nytt, 1 flyttat, 2 uppgifter ändrade"; "" when nothing changed."""
    found = redline.summary
    parts = [
        (found.changed, ngettext("%(n)s section changed", "%(n)s sections changed", found.changed)),
        (found.added, ngettext("%(n)s new", "%(n)s new ones", found.added)),
        (found.removed, ngettext("%(n)s taken away", "%(n)s ones taken away", found.removed)),
        (found.moved, ngettext("%(n)s moved", "%(n)s ones moved", found.moved)),
        (found.facts, ngettext("%(n)s particular changed", "%(n)s particulars changed", found.facts)),
    ]
    return ", ".join(words % {"n": number} for number, words in parts if number)


def _version(user: User, annex: Annex, word: str) -> Reading | None:
    if word == DRAFT:
        return of_draft(annex) if may_read_draft(user, annex) else None
    if (number := whole_number(word)) is None:
        return None
    revision: Revision | None = visible_revisions(user).filter(annex=annex, number=number).first()
    return of_revision(revision, today()) if revision else None


def chosen_pair(request: AuthenticatedHttpRequest, annex: Annex) -> Pair:
    """The two texts that the address names (?fran=2&till=3, or till=utkast); by default what is in force against
    the newest that one may read. 404 when either is not for the reader."""
    user = request.user
    newest = visible_revisions(user).filter(annex=annex).order_by("-number").first()
    if word := request.GET.get("till", ""):
        new = _version(user, annex, word)
    elif may_read_draft(user, annex):
        new = of_draft(annex)
    else:
        new = of_revision(newest, today()) if newest else None
    if new is None:
        raise Http404
    if word := request.GET.get("fran", ""):
        old = _version(user, annex, word)
        if old is None:
            raise Http404
        return Pair(old, new)
    return Pair(_default_old(annex, new, user), new)


def _default_old(annex: Annex, new: Reading, user: User) -> Reading | None:
    """What is in force; for that one itself, the version before it."""
    current = revision_in_force(annex, today())
    if current is not None and (new.revision is None or new.revision.pk != current.pk):
        return of_revision(current, today())
    number = new.revision.number if new.revision else 0
    before = visible_revisions(user).filter(annex=annex, number__lt=number).order_by("-number").first()
    return of_revision(before, today()) if before else None
