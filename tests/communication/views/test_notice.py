import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communication.models import Notice, Reading
from tests.factories import World, submit

LIST = "/meddelanden/"


@pytest.fixture
def notice(world: World) -> Notice:
    submit(world)
    return Notice.objects.get(recipient=world.preparer)


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.preparer)
    return client


def test_the_list_leads_to_the_very_place_and_marks_nothing_as_read(client: Client, notice: Notice) -> None:
    page = client.get(LIST).content.decode()

    assert f'href="{notice.path}"' in page
    assert notice.title in page
    assert not Reading.objects.exists()


def test_reading_is_noted_by_a_button_and_never_by_a_link(client: Client, notice: Notice) -> None:
    address = f"{LIST}{notice.pk}/last/"
    assert client.get(address).status_code == 405
    assert not Reading.objects.exists()

    answer = client.post(address, {"next": "/?sida=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/?sida=2")
    assert Reading.objects.get().notice == notice


@pytest.mark.parametrize(
    "wanted", ["https://example.se/", "//example.se", "", "javascript:alert(1)", "x", "²", "\\\\example.se"]
)
def test_the_way_back_stays_in_the_portal(client: Client, notice: Notice, wanted: str) -> None:
    answer = client.post(f"{LIST}{notice.pk}/last/", {"next": wanted})

    assert answer["Location"] == LIST


@pytest.mark.parametrize("who", ["cia", "nils", "police_preparer", "coordinator"])
def test_anothers_notice_is_not_found(world: World, notice: Notice, who: str) -> None:
    client = Client()
    client.force_login(getattr(world, who))

    assert client.post(f"{LIST}{notice.pk}/last/").status_code == 404
    assert f"/{notice.pk}/last/" not in client.get(LIST).content.decode()


def test_one_row_and_one_button_for_what_one_act_told(client: Client, world: World, notice: Notice) -> None:
    submit(world, "4")
    page = client.get(LIST).content.decode()
    assert page.count('class="work-row"') == 1
    assert page.count("/last/") == 1
    assert str(world.picture) in page
    assert str(world.communication) in page

    client.post(f"{LIST}{notice.pk}/last/")
    assert set(Reading.objects.values_list("notice__annex", flat=True)) == {world.picture.pk, world.communication.pk}
    assert not Reading.objects.exclude(notice__recipient=world.preparer).exists(), "nobody else has read anything"


def test_all_are_marked_at_once(client: Client, world: World, notice: Notice) -> None:
    submit(world, "4")
    assert client.get(f"{LIST}lasta/").status_code == 405
    page = client.post(f"{LIST}lasta/", follow=True).content.decode()

    assert Reading.objects.count() == 2
    assert "2 meddelanden är markerade som lästa." in page


def test_only_the_unread_ones_on_demand(client: Client, world: World, notice: Notice) -> None:
    client.post(f"{LIST}{notice.pk}/last/")
    submit(world, "4")
    page = client.get(f"{LIST}?visa=olasta").content.decode()

    assert notice.title not in page
    assert str(world.communication) in page


def test_an_empty_list_says_what_comes_there(world: World) -> None:
    client = Client()
    client.force_login(world.nils)

    assert "Du har inte fått några meddelanden än" in client.get(LIST).content.decode()


def test_nobody_sees_a_list_without_signing_in(db: None) -> None:
    answer = Client().get(LIST)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")


def test_the_number_of_queries_does_not_grow_with_the_notices(client: Client, world: World, notice: Notice) -> None:
    client.get(LIST)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    one = count()
    submit(world, "4")
    submit(world, "3a")
    assert Notice.objects.filter(recipient=world.preparer).count() == 3
    assert one == count()


def test_the_start_page_tells_what_has_happened(client: Client, notice: Notice) -> None:
    page = client.get("/").content.decode()

    assert f'href="{notice.path}"' in page
    assert "Vad som har hänt" in page
