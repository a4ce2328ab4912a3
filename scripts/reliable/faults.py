"""What can be wrong with the place in which a run works: the disk is full, the folder can't be
written, the register is read-only or damaged, the clock goes backwards."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

from .former import former_state
from .program import RUN, copied, files, is_whole, scratch

# Whom a run belongs to that must not be able to write: root writes everywhere.
NOBODY = 65534


def disk(program, args):
    """A small tmpfs that is full at another point each time; then there is room."""
    if os.geteuid() != 0:
        print("  skipped: only root can mount a small tmpfs", file=sys.stderr)
        return {"skipped": "only root can mount a small tmpfs", "wrong": []}
    with scratch() as folder:
        former = former_state(program, args)
        used, wrong, codes = size(former.place), former.unfollowed(), {}
        needed = size(former.reference) + size(former.reference / "out") + 4 * 2**20
        place, steps = folder / "place", max(4, args.kills // 8)
        for step in range(steps):
            room = used + (needed - used) * step // steps
            place.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", place], check=True)
            try:
                shutil.copytree(former.place, place, dirs_exist_ok=True)
                code = former.program.run(place).code
                codes[str(code)] = codes.get(str(code), 0) + 1
                found = [] if code in (0, 1) else [f"ended with {code}"]
                found += [] if is_whole(place / "out") else ["the output is not whole"]
                subprocess.run(["mount", "-o", f"remount,size={2 * needed}", place], check=True)
                found += former.whole(place) + former.after(place)
                wrong += [f"with {room - used} bytes of room: {what}" for what in found]
            except OSError as error:
                # The former state itself did not fit, by a page or two.
                codes["no room for the former state"] = codes.get("no room for the former state", 0) + 1
                print(f"  {error}", file=sys.stderr)
            finally:
                subprocess.run(["umount", place], check=True)
                place.rmdir()
        return {"steps": steps, "room": needed - used, "codes": codes, "wrong": wrong}


def size(folder):
    """What the files of a folder take, in whole pages."""
    return sum(-(-path.stat().st_size // 4096) * 4096 + 4096 for path in folder.rglob("*"))


def folder(program, args):
    """The folder that is published into, or the one that it lies in, can't be written."""
    with scratch() as room:
        former, where, told = former_state(program, args), {"the folder beside": ".", "the output": "out"}, {}
        wrong, place = former.unfollowed(), room / "place"
        for name, path in where.items():
            as_nobody(room, copied(former.place, place))
            os.chmod(place / path, 0o500)
            ended = former.program.run(place, **nobody(room))
            told[name] = {"code": ended.code, "says": ended.err.strip().splitlines()[:1]}
            found = former.whole(place) if ended.code != 0 or is_whole(place / "out") else ["the output is not whole"]
            os.chmod(place / path, 0o700)
            found += former.after(place)
            wrong += [f"{name}: {what}" for what in found]
        return {"told": told, "wrong": wrong}


def as_nobody(room, place):
    """Gives a place to somebody who can't write everywhere, if we can."""
    if os.geteuid() == 0:
        os.chmod(room, 0o755)
        for path in [place, *place.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)


def nobody(room):
    """How a run is started that must not be able to write everywhere."""
    return {"user": NOBODY, "group": NOBODY, "env": {"HOME": str(room)}} if os.geteuid() == 0 else {}


def register(program, args):
    """The register is read-only; damaged at random, with and without a copy."""
    with scratch() as room:
        former, rng, outcomes = former_state(program, args), random.Random(args.seed), {}
        wrong, place = former.unfollowed(), room / "place"
        as_nobody(room, copied(former.place, place))
        os.chmod(place / "collate.db", 0o400)
        ended = former.program.run(place, **nobody(room))
        found = former.whole(place)
        if ended.code != 1 or "read-only" not in ended.err:
            found.append(f"it is read-only, and the run ended with {ended.code}: {ended.err.strip()}")
        os.chmod(place / "collate.db", 0o600)
        wrong += [f"read-only: {what}" for what in found + former.after(place)]
        for nth in range(args.damages):
            copied(former.place, place)
            name, damage = DAMAGES[nth % len(DAMAGES)]
            damage(place / "collate.db", rng)
            outcome, found = damaged(former, place)
            outcomes.setdefault(name, {}).setdefault(outcome, 0)
            outcomes[name][outcome] += 1
            wrong += [f"{name}: {what}" for what in found]
            # Without a copy there is nothing to go back to: it must say so and leave the output.
            if nth < len(DAMAGES) and name not in ("nothing of it", "a few bytes"):
                copied(former.place, place)
                damage(place / "collate.db", rng)
                (place / "collate.db.copy").unlink()
                ended = former.program.run(place)
                if ended.code != 1 or "damaged" not in ended.err or files(place / "out") != former.files:
                    wrong.append(f"{name}, no copy: ended with {ended.code}: {ended.err.strip()}")
        return {"damages": args.damages, "outcomes": outcomes, "wrong": wrong}


def damaged(former, place):
    """What a run makes of a damaged register: a copy takes its place, and it is told."""
    ended = former.program.run(place)
    aside = list(place.glob("collate.db.damaged-*"))
    if ended.code not in (0, 1) or not is_whole(place / "out"):
        return "broken", [f"ended with {ended.code}: {ended.err.strip()}"]
    if ended.code == 1:
        if files(place / "out") != former.files:
            return "told, output changed", ["the run failed, and the output changed"]
        # It was damaged where only the run itself reads it: once it is put aside, the next one goes on.
        return "told, output stands", [f"ended with 1: {ended.err.strip()}"]
    if not aside:
        return "not noticed: bytes that hold nothing", former.after(place)
    told = "register-restored" in (place / "out" / "problems.csv").read_text()
    found = [] if told else ["a copy took its place, and nobody was told"]
    decisions = former.program.decisions(place)
    if len(decisions or []) != len(former.decisions):
        found.append("decisions are lost")
    again = former.program.run(place, "--again")
    if again.code != 0:
        found.append(f"the run after that ended with {again.code}: {again.err.strip()}")
    # The note that it was restored is gone with the next run; all else is the same.
    same = [name for name, sha in files(place / "out").items()
            if name.removesuffix(".csv") in ("children", "cases", "sources", "review", "redirects")
            and sha != former.expected.get(name)]  # fmt: skip
    found += [f"the run after that makes another {name}" for name in same]
    return "its copy took its place", found


def overwritten(path, rng):
    """Some pages hold noise."""
    with open(path, "r+b") as file:
        pages = path.stat().st_size // 4096
        for _ in range(max(1, pages // 8)):
            file.seek(rng.randrange(pages) * 4096)
            file.write(rng.randbytes(4096))


def a_few_bytes(path, rng):
    """Some bytes are others."""
    with open(path, "r+b") as file:
        for _ in range(12):
            file.seek(rng.randrange(path.stat().st_size))
            file.write(rng.randbytes(1))


def cut(path, rng):
    """It ends early."""
    os.truncate(path, rng.randrange(1, path.stat().st_size))


def emptied(path, _rng):
    """There is nothing of it."""
    os.truncate(path, 0)


def text(path, _rng):
    """It is another file."""
    path.write_text("This is no database.\n" * 500)


DAMAGES = [
    ("whole pages", overwritten),
    ("a few bytes", a_few_bytes),
    ("cut short", cut),
    ("nothing of it", emptied),
    ("another file", text),
]


def clock(program, args):
    """The runs before this one say that they were in the future; so do the files."""
    with scratch() as room:
        former, wrong = former_state(program, args), []
        place = copied(former.place, room / "place")
        with closing(sqlite3.connect(place / "collate.db")) as db:
            db.execute("UPDATE runs SET at = '2097-09-06T07:00:00Z'")
            db.execute("UPDATE decisions SET at = '2097-09-06T07:00:00Z'")
            db.commit()
        ahead = time.time() + 3e9
        for path in place.rglob("*"):
            os.utime(path, (ahead, ahead))
        shutil.copytree(place / "out", place / ".out.collate-new-999999999")
        ended = former.program.call(place, *[word for word in RUN if word != "--quiet"])
        if ended.code != 0:
            wrong.append(f"ended with {ended.code}: {ended.err.strip()}")
        if files(place / "out") != former.expected:
            wrong.append("the run makes something else")
        if len(former.program.decisions(place)) != len(former.decisions):
            wrong.append("decisions are lost")
        again = former.program.run(place)
        if again.code != 0 or files(place / "out") != former.expected:
            wrong.append(f"a second run changes something: {again.err.strip()}")
        says = [line for line in ended.err.splitlines() if line.startswith("Since")]
        return {"says": says, "wrong": wrong}
