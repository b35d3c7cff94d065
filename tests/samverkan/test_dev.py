"""The script that sets up a checkout: run whole, in a copy whose installers are doubles that notice each other."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ALONE = """#!/bin/sh
case "$*" in
  *install* | *ci* )
    mkdir '{folder}/somebody-installs' || touch '{folder}/collided'
    echo x >>'{folder}/installed'
    sleep 0.3
    rmdir '{folder}/somebody-installs' ;;
  --version) echo v22.0.0 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout where nothing is installed yet, in a path with a space."""
    root = tmp_path / "a checkout"
    for name in ("dev", "package.json", "package-lock.json", "requirements/dev.txt", "requirements/base.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(settings.BASE_DIR / name, root / name)
    (root / "static").mkdir()
    (root / "samverkan/locale").mkdir(parents=True)
    for double in (root / ".venv/bin/python", tmp_path / "bin/npm", tmp_path / "bin/node"):
        double.parent.mkdir(parents=True, exist_ok=True)
        double.write_text(ALONE.format(folder=tmp_path))
        double.chmod(0o755)
    return root


def start(checkout: Path, data: str) -> subprocess.Popen[bytes]:
    path = f"{checkout.parent / 'bin'}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "SAMVERKAN_VAR": str(checkout.parent / data)}
    return subprocess.Popen(  # our own script
        [checkout / "dev", "manage", "check"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_two_first_set_ups_of_one_checkout_install_after_each_other_whatever_their_data_folders(checkout: Path) -> None:
    both = [start(checkout, "data of one"), start(checkout, "data of another")]

    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert not (checkout.parent / "collided").exists()
    assert (checkout.parent / "installed").read_text().split() == ["x", "x"], "Python's and node's packages, once each"
