"""The parts of the benchmarks, by name: each makes its data, runs the tools and gives its result."""

import shutil

from . import council
from .accuracy import compare
from .cost import cost
from .dataset import Dataset
from .paths import DATA
from .process import script
from .tools import COLLATE_TOOL, GOLDENMATCH, RECORDLINKAGE, SPLINK

PSEUDOPEOPLE = {
    "wic-plain": "census and WIC",
    "wic-noisy": "census and WIC, noisier",
    "acs-plain": "census and ACS",
    "acs-noisy": "census and ACS, noisier",
}


def fresh(folder):
    """An empty place for the data of a part."""
    shutil.rmtree(DATA / folder, ignore_errors=True)
    return DATA / folder


def febrl(_):
    """febrl 3 and 4."""
    folder = fresh("febrl")
    script("data/febrl.py", folder)
    tools = [COLLATE_TOOL, SPLINK, RECORDLINKAGE, GOLDENMATCH]
    return [compare(name, [Dataset(folder / name)], tools) for name in ("febrl3", "febrl4")]


def pseudopeople(options):
    """pseudopeople's sample: the census against two smaller lists."""
    folder = fresh("pseudopeople")
    script("data/pseudo.py", folder, options.repeats)
    tools = [COLLATE_TOOL, SPLINK, GOLDENMATCH]
    return [
        compare(name, [Dataset(folder / f"{short}-{n + 1}") for n in range(options.repeats)], tools)
        for short, name in PSEUDOPEOPLE.items()
    ]


def synth(options):
    """Made-up councils."""
    return council.accuracy(options.children, options.seeds)


def families(options):
    """Brothers, sisters and twins in four lists."""
    folder = fresh("families")
    script("data/families.py", folder, options.families)
    return [compare("families", [Dataset(folder)], [COLLATE_TOOL, SPLINK, GOLDENMATCH])]


def sparse(options):
    """Many short records per person."""
    folder = fresh("sparse")
    script("data/sparse.py", folder, options.sparse)
    return [compare("sparse", [Dataset(folder)], [COLLATE_TOOL, SPLINK, GOLDENMATCH])]


def people(options):
    """Cost of plain lists."""
    return cost(options.sizes, options.repeats)


def stages(options):
    """Where collate spends its time."""
    return council.stages(options.councils)


PARTS = {
    "febrl": febrl,
    "pseudopeople": pseudopeople,
    "families": families,
    "sparse": sparse,
    "synth": synth,
    "cost": people,
    "stages": stages,
}
