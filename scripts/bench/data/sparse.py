"""Many short records per person, with much missing and much wrong.

Usage: sparse.py FOLDER RECORDS. About ten records per person in one file. Forenames come as middle
names, short forms or with slips, dates of birth as 1 January or of a wrong year, places in several
spellings; an occupation and a sex are there or not.
"""

import sys
from pathlib import Path

import layout
from noise import SHORT_FORMS, Clerk, read_names

HEADING = ["first_name", "surname", "dob", "birth_place", "postcode", "gender", "occupation"]
COLUMNS = {name: name for name in ["first_name", "surname", "dob", "birth_place", "postcode"]} | {
    "sex": "gender",
    "occupation": "occupation",
}
JOBS = (
    "actor artist author baker barrister botanist bishop chemist clergyman composer cricketer "
    "doctor engineer explorer farmer footballer historian inventor journalist judge lawyer "
    "merchant miner musician nurse painter photographer poet politician printer sailor sculptor "
    "singer soldier teacher translator weaver writer"
).split()
RECORDS_PER_PERSON = 10.0


def spellings(place):
    """The ways in which one place is written."""
    return [place, place, f"city of {place}", f"{place}, england", place.replace("ton", "tn")]


def written(clerk, person):
    """One record of a person."""
    forename, middle, surname, born, places, postcode, sex, job = person
    chance = clerk.random()
    first = (
        middle
        if chance < 0.08
        else SHORT_FORMS.get(forename, forename)
        if chance < 0.2
        else forename
    )
    first = clerk.slip(first) if clerk.often(0.08) else first
    last = clerk.slip(surname) if clerk.often(0.12) else surname
    chance = clerk.random()
    if chance < 0.1:
        born = born.replace(month=1, day=1)
    elif chance < 0.17:
        born = clerk.wrong_day(born)
    place = clerk.choice(spellings(clerk.choice(places)))
    moved = clerk.postcode() if clerk.often(0.2) else postcode
    values = [first, last, born.isoformat(), place, moved, sex, job]
    missing = [0.15, 0.08, 0.25, 0.4, 0.4, 0.1, 0.45]
    return [
        "" if clerk.often(share) else value for value, share in zip(values, missing, strict=True)
    ]


def main(folder, records):
    """Makes the list."""
    clerk = Clerk(1837)
    forenames, surnames = read_names("forenames.txt"), read_names("surnames.txt")
    common = forenames[:40] + sorted(SHORT_FORMS)
    towns = [name.lower() + "ton" for name in surnames[:300]]
    rows, people = [], 0
    while len(rows) < records:
        person = (clerk.common(common), clerk.common(common), clerk.common(surnames),
                  clerk.day(1700, 1950), [clerk.common(towns), clerk.common(towns)],
                  clerk.postcode(), clerk.choice(["male", "female"]), clerk.choice(JOBS))  # fmt: skip
        times = min(
            clerk.choices([1, 3, 6, 10, 15, 25], [5, 15, 20, 30, 20, 10])[0], records - len(rows)
        )
        rows += [(written(clerk, person), (people, "", "")) for _ in range(times)]
        people += 1
    clerk.shuffle(rows)
    layout.write(
        folder,
        {"people.csv": (HEADING, [row for row, _ in rows])},
        {"people.csv": [who for _, who in rows]},
        {"model": "sparse", "files": {"people.csv": {"columns": COLUMNS, "dates": "%Y-%m-%d"}}},
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
