"""``./dev stop`` ends what the demo left behind, and only this installation's."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
Run = Callable[[Path, str], subprocess.Popen[bytes]]


@pytest.fixture
def run() -> Iterator[Run]:
    """Start something that looks like a part of the demo with that data folder."""
    running: list[subprocess.Popen[bytes]] = []

    def start(var: Path, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "import time; print(flush=True); time.sleep(600)", name]
        environment = os.environ | {"SAMVERKAN_VAR": str(var)}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def stop(var: Path) -> subprocess.CompletedProcess[str]:
    return python(var, "-m", "samverkan.demo", "stop")


def python(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"SAMVERKAN_VAR": str(var)},
        capture_output=True,
        text=True,
    )


def test_stop_ends_the_parts_of_this_installation_only(run: Run, tmp_path: Path) -> None:
    ours = run(tmp_path / "ours", "samverkan.wsgi:application")
    theirs = run(tmp_path / "theirs", "samverkan.wsgi:application")
    another_program = run(tmp_path / "ours", "something.else:application")

    done = stop(tmp_path / "ours")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    looked = python(tmp_path / "ours", "-c", "from samverkan import demo; print(demo.pids_of_demo())")
    assert looked.stdout == "[]\n", "it waits for what has ended, or is not its own"
    assert ours.wait(timeout=5) != 0
    assert theirs.poll() is None
    assert another_program.poll() is None


def test_stop_has_nothing_against_a_demo_that_does_not_run(tmp_path: Path) -> None:
    done = stop(tmp_path / "never")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "never").exists()
