"""Who is told that an annex ends: those who confirm it first, and everybody concerned when it holds."""

from datetime import timedelta

from agreements.models import Organisation
from agreements.rights import today
from agreements.workflow.ending import call_off_ending, confirm_ending, dispute_ending, enter_ending
from communication.models import Notice
from communication.notices.base import long_date
from communication.states import NoticeEvent
from tests.communication.conftest import titles, told
from tests.factories import World, end, end_agreement, entered_ending, entered_last_day, make_world

DAY = timedelta(days=1)


def test_what_one_party_entered_is_told_to_the_other_partys_coordinator(world: World) -> None:
    entered_ending(world, "3a", today())

    assert told(event=NoticeEvent.ENDING_ENTERED) == {"Samordnare polis"}


def test_that_it_ends_is_told_to_the_members(world: World) -> None:
    confirm_ending(entered_ending(world, "3a", today()), by=world.police_coordinator)

    assert told(event=NoticeEvent.ENDING_ANSWERED) == {
        "Anna", "Pia", "Ledamot", "Beredare kommun", "Beredare polis", "Samordnare kommun", "Registrator", "Bo",
    }  # fmt: skip
    assert titles(event=NoticeEvent.ENDING_ANSWERED) == {f"{world.plan} upphör den {long_date(today())}"}


def test_that_it_ends_is_told_to_the_registries_and_their_people_not_twice(world: World) -> None:
    Organisation.objects.filter(pk=world.kommun.organisation_id).update(registrar_mailbox="registrator@example.se")
    ending = entered_ending(world, "3a", today())
    assert not Notice.objects.filter(mailbox="registrator@example.se", event=NoticeEvent.ENDING_ENTERED).exists()

    confirm_ending(ending, by=world.police_coordinator)

    letter = Notice.objects.get(mailbox="registrator@example.se", event=NoticeEvent.ENDING_ANSWERED)
    assert letter.title == f"{world.plan} upphör den {long_date(today())}"
    assert "Registrator" not in told(event=NoticeEvent.ENDING_ANSWERED)


def test_a_dispute_is_not_told_to_the_registries(world: World) -> None:
    Organisation.objects.filter(pk=world.kommun.organisation_id).update(registrar_mailbox="registrator@example.se")

    dispute_ending(entered_ending(world, "3a", today()), reason="Området är kvar.", by=world.police_coordinator)

    assert not Notice.objects.filter(mailbox="registrator@example.se", event=NoticeEvent.ENDING_ANSWERED).exists()


def test_a_correction_is_told_as_one(world: World) -> None:
    ending = confirm_ending(entered_ending(world, "3a", today()), by=world.police_coordinator)
    assert ending.decision is not None
    again = enter_ending(
        world.plan, ends_on=today() + DAY, because="Fel dag.", decision=ending.decision, by=world.coordinator
    )
    confirm_ending(again, by=world.police_coordinator)

    assert f"Rättelse: {world.plan} upphör den {long_date(today() + DAY)}" in titles(event=NoticeEvent.ENDING_ANSWERED)


def test_an_end_after_one_that_was_called_off_is_no_correction(world: World) -> None:
    ended_by = end(world, "3a", today()).ended_by
    assert ended_by is not None
    confirm_ending(call_off_ending(world.plan, because="Kvar.", by=world.coordinator), by=world.police_coordinator)
    again = enter_ending(world.plan, ends_on=today() + DAY, because="Nu.", decision=ended_by, by=world.coordinator)
    confirm_ending(again, by=world.police_coordinator)

    assert f"{world.plan} upphör den {long_date(today() + DAY)}" in titles(event=NoticeEvent.ENDING_ANSWERED)


def test_a_dispute_is_told_to_coordinators_without_its_reason(world: World) -> None:
    dispute_ending(entered_ending(world, "3a", today()), reason="Området är kvar.", by=world.police_coordinator)

    assert told(event=NoticeEvent.ENDING_ANSWERED) == {"Samordnare kommun"}
    assert "kvar" not in titles(event=NoticeEvent.ENDING_ANSWERED).pop()


def test_that_the_whole_agreement_ends_is_told_to_the_members_and_all_who_write(world: World) -> None:
    ending = entered_last_day(world, today())
    assert told(event=NoticeEvent.ENDING_ENTERED) == {"Samordnare polis"}
    confirm_ending(ending, by=world.police_coordinator)

    assert told(event=NoticeEvent.ENDING_ANSWERED) == {
        "Anna", "Pia", "Ledamot", "Beredare kommun", "Beredare polis", "Samordnare kommun", "Registrator", "Bo",
        "Kommunikator",
    }  # fmt: skip
    assert titles(event=NoticeEvent.ENDING_ANSWERED) == {f"{world.agreement} upphör den {long_date(today())}"}


def test_that_a_whole_agreement_ends_is_told_to_the_registries(world: World) -> None:
    Organisation.objects.filter(pk=world.kommun.organisation_id).update(registrar_mailbox="registrator@example.se")

    end_agreement(world, today())

    letter = Notice.objects.get(mailbox="registrator@example.se", event=NoticeEvent.ENDING_ANSWERED)
    assert letter.reason == "När överenskommelsen upphör ska diarieföras."


def test_that_an_overarching_agreement_ends_is_told_to_the_coordinators_of_those_under_it(world: World) -> None:
    above, ended, beside = make_world(level="overarching"), make_world(), make_world()
    for each in (world, ended):
        each.agreement.parent = above.agreement
        each.agreement.save()
    end_agreement(ended, today() - DAY)
    known = list(Notice.objects.values_list("pk", flat=True))
    told_below = Notice.objects.exclude(pk__in=known).filter(
        agreement__in=[world.agreement, ended.agreement, beside.agreement]
    )

    ending = entered_last_day(above, today() + DAY)
    assert not told_below.exists(), "one party's word is nothing to tell them"
    confirm_ending(ending, by=above.police_coordinator)

    assert {notice.recipient for notice in told_below} == {world.coordinator, world.police_coordinator}
    for notice in told_below.all():
        assert (notice.event, notice.title, notice.path) == (
            NoticeEvent.ENDING_ANSWERED,
            f"{above.agreement} upphör den {long_date(today() + DAY)}",
            world.agreement.get_absolute_url(),
        )
        assert (notice.reason, notice.mailbox) == ("Du är samordnare.", "")
    assert Notice.objects.filter(agreement=above.agreement, event=NoticeEvent.ENDING_ANSWERED).exists()


def test_what_ends_in_an_overarching_agreement_and_what_is_disputed_is_not_told_below(world: World) -> None:
    above = make_world(level="overarching")
    world.agreement.parent = above.agreement
    world.agreement.save()

    end(above, "3a", today())
    dispute_ending(entered_last_day(above, today()), reason="Inte uppsagt.", by=above.police_coordinator)

    assert not Notice.objects.filter(agreement=world.agreement).exists()


def test_that_something_goes_on_after_all_is_told_as_that(world: World) -> None:
    end(world, "3a", today())
    world.plan.refresh_from_db()
    ending = call_off_ending(world.plan, because="Området är kvar.", by=world.coordinator)
    what = f"{world.plan} upphör inte trots allt"
    assert f"{world.kommun} har fört in: {what}, tills vidare. Bekräftelsen från er part saknas" in titles(
        event=NoticeEvent.ENDING_ENTERED
    )
    confirm_ending(ending, by=world.police_coordinator)

    assert f"Bekräftat: {what}, tills vidare" in titles(event=NoticeEvent.ENDING_ANSWERED)
