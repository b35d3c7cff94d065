"""The hash is of the content: neither ids nor the way of spelling a letter change it; anything else does."""

import json
import unicodedata
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from agreements.documents.block_types import Document
from agreements.documents.canonical import canonical_json, content_hash, join_ids, split_ids
from tests.agreements.documents.documents import DOCUMENTS


def _plain(document: Document) -> dict[str, Any]:
    return json.loads(json.dumps(document))  # type: ignore[no-any-return]


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_ids_come_off_and_on_again(document: Document) -> None:
    plain = _plain(document)
    content, ids = split_ids(plain)
    assert '"id"' not in canonical_json(content)
    assert join_ids(content, ids) == plain
    assert plain == _plain(document), "split_ids must not change what it is given"


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_the_hash_is_the_same_whatever_the_ids_and_the_order_of_keys(document: Document) -> None:
    content, ids = split_ids(document)
    other = join_ids(content, [f"other-{number}" for number, _ in enumerate(ids)])
    other = json.loads(json.dumps(other, sort_keys=True))
    assert content_hash(other) == content_hash(document)


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_decomposed_letters_have_the_same_hash(document: Document) -> None:
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(document, ensure_ascii=False)))
    assert content_hash(decomposed) == content_hash(document)


def test_the_right_number_of_ids_is_needed() -> None:
    document = {"blocks": [{"type": "heading", "id": "a"}]}
    content, _ = split_ids(document)
    for ids in ([], ["a", "b"]):
        with pytest.raises(ValueError, match="argument"):
            join_ids(content, ids)


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": [2.5]}}])
def test_floats_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"value": value})


def test_canonical_json_is_short_sorted_and_readable() -> None:
    content = {"b": ["a\u030a", None, True], "a": 1}
    assert canonical_json(content) == '{"a":1,"b":["å",null,true]}'


def test_every_part_of_the_content_counts() -> None:
    card = {"type": "contact_card", "id": "c", "name": "", "function": "Samordnare", "phones": []}
    document: dict[str, Any] = {
        "format": 1,
        "title": "A",
        "blocks": [card],
        "notes": ["<p>b</p>"],
        "assets": {},
    }
    hashes = {content_hash(document)}
    changes: list[tuple[Any, ...]] = [
        ("title", "B"),
        ("notes", ["<p>c</p>"]),
        ("format", 2),
        ("assets", {"ab": {"media_type": "image/png"}}),
        ("blocks", [{**card, "function": "Chef"}]),
        ("blocks", [card, card]),
    ]
    for key, value in changes:
        hashes.add(content_hash({**deepcopy(document), key: value}))
    assert len(hashes) == len(changes) + 1
