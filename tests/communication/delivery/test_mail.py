"""Letters: what stands in them, and what becomes of a delivery whatever the mail server does."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as outbox

from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.revision import submit_matter
from communication.delivery.mail import MAX_ATTEMPTS, NotSentYet, deliver
from communication.models import Delivery
from communication.notices.base import long_date
from communication.states import Channel, DeliveryStatus, Failure
from tests.communication.delivery.mail_server import mail_server
from tests.factories import World, answered, proposal_at, submit


@pytest.fixture
def letter(world: World) -> Delivery:
    """A letter that waits: to a preparer, about a submission."""
    submit(world)
    return Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)


def at_server(settings: LazySettings, port: int, *, patience: int = 20) -> None:
    """Letters go to that port; ``patience`` in seconds, longer than a busy machine needs."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, patience


def state(delivery: Delivery) -> tuple[str, str, int]:
    delivery.refresh_from_db()
    return delivery.status, delivery.failure, delivery.attempts


def test_a_letter_has_title_date_and_address_and_nothing_of_the_text(
    letter: Delivery, world: World, settings: LazySettings
) -> None:
    settings.BASE_URL = "https://samverkan.example.se"
    deliver(letter.pk)

    [sent] = outbox.outbox
    notice = letter.notice
    assert sent.to == [world.preparer.email]
    assert sent.subject == notice.title
    assert sent.body.splitlines()[:2] == [notice.title, world.agreement.title]
    assert sent.body.splitlines()[2] == long_date(notice.date)
    assert sent.body.splitlines()[3] == f"https://samverkan.example.se{notice.path}"
    assert sent.body.splitlines()[4:] == [
        "", "Det här är ett meddelande från Samverkan. Själva texten visas bara i portalen.",
    ]  # fmt: skip


def test_no_letter_holds_a_word_of_texts_summaries_and_reasons(world: World) -> None:
    proposal = submit(world, change_summary="Hemlig ändring", proposed_decision="Hemligt förslag")
    proposal_at(world, ProposalStatus.REFERRED_BACK, "4")
    assert "förebygga brott" in proposal.revision.plain_text

    for delivery in Delivery.objects.filter(channel=Channel.MAIL):
        deliver(delivery.pk)

    everything = " ".join(f"{sent.subject} {sent.body}" for sent in outbox.outbox)
    assert outbox.outbox
    assert [word for word in ("Hemlig", "förebygga brott", "Siffrorna behöver") if word in everything] == []


def test_a_letter_goes_once_however_often_its_job_runs(letter: Delivery) -> None:
    for _ in range(3):
        deliver(letter.pk)

    assert len(outbox.outbox) == 1
    assert state(letter) == (DeliveryStatus.SENT, "", 1)


def test_what_happened_at_once_travels_in_one_letter(world: World) -> None:
    submit_matter([answered(world.picture), answered(world.plan)], title="Vårens ärende", by=world.coordinator)
    letters = Delivery.objects.filter(channel=Channel.MAIL, notice__recipient=world.preparer)
    for delivery in letters:
        deliver(delivery.pk)

    [sent] = outbox.outbox
    assert sent.subject.endswith(", och 1 meddelande till")
    assert [title in sent.body for title in letters.values_list("notice__title", flat=True)] == [True, True]
    assert set(letters.values_list("status", flat=True)) == {DeliveryStatus.SENT}


def test_a_title_with_a_line_break_makes_a_subject_of_one_line(world: World) -> None:
    world.picture.title = "Lägesbild\r\nBcc: nagon@example.se"
    world.picture.save()
    submit(world)
    delivery = Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)
    deliver(delivery.pk)

    [sent] = outbox.outbox
    assert sent.subject == (
        f"{world.picture.label} Lägesbild Bcc: nagon@example.se, version 1 är hos beredningsgruppen"
    )
    assert sent.recipients() == [world.preparer.email]


def test_a_letter_found_half_way_is_uncertain_and_not_sent_again(letter: Delivery) -> None:
    Delivery.objects.filter(pk=letter.pk).update(status=DeliveryStatus.SENDING, attempts=1)
    deliver(letter.pk)
    deliver(letter.pk)

    assert outbox.outbox == []
    assert state(letter) == (DeliveryStatus.UNCERTAIN, Failure.STOPPED, 1)


def test_who_left_between_the_event_and_the_letter_gets_none(letter: Delivery, world: World) -> None:
    world.preparer.memberships.update(ends_on=today() - timedelta(days=1))
    deliver(letter.pk)

    assert outbox.outbox == []
    assert state(letter) == (DeliveryStatus.FAILED, Failure.NO_LONGER_ENTITLED, 0)


def test_a_letter_that_the_server_takes_is_sent(letter: Delivery, settings: LazySettings) -> None:
    with mail_server() as server:
        at_server(settings, server.port)
        deliver(letter.pk)

    assert server.recipients() == [letter.address]
    assert server.letters[0]["Message-ID"] == f"<notice-{letter.notice_id}@127.0.0.1>"
    assert state(letter) == (DeliveryStatus.SENT, "", 1)


@pytest.mark.parametrize(
    ("replies", "failure"),
    [
        ({"RCPT": "450 later"}, Failure.TRY_LATER),
        ({"MAIL": "451 later"}, Failure.TRY_LATER),
        ({".": "452 full"}, Failure.TRY_LATER),
        ({"greeting": "hang up"}, Failure.NO_CONNECTION),
        ({"greeting": "421 closing"}, Failure.NO_CONNECTION),
    ],
)
def test_what_may_go_later_waits_and_is_tried_again(
    letter: Delivery, settings: LazySettings, replies: dict[str, str], failure: Failure
) -> None:
    with mail_server(**replies) as server:
        at_server(settings, server.port)
        with pytest.raises(NotSentYet):
            deliver(letter.pk)
    assert state(letter) == (DeliveryStatus.PENDING, failure, 1)

    with mail_server() as server:
        at_server(settings, server.port)
        deliver(letter.pk)
    assert server.recipients() == [letter.address]
    assert state(letter) == (DeliveryStatus.SENT, "", 2)


def test_no_server_at_all_is_tried_again_and_given_up_in_the_end(letter: Delivery, settings: LazySettings) -> None:
    with socket.socket() as taken:  # which nobody else can take, and nobody listens on
        taken.bind(("127.0.0.1", 0))
        at_server(settings, taken.getsockname()[1])
        for attempt in range(1, MAX_ATTEMPTS):
            with pytest.raises(NotSentYet):
                deliver(letter.pk)
            assert state(letter) == (DeliveryStatus.PENDING, Failure.NO_CONNECTION, attempt)
        deliver(letter.pk)

    assert state(letter) == (DeliveryStatus.FAILED, Failure.NO_CONNECTION, MAX_ATTEMPTS)


@pytest.mark.parametrize(
    ("replies", "failure"),
    [
        ({"RCPT": "550 nobody here"}, Failure.ADDRESS_REFUSED),
        ({"MAIL": "550 not you"}, Failure.LETTER_REFUSED),
        ({".": "554 no"}, Failure.LETTER_REFUSED),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(
    letter: Delivery, settings: LazySettings, replies: dict[str, str], failure: Failure
) -> None:
    with mail_server(**replies) as server:
        at_server(settings, server.port)
        deliver(letter.pk)
        deliver(letter.pk)

    assert state(letter) == (DeliveryStatus.FAILED, failure, 1)


@pytest.mark.parametrize("reply", ["", "hang up"])
def test_a_letter_whose_receipt_is_missing_is_uncertain(letter: Delivery, settings: LazySettings, reply: str) -> None:
    with mail_server(**{".": reply}) as server:
        at_server(settings, server.port, patience=20 if reply else 3)
        deliver(letter.pk)
        deliver(letter.pk)

    assert len(server.letters) == 1
    assert state(letter) == (DeliveryStatus.UNCERTAIN, Failure.INTERRUPTED, 1)


def test_a_log_line_names_no_person(letter: Delivery, settings: LazySettings, caplog: Any) -> None:
    with mail_server(RCPT="550 nobody") as server:
        at_server(settings, server.port)
        deliver(letter.pk)

    assert [record.getMessage() for record in caplog.records if record.name.startswith("communication")] == [
        f"Delivery {letter.pk}: failed, address_refused"
    ]
