"""What people do to trackers from one day to the next. Each edit takes the council and a source of
chance, and gives the rows that it touched; a row that was only moved was not touched."""

from .council import Row

CARE, SCHOOL, ENDED, S20, COURT = "CMS export", "Education", "Section 20 ended", "S20", "Court work"
FORENAMES = ("Forename", "First name", "Legal forename", "Given name")
SURNAMES = ("Last name", "Surname", "Legal surname", "Family name")
BIRTHS = ("DOB", "D.O.B.", "Date of birth", "Birth date", "Date of Birth")
IDS = ("Person Unique ID", "Child ID", "Mosaic ID", "Person ID")
STATUS = ("Case status", "Status of case")

# The seed of the council whose files and headings are known here; chance makes its history.
COUNCIL = 1

# Headings that say the same.
WORDS = [
    ("Forename", "First name"),
    ("Last name", "Surname"),
    ("DOB", "Date of birth"),
    ("Case status", "Status of case"),
    ("Allocated Team", "Team"),
    ("Home postcode", "Postcode"),
    ("Start date", "Date accommodated"),
]


def lists(council):
    """The sheets that have one child in a row, with forename and surname each."""
    found = (council.sheet(name) for name in (CARE, SCHOOL, ENDED))
    return [sheet for sheet in found if sheet and sheet.column(*FORENAMES) is not None]


def new_children(council, rng):
    """Children whom nobody knew come into the care list, one of them into the school list too."""
    touched, (care, school) = [], (council.sheet(CARE), council.sheet(SCHOOL))
    for nth in range(rng.randint(1, 3)):
        child = f"c{900_000 + len(council.children):06}"
        council.children.add(child)
        names = [rng.choice(care.of_somebody()).cells[care.column(*names)] for names in (FORENAMES, SURNAMES)]
        born = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2005, 2020)}"
        for sheet in (care, school)[: 2 - nth % 2]:
            cells = [""] * len(sheet.rows[sheet.heading].cells)
            for heading, value in zip((FORENAMES, SURNAMES, BIRTHS), [*names, born], strict=True):
                cells[sheet.column(*heading)] = value
            if sheet is care:
                cells[care.column(*IDS)] = str(rng.randint(2_000_000, 9_999_999))
                cells[care.column(*STATUS)] = "Open"
            row = Row(cells, [("1", child, "", "")])
            sheet.rows.insert(rng.randint(sheet.heading + 1, len(sheet.rows)), row)
            touched.append(row)
    return touched


def new_rows(council, rng):
    """A child of the care list gets a row in the list of ended section 20 episodes."""
    care, ended = council.sheet(CARE), council.sheet(ENDED)
    source = rng.choice(care.of_somebody())
    cells = [""] * len(ended.rows[ended.heading].cells)
    for heading in (FORENAMES, SURNAMES, BIRTHS, IDS):
        if ended.column(*heading) is not None:
            cells[ended.column(*heading)] = source.cells[care.column(*heading)]
    cells[ended.column("Start date", "Date accommodated")] = f"2021-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
    row = Row(cells, source.truth)
    ended.rows.append(row)
    return [row]


def mended(council, rng):
    """Names that two lists spell differently become one spelling."""
    spelt, touched = {}, []
    for sheet in lists(council):
        for row in sheet.of_somebody():
            for names in (FORENAMES, SURNAMES):
                spelt.setdefault((row.truth[0][1], names), []).append((sheet, row))
    differ = [
        (names, places)
        for (_, names), places in spelt.items()
        if len({row.cells[sheet.column(*names)] for sheet, row in places}) > 1
    ]
    for names, places in rng.sample(differ, min(3, len(differ))):
        (right, source), (sheet, row) = places[0], places[-1]
        row.cells[sheet.column(*names)] = source.cells[right.column(*names)]
        touched.append(row)
    return touched


def mistyped(council, rng):
    """Two letters of a name change places."""
    sheet = rng.choice(lists(council))
    row, column = rng.choice(sheet.of_somebody()), sheet.column(*rng.choice((FORENAMES, SURNAMES)))
    name = row.cells[column]
    if len(name) > 4:
        row.cells[column] = name[:2] + name[3] + name[2] + name[4:]
    return [row]


def concluded(council, rng):
    """Cases conclude: in the care list, and one moves from one sheet of the court tracker to the other."""
    care, touched = council.sheet(CARE), []
    column = care.column(*STATUS)
    open_ones = [row for row in care.of_somebody() if row.cells[column] == "Open"]
    for row in rng.sample(open_ones, min(2, len(open_ones))):
        row.cells[column] = "Closed"
        touched.append(row)
    (live, ended) = (council.sheet(COURT, "Live"), council.sheet(COURT, "Concluded"))
    if live and ended and len(live.of_somebody()) > 5:
        gone = rng.choice(live.of_somebody())
        live.rows.remove(gone)
        names = {row.truth[0][1]: row for row in care.of_somebody()}
        for _, child, family, case in gone.truth:
            cells = [None] * len(ended.rows[ended.heading].cells)
            cells[ended.column("Case Number")] = gone.cells[live.column("Proceedings no")]
            known = names.get(child)
            if known:
                name = [known.cells[care.column(*names)] for names in (FORENAMES, SURNAMES)]
                cells[ended.column("Child")] = " ".join(name)
                cells[ended.column("D.o.b.")] = known.cells[care.column(*BIRTHS)] or None
                cells[ended.column("Outcome")] = "Care order"
                row = Row(cells, [("1", child, family, case)], ended.of_somebody()[0].looks)
                ended.rows.append(row)
                touched.append(row)
        touched.append(gone)
    return touched


def renamed_child(council, rng):
    """A child gets another surname, in one list."""
    sheet = rng.choice(lists(council))
    row, other = rng.sample(sheet.of_somebody(), 2)
    row.cells[sheet.column(*SURNAMES)] = other.cells[sheet.column(*SURNAMES)]
    return [row]


def left(council, rng):
    """A child is taken off a list."""
    sheet = rng.choice(lists(council))
    if len(sheet.of_somebody()) < 10:
        return []
    row = rng.choice(sheet.of_somebody())
    sheet.rows.remove(row)
    return [row]


def sorted_anew(council, rng):
    """A tracker is sorted by one of its columns."""
    flat = [sheet for sheet in council.sheets if all(len(row.truth) < 2 for row in sheet.rows)]
    sheet = rng.choice([sheet for sheet in flat if is_plain(sheet)])
    places = [i for i, row in enumerate(sheet.rows) if row.truth]
    column = rng.randrange(len(sheet.rows[sheet.heading].cells))
    rows = sorted((sheet.rows[i] for i in places), key=lambda row: str(row.cells[column : column + 1]))
    for place, row in zip(places, rows, strict=True):
        sheet.rows[place] = row
    return []


def is_plain(sheet):
    """No row of it leans on the one above."""
    return sheet.name in ("", "Concluded", "S20")


def renamed_column(council, rng):
    """A column gets another heading that says the same."""
    sheet = rng.choice(lists(council))
    headings = sheet.rows[sheet.heading].cells
    known = [(one, other) for pair in WORDS for one, other in (pair, pair[::-1]) if one in headings]
    known = [(one, other) for one, other in known if other not in headings]
    if known:
        (one, other) = rng.choice(known)
        headings[headings.index(one)] = other
    return []


def renamed_file(council, rng):
    """A file gets the date of the day in its name."""
    sheet = rng.choice(lists(council))
    stem, _, end = sheet.file.rpartition(".")
    words = [word for word in stem.split(" ") if not word.startswith("v")]
    council.rename(sheet.file, f"{' '.join(words)} v{rng.randint(100, 999)}.{end}")
    return []


SOMETIMES = [renamed_child, sorted_anew, renamed_column, left, mistyped, renamed_file]


def a_night(council, rng, night):
    """What happens between two runs; gives the rows that were touched, and what was done."""
    done = [new_children, mended, concluded]
    done += [new_rows] if night % 2 == 0 else []
    done += [SOMETIMES[night % len(SOMETIMES)], rng.choice(SOMETIMES)]
    touched = [row for edit in done for row in edit(council, rng)]
    return touched, [edit.__name__ for edit in done]
