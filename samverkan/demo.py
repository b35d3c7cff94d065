"""What ``./dev demo`` does when all is set up: load the example, run portal and worker until Ctrl-C.

Needs no Django of its own: each part is a process, so that a fault of one does not end the others.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NoReturn

from samverkan import embedded_postgres, environment

ROOT = Path(__file__).resolve().parent.parent
VAR = environment.folder("SAMVERKAN_VAR", ROOT / "var")
PORT = environment.number("PORT", 8000)
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 180  # seconds until the first answer

MANAGE = [sys.executable, str(ROOT / "manage.py")]
WORKER = [*MANAGE, "procrastinate", "worker"]
WEB = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{PORT}", "--threads=8", "samverkan.wsgi:application"]
PASSWORD = "samverkan-demo"  # noqa: S105 -- of the example accounts, named on the sign-in page in demo mode only
READY = (
    f"Samverkan is ready on {ADDRESS} – sign in as samordnare-kommun@example.se, password {PASSWORD}. Ctrl-C stops it."
)


def serve() -> None:
    """Run until a signal ends it. Standard output gets one line, when the portal answers."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    if not environment.text("DATABASE_URL"):
        embedded_postgres.keep(VAR / "postgres")
    sys.stderr.write("→ Loading the example (once)\n")
    if subprocess.run([*MANAGE, "demo_data"], stdout=sys.stderr, cwd=ROOT).returncode:  # noqa: S603
        sys.exit("The example could not be loaded.")
    children = {"web": start(WEB), "worker": start(WORKER)}
    try:
        wait_for_an_answer(children["web"])
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        look_after(children)
    finally:
        for child in children.values():
            child.terminate()
        for child in children.values():
            child.wait()


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C is for us, and we end the parts one after the other."""
    return subprocess.Popen(  # noqa: S603 -- our own programs
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True
    )


def wait_for_an_answer(web: subprocess.Popen[bytes]) -> None:
    """Return when the portal answers; exit when it has ended, or takes longer than PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and web.poll() is None:
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=5).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The portal did not start.")


def look_after(children: dict[str, subprocess.Popen[bytes]]) -> NoReturn:
    """The worker is started anew when it ends, as it does when the database goes away."""
    while True:
        time.sleep(1)
        if children["web"].poll() is not None:
            sys.exit("The portal has stopped.")
        if children["worker"].poll() is not None:
            children["worker"] = start(WORKER)


def stop() -> None:
    """End the demo and every process it may have left behind, then the servers of demo and tests."""
    for pid in pids_of_demo():
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 15
    while pids_of_demo() and time.monotonic() < deadline:
        time.sleep(0.1)
    embedded_postgres.main([str(VAR / "postgres")])
    embedded_postgres.main([str(VAR / "test" / "postgres"), "--if-unused"])


def pids_of_demo() -> list[int]:
    """This installation's demo: the programs that run from here, with this data folder."""
    ours = [b"samverkan.demo\0serve", b"samverkan.wsgi:application", b"procrastinate\0worker"]
    data = os.fsencode(f"SAMVERKAN_VAR={VAR}")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, setting = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:  # it has ended, or is somebody else's
            continue
        if any(words in command for words in ours) and data in setting.split(b"\0"):
            found.append(int(process.name))
    return found


if __name__ == "__main__":
    try:
        {"serve": serve, "stop": stop}[sys.argv[1]]()
    except KeyboardInterrupt:
        sys.exit(0)
    except embedded_postgres.EmbeddedPostgresError as error:
        sys.exit(str(error))
