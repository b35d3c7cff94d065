from django.core.mail import EmailMessage
from django.test import Client

from samverkan.accounts.models import User
from tests.factories import make_user
from tests.samverkan.accounts.test_workflow import link_in, run_jobs


def test_nobody_signs_up_alone(db: None, client: Client) -> None:
    form = {"email": "objuden@example.se", "password1": "korrekt-hast-batteri", "password2": "korrekt-hast-batteri"}
    client.get("/konto/signup/")
    client.post("/konto/signup/", form)

    assert not User.objects.filter(email="objuden@example.se").exists()


def test_a_forgotten_password_is_chosen_anew_through_a_letter(
    db: None, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    user = make_user("Anna")
    client.post("/konto/password/reset/", {"email": user.email})
    assert mailoutbox == []
    run_jobs()

    [letter] = mailoutbox
    assert letter.subject == "Välj ett nytt lösenord i Samverkan"
    assert client.get(link_in(letter), follow=True).status_code == 200


def test_the_answer_is_the_same_for_an_address_without_an_account(
    db: None, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post("/konto/password/reset/", {"email": make_user("Anna").email})
    unknown = client.post("/konto/password/reset/", {"email": "ingen@example.se"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mailoutbox == []
