"""What was laid out is kept, within bounds."""

from dataclasses import dataclass

from agreements.pdf.shelf import Shelf


@dataclass
class Book:
    length: int


def test_what_is_kept_is_made_once() -> None:
    made: list[str] = []
    shelf: Shelf[Book] = Shelf(10)

    def make() -> Book:
        made.append("book")
        return Book(3)

    assert shelf.get("a", make) is shelf.get("a", make)
    assert made == ["book"]


def test_longest_unused_goes_first_when_there_are_too_many_pages() -> None:
    shelf: Shelf[Book] = Shelf(10)
    first, second = shelf.get("a", lambda: Book(4)), shelf.get("b", lambda: Book(4))
    shelf.get("a", lambda: Book(0))
    shelf.get("c", lambda: Book(4))
    assert shelf.get("a", lambda: Book(1)) is first
    assert shelf.get("b", lambda: Book(1)) is not second


def test_what_is_larger_than_the_shelf_is_still_given() -> None:
    shelf: Shelf[Book] = Shelf(10)
    assert shelf.get("a", lambda: Book(99)).length == 99
