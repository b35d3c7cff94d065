"""Own drafts and how they become shared."""

from __future__ import annotations

import pytest

from agreements.models import Annex, DraftSharing, Section, StoredFile
from agreements.policies.annex import readable_drafts
from agreements.signals import draft_shared
from agreements.workflow.sharing import share_draft
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def annex(world: World) -> Annex:
    world.picture.draft_party = world.kommun
    world.picture.save()
    return world.picture


def share(world: World, annex: Annex, person: str = "coordinator") -> DraftSharing:
    return share_draft(annex, purpose="comment", message="Vad saknas?", by=getattr(world, person))


def test_sharing_is_an_act_that_is_logged_and_told(world: World, annex: Annex) -> None:
    told: list[object] = []

    def hear(sender: object, **cargo: object) -> None:
        told.append((cargo["sharing"], cargo["by"]))

    draft_shared.connect(hear)
    try:
        sharing = share(world, annex)
    finally:
        draft_shared.disconnect(hear)
    annex.refresh_from_db()
    assert annex.draft_party is None
    assert (sharing.party, sharing.purpose, sharing.message, sharing.shared_by) == (
        world.kommun,
        "comment",
        "Vad saknas?",
        world.coordinator,
    )
    assert told == [(sharing, world.coordinator)]
    assert annex.history.first().history_user == world.coordinator


def test_the_other_party_sees_the_draft_from_then_on_and_not_before(world: World, annex: Annex) -> None:
    assert annex not in readable_drafts(world.police_coordinator)
    share(world, annex)
    assert annex in readable_drafts(world.police_coordinator)


@pytest.mark.parametrize("person", ["police_coordinator", "preparer", "bo", "cia", "nils", "reader"])
def test_only_a_coordinator_of_its_party_shares_a_draft(world: World, annex: Annex, person: str) -> None:
    with pytest.raises(TransitionRefused):
        share(world, annex, person)
    annex.refresh_from_db()
    assert annex.draft_party == world.kommun
    assert not DraftSharing.objects.exists()


def test_a_draft_is_shared_once(world: World, annex: Annex) -> None:
    share(world, annex)
    with pytest.raises(TransitionRefused):
        share(world, annex)
    assert DraftSharing.objects.count() == 1


def test_the_pictures_in_the_draft_are_shared_with_it_and_no_others(world: World, annex: Annex) -> None:
    files = [
        StoredFile.objects.create(
            agreement=world.agreement,
            sha256=letter * 64,
            kind="picture",
            media_type="image/png",
            size=1,
            draft_party=world.kommun,
        )
        for letter in "ab"
    ]
    figure = f'<figure data-alt="" data-asset="{"a" * 64}" data-source=""></figure>'
    Section.objects.filter(annex=annex, heading="Syfte").update(body=figure)
    share(world, annex)
    for file in files:
        file.refresh_from_db()
    assert [file.draft_party for file in files] == [None, world.kommun]
