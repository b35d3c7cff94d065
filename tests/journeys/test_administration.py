"""The administrators' pages, which are Django's own: nothing for axe there either."""

from pathlib import Path

import pytest

from agreements.models import Agreement
from tests.journeys.page_types import account
from tests.journeys.people import People, sign_in
from tests.journeys.test_pages_are_accessible import AXE, SCHEMES, WIDTHS, look

PLACES = [
    "/admin/",
    "/admin/agreements/organisation/",
    "/admin/agreements/organisation/add/",
    "/admin/agreements/organisation/{organisation}/change/",
    "/admin/agreements/affiliation/add/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{account}/change/",
]


@pytest.mark.parametrize("place", PLACES)
def test_the_administrators_page_is_accessible(place: str, example: Agreement, people: People) -> None:
    context = people.browser.new_context(base_url=people.base)
    sign_in(context, account("admin"), people.base)
    page = context.new_page()  # not watched: axe complains in the console of style sheets that import others
    party = example.parties.first()
    assert party is not None
    steering = example.role_groups.get(role="steering").memberships.exclude(user=None).first()
    assert steering is not None
    answer = page.goto(place.format(organisation=party.organisation_id, account=steering.user_id))
    assert answer is not None
    assert answer.status == 200
    page.wait_for_load_state("load")
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": Path(AXE).read_text() + ";0"})

    found = {(scheme, width): look(page, debugger, scheme, width) for scheme in SCHEMES for width in WIDTHS}

    assert {where: what for where, what in found.items() if what} == {}
    assert page.title().endswith("– Samverkan")
    context.close()
