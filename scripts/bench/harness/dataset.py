"""A data set on the disk and what is true of it; `data/layout.py` says how it lies there."""

import csv
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Truth:
    """Who each record is; persons, families and days of birth by number, -1 where not known."""

    places: dict = field(default_factory=dict)
    persons: list = field(default_factory=list)
    families: list = field(default_factory=list)
    births: list = field(default_factory=list)

    def clusters(self, found):
        """The cluster of each record, given (file, row, cluster); who is in none is alone."""
        numbers, clusters = {}, [None] * len(self.persons)
        for file, row, cluster in found:
            record = self.places.get((file, int(row)))
            if record is not None:
                clusters[record] = numbers.setdefault(cluster, len(numbers))
        return [len(numbers) + i if c is None else c for i, c in enumerate(clusters)]


@dataclass
class Dataset:
    """A folder that `data/layout.py` wrote."""

    folder: Path

    @property
    def files(self):
        """The folder of the files that the tools are given."""
        return self.folder / "files"

    def truth(self):
        """Who each record is."""
        truth, persons, families, births = Truth(), {}, {}, {}
        with open(self.folder / "truth.csv", newline="", encoding="utf-8") as file:
            for record, row in enumerate(csv.DictReader(file)):
                truth.places[row["file"], int(row["row"])] = record
                person = persons.setdefault(row["child"], len(persons))
                if person == len(truth.families):
                    truth.families.append(number(families, row["family"]))
                    truth.births.append(number(births, row["born"]))
                truth.persons.append(person)
        return truth


def number(numbers, text):
    """The text's number; -1 for none."""
    return numbers.setdefault(text, len(numbers)) if text else -1
