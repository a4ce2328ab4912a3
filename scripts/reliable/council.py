"""A council's trackers as grids of cells, with the truth of each row beside it: whatever is edited,
sorted, added or taken away, `truth.csv` stays true.

Text files are read and written by the standard library; xlsx workbooks too where openpyxl is there.
All other files stay as they were made.
"""

import csv
import io

try:
    import openpyxl
except ImportError:
    openpyxl = None


class Row:
    """A row: its cells, and who it is of. It is the same one wherever it stands."""

    number = 0

    def __init__(self, cells, truth=(), looks=None):
        Row.number += 1
        self.uid, self.cells, self.truth, self.looks = Row.number, cells, list(truth), looks


class Sheet:
    """A sheet of a file."""

    def __init__(self, file, name, rows):
        self.file, self.name, self.rows = file, name, rows

    @property
    def heading(self):
        """The place of the headings: the last well filled row before the first that is of somebody."""
        first = next(i for i, row in enumerate(self.rows) if row.truth)
        filled = [sum(cell not in (None, "") for cell in row.cells) for row in self.rows[:first]]
        return max(i for i, count in enumerate(filled) if count >= 3)

    def column(self, *names):
        """The place of the first column with one of these headings."""
        headings = self.rows[self.heading].cells
        return next((headings.index(name) for name in names if name in headings), None)

    def of_somebody(self):
        """The rows that are of somebody."""
        return [row for row in self.rows if row.truth]


class Council:
    """The trackers of a folder."""

    def __init__(self, folder):
        self.folder, self.rest, self.sheets, self.books = folder, [], [], {}
        truth = {}
        with open(folder / "truth.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                place = (row["file"], row["sheet"], int(row["row"]))
                truth.setdefault(place, []).append((row["part"], row["child"], row["family"], row["case"]))
        for path in sorted(folder.iterdir()):
            if path.name == "truth.csv":
                continue
            known = {place: who for place, who in truth.items() if place[0] == path.name}
            if path.suffix in (".csv", ".tsv") and known:
                self.text(path, known)
            elif path.suffix == ".xlsx" and known and openpyxl:
                self.workbook(path, known)
            else:
                self.rest += [(place, who) for place, who in known.items()]
        self.children = {child for who in truth.values() for (_, child, _, _) in who}

    def text(self, path, truth):
        raw = path.read_bytes()
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            encoding = "cp1252"
            text = raw.decode(encoding)
        comma = "\t" if path.suffix == ".tsv" else ","
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
        rows = [Row(cells, truth.get((path.name, "", i), ())) for i, cells in enumerate(rows, 1)]
        self.sheets.append(Sheet(path.name, "", rows))
        self.books[path.name] = (comma, encoding)

    def workbook(self, path, truth):
        book = openpyxl.load_workbook(path)
        self.books[path.name] = book
        for sheet in book:
            rows = [
                Row([cell.value for cell in cells], truth.get((path.name, sheet.title, i), ()),
                    [cell._style for cell in cells])
                for i, cells in enumerate(sheet.iter_rows(), 1)
            ]  # fmt: skip
            if any(row.truth for row in rows):
                self.sheets.append(Sheet(path.name, sheet.title, rows))

    def sheet(self, start, name=None):
        """The sheet of a file whose name starts so."""
        fits = (s for s in self.sheets if s.file.startswith(start) and name in (None, s.name))
        return next(fits, None)

    def rename(self, old, new):
        """A file gets another name."""
        (self.folder / old).unlink(missing_ok=True)
        self.books[new] = self.books.pop(old)
        for sheet in self.sheets:
            if sheet.file == old:
                sheet.file = new

    def places(self):
        """Where each row stands: (file, sheet, row) to the row."""
        return {(sheet.file, sheet.name, i): row for sheet in self.sheets for i, row in enumerate(sheet.rows, 1)}

    def write(self):
        """Writes the trackers and the truth."""
        for name, book in self.books.items():
            if isinstance(book, tuple):
                (comma, encoding) = book
                sheet = next(sheet for sheet in self.sheets if sheet.file == name)
                text = io.StringIO(newline="")
                csv.writer(text, delimiter=comma).writerows(row.cells for row in sheet.rows)
                (self.folder / name).write_bytes(text.getvalue().encode(encoding, "replace"))
            else:
                self.fill(book, name)
                book.save(self.folder / name)
        truth = [(place, row.truth) for place, row in self.places().items() if row.truth]
        with open(self.folder / "truth.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "sheet", "row", "part", "child", "family", "case"])
            for place, who in truth + self.rest:
                writer.writerows([*place, *one] for one in who)

    def fill(self, book, name):
        for sheet in (sheet for sheet in self.sheets if sheet.file == name):
            grid = book[sheet.name]
            if grid.max_row > len(sheet.rows):
                grid.delete_rows(len(sheet.rows) + 1, grid.max_row - len(sheet.rows))
            for i, row in enumerate(sheet.rows, 1):
                for j, value in enumerate(row.cells, 1):
                    cell = grid.cell(i, j)
                    if not isinstance(cell, openpyxl.cell.MergedCell):
                        cell.value = value
                        if row.looks:
                            cell._style = row.looks[j - 1]
