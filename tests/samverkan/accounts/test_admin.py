import pytest
from django.core.mail import EmailMessage
from django.test import Client

from samverkan.accounts.models import User
from tests.factories import make_user
from tests.samverkan.accounts.test_workflow import run_jobs


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user("Administratör", is_staff=True, is_superuser=True))
    return client


def test_an_account_made_there_is_an_invitation(admin_client: Client, mailoutbox: list[EmailMessage]) -> None:
    answer = admin_client.post("/admin/accounts/user/add/", {"email": "ny@example.se", "name": "Ny", "title": ""})
    run_jobs()

    assert answer.status_code == 302
    assert not User.objects.get(email="ny@example.se").has_usable_password()
    assert [letter.to for letter in mailoutbox] == [["ny@example.se"]]


def test_an_account_is_closed_and_not_deleted(admin_client: Client) -> None:
    user = make_user("Anna")
    page = f"/admin/accounts/user/{user.pk}/"
    assert admin_client.post(f"{page}delete/", {"post": "yes"}).status_code == 403

    admin_client.post(f"{page}change/", {"email": user.email, "name": "Anna", "title": ""})
    user.refresh_from_db()
    assert user.is_active is False


def test_who_changed_an_account_from_what_to_what_is_kept(admin_client: Client) -> None:
    user = make_user("Anna", title="Direktör")

    admin_client.post(
        f"/admin/accounts/user/{user.pk}/change/",
        {"email": user.email, "name": "Anna", "title": "Chef", "is_active": "on"},
    )

    now, before = user.history.all()
    assert (before.title, now.title, str(now.history_user)) == ("Direktör", "Chef", "Administratör")
    assert not {"password", "last_login", "last_seen_at"} & {known.name for known in now.tracked_fields}
    assert admin_client.get(f"/admin/accounts/user/{user.pk}/history/").status_code == 200


@pytest.mark.django_db
def test_that_somebody_was_here_is_no_change_of_the_account(client: Client) -> None:
    user = make_user("Anna")

    client.force_login(user)
    user.refresh_from_db()

    assert user.last_login is not None
    assert user.history.count() == 1


def test_an_invitation_can_be_sent_again_to_those_who_wait_for_one(
    admin_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    waiting, ready = User.objects.create_user("vantar@example.se"), make_user("Anna")
    form = {"action": "invite_again", "_selected_action": [waiting.pk, ready.pk]}
    admin_client.post("/admin/accounts/user/", form)
    run_jobs()

    assert [letter.to for letter in mailoutbox] == [["vantar@example.se"]]


def test_who_is_no_administrator_is_kept_out(db: None) -> None:
    client = Client()
    client.force_login(make_user("Nils"))

    assert client.get("/admin/accounts/user/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_administrators_sign_in_where_attempts_are_counted(db: None, method: str) -> None:
    make_user("Administratör", is_staff=True, is_superuser=True)

    answer = getattr(Client(), method)("/admin/login/", {"username": "x@example.se", "password": "gissning"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


def test_accounts_come_by_name_in_swedish_order(admin_client: Client) -> None:
    names = ["adam Å", "Édith A", "Edvin A", "Zara A", "Åsa A", "Ärla A", "örjan A", "Östen A"]
    for name in sorted(names):
        make_user(name)
    expected = ["adam Å", "Administratör", *names[1:]]

    def listed(query: str) -> list[str]:
        return [user.name for user in admin_client.get(f"/admin/accounts/user/{query}").context["cl"].result_list]

    assert listed("") == expected
    assert listed("?o=2") == expected
    assert listed("?o=-2") == expected[::-1]

    chosen = {"app_label": "agreements", "model_name": "affiliation", "field_name": "user", "term": "A"}
    answer = admin_client.get("/admin/autocomplete/", chosen)
    assert [row["text"] for row in answer.json()["results"]] == expected


def test_an_account_without_a_name_comes_by_its_address_whatever_its_capitals(db: None) -> None:
    for email in ("B@example.se", "c@example.se", "a@example.se"):
        User.objects.create_user(email)
    assert [user.email for user in User.objects.all()] == ["a@example.se", "B@example.se", "c@example.se"]
