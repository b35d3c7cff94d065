"""Commands speak English to the one who runs them. What they print of a text, the report on a Word file included, is
Swedish as on the pages."""

from django.utils.translation import override

from samverkan.verdict import StrOrPromise


def in_english(sentence: StrOrPromise) -> str:
    """A lazy ``sentence`` as its source says it."""
    with override(None):
        return str(sentence)
