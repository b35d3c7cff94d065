"""Files are there whole or not at all."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.plumbing.storage import FullDisk, files_in, stored_in

NAME = "filer/ab/abcdef"


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        data: bytes = file.read()
    return data


def test_a_file_has_its_name_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    with stored_in(tmp_path):
        assert default_storage.save(NAME, ContentFile(b"hela filen")) == NAME

        assert read(NAME) == b"hela filen"
        assert files_in(tmp_path) == [NAME]


def test_a_full_disk_leaves_nothing_that_could_be_taken_for_the_file(tmp_path: Path) -> None:
    with stored_in(tmp_path, FullDisk), pytest.raises(OSError, match="No space left on device"):
        default_storage.save(NAME, ContentFile(b"x" * 1000))

    assert files_in(tmp_path) == []


def test_once_there_is_room_again_the_same_file_is_saved_whole(tmp_path: Path) -> None:
    with stored_in(tmp_path, FullDisk), pytest.raises(OSError, match="No space"):
        default_storage.save(NAME, ContentFile(b"x" * 1000))
    with stored_in(tmp_path):
        assert default_storage.save(NAME, ContentFile(b"x" * 1000)) == NAME
        assert default_storage.size(NAME) == 1000


def test_another_file_of_the_same_name_is_not_written_over(tmp_path: Path) -> None:
    with stored_in(tmp_path):
        default_storage.save(NAME, ContentFile(b"the first"))

        assert default_storage.save(NAME, ContentFile(b"the second")) != NAME
        assert read(NAME) == b"the first"
