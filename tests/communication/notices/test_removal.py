from agreements.workflow.removal import reject_removal
from communication.models import Notice
from communication.states import NoticeEvent
from tests.communication.conftest import titles, told
from tests.factories import World, decide
from tests.factories.removals import SECRET, ask, name_somebody, remove


def test_a_request_is_told_to_both_parties_registrars_and_coordinators(world: World) -> None:
    name_somebody(world)
    revision = decide(world).revision
    removal = ask(world, revision)

    assert told(event=NoticeEvent.REMOVAL_REQUESTED) == {"Samordnare kommun", "Samordnare polis"}
    assert titles(event=NoticeEvent.REMOVAL_REQUESTED) == {
        f"En borttagning ur {revision} är begärd och väntar på att bekräftas"
    }
    assert set(Notice.objects.filter(event=NoticeEvent.REMOVAL_REQUESTED).values_list("path", flat=True)) == {
        removal.get_absolute_url()
    }


def test_a_removal_is_told_to_the_registries_too_without_a_word_of_what_went(world: World) -> None:
    world.polis.organisation.registrar_mailbox = "registrator.polis@example.se"
    world.polis.organisation.save()
    name_somebody(world)
    revision = decide(world).revision
    remove(world, revision)

    assert told(event=NoticeEvent.REMOVAL_ANSWERED) == {
        "Samordnare kommun", "Registrator", "registrator.polis@example.se",
    }  # fmt: skip
    assert titles(event=NoticeEvent.REMOVAL_ANSWERED) == {f"Innehåll har tagits bort ur {revision}"}
    assert not Notice.objects.filter(title__icontains=SECRET).exists()


def test_a_rejection_is_told(world: World) -> None:
    name_somebody(world)
    revision = decide(world).revision
    reject_removal(ask(world, revision), reason="Uppgiften är offentlig.", by=world.police_coordinator)

    assert titles(event=NoticeEvent.REMOVAL_ANSWERED) == {f"En borttagning ur {revision} har avslagits"}
