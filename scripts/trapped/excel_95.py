"""A workbook of Excel 5 and 95 (BIFF5), after the record layouts that OpenOffice.org's documentation of the
Excel file format gives."""

import struct

from .sheet import Style, every_fill, every_style, rgb

PALETTE_FROM, NO_COLOUR = 8, 0x40
STYLES_BEFORE = 15


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def biff5_globals(book, looks, offsets):
    out = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x0DBB, 0x07CC))
    out += record(0x005C, b"\4made" + b" " * 27)
    out += record(0x0042, struct.pack("<H", 1252))
    # Fonts 0 to 3 are plain, 4 does not exist, the next is struck through.
    for options in (0, 0, 0, 0, 8):
        out += record(0x0031, struct.pack("<HHHHHBBBB", 200, options, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\5Arial")
    fills = every_fill(looks)
    palette = b"".join(rgb(fill) + b"\0" for fill in fills).ljust(56 * 4, b"\0")
    for at in range(STYLES_BEFORE + len(looks)):
        style = looks[at - STYLES_BEFORE] if at >= STYLES_BEFORE else Style()
        font = 5 if style.struck else 0
        fill = 1 << 16 | (PALETTE_FROM + fills.index(style.fill)) if style.fill else NO_COLOUR
        kind = 0x0001 if at >= STYLES_BEFORE else 0xFFF5
        out += record(0x00E0, struct.pack("<HHHHII", font, style.format, kind, 0x20, fill | 0x41 << 7, 0))
    out += record(0x0092, struct.pack("<H", 56) + palette)
    out += record(0x0293, b"\x00\x80\x00\xff")
    for sheet, offset in zip(book, offsets):
        title = sheet.name.encode("cp1252")
        out += record(0x0085, struct.pack("<IBBB", offset, sheet.hidden, 0, len(title)) + title)
    return out + record(0x000A)


def biff5_cell(cell, looks):
    place = struct.pack("<HHH", cell.row, cell.column, STYLES_BEFORE + looks.index(cell.style))
    value = cell.value
    if cell.adds_one_to:
        row, column = cell.adds_one_to
        tokens = struct.pack("<BHB", 0x44, row | 0xC000, column) + struct.pack("<BH", 0x1E, 1) + b"\x03"
        return record(0x0006, place + struct.pack("<dHIH", value, 0, 0, len(tokens)) + tokens)
    if value is None:
        return record(0x0201, place)
    if isinstance(value, tuple):
        return record(0x0205, place + bytes([value[0], 1]))
    if isinstance(value, bool):
        return record(0x0205, place + bytes([value, 0]))
    if isinstance(value, float):
        return record(0x0203, place + struct.pack("<d", value))
    text = value.encode("cp1252")
    return record(0x0204, place + struct.pack("<H", len(text)) + text)


def biff5_comment(row, column, text, at_once=2048):
    text = text.encode("cp1252")
    out = b""
    for start in range(0, max(len(text), 1), at_once):
        part = text[start : start + at_once]
        place = (row, column, len(text)) if start == 0 else (0xFFFF, 0, len(part))
        out += record(0x001C, struct.pack("<HHH", *place) + part)
    return out


def biff5_sheet(sheet, looks):
    rows = 1 + max(cell.row for cell in sheet.cells)
    columns = 1 + max(cell.column for cell in sheet.cells)
    out = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x0DBB, 0x07CC))
    for column in sheet.hidden_columns:
        out += record(0x007D, struct.pack("<HHHHHB", column, column, 2048, STYLES_BEFORE, 1, 0))
    out += record(0x0200, struct.pack("<HHHHH", 0, rows, 0, columns, 0))
    for row in range(rows):
        hidden = 0x20 if row in sheet.hidden_rows else 0
        out += record(0x0208, struct.pack("<HHHHHHHH", row, 0, columns, 255, 0, 0, 0x100 | hidden, STYLES_BEFORE))
    for cell in sheet.cells:
        out += biff5_cell(cell, looks)
    for comment in sheet.comments:
        out += biff5_comment(*comment)
    return out + record(0x023E, struct.pack("<HHHHH", 0x06B6, 0, 0, 0, 0)) + record(0x000A)


def compound(title, stream):
    """A compound file of one stream: sector 0 is the allocation table, 1 the directory."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    sectors, end, free = len(stream) // 512, 0xFFFFFFFE, 0xFFFFFFFF
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    table = [0xFFFFFFFD, end] + [at + 1 for at in range(2, sectors + 1)] + [end]
    table += [free] * (128 - len(table))

    def entry(title, kind, child, start, size):
        wide = title.encode("utf-16-le")
        length = len(wide) + 2 if title else 0
        return (
            wide.ljust(64, b"\0")
            + struct.pack("<HBBIII", length, kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(title, 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    return head + struct.pack("<128I", *table) + directory + stream


def excel_95(book):
    """The bytes of the workbook."""
    looks = every_style(book)
    pages = [biff5_sheet(sheet, looks) for sheet in book]
    offsets, at = [], len(biff5_globals(book, looks, [0] * len(book)))
    for page in pages:
        offsets.append(at)
        at += len(page)
    return compound("Book", biff5_globals(book, looks, offsets) + b"".join(pages))
