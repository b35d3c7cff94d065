"""A document as HTML."""

from agreements.documents.text import plain, word_count

__all__ = ["plain", "word_count"]
