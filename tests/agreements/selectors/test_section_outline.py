"""The outline beside the editor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Annex, Presence, Section
from agreements.selectors.comments import comments_in_draft
from agreements.selectors.section_outline import OutlineEntry, section_outline
from agreements.workflow.annex import create_annex
from agreements.workflow.comment import comment_on, resolve
from agreements.workflow.presence import ping
from agreements.workflow.revision import freeze
from agreements.workflow.section import save_section
from agreements.workflow.structure import leave_out
from samverkan.accounts.models import User
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def annex(world: World) -> Annex:
    world.picture.delete()
    return create_annex(world.agreement, "situational_picture", number="1", title="Lägesbild", by=world.coordinator)


def entries(annex: Annex, user: User) -> list[OutlineEntry]:
    return section_outline(annex, user, comments_in_draft(user, annex))


def entry(annex: Annex, key: str, user: User) -> OutlineEntry:
    return next(one for one in entries(annex, user) if one.section.template_key == key)


def test_every_section_has_its_number_and_tells_whether_it_is_empty(world: World, annex: Annex) -> None:
    annex.sections.filter(template_key="population").update(body="<p>x</p>")
    shown = [(one.number, one.marks) for one in entries(annex, world.coordinator)][:8]
    assert shown == [
        ("1", ["empty"]),
        ("1.1", ["empty"]),
        ("1.2", ["empty"]),
        ("2", ["written"]),
        ("2.1", ["empty"]),
        ("2.2", ["empty"]),
        ("2.3", ["written"]),
        ("3", ["empty"]),
    ]


def test_rows_are_content_too(world: World, annex: Annex) -> None:
    assert entry(annex, "priority_areas", world.coordinator).marks == ["written"]
    assert entry(annex, "method", world.coordinator).is_empty
    world.agreement.sources.create(name="Mätning")
    assert not entry(annex, "method", world.coordinator).is_empty


def test_what_changed_since_the_last_frozen_version_is_marked(world: World, annex: Annex) -> None:
    section = annex.sections.get(template_key="analysis")
    save_section(section, heading="Analys", body="<p>Då</p>", version=1, by=world.coordinator)
    freeze(annex, by=world.coordinator)
    assert entry(annex, "analysis", world.coordinator).marks == ["written"]
    save_section(section, heading="Analys", body="<p>Nu</p>", version=2, by=world.coordinator)
    assert entry(annex, "analysis", world.coordinator).marks == ["changed"]


def test_open_comments_are_marked_until_they_are_resolved(world: World, annex: Annex) -> None:
    section = annex.sections.get(template_key="analysis")
    comment = comment_on(annex, text="Varför?", section_id=str(section.pk), by=world.preparer)
    assert entry(annex, "analysis", world.coordinator).comments == 1
    assert "commented" in entry(annex, "analysis", world.coordinator).marks
    resolve(comment, by=world.coordinator)
    assert "commented" not in entry(annex, "analysis", world.coordinator).marks


def test_who_is_there_is_said_to_the_others(world: World, annex: Annex) -> None:
    section = annex.sections.get(template_key="analysis")
    ping(section, by=world.police_coordinator)
    assert entry(annex, "analysis", world.coordinator).others == ["Samordnare polis"]
    assert entry(annex, "analysis", world.police_coordinator).others == []
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert entry(annex, "analysis", world.coordinator).others == []


def test_a_text_aside_is_shown_to_its_writer_alone(world: World, annex: Annex) -> None:
    section = annex.sections.get(template_key="analysis")
    save_section(section, heading="Analys", body="<p>Ett</p>", version=1, by=world.coordinator)
    save_section(section, heading="Analys", body="<p>Två</p>", version=1, by=world.police_coordinator)
    assert entry(annex, "analysis", world.police_coordinator).aside is not None
    assert entry(annex, "analysis", world.coordinator).aside is None


def test_what_is_left_out_has_no_number_and_no_other_mark(world: World, annex: Annex) -> None:
    leave_out(annex.sections.get(template_key="description"), by=world.coordinator)
    one = entry(annex, "description", world.coordinator)
    assert (one.number, one.marks) == ("", ["left_out"])
    assert entry(annex, "crime", world.coordinator).number == "2"


def test_the_outline_takes_five_queries_and_no_text_however_long_the_annex(world: World, annex: Annex) -> None:
    entries(annex, world.coordinator)
    for number in range(40):
        Section.objects.create(annex=annex, position=100 + number, heading=f"{number}", body="<p>ord</p>" * 500)
    with CaptureQueriesContext(connection) as captured:
        rows = entries(annex, world.coordinator)
    assert len(rows) == annex.sections.count()
    assert len(captured) == 5
    assert all("body" in row.section.get_deferred_fields() for row in rows)


def test_who_else_is_there_comes_by_name_in_swedish_order(world: World, annex: Annex) -> None:
    section = annex.sections.get(template_key="analysis")
    names = ["anna", "Édith", "Edvin", "Zara", "Åsa", "Ärla", "örjan", "Östen"]
    for name in sorted(names):
        Presence.objects.create(section=section, user=make_user(name), seen_at=timezone.now())
    assert entry(annex, "analysis", world.coordinator).others == names
