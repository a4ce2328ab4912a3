"""A plain list of people, as long as one likes, for the cost.

Usage: people.py FOLDER RECORDS. Names of made-up syllables, the commonest of them as common as in a
real population; 45 people in 100 records; typing errors and missing values in every column.
"""

import string
import sys
from pathlib import Path

import layout
import numpy as np

PEOPLE_PER_RECORD = 0.45
SOUNDS = "b c d f g h j k l m n p r s t v w br ch cl dr fr gr kr pr sh st th tr".split()
VOWELS = "a e i o u ai ea ee ie oo ou".split()
ENDINGS = ["", "n", "r", "s", "l", "t", "ck", "ll", "son", "ton", "ley", "ford", "man", "er"]
HEADING = ["record_id", "forename", "surname", "date_of_birth", "address", "town", "postcode"]
COLUMNS = {
    "first_name": "forename",
    "surname": "surname",
    "dob": "date_of_birth",
    "town": "town",
    "postcode": "postcode",
}
# Of each column: share of records with a slip, share without a value.
FAULTS = [(0.06, 0.03), (0.06, 0.02), (0.03, 0.05), (0.08, 0.15), (0.03, 0.10), (0.05, 0.12)]


def invent(chance, count, syllables):
    """So many different names of up to so many syllables."""
    names = set()
    while len(names) < count:
        length = chance.integers(1, syllables + 1)
        parts = [SOUNDS[chance.integers(len(SOUNDS))] + VOWELS[chance.integers(len(VOWELS))]
                 for _ in range(length)]  # fmt: skip
        names.add("".join(parts) + ENDINGS[chance.integers(len(ENDINGS))])
    ordered = sorted(names)
    chance.shuffle(ordered)
    return np.array(ordered, dtype=object)


def common(chance, count, size):
    """Ranks below `count`, the first ones much commoner than the last (Zipf)."""
    weights = np.cumsum(1 / (np.arange(count) + 8))
    return np.searchsorted(weights / weights[-1], chance.random(size)).clip(0, count - 1)


def slip(chance, text):
    """The text with one letter lost, added, wrong, or swapped with the next."""
    if len(text) < 2:
        return text
    at, letter = int(chance.integers(len(text) - 1)), string.ascii_lowercase[chance.integers(26)]
    before, here, after = text[:at], text[at], text[at + 1 :]
    kinds = [before + after, before + letter + here + after, before + letter + after,
             before + after[0] + here + after[1:]]  # fmt: skip
    return kinds[chance.integers(4)]


def population(chance, people):
    """Six columns of so many people."""
    forenames, surnames = invent(chance, 4000, 2), invent(chance, 40000, 3)
    towns, streets = invent(chance, 1500, 3), invent(chance, 20000, 3)
    days = np.datetime64("1950-01-01") + chance.integers(0, 365 * 60, people)
    town = common(chance, len(towns), people)
    letters = np.array(list(string.ascii_uppercase), dtype=object)

    def number(low, high):
        return chance.integers(low, high, people).astype(str).astype(object)

    road = streets[chance.integers(0, len(streets), people)]
    outward = letters[town % 26] + letters[town // 26 % 26] + number(1, 30)
    inward = number(0, 10) + letters[chance.integers(0, 20, people)]
    return [
        forenames[common(chance, len(forenames), people)],
        surnames[common(chance, len(surnames), people)],
        days.astype(str).astype(object),
        number(1, 200) + " " + road + " road",
        towns[town],
        outward + " " + inward + letters[chance.integers(0, 20, people)],
    ]


def main(folder, records):
    """Makes the list."""
    chance = np.random.default_rng(7)
    people = int(records * PEOPLE_PER_RECORD)
    columns = population(chance, people)
    who = np.concatenate([np.arange(people), chance.integers(0, people, records - people)])
    chance.shuffle(who)
    written = [np.arange(1, records + 1).astype(str)]
    for column, (slips, missing) in zip(columns, FAULTS, strict=True):
        values, fate = column[who], chance.random(records)
        for at in np.nonzero(fate < slips)[0]:
            values[at] = slip(chance, values[at])
        values[(fate >= slips) & (fate < slips + missing)] = ""
        written.append(values)
    layout.write(
        folder,
        {"people.csv": (HEADING, zip(*written, strict=True))},
        {"people.csv": ((person, "", "") for person in who)},
        {"model": "people", "files": {"people.csv": {"columns": COLUMNS, "dates": "%Y-%m-%d"}}},
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
