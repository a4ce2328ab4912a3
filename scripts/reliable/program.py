"""The program under test, and what must hold of the folder that it publishes into."""

import contextlib
import csv
import hashlib
import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "target" / "reliability"
PAGE = ROOT / "docs" / "reliability.md"


class Ended:
    """How a run ended."""

    def __init__(self, done, seconds):
        self.code, self.out, self.err, self.seconds = done.returncode, done.stdout, done.stderr, seconds


class Collate:
    """The program."""

    def __init__(self, path):
        self.path = Path(path).resolve()

    @classmethod
    def build(cls, path):
        """The one that was named, or the one of this source."""
        if path is None:
            subprocess.run(["cargo", "build", "--release", "-q", "-p", "collate-cli"], cwd=ROOT, check=True)
            path = ROOT / "target" / "release" / "collate"
        return cls(path)

    def start(self, place, *args, **how):
        """Starts it in a place, and does not wait."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([self.path, *map(str, args)], cwd=place, **pipes, **how)

    def call(self, place, *args, **how):
        """Runs it in a place, to its end."""
        began = time.perf_counter()
        done = subprocess.run(
            [self.path, *map(str, args)], cwd=place, capture_output=True, text=True, check=False, **how
        )
        return Ended(done, time.perf_counter() - began)

    def run(self, place, *args, **how):
        """Merges `in` into `out`, and into a database beside it."""
        return self.call(place, *RUN, *args, **how)

    def decisions(self, place):
        """What persons decided, or none where the register does not open."""
        told = self.call(place, "decisions", "--out", "out", "--json")
        return json.loads(told.out) if told.code == 0 else None


RUN = ["run", "in", "--out", "out", "--to", "sqlite:base.db", "--quiet"]


@contextlib.contextmanager
def scratch():
    """A folder for the time being."""
    with tempfile.TemporaryDirectory(prefix="collate-") as folder:
        yield Path(folder)


def copied(former, place):
    """A place as it was: all of it, with its times."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(former, place, symlinks=True)
    return place


def files(folder):
    """Every file of a folder, with its hash."""
    if not folder.is_dir():
        return {}
    return {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.is_file()}


def sha256(path):
    """Of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_whole(out):
    """The manifest lists every file, and each is as it was written."""
    try:
        listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return False
    found = files(out)
    found.pop("manifest.json")
    return found == {name: about["sha256"] for name, about in listed.items()}


def rows_of(database):
    """What the tables of a database say, in whatever order."""
    if not database.is_file():
        return None
    with contextlib.closing(sqlite3.connect(database)) as db:
        names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}


def rows(path):
    """The rows of a csv file, each from heading to cell."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
