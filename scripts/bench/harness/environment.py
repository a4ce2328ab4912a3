"""What the benchmarks run with: the peers' virtual environment, collate itself, the machine."""

import os
import platform
import subprocess
import venv

from .paths import COLLATE, PYTHON, ROOT, SCRIPTS, VENV
from .process import run

REQUIREMENTS = SCRIPTS / "requirements.txt"


def prepare_python():
    """Makes the virtual environment, unless it has these requirements already."""
    wanted = REQUIREMENTS.read_text()
    installed = VENV / "requirements.txt"
    if installed.exists() and installed.read_text() == wanted:
        return
    venv.create(VENV, with_pip=True, clear=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS)
    installed.write_text(wanted)


def build():
    """Builds collate as it is published."""
    run("cargo", "build", "--release", "--quiet", "--locked", cwd=ROOT)


def about():
    """Program versions and the machine in general terms."""
    wanted = REQUIREMENTS.read_text().splitlines()
    packages = dict(line.split("==") for line in wanted if "==" in line)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    version = subprocess.run([COLLATE, "--version"], capture_output=True, text=True, check=True)
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True)
    return {
        "collate": version.stdout.split()[-1],
        "python": platform.python_version(),
        "rust": rust.stdout.split()[1],
        "packages": packages,
        "system": f"{platform.system()}, {platform.machine()}",
        "cores": os.cpu_count(),
        "memory": memory,
    }
