"""The list of pages is whole: an address that is added turns up here."""

from tests.journeys.page_types import ANSWERS, NO_PAGES, PAGES
from tests.test_every_url_has_a_guard import ALL


def test_every_address_is_a_page_or_is_known_to_be_none() -> None:
    named = {name for name, _path in ALL}
    listed = {page.name for page in PAGES} - ANSWERS

    assert sorted(named - NO_PAGES - listed) == []
    assert sorted((listed | NO_PAGES) - named) == []
    assert sorted(listed & NO_PAGES) == []
