"""Comments in the margin of a Word file made into comments on the sections that they stood beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from agreements.documents.word_import.tally import plain_words
from agreements.documents.word_import.text import WordComment
from agreements.models import Annex, Comment, Section
from samverkan.accounts.models import User

AROUND = 80
NAME_LENGTH = 150
POSSIBLE_YEARS = range(1980, 2200)


def write_comments(
    annex: Annex, given: Iterable[WordComment], sections: Mapping[int, Section], *, keeps_authors: bool, by: User | None
) -> int:
    """Write the comments that the annex does not have yet; return how many there were in the file.

    They belong to nobody in the portal; the author's name stands on them only when it may be kept. One that was
    resolved in Word is resolved here by ``by``; when the portal itself takes the file in, it is left open. What
    answers another hangs on it here too.
    """
    there = {_key(known): known for known in Comment.objects.filter(annex=annex, revision=None, written_by=None)}
    count = 0
    for one in given:
        section = sections.get(one.part)
        first = _kept(_comment(annex, one, section, keeps_authors=keeps_authors, by=by), there)
        for answer in one.answers:
            reply = _comment(annex, answer, section, keeps_authors=keeps_authors, by=None)
            reply.answer_to = first
            _kept(reply, there)
        count += 1 + len(one.answers)
    return count


def _key(comment: Comment) -> tuple[str, str, str, int | None]:
    return comment.section_id, comment.quote, comment.text, comment.answer_to_id


def _kept(comment: Comment, there: Mapping[tuple[str, str, str, int | None], Comment]) -> Comment:
    """The same comment where it is there already, else this one, saved."""
    known = there.get(_key(comment))
    if known is None:
        comment.save()
    return known or comment


def _comment(
    annex: Annex, one: WordComment, section: Section | None, *, keeps_authors: bool, by: User | None
) -> Comment:
    before, after = _around(one.quote, section)
    comment = Comment(
        annex=annex,
        section_id=str(section.pk) if section else "",
        quote=one.quote,
        before=before,
        after=after,
        text=one.text or "–",
        own_of=annex.draft_party,
        author_name=(one.author[:NAME_LENGTH] if keeps_authors else "") or _("Comment in the Word file"),
        written_at=_moment(one.date),
    )
    if one.is_resolved and by is not None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
    return comment


def _around(quote: str, section: Section | None) -> tuple[str, str]:
    """A little of the section's text before and after the quote, for finding it again."""
    text = " ".join(plain_words(f"<p>{section.heading}</p>{section.body}").split()) if section else ""
    start = text.find(quote) if quote else -1
    if start < 0:
        return "", ""
    end = start + len(quote)
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def _moment(date: str) -> datetime:
    """When it was written, Swedish time when the file does not say which; now when it says nothing that can be."""
    try:
        written = parse_datetime(date)
    except ValueError:
        written = None
    if written is None or written.year not in POSSIBLE_YEARS:  # the year 1 stands for "not said"
        return timezone.now()
    return written if timezone.is_aware(written) else timezone.make_aware(written)
