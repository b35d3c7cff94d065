"""A redline says exactly what both versions say, and what is different, for eyes and ears."""

from hypothesis import given, settings

from agreements.documents.block_types import Document
from agreements.documents.redline import compare
from tests.agreements.documents.documents import DOCUMENTS, versions
from tests.agreements.documents.verdicts import accept_all, read_document, reject_all

THOROUGH = settings(max_examples=80, deadline=None)


@given(versions())
@THOROUGH
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    old, new = pair
    redline = compare(old, new)
    assert accept_all(redline) == read_document(new)
    assert reject_all(redline) == read_document(old)


@given(DOCUMENTS)
@THOROUGH
def test_a_text_compared_with_itself_has_no_changes(document: Document) -> None:
    redline = compare(document, document)
    assert redline.is_empty
    assert redline.changes == ()
