from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.registration import dispute_signed
from agreements.workflow.signing import open_manifest
from communication.models import Notice
from communication.states import NoticeEvent
from tests.agreements.workflow.test_signing import registered
from tests.communication.conftest import titles, told
from tests.factories import World, proposal_at


def test_an_opened_signing_is_told_to_signatories_and_coordinators(world: World) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    assert told(event=NoticeEvent.SIGNING_OPENED) == {
        "Undertecknare kommun", "Undertecknare polis", "Samordnare polis",
    }  # fmt: skip
    assert titles(event=NoticeEvent.SIGNING_OPENED) == {f"{world.agreement} är klar att skriva under"}
    assert set(Notice.objects.filter(event=NoticeEvent.SIGNING_OPENED).values_list("path", flat=True)) == {
        manifest.get_absolute_url()
    }


def test_who_registered_a_signing_is_told_that_it_was_disputed(world: World) -> None:
    manifest = registered(world)

    dispute_signed(manifest, reason="Det var en annan dag.", by=world.police_coordinator)

    assert told(event=NoticeEvent.SIGNING_DISPUTED) == {"Samordnare kommun"}
    assert titles(event=NoticeEvent.SIGNING_DISPUTED) == {
        f"Den registrerade underskriften av {world.agreement} har bestritts"
    }
