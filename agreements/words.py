"""What an agreement may call by words of its own (R166), in the forms that the portal's sentences need.

A form is a whole word, never a stem with an ending: Swedish bends "avtal" and "överenskommelse" differently, and
nobody but the writer knows how. So a sentence names a form, ``%(the_agreement)s``, and is worded so that no article,
adjective or pronoun has to agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NOUNS: dict[str, tuple[str, ...]] = {
    "agreement": ("agreement", "the_agreement"),
    "priority_area": ("priority_area", "the_priority_area", "priority_areas"),
    "working_group": ("working_group", "working_groups"),
}
"""The forms of each noun. An agreement has all forms of a noun or none."""

PORTAL: dict[str, StrPromise] = {
    "agreement": _("cooperation agreement"),
    "the_agreement": pgettext_lazy("one agreement, in a sentence", "the agreement"),
    "priority_area": _("priority area"),
    "the_priority_area": pgettext_lazy("one priority area, in a sentence", "the priority area"),
    "priority_areas": _("priority areas"),
    "working_group": _("working group"),
    "working_groups": _("working groups"),
}
"""The portal's own word for each form."""


def words_with(labels: Mapping[str, str]) -> dict[str, str]:
    """The word for each form, in the active language: the one in ``labels``, else the portal's."""
    return {form: labels.get(form) or str(word) for form, word in PORTAL.items()}


def said(sentence: object, words: Mapping[str, str], **more: object) -> str:
    """``sentence`` with ``words`` and ``more`` in its ``%(places)s`` and a capital letter first. Plain text."""
    return capfirst(str(sentence) % {**words, **more})
