"""Running other programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .paths import PYTHON, SCRIPTS, WORK

TIMED = Path(__file__).with_name("timed.py")


class Failed(Exception):
    """A program did not do what it was asked: why, for the page."""


def run(*command, **options):
    """Runs a command that must succeed; its output goes to ours."""
    subprocess.run([str(part) for part in command], check=True, **options)


def script(path, *arguments):
    """Runs one of our scripts in the virtual environment, quietly."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [PYTHON, SCRIPTS / path, *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"{path} failed:\n{done.stderr[-2000:]}")


def timed(command, limit, accepted=(0,)):
    """Wall seconds, CPU seconds and peak bytes of a command, and what it printed.

    Raises `Failed` if it takes longer than `limit` seconds or ends with an exit code that is not
    accepted.
    """
    report, output, errors = (WORK / f"timed.{end}" for end in ("json", "out", "err"))
    command = [sys.executable, TIMED, limit, report, output, errors, *command]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([str(part) for part in command], env=environment, check=True)
    spent = json.loads(report.read_text())
    if spent.pop("late"):
        raise Failed(f"not done after {limit / 60:g} minutes")
    code = spent.pop("code")
    if code not in accepted:
        last = errors.read_text(errors="replace").strip().splitlines()[-1:]
        print(f"  failed with {code}: {' '.join(last)[:300]}", file=sys.stderr)
        raise Failed("out of memory" if code == -9 else "failed")
    return spent, output.read_text(encoding="utf-8", errors="replace")
