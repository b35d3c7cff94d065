from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samverkan import environment


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("off", False), ("", False)]
)
def test_a_flag_is_on_or_off(monkeypatch: pytest.MonkeyPatch, value: str, *, meaning: bool) -> None:
    monkeypatch.setenv("A_FLAG", value)

    assert environment.flag("A_FLAG", default=not meaning) is meaning


def test_a_flag_that_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_FLAG", raising=False)

    assert environment.flag("A_FLAG", default=True) is True
    assert environment.flag("A_FLAG") is False


def test_a_flag_that_is_neither_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "maybe")

    with pytest.raises(ImproperlyConfigured, match=r"^A_FLAG is 'maybe', but only 1 \(on\) and 0 \(off\)"):
        environment.flag("A_FLAG")


@pytest.mark.parametrize("value", ["ten", "-1", "1.5", "1e3"])
def test_a_number_that_is_not_whole_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_NUMBER", value)

    with pytest.raises(ImproperlyConfigured, match="^A_NUMBER is .* has to be a whole number, like 587"):
        environment.number("A_NUMBER", 587)


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example.se, b.example.se ,")

    assert environment.words("HOSTS") == ["a.example.se", "b.example.se"]


def test_a_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A_FOLDER", "data here")

    assert environment.folder("A_FOLDER", Path("/default")) == tmp_path / "data here"
    assert environment.folder("NOT_SET", Path("/default")) == Path("/default")


def test_a_database_address_is_taken_apart() -> None:
    assert environment.database("postgres://anna:p%40ss@db.example.se:6432/portal%20a?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal a",
        "USER": "anna",
        "PASSWORD": "p@ss",
        "HOST": "db.example.se",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_address_may_name_a_sockets_folder() -> None:
    settings = environment.database("postgresql:///portal?host=/var/run/postgresql")

    assert (settings["HOST"], settings["NAME"], settings["OPTIONS"]) == ("/var/run/postgresql", "portal", {})


@pytest.mark.parametrize(
    "url", ["sqlite:///hemligt.db", "mysql://anna:hemligt@host/portal", "postgres://anna:hemligt@host:x/portal"]
)
def test_other_databases_are_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="^DATABASE_URL ") as caught:
        environment.database(url)

    assert "hemligt" not in str(caught.value)


def test_a_database_address_without_a_name_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="names no database"):
        environment.database("postgres://anna@host/")
