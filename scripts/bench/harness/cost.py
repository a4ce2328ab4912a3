"""Cost: plain lists of people of growing length, each tool in turn, several times over."""

import statistics
import sys

from . import measure
from .dataset import Dataset
from .paths import DATA
from .process import Failed, script
from .tools import COLLATE_CSV, COLLATE_TOOL, GOLDENMATCH, SPLINK, SPLINK_FEW

LIMIT = 3600
GOLDENMATCH_LIMIT = 15 * 60
GOLDENMATCH_SIZE = 100_000
PEERS_SIZE = 2_000_000


def cost(sizes, repeats):
    """Median cost of each tool for each size, and how good what it found is."""
    return [of_size(size, repeats) for size in sizes]


def of_size(size, repeats):
    """One size. A tool that fails once is not tried again."""
    dataset = Dataset(DATA / f"people-{size}")
    if not (dataset.folder / "dataset.json").exists():
        script("data/people.py", dataset.folder, size)
    tools = [COLLATE_TOOL, COLLATE_CSV]
    if size <= PEERS_SIZE:
        tools += [SPLINK, SPLINK_FEW]
    if size <= GOLDENMATCH_SIZE:
        tools.append(GOLDENMATCH)
    runs = {tool.name: [] for tool in tools}
    failed, quality = {}, {}
    for repeat in range(repeats):
        for tool in tools:
            if tool.name in failed or (tool is GOLDENMATCH and repeat > 0):
                continue
            print(f"  {size:,} records: {tool.name}, {repeat + 1} of {repeats}", file=sys.stderr)
            try:
                limit = GOLDENMATCH_LIMIT if tool is GOLDENMATCH else LIMIT
                runs[tool.name].append(tool.run(dataset, limit))
            except Failed as why:
                failed[tool.name] = str(why)
                continue
            if repeat == 0:
                quality[tool.name] = judged(tool, dataset)
    return {"records": size, "tools": [summary(tool.name, runs, failed, quality) for tool in tools]}


def judged(tool, dataset):
    """How good the last run of a tool is. The truth is large: it is let go before the next run."""
    truth = dataset.truth()
    return measure.pairs(truth.persons, truth.clusters(tool.found()))


def summary(name, runs, failed, quality):
    """The medians of one tool's runs."""
    if name in failed:
        return {"tool": name, "failed": failed[name]}
    middle = {
        key: statistics.median(run[key] for run in runs[name]) for key in ("wall", "cpu", "memory")
    }
    return {"tool": name, "repeats": len(runs[name]), "pairs": quality[name]} | middle
