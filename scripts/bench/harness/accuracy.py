"""Accuracy: every tool on the same files, in turn."""

import sys
from collections import Counter

from . import measure
from .dataset import Truth
from .process import Failed

LIMIT = 15 * 60


def compare(name, datasets, tools):
    """What each tool makes of the data sets, which count as one: the small ones are repeated."""
    truths = [dataset.truth() for dataset in datasets]
    together = joined(truths)
    result = {
        "name": name,
        "repeats": len(datasets),
        "records": len(together.persons),
        "persons": len(together.families),
        "pairs": measure.pairs_in(Counter(together.persons).values()),
        "tools": [],
    }
    for tool in tools:
        print(f"  {name}: {tool.name}", file=sys.stderr)
        try:
            measured = judged(tool, datasets, truths, together)
        except Failed as why:
            measured = {"failed": str(why)}
        result["tools"].append({"tool": tool.name} | measured)
    return result


def joined(truths):
    """Several truths as one; a person of one is nobody of another."""
    whole = Truth()
    for truth in truths:
        whole.persons += [len(whole.families) + person for person in truth.persons]
        whole.families += truth.families
        whole.births += truth.births
    return whole


def judged(tool, datasets, truths, together):
    """Cost and quality of one tool."""
    costs, found, studies = [], [], []
    for dataset, truth in zip(datasets, truths, strict=True):
        costs.append(tool.run(dataset, LIMIT))
        found.append(truth.clusters(tool.found()))
        studies.append(studied(tool, dataset, truth))
    measured = scores(together, chained(found))
    measured |= {key: sum(cost[key] for cost in costs) / len(costs) for key in ("wall", "cpu")}
    measured["memory"] = max(cost["memory"] for cost in costs)
    for blocked in (costs, studies):
        if "candidates" in blocked[0]:
            measured["candidates"] = sum(one["candidates"] for one in blocked)
    if "met" in studies[0]:
        true = measure.pairs_in(Counter(together.persons).values())
        measured["completeness"] = sum(study["met"] for study in studies) / true
    if "thresholds" in studies[0]:
        measured["best"] = best(together, studies)
    if any(family >= 0 for family in together.families):
        measured["merged"] = measure.merged(together, chained(found))
    return measured


def studied(tool, dataset, truth):
    """The number of candidates and of true pairs among them, and clusters at each threshold."""
    study = tool.study(dataset)
    if "candidates" in study:
        study["candidates"], study["met"] = measure.candidates(truth, study["candidates"])
    if "thresholds" in study:
        study["thresholds"] = {
            threshold: truth.clusters(found) for threshold, found in study["thresholds"].items()
        }
    return study


def chained(clusters):
    """The clusters of several data sets as those of one."""
    whole = []
    for found in clusters:
        first = max(whole, default=-1) + 1
        whole += [first + cluster for cluster in found]
    return whole


def scores(truth, found):
    """By pairs and by records."""
    return {
        "pairs": measure.pairs(truth.persons, found),
        "clusters": measure.clusters(truth.persons, found),
    }


def best(truth, studies):
    """The threshold with the best F1 over pairs: with hindsight, for nobody knows it beforehand."""
    judged = [
        {"threshold": threshold}
        | scores(truth, chained([study["thresholds"][threshold] for study in studies]))
        for threshold in studies[0]["thresholds"]
    ]
    return max(judged, key=lambda one: one["pairs"]["f1"])
