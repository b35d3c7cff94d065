"""What has been entered about when something ends, in words and sorted for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import Ending
from agreements.rights import today


@dataclass(frozen=True)
class Endings:
    """Of one annex or one agreement: what waits for confirmation, and the newest that has been confirmed."""

    entered: Ending | None
    in_effect: Ending | None


def sorted_out(endings: Iterable[Ending]) -> Endings:
    """``endings`` are those of one annex or one agreement that somebody sees."""
    known = list(endings)
    confirmed = [ending for ending in known if ending.status == Ending.Status.IN_EFFECT]
    return Endings(
        next((ending for ending in known if ending.is_open), None),
        max(confirmed, key=lambda ending: ending.pk, default=None),
    )


def heading(ending: Ending, newer: Ending | None) -> str:
    """What ``ending`` comes to, as a sentence under the agreement's title; ``newer`` is what took its place."""
    name: object = ending.annex or ending.whole.words["the_agreement"]
    said = ending.about(name)
    return capfirst(_heading(ending, newer) % {"annex": name, "what": said if ending.annex else capfirst(said)})


def _heading(ending: Ending, newer: Ending | None) -> str:
    if ending.is_open:
        return _("Is this right? %(what)s") if ending.goes_on else _("Does %(annex)s end?")
    if ending.status != Ending.Status.IN_EFFECT:
        return _("Not so: %(what)s") if ending.goes_on else _("%(annex)s did not end by this")
    if newer is not None:
        return _("%(annex)s got another last day")
    if ending.goes_on or ending.ends_on is None:
        return "%(what)s"
    return _("%(annex)s has ended") if ending.ends_on < today() else _("%(annex)s ends")
