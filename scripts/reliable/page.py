"""The page that says what was tried and what held."""

HEAD = """# Reliability

Written by `scripts/reliability`, which tries to make collate lose something. After each accident must hold: the former output (or the new one) is whole, each file as its manifest says; the register opens; every decision is in it; and the next run succeeds and makes what a run that nothing happened to makes of the same state, byte for byte, the database included.

```sh
scripts/reliability                      # all parts
scripts/reliability kill --kills 1000 --seed 7
scripts/reliability nights --nights 365 --children 1000
```

Another seed is another history. What was found:
"""


def page(results):
    """All parts that were run."""
    sections = [DRAW[name](results[name]) + verdict(results[name]) for name in DRAW if name in results]
    return HEAD + "".join("\n" + section for section in sections)


def verdict(result):
    """What did not hold."""
    if "skipped" in result:
        return ""
    if not result["wrong"]:
        return "\nAll of it held.\n"
    return "\n**What did not hold:**\n\n" + "".join(f"- {what}\n" for what in result["wrong"])


def table(headings, lines):
    """A table."""
    rows = [headings, ["---"] * len(headings), *lines]
    return "".join("| " + " | ".join(map(str, row)) + " |\n" for row in rows)


def kill(result):
    """Of the runs that were killed."""
    return (
        f"## Killed\n\n{result['kills']} runs of {result['seconds']:.1f} s were killed (`SIGKILL`), each from the same former "
        f"state of a council of {result['children']} children with {result['decisions']} decisions (one of eight from none, as a first run): two of five at any "
        "moment, the others once files were being written, the register was written, or the new folder stood. Where they died:\n\n"
        + table(["Where", "Runs"], sorted(result["where"].items(), key=lambda item: -item[1]))
    )


def disk(result):
    """Of the full disk."""
    if "skipped" in result:
        return f"## A full disk\n\nNot tried: {result['skipped']}.\n"
    return (
        f"## A full disk\n\nA file system in memory with room for the former state and 0 to {result['room'] // 1024:,} KiB "
        f"more, in {result['steps']} steps; then it was given room.\n\n"
        + table(["The run ended with", "Times"], sorted(result["codes"].items()))
    )


def folder(result):
    """Of folders that can't be written."""
    lines = [(name, told["code"], " ".join(told["says"])) for name, told in result["told"].items()]
    return "## A folder that can't be written\n\n" + table(["What can't", "Exit code", "Message"], scrubbed(lines))


def scrubbed(lines):
    """Without the names of folders that are gone."""
    import re

    return [[re.sub(r"/\S*/(?=place|\S+)", "…/", str(cell)) for cell in line] for line in lines]


def register(result):
    """Of the damaged register."""
    lines = [
        (name, outcome, times)
        for name, outcomes in result["outcomes"].items()
        for outcome, times in sorted(outcomes.items())
    ]
    return (
        "## The register\n\nRead-only: the run ends with exit code 1 and says so. Damaged in "
        f"{result['damages']} ways: the copy that the last run made takes its place, which is told as a note. Without a "
        "copy the run ends with exit code 1, and the former output stands. SQLite has no checksums: bytes that are "
        "changed where they still fit are not noticed.\n\n" + table(["Damage", "What became of it", "Times"], lines)
    )


def clock(result):
    """Of the clock."""
    return (
        "## The clock\n\nAll times in the register and of all files were set decades ahead, so that the clock went "
        "backwards before the run. What a run makes does not depend on the time.\n"
    )


def nights(result):
    """Of the nights."""
    edits = ", ".join(f"{name.replace('_', ' ')} ({count})" for name, count in sorted(result["edits"].items()))
    reach = "csv, tsv and xlsx files" if result["workbooks"] else "csv and tsv files (openpyxl was not there)"
    accuracy = [
        (night, f"{told['pairs']['precision']:.4f}", f"{told['pairs']['recall']:.4f}", f"{told['clusters']['f1']:.4f}")
        for night, told in result["accuracy"]
    ]
    return (
        f"## Night after night\n\nA council of {result['children']} children; its people edit {reach}: {edits}. Every night "
        "is run twice; the second run must change nothing. On two nights of ten a file is missing, and the guard must "
        "refuse. Every tenth night a run of everything into a fresh folder, with yesterday's register, must make the "
        "same bytes. What must hold of ids: one whose rows are the same rows never changes; whichever comes, goes, is "
        "merged or split is in `changes.csv`; none is given twice.\n\n"
        + table(["", "Count"], sorted(result["counts"].items()))
        + "\n"
        + table(["Night", "Precision of pairs", "Recall of pairs", "F1 of clusters"], accuracy)
    )


def cost(result):
    """Of the cost."""
    lines = [
        (f"{having:.1f} s", f"{without:.1f} s", f"{1 - without / having:.1%}", f"{again:.1f} s")
        for having, without, again in result["pairs"]
    ]
    return (
        f"## What the register costs\n\nFirst runs on a council of {result['children']:,} children, with and without "
        f"`--no-register`, one after the other on a machine with other work. The register has "
        f"{result['bytes'] / 2**20:.0f} MiB. In the median it takes {result['share']:.1%} of the run; it may take a "
        "fifth.\n\n" + table(["With it", "Without", "Its share", "A second run, nothing changed"], lines)
    )


DRAW = {
    "kill": kill,
    "disk": disk,
    "folder": folder,
    "register": register,
    "clock": clock,
    "nights": nights,
    "cost": cost,
}
