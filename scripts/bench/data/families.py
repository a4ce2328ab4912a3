"""Families in four lists that have different columns; no list has a child twice.

Usage: families.py FOLDER RECORDS. Brothers and sisters share surname, postcode and case, and one
birth in twenty is of twins. Lists have typing errors, initials, missing values, changed surnames,
wrong dates of birth and families who moved.
"""

import sys
from collections import namedtuple
from pathlib import Path

import layout
from noise import Clerk, read_names

Child = namedtuple("Child", "id family forename surname born postcode sex case number")
RECORDS_PER_CHILD = 4 * 0.65

LISTS = {
    "referrals.csv": (
        ["Forename", "Surname", "DOB", "Postcode", "Sex", "Case number"],
        {"first_name": "Forename", "surname": "Surname", "dob": "DOB", "postcode": "Postcode",
         "sex": "Sex", "case_number": "Case number"},
        ["forename", "surname", "born", "postcode", "sex", "case"],
    ),
    "solicitors.csv": (
        ["Full name", "Date of birth", "Postcode", "Solicitor"],
        {"full_name": "Full name", "dob": "Date of birth", "postcode": "Postcode"},
        ["full_name", "born", "postcode", "solicitor"],
    ),
    "hearings.csv": (
        ["first_name", "last_name", "birth_date", "case_no", "gender"],
        {"first_name": "first_name", "surname": "last_name", "dob": "birth_date",
         "case_number": "case_no", "sex": "gender"},
        ["forename", "surname", "born", "case", "sex"],
    ),
    "schools.csv": (
        ["Surname", "First name", "D.O.B.", "Child ID", "Postcode"],
        {"first_name": "First name", "surname": "Surname", "dob": "D.O.B.",
         "postcode": "Postcode"},
        ["surname", "forename", "born", "number", "postcode"],
    ),
}  # fmt: skip


def families(clerk, children, forenames, surnames):
    """So many children, or a few more to make the last family whole."""
    found = []
    family = 0
    while len(found) < children:
        surname, postcode = clerk.common(surnames), clerk.postcode("WB")
        case = f"WB{clerk.randint(18, 22)}C{clerk.randint(0, 99999):05}"
        taken, born = set(), None
        for _ in range(clerk.choices([1, 2, 3, 4, 5], [30, 35, 20, 10, 5])[0]):
            if born is None or not clerk.often(0.05):
                born = clerk.day(2003, 2021)
            forename = next(
                name for name in iter(lambda: clerk.common(forenames), None) if name not in taken
            )
            taken.add(forename)
            own = surname if clerk.often(0.9) else clerk.common(surnames)
            number = str(clerk.randint(100000, 999999))
            found.append(Child(len(found), family, forename, own, born, postcode,
                               clerk.choice("MF"), case, number))  # fmt: skip
        family += 1
    return found


def written(clerk, child, surnames):
    """The child as one list has it, by the names of the values."""
    forename = clerk.slip(child.forename) if clerk.often(0.05) else child.forename
    chance = clerk.random()
    forename = forename[0] if chance < 0.04 else "" if chance < 0.06 else forename
    surname = clerk.slip(child.surname) if clerk.often(0.05) else child.surname
    surname = clerk.common(surnames) if clerk.often(0.06) else surname
    chance = clerk.random()
    born = clerk.wrong_day(child.born) if chance < 0.03 else child.born
    born = "" if chance > 0.94 else born.strftime("%d/%m/%Y")
    chance = clerk.random()
    postcode = clerk.postcode("WB") if chance < 0.1 else "" if chance < 0.25 else child.postcode
    return {
        "forename": forename,
        "surname": surname,
        "full_name": f"{forename} {surname}".strip(),
        "born": born,
        "postcode": postcode,
        "sex": child.sex if clerk.often(0.95) else "",
        "case": child.case if clerk.often(0.9) else "",
        "number": child.number if clerk.often(0.6) else "",
        "solicitor": clerk.choice(["J Doe", "A Patel", "M Ray"]),
    }


def main(folder, records):
    """Makes the four lists."""
    clerk = Clerk(2026)
    forenames, surnames = read_names("forenames.txt"), read_names("surnames.txt")
    children = families(clerk, round(records / RECORDS_PER_CHILD), forenames, surnames)
    files, truth, descriptions = {}, {}, {}
    for name, (heading, columns, values) in LISTS.items():
        listed = [child for child in children if clerk.often(RECORDS_PER_CHILD / 4)]
        clerk.shuffle(listed)
        rows = [written(clerk, child, surnames) for child in listed]
        files[name] = (heading, [[row[value] for value in values] for row in rows])
        truth[name] = [(c.id, c.family, c.born.isoformat()) for c in listed]
        descriptions[name] = {"columns": columns, "dates": "%d/%m/%Y"}
    layout.write(folder, files, truth, {"model": "families", "files": descriptions})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
