"""Runs are killed (SIGKILL): at random moments of the whole run, while files are written, and after
the new folder stands and before the end."""

import contextlib
import random
import sqlite3
import time

from .former import former_state
from .program import RUN, copied, files, scratch

# What kills wait for, in turn: some moment by the clock, or a sign that the last moments have begun.
SORTS = ("clock", "writing", "clock", "recorded", "swapped")


def kill(program, args):
    """Kills one run after the other, each from the same former state."""
    with scratch() as folder:
        states = [former_state(program, args), former_state(program, args, first=True)]
        wrong, where, place = states[0].unfollowed(), {}, folder / "place"
        rng, seconds = random.Random(args.seed), watched(states[0], copied(states[0].place, place))
        done = 0
        while done < args.kills:
            # One of eight is a first run.
            former = states[done % 8 == 7]
            copied(former.place, place)
            sort = SORTS[done % len(SORTS)]
            alive = killed(former, place, sort, seconds, rng)
            if not alive:
                where["(ended before it was killed, and not counted)"] = (
                    where.get("(ended before it was killed, and not counted)", 0) + 1
                )
                continue
            done += 1
            stage = stage_of(former, place)
            where[stage] = where.get(stage, 0) + 1
            found = former.whole(place) + former.after(place)
            wrong += [f"kill {done}, {stage}: {what}" for what in found]
        return {
            "children": args.children,
            "kills": done,
            "decisions": len(states[0].decisions),
            "seconds": seconds["all"],
            "where": where,
            "wrong": wrong,
        }


def has_new(place):
    """The new folder is being written."""
    return any(path.name.startswith(".out.collate-new") for path in place.iterdir())


def inode(place):
    """Which folder stands there."""
    try:
        return (place / "out").stat().st_ino
    except FileNotFoundError:
        return None


SIGNS = {
    "writing": lambda place, _: has_new(place),
    "recorded": lambda place, _: journal(place) > 0,
    "swapped": lambda place, before: inode(place) != before,
}


def journal(place):
    """What is written down in the register just now."""
    try:
        return (place / "collate.db-wal").stat().st_size
    except FileNotFoundError:
        return 0


def watched(former, place):
    """How long a run takes, and how long from each of its moments to the end."""
    before, began, moments = inode(place), time.perf_counter(), {}
    run = former.program.start(place, *RUN)
    while run.poll() is None:
        for sort, sign in SIGNS.items():
            if sort not in moments and sign(place, before):
                moments[sort] = time.perf_counter()
    run.communicate()
    end = time.perf_counter()
    left = {moment: end - at for moment, at in moments.items()}
    return {"all": end - began, "clock": end - began} | left


def killed(former, place, sort, seconds, rng):
    """Starts a run and kills it; false where it had ended before."""
    before = inode(place)
    run = former.program.start(place, *RUN)
    while run.poll() is None and sort in SIGNS and not SIGNS[sort](place, before):
        pass
    # Rather early than late: at the end one thing follows the other.
    time.sleep(rng.random() ** (1 if sort == "clock" else 2) * seconds.get(sort, 0.01))
    run.kill()
    run.communicate()
    return run.returncode == -9


def stage_of(former, place):
    """How far the run had come."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{place / 'collate.db'}?mode=ro", uri=True)) as db:
            last = db.execute("SELECT run, published, settled FROM runs ORDER BY run DESC").fetchone()
    except sqlite3.OperationalError:
        last = None
    (run, published, settled) = last or (0, 0, 0)
    if run == (2 if former.files else 0):
        return "while files were written" if has_new(place) else "before anything was written"
    if files(place / "out") != former.expected:
        return "after the register, before the folder"
    if not published:
        return "after the folder, before the register knew"
    return "after the register knew, before the end" if not settled else "at the very end"
