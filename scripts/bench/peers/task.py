"""What every peer is given and gives back.

    with_TOOL.py DATASET OUT.csv [--model NAME] [--study FOLDER]

reads the files of the data set and writes one line per record: file, row, cluster. With `--study`
a peer that can also writes, into the folder, `candidates.csv` (the pairs that its blocking makes)
and `thresholds.csv` (the clusters at other thresholds); such a run is not timed.
"""

import argparse
import csv
import json
from pathlib import Path


class Task:
    """The data set to link and the place for the answer."""

    def __init__(self):
        """Reads the arguments and what is known of the files."""
        parser = argparse.ArgumentParser()
        parser.add_argument("dataset", type=Path)
        parser.add_argument("out", type=Path)
        parser.add_argument("--model")
        parser.add_argument("--study", type=Path)
        args = parser.parse_args()
        description = json.loads((args.dataset / "dataset.json").read_text(encoding="utf-8"))
        self.out, self.study = args.out, args.study
        self.model = args.model or description["model"]
        self.described = description["files"]
        self.files = [args.dataset / "files" / name for name in self.described]

    def write(self, clusters):
        """Writes (file, row, cluster), the rows of a file counted from 2."""
        write_csv(self.out, ["file", "row", "cluster"], clusters)


def write_csv(path, heading, rows):
    """One csv file."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
