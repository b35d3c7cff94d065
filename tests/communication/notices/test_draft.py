"""Sharing a draft is told to those who may read it from then on, and to nobody else."""

from agreements.models import DraftSharing
from agreements.workflow.sharing import share_draft
from communication.states import NoticeEvent
from tests.communication.conftest import titles, told
from tests.factories import World


def _share(world: World, purpose: str = DraftSharing.Purpose.COMMENT) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    share_draft(world.picture, purpose=purpose, message="Läs avsnitt 3.", by=world.coordinator)


def test_coordinators_the_preparatory_group_and_registrars_are_told(world: World) -> None:
    _share(world)

    assert told(event=NoticeEvent.DRAFT_SHARED) == {
        "Samordnare polis", "Beredare kommun", "Beredare polis", "Registrator",
    }  # fmt: skip


def test_the_title_says_who_shared_what_and_what_for_but_not_the_message(world: World) -> None:
    _share(world, DraftSharing.Purpose.INFORMATION)

    assert titles() == {f"{world.kommun} har delat ett utkast till {world.picture} för kännedom"}
