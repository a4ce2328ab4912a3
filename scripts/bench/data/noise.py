"""What goes wrong when people are written down: shared by the made-up data sets.

Own code, standard library only, and the same bytes for the same seed.
"""

import calendar
import datetime
import random
import string
from pathlib import Path

NAMES = Path(__file__).resolve().parents[3] / "crates" / "synth" / "data"
SHORT_FORMS = {
    "Abigail": "Abi", "Alexander": "Alex", "Amelia": "Millie", "Andrew": "Andy",
    "Anthony": "Tony", "Benjamin": "Ben", "Charlotte": "Lottie", "Christopher": "Chris",
    "Daniel": "Dan", "David": "Dave", "Edward": "Ted", "Eleanor": "Nell", "Elizabeth": "Beth",
    "Frederick": "Fred", "Gabriel": "Gabe", "Harriet": "Hattie", "Henry": "Harry",
    "Isabella": "Bella", "Jacob": "Jake", "James": "Jim", "Jessica": "Jess", "Joseph": "Joe",
    "Joshua": "Josh", "Katherine": "Kate", "Leonard": "Len", "Lewis": "Lew", "Matthew": "Matt",
    "Michael": "Mike", "Nathaniel": "Nat", "Nicholas": "Nick", "Oliver": "Ollie",
    "Patrick": "Paddy", "Rebecca": "Becky", "Robert": "Bob", "Samuel": "Sam", "Sophia": "Sophie",
    "Thomas": "Tom", "Timothy": "Tim", "Victoria": "Vicky", "William": "Bill", "Zachary": "Zac",
}  # fmt: skip


def read_names(file):
    """The names of one of the project's lists, in an order that no heritage leads."""
    lines = (NAMES / file).read_text(encoding="utf-8").splitlines()
    kept = (line for line in lines if not line.startswith(("#", "[")))
    names = dict.fromkeys(name.strip() for line in kept for name in line.split(",") if name.strip())
    shuffled = list(names)
    random.Random(1).shuffle(shuffled)
    return shuffled


class Clerk(random.Random):
    """A source of chance that makes a clerk's mistakes."""

    def often(self, share):
        """True in this share of calls."""
        return self.random() < share

    def common(self, names):
        """One of the names; the first are much commoner than the last."""
        return names[min(int(self.expovariate(6 / len(names))), len(names) - 1)]

    def slip(self, text):
        """The text with one letter lost, doubled, swapped with the next, or wrong."""
        if len(text) < 3:
            return text
        at = self.randrange(1, len(text) - 1)
        before, letter, after = text[:at], text[at], text[at + 1 :]
        wrong = self.choice(string.ascii_lowercase)
        return self.choices(
            [before + after, before + letter + letter + after, before + wrong + after,
             before + after[0] + letter + after[1:]],
            [30, 20, 20, 30],
        )[0]  # fmt: skip

    def day(self, first_year, last_year):
        """A day of one of these years."""
        first = datetime.date(first_year, 1, 1).toordinal()
        last = datetime.date(last_year, 12, 31).toordinal()
        return datetime.date.fromordinal(self.randint(first, last))

    def wrong_day(self, day):
        """The day as a clerk gets it wrong: a digit, day and month exchanged, or the year."""
        kind = self.choice(["near", "ten", "exchanged", "year"])
        if kind == "exchanged" and day.day <= 12:
            return datetime.date(day.year, day.day, day.month)
        if kind == "year":
            year = day.year + self.choice([-10, -1, 1, 10])
            return day.replace(year=year, day=min(day.day, 28))
        shifted = day.day + self.choice([-1, 1] if kind == "near" else [-10, 10])
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=max(1, min(last, shifted)))

    def postcode(self, area=None):
        """A postcode, of the area if one is given."""
        area = area or self.choice("ABCDEGHLMNPRSTWY") + self.choice("ABDEHLNPRSTUW")
        inward = self.choice("ABDEFGHJLN") + self.choice("PQRSTUWXYZ")
        return f"{area}{self.randint(1, 30)} {self.randint(1, 9)}{inward}"
