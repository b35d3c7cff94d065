"""What the start page shows of what has happened."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from agreements.rights import forget
from communication.templatetags.notices import unread_count
from communication.workflow.notice import mark_all_read
from samverkan.accounts.models import User
from samverkan.accounts.visits import PREVIOUS_VISIT
from tests.factories import World, submit


def _request(user: User, hours_ago: int | None = None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    request.session = SessionStore()
    if hours_ago is not None:
        request.session[PREVIOUS_VISIT] = (timezone.now() - timedelta(hours=hours_ago)).isoformat()
    return request


def _shown(request: HttpRequest) -> str:
    return Template("{% load notices %}{% recent_notices %}").render(Context({"request": request}))


def test_what_came_after_the_last_visit_is_shown_as_that(world: World) -> None:
    submit(world)
    shown = _shown(_request(world.preparer, hours_ago=2))

    assert "sedan ditt förra besök" in shown
    assert str(world.picture) in shown


def test_without_news_the_newest_are_shown(world: World) -> None:
    submit(world)
    shown = _shown(_request(world.preparer, hours_ago=-1))

    assert "sedan ditt förra besök" not in shown
    assert str(world.picture) in shown


def test_who_has_been_told_nothing_sees_a_sentence(world: World) -> None:
    submit(world)

    assert "Inget har hänt än" in _shown(_request(world.cia))


def test_the_count_of_unread_ones(world: World) -> None:
    submit(world)
    assert unread_count(world.preparer) == 1
    mark_all_read(by=world.preparer)
    forget(world.preparer)

    assert unread_count(world.preparer) == 0
