"""An xlsb workbook, after [MS-XLSB] 2.4."""

import struct
import zipfile

from .sheet import every_fill, every_style, rgb


def number(value):
    """Seven bits a byte, lowest first."""
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def item(kind, data=b""):
    return number(kind) + number(len(data)) + data


def wide(text):
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def xlsb_colour(fill):
    return bytes([5, 0, 0, 0]) + rgb(fill) + b"\xff" if fill else bytes([1, 0x40, 0, 0, 0, 0, 0, 0xFF])


def xlsb_styles(looks):
    fonts, fills = [False, True], ["", ""] + every_fill(looks)
    out = item(278)
    out += item(611, struct.pack("<I", len(fonts)))
    for struck in fonts:
        plain = struct.pack("<HHHHBBBB", 220, 8 if struck else 0, 400, 0, 0, 2, 0, 0)
        out += item(43, plain + bytes([7, 1, 0, 0, 0, 0, 0, 0xFF]) + b"\2" + wide("Calibri"))
    out += item(612) + item(603, struct.pack("<I", len(fills)))
    for at, fill in enumerate(fills):
        pattern = 1 if fill else (0, 17)[at]
        out += item(45, struct.pack("<I", pattern) + xlsb_colour(fill) + xlsb_colour("") + bytes(48))
    out += item(604) + item(613, struct.pack("<I", 1))
    out += item(46, bytes(1) + (bytes(2) + bytes(8)) * 5) + item(614)
    xf = struct.Struct("<HHHHHBBHBB")
    out += item(626, struct.pack("<I", 1)) + item(47, xf.pack(0xFFFF, 0, 0, 0, 0, 0, 0, 0x10, 0, 0)) + item(627)
    out += item(617, struct.pack("<I", len(looks)))
    for look in looks:
        fill = fills.index(look.fill) if look.fill else 0
        out += item(47, xf.pack(0, look.format, int(look.struck), fill, 0, 0, 0, 0x10, 0x3F, 0))
    out += item(618) + item(619, struct.pack("<I", 1))
    out += item(48, struct.pack("<IHBB", 0, 1, 0, 0xFF) + wide("Normal")) + item(620)
    return out + item(279)


def xlsb_cell(cell, looks):
    place = struct.pack("<II", cell.column, looks.index(cell.style))
    value = cell.value
    if cell.adds_one_to:
        row, column = cell.adds_one_to
        tokens = struct.pack("<BIH", 0x44, row, column | 0xC000) + struct.pack("<BH", 0x1E, 1) + b"\x03"
        formula = struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", 0)
        return item(9, place + struct.pack("<d", value) + formula)
    if value is None:
        return item(1, place)
    if isinstance(value, tuple):
        return item(3, place + bytes([value[0]]))
    if isinstance(value, bool):
        return item(4, place + bytes([value]))
    if isinstance(value, float):
        return item(5, place + struct.pack("<d", value))
    return item(6, place + wide(value))


def xlsb_sheet(sheet, looks):
    last_row = max(cell.row for cell in sheet.cells)
    last_column = max(cell.column for cell in sheet.cells)
    out = item(129) + item(148, struct.pack("<IIII", 0, last_row, 0, last_column))
    if sheet.hidden_columns:
        out += item(390)
        for column in sheet.hidden_columns:
            out += item(60, struct.pack("<IIIIH", column, column, 2048, 0, 1))
        out += item(391)
    out += item(145)
    for row in range(last_row + 1):
        hidden = 0x10 if row in sheet.hidden_rows else 0
        out += item(0, struct.pack("<IIHBBBI", row, 0, 300, 0, hidden, 0, 1) + struct.pack("<II", 0, last_column))
        for cell in (cell for cell in sheet.cells if cell.row == row):
            out += xlsb_cell(cell, looks)
    out += item(146)
    if sheet.merged:
        out += item(177, struct.pack("<I", len(sheet.merged)))
        for area in sheet.merged:
            out += item(176, struct.pack("<IIII", *area))
        out += item(178)
    return out + item(130)


def xlsb_comments(sheet):
    out = item(628) + item(630) + item(632, wide("KM")) + item(631) + item(633)
    for row, column, text in sheet.comments:
        out += item(635, struct.pack("<IIIII", 0, row, row, column, column) + bytes(16))
        out += item(637, b"\0" + wide(text)) + item(636)
    return out + item(634) + item(629)


def xlsb(book, path):
    """Writes the workbook."""
    looks = every_style(book)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def relations(*found):
        each = "".join(f'<Relationship Id="{i}" Type="{office}/{kind}" Target="{to}"/>' for i, kind, to in found)
        return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}/relationships">{each}</Relationships>'

    binary = "application/vnd.ms-excel"
    overrides = [("/xl/workbook.bin", f"{binary}.sheet.binary.macroEnabled.main"), ("/xl/styles.bin", f"{binary}.styles")]
    workbook = item(131) + item(143)
    links, parts = [("styles", "styles", "styles.bin")], {"xl/styles.bin": xlsb_styles(looks)}
    for at, sheet in enumerate(book, 1):
        workbook += item(156, struct.pack("<II", int(sheet.hidden), at) + wide(f"s{at}") + wide(sheet.name))
        links.append((f"s{at}", "worksheet", f"worksheets/sheet{at}.bin"))
        parts[f"xl/worksheets/sheet{at}.bin"] = xlsb_sheet(sheet, looks)
        overrides.append((f"/xl/worksheets/sheet{at}.bin", f"{binary}.worksheet"))
        if sheet.comments:
            parts[f"xl/comments{at}.bin"] = xlsb_comments(sheet)
            parts[f"xl/worksheets/_rels/sheet{at}.bin.rels"] = relations(("c", "comments", f"../comments{at}.bin"))
            overrides.append((f"/xl/comments{at}.bin", f"{binary}.comments"))
    parts["xl/workbook.bin"] = workbook + item(144) + item(132)
    parts["xl/_rels/workbook.bin.rels"] = relations(*links)
    parts["_rels/.rels"] = relations(("r1", "officeDocument", "xl/workbook.bin"))
    types = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    types = (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part, content in [("[Content_Types].xml", types), *parts.items()]:
            out.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
