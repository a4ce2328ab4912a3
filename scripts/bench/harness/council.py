"""Made-up councils: the trackers that only collate reads, and what a run costs on them."""

import json
import shutil
import statistics
import subprocess
import sys
import time

from .paths import COLLATE, OUTPUT, ROOT
from .process import run, timed

LIMIT = 3600

# In a folder of its own, because the register lies beside it.
MERGED = OUTPUT / "council-merged" / "merged"


def accuracy(children, seeds):
    """Quality and rows in review of one council for each seed."""
    return [council(children, seed) for seed in seeds]


def council(children, seed):
    """Makes a council, merges it, judges it."""
    print(f"  council of {children:,} children, seed {seed}", file=sys.stderr)
    folder = made(children, seed)
    _, result = merged(folder)
    command = [COLLATE, "evaluate", MERGED, "--truth", folder / "truth.csv", "--json"]
    judged = subprocess.run(command, capture_output=True, text=True, check=True)
    with open(MERGED / "manifest.json", encoding="utf-8") as file:
        reviews = json.load(file)["files"]["review.csv"]["rows"]
    return json.loads(judged.stdout) | {
        "children": children,
        "seed": seed,
        "rows": result["rows"]["used"],
        "reviews": reviews,
    }


def made(children, seed):
    """The folder of a fresh council."""
    folder = OUTPUT / "council"
    shutil.rmtree(folder, ignore_errors=True)
    run(COLLATE, "demo", folder, "--children", children, "--seed", seed, "--quiet")
    return folder


def merged(folder):
    """The cost of a run and what it says."""
    shutil.rmtree(MERGED.parent, ignore_errors=True)
    MERGED.parent.mkdir(parents=True)
    command = [COLLATE, "run", folder, "--out", MERGED, "--json", "--quiet"]
    spent, printed = timed(command, LIMIT, accepted=(0, 4))
    return spent, json.loads(printed)


def stages(sizes):
    """Seconds in each stage for the fixtures and for councils of these sizes."""
    runs = [stage("the fixtures", ROOT / "fixtures" / "wyeborough")]
    runs += [stage(f"{children:,} children", made(children, 1)) for children in sizes]
    return {"runs": runs, "help": help_times()}


def stage(name, folder):
    """One run, stage by stage."""
    print(f"  {name}", file=sys.stderr)
    spent, result = merged(folder)
    return spent | {"name": name, "rows": result["rows"]["read"], "seconds": result["seconds"]}


def help_times():
    """Milliseconds that `collate --help` takes: the median and the longest of ten runs."""
    times = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run([COLLATE, "--help"], stdout=subprocess.DEVNULL, check=True)
        times.append(1000 * (time.perf_counter() - start))
    return {"median": statistics.median(times), "longest": max(times)}
