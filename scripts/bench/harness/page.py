"""Draws docs/benchmarks.md from the results that were measured."""

from .tables import accuracy, cost, council, quantity, stages, table

PEERS = {
    "Splink (DuckDB)": "splink",
    "recordlinkage": "recordlinkage",
    "GoldenMatch": "goldenmatch",
    "pseudopeople (data)": "pseudopeople",
}


def page(about, results):
    """The whole page; a part that was never run is left out."""
    parts = [heading(about)]
    for name, (title, text, draw) in SECTIONS.items():
        if name in results:
            parts += [f"## {title}", text, *draw(results[name])]
    return "\n\n".join([*parts, method(about), REPEAT]) + "\n"


def heading(about):
    """What was measured, and on what."""
    packages = about["packages"]
    versions = table(
        ["Program", "Version"],
        [["collate", about["collate"]]] + [[name, packages[key]] for name, key in PEERS.items()],
    )
    return f"""# Benchmarks

collate beside three programs that link records, on the same files, in turn, on one machine: \
{about["cores"]} cores, {quantity(about["memory"])} of memory, {about["system"]}, Python \
{about["python"]}, Rust {about["rust"]}. Written by `scripts/bench/run` from what it measured; \
compare times within this page only, for they are of one machine at one time.

{versions}

- **Precision, recall, F1** are over pairs of records that are in one cluster; **B-cubed** is the \
same record by record, so that a few large clusters do not rule.
- **Candidates** are the pairs that blocking leaves to compare, per record; **completeness** is the \
share of true pairs among them. A dash: the program does not tell.
- **Best F1** is what Splink reaches at the threshold that turns out best. That is hindsight: \
without the truth nobody can choose it.
- **Time** is the wall time of the whole process, from reading files to writing clusters, \
**CPU** the processor time of all cores, **memory** the peak."""


def method(about):
    """How each program was run."""
    return f"""## How each was run

- **collate**: `collate run FILES --out DIR`; nothing is told it of columns, formats or people. \
Clusters are the children of `sources.csv`. It also writes merged records with the source of each \
value, a list for review, a workbook and the register of the next night; all of that is in its \
time. For the cost there is a run without workbook and register besides (`--formats csv \
--no-register`): files in, merged files out, as the others do it.
- **Splink** {about["packages"]["splink"]}, DuckDB {about["packages"]["duckdb"]}: the settings \
of its documentation's examples (febrl3, febrl4, historical persons) where they fit, and after the \
nearest example elsewhere: `scripts/bench/peers/splink_models.py` has each. Where another choice \
among its comparisons did better, that was taken: Splink had the help of the truth here, collate \
had not. Columns are conformed for it beforehand: it is told which column holds what and how dates \
are written. Clusters are at a match probability of 0.95. For the cost there is a second model as its guide to large data advises: six tight blocking \
rules, and training on a sample of ten million pairs.
- **recordlinkage**: as its examples for febrl: index on the given name, compare, ECM classifier \
without training data, connected components. Its documentation has no example for the other data.
- **GoldenMatch**: `goldenmatch.dedupe(FILES)` with no configuration, as in its quick start. \
Files with different headings, which it refuses, are conformed and put together for it.
- A program that needs more than 15 minutes for a data set is stopped."""


REPEAT = """## To repeat it

```sh
scripts/bench/run                      # everything; takes an hour or two
scripts/bench/run febrl sparse         # some parts; the page keeps the others
scripts/bench/run cost --sizes 100000 --repeats 1
scripts/bench/run --help
```

It needs a Rust toolchain, Python 3.11 or later and, the first time, a package index. Everything \
that it makes is under `target/bench`."""

SECTIONS = {
    "febrl": (
        "febrl",
        "Made-up Australians with heavy errors. febrl3 is one file with up to five duplicates of "
        "a record; febrl4 is two files, each without duplicates.",
        accuracy,
    ),
    "pseudopeople": (
        "pseudopeople",
        "The sample population: the census of 2020 against the lists of a benefit (WIC) and of a "
        "survey (ACS) of the same year, with the package's own noise and with the probability of "
        "every error in a cell three times as high. Only a hundred people are in both lists, so "
        "each is made with several seeds and the counts are added up; the time is of one.",
        accuracy,
    ),
    "families": (
        "Families",
        "Children of families in four lists with different columns; no list has a child twice. "
        "Brothers and sisters share surname, postcode and case; one birth in twenty is of twins. "
        "Merging two children is the worst that a program can do here.",
        accuracy,
    ),
    "sparse": (
        "Many short records per person",
        "About ten records per person in one file, with much missing, short forms, middle names, "
        "years of birth alone, and places in several spellings.",
        accuracy,
    ),
    "synth": (
        "Trackers of a made-up council",
        "Eleven trackers of `collate demo` in four formats. The other programs do not read them.",
        council,
    ),
    "cost": (
        "Cost",
        "A plain list of people with names, date of birth, address, town and postcode; 45 people "
        "in 100 records. Runs are interleaved, figures are medians.",
        cost,
    ),
    "stages": (
        "Where collate spends its time",
        "The fixtures of the tests, and made-up councils.",
        stages,
    ),
}
