"""The sheets of a flat OpenDocument file: cells, looks, comments."""

from dataclasses import dataclass, field
from datetime import date

NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
NO_VALUE, DIVIDED_BY_ZERO = 0x2A, 0x07
ERRORS = {"#N/A": NO_VALUE, "#DIV/0!": DIVIDED_BY_ZERO}
GENERAL, PERCENT, DAY, HOUR = 0, 9, 14, 20
FORMATS = {"date": DAY, "time": HOUR, "percent": PERCENT}


def name(qualified):
    prefix, local = qualified.split(":")
    return f"{{{NS[prefix]}}}{local}"


@dataclass
class Style:
    """How a cell looks: a built-in number format, a fill, a stroke."""

    format: int = GENERAL
    fill: str = ""
    struck: bool = False


@dataclass
class Cell:
    """`value` is a number, a text, a truth value, an error's code in a tuple, or None."""

    row: int
    column: int
    value: object
    style: Style
    adds_one_to: tuple | None = None


@dataclass
class Sheet:
    name: str
    hidden: bool = False
    cells: list = field(default_factory=list)
    hidden_rows: list = field(default_factory=list)
    hidden_columns: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    comments: list = field(default_factory=list)


def styles(tree):
    found = {None: Style()}
    for style in tree.iter(name("style:style")):
        own = Style(FORMATS.get(style.get(name("style:name")), GENERAL))
        for cell in style.iter(name("style:table-cell-properties")):
            own.fill = cell.get(name("fo:background-color"), "").lstrip("#")
        own.struck = any(True for _ in style.iter(name("style:text-properties")))
        found[style.get(name("style:name"))] = own
    return found


def lines(element):
    return "\n".join("".join(p.itertext()) for p in element.findall("text:p", NS))


def value_of(cell):
    text, kind = lines(cell), cell.get(name("office:value-type"))
    if text in ERRORS:
        return (ERRORS[text],)
    if kind == "date":
        return float((date.fromisoformat(cell.get(name("office:date-value"))) - date(1899, 12, 30)).days)
    if kind == "time":
        hours, minutes = cell.get(name("office:time-value"))[2:].split("H")
        return (int(hours) + int(minutes.split("M")[0]) / 60) / 24
    if kind == "boolean":
        return cell.get(name("office:boolean-value")) == "true"
    if kind in ("float", "percentage"):
        return float(cell.get(name("office:value")))
    return text if kind == "string" else None


def sheets(tree):
    looks = styles(tree)
    for table in tree.iter(name("table:table")):
        sheet = Sheet(table.get(name("table:name")), table.get(name("table:style-name")) == "hidden")
        at = 0
        for column in table.findall("table:table-column", NS):
            if column.get(name("table:visibility")):
                sheet.hidden_columns.append(at)
            at += int(column.get(name("table:number-columns-repeated"), 1))
        for row, cells in enumerate(table.findall("table:table-row", NS)):
            if cells.get(name("table:visibility")):
                sheet.hidden_rows.append(row)
            column = 0
            for cell in cells:
                down, across = (
                    int(cell.get(name(f"table:number-{way}-spanned"), 1)) - 1 for way in ("rows", "columns")
                )
                if down or across:
                    sheet.merged.append((row, row + down, column, column + across))
                for comment in cell.findall("office:annotation", NS):
                    sheet.comments.append((row, column, lines(comment)))
                style, value = looks[cell.get(name("table:style-name"))], value_of(cell)
                formula = cell.get(name("table:formula"), "")
                adds = (int(formula[7:-3]) - 1, 0) if formula.endswith("+1") else None
                if value is not None or style != looks[None]:
                    sheet.cells.append(Cell(row, column, value, style, adds))
                column += int(cell.get(name("table:number-columns-repeated"), 1))
        yield sheet


def every_style(book):
    found = [Style()]
    for sheet in book:
        found += [cell.style for cell in sheet.cells if cell.style not in found]
    return [style for at, style in enumerate(found) if style not in found[:at]]


def every_fill(looks):
    fills = [style.fill for style in looks if style.fill]
    return sorted(set(fills), key=fills.index)


def rgb(fill):
    return bytes.fromhex(fill)
