"""What one party has changed or said alone is told to the others."""

import pytest

from agreements.models import OrganisationKind
from agreements.rights import today
from agreements.workflow.agreement import PartyFacts, add_party, change_agreement
from agreements.workflow.decision import correct, record_review
from communication.states import NoticeEvent
from tests.communication.conftest import titles, told
from tests.factories import World, decide, make_organisation

DECIDING = {"Anna", "Pia", "Ledamot", "Beredare kommun", "Beredare polis", "Samordnare polis"}
"""The steering and preparatory groups and the coordinators, but the one who acts."""


@pytest.mark.parametrize(
    "change", [{"is_prepared": False}, {"fixing_rules": {"communication_plan": "signatures"}}], ids=str
)
def test_how_texts_are_prepared_and_fixed_is_told_when_it_changes(world: World, change: dict[str, object]) -> None:
    change_agreement(world.agreement, change, reason="ny ordning", by=world.coordinator)

    assert told(event=NoticeEvent.TERMS_CHANGED) == DECIDING
    assert titles(event=NoticeEvent.TERMS_CHANGED) == {"Hur texter bereds och fastställs har ändrats"}


def test_other_settings_are_told_to_nobody(world: World) -> None:
    same = {"review_months": 4, "is_prepared": True, "fixing_rules": world.agreement.fixing_rules}
    change_agreement(world.agreement, same, reason="oftare", by=world.coordinator)

    assert told(event=NoticeEvent.TERMS_CHANGED) == set()


def test_a_new_party_is_told_of(world: World) -> None:
    region = make_organisation("Polisregionen", OrganisationKind.POLICE_REGION)
    add_party(world.agreement, PartyFacts(region, "Regionen", "A1"), position=3, by=world.coordinator)

    assert told(event=NoticeEvent.TERMS_CHANGED) == DECIDING
    assert titles(event=NoticeEvent.TERMS_CHANGED) == {"Polisregionen har blivit part"}


def test_a_correction_is_told_to_those_who_decided_and_to_registries(world: World) -> None:
    decision = decide(world)
    correct(decision, text="Rätt paragraf är 5.", by=world.coordinator)

    assert told(event=NoticeEvent.CORRECTED) == DECIDING | {"Registrator"}
    [title] = titles(event=NoticeEvent.CORRECTED)
    assert title == f"{decision} om {decision.revision} har rättats", "no word of what was corrected"


def test_that_an_annex_stands_without_change_is_told_to_the_steering_group(world: World) -> None:
    decide(world)
    record_review(world.picture, reviewed_on=today(), note="Inget nytt.", by=world.coordinator)

    assert told(event=NoticeEvent.REVIEWED) == {"Anna", "Pia", "Ledamot", "Samordnare polis"}
    assert titles(event=NoticeEvent.REVIEWED) == {f"{world.picture} är genomgången och gäller utan ändring"}
