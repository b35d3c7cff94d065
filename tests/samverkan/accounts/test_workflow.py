"""An account begins with an invitation, and its first password with the link in it."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samverkan.accounts.models import User
from samverkan.accounts.tasks import send_password_link
from samverkan.accounts.workflow import invite
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="accounts.send_password_link", status="todo"):
        send_password_link(**job.args)


def link_in(letter: EmailMessage) -> str:
    [link, *_] = re.findall(rf"{re.escape(settings.BASE_URL)}(/konto/\S+)", str(letter.body))
    return str(link)


def test_an_invitation_makes_an_account_without_a_password_and_one_letter(mailoutbox: list[EmailMessage]) -> None:
    user = invite("Ny.Person@example.se", "Ny Person", by=make_user(), title="Kommunikatör")
    run_jobs()

    assert (user.name, user.title, user.has_usable_password(), user.is_staff) == (
        "Ny Person",
        "Kommunikatör",
        False,
        False,
    )
    [letter] = mailoutbox
    assert letter.to == ["Ny.Person@example.se"]
    assert letter.subject == "Du har fått ett konto i Samverkan"


def test_the_link_lets_one_choose_a_password_once_and_sign_in(mailoutbox: list[EmailMessage], client: Client) -> None:
    user = invite("ny@example.se", "Ny", by=make_user())
    run_jobs()
    link = link_in(mailoutbox[0])

    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "korrekt-hast-batteri", "password2": "korrekt-hast-batteri"})
    user.refresh_from_db()
    assert user.check_password("korrekt-hast-batteri")

    answer = client.post("/konto/login/", {"login": "ny@example.se", "password": "korrekt-hast-batteri"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    again = Client().get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_the_job_holds_neither_address_nor_key() -> None:
    user = invite("ny@example.se", "Ny", by=make_user())

    [job] = ProcrastinateJob.objects.filter(task_name="accounts.send_password_link")
    assert job.args == {"user_id": user.pk, "occasion": "invitation"}


def test_who_has_an_account_keeps_it_and_gets_no_letter(mailoutbox: list[EmailMessage]) -> None:
    there = make_user("Anna")
    assert invite(there.email.upper(), "Någon annan", by=make_user()) == there
    run_jobs()

    there.refresh_from_db()
    assert there.name == "Anna"
    assert mailoutbox == []


def test_who_never_chose_a_password_gets_a_new_link(mailoutbox: list[EmailMessage]) -> None:
    inviter = make_user()
    first = invite("ny@example.se", "Ny", by=inviter)
    assert invite("ny@example.se", "Ny", by=inviter) == first
    run_jobs()

    assert len(mailoutbox) == 2
    assert User.objects.filter(email="ny@example.se").count() == 1


def test_who_invited_is_kept_in_the_log() -> None:
    inviter = make_user()
    user = invite("ny@example.se", "Ny", by=inviter)

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (inviter, str(user.pk))


def test_a_closed_account_is_not_opened_by_an_invitation() -> None:
    closed = make_user("Avslutad", is_active=False)

    with pytest.raises(ValidationError) as refusal:
        invite(closed.email, "Stängd", by=make_user())
    assert refusal.value.code == "closed"
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("email", ["", "ingen adress", "a@", "a@b@example.se"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        invite(email, "Ny", by=make_user())
    assert not User.objects.filter(name="Ny").exists()


def test_a_closed_account_gets_no_letter_that_still_waited(mailoutbox: list[EmailMessage]) -> None:
    user = invite("ny@example.se", "Ny", by=make_user())
    User.objects.filter(pk=user.pk).update(is_active=False)
    run_jobs()

    assert mailoutbox == []
