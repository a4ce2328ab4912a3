-- The register of one merged dataset. Text is UTF-8, times are UTC in ISO 8601, counts are whole numbers.

-- Which output folder it belongs to: `output` is the folder's name. `told of HASH` is what was told of the
-- file with that hash, so that it is not told by every run.
CREATE TABLE about (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every run that got as far as publishing. One that is not `published` died on the way: its ids stand,
-- its changes are told by the next.
CREATE TABLE runs (
    run       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
    -- All that it was to do is done. The changes of a run that died before that are told again by the
    -- next, because nobody may have seen them.
    settled   INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    version   TEXT NOT NULL,
    -- Hash of all that the run was given, files, settings, model and decisions, once all of it was done.
    given     TEXT NOT NULL DEFAULT '',
    -- Hash of the manifest that it published.
    manifest  TEXT NOT NULL DEFAULT '',
    -- JSON: settings, model and counts, as in the manifest.
    settings  TEXT NOT NULL,
    counts    TEXT NOT NULL
) STRICT;

-- The files that a run read.
CREATE TABLE inputs (
    run    INTEGER NOT NULL REFERENCES runs (run),
    file   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes  INTEGER NOT NULL,
    rows   INTEGER NOT NULL,
    -- JSON: for each sheet its records, and how many of them fill each field.
    sheets TEXT NOT NULL,
    PRIMARY KEY (run, file)
) STRICT, WITHOUT ROWID;

-- Sheets in which a row was ever seen.
CREATE TABLE sources (
    source INTEGER PRIMARY KEY,
    file   TEXT NOT NULL,
    sheet  TEXT NOT NULL,
    UNIQUE (file, sheet)
) STRICT;

-- The sorts of entities.
CREATE TABLE sorts (
    sort   INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    -- The next number; numbers are never used again.
    next   INTEGER NOT NULL
) STRICT;

-- Every row that was ever seen. A row that was edited or moved is still the same one.
CREATE TABLE rows (
    row      INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL REFERENCES sources (source),
    -- Row as a spreadsheet shows it.
    number   INTEGER NOT NULL,
    -- Hash of what its cells say, in whatever order.
    content  INTEGER NOT NULL,
    -- Hashes of 32 bits: how many are of cells, those of the cells, those of the words that say who it is of.
    prints   BLOB NOT NULL,
    -- Mentions, 15 bytes each: sort (1), part (2), sign (4), number (4), first number (4).
    mentions BLOB NOT NULL,
    -- The run that did not find it any more.
    gone     INTEGER REFERENCES runs (run)
) STRICT;

-- Every entity that ever was.
CREATE TABLE entities (
    sort   INTEGER NOT NULL REFERENCES sorts (sort),
    number INTEGER NOT NULL,
    since  INTEGER NOT NULL REFERENCES runs (run),
    -- The run that did not find any row of it.
    gone   INTEGER REFERENCES runs (run),
    -- The entity that it has become one with.
    leads_to INTEGER,
    -- JSON: column to value, and the hash of that.
    said   TEXT NOT NULL,
    print  INTEGER NOT NULL,
    PRIMARY KEY (sort, number)
) STRICT, WITHOUT ROWID;

-- What each run changed.
CREATE TABLE changes (
    run    INTEGER NOT NULL REFERENCES runs (run),
    sort   INTEGER NOT NULL REFERENCES sorts (sort),
    number INTEGER NOT NULL,
    what   TEXT NOT NULL,
    -- The column whose value changed.
    name   TEXT NOT NULL DEFAULT '',
    -- The former value or number, and the new one.
    old    TEXT NOT NULL DEFAULT '',
    new    TEXT NOT NULL DEFAULT '',
    -- The cell that brought it.
    file   TEXT NOT NULL DEFAULT '',
    sheet  TEXT NOT NULL DEFAULT '',
    cell   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX changes_of_run ON changes (run);

-- What persons decided. Nothing is ever taken out: a decision that was taken back says so.
CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    why      TEXT NOT NULL,
    what     TEXT NOT NULL CHECK (what IN ('same', 'different', 'unsure', 'value', 'leave out')),
    -- The row, and which child of it; of a pair both.
    row      INTEGER NOT NULL REFERENCES rows (row),
    part     INTEGER NOT NULL,
    sign     INTEGER NOT NULL,
    other_row  INTEGER REFERENCES rows (row),
    other_part INTEGER,
    other_sign INTEGER,
    -- Of a value: the sort of entity that the row is of, the column and what is right.
    sort     INTEGER REFERENCES sorts (sort),
    name     TEXT,
    value    TEXT,
    taken_back_at  TEXT,
    taken_back_by  TEXT,
    taken_back_why TEXT
) STRICT;

-- Doubtful pairs that were shown to a person, by the code on the review sheet.
CREATE TABLE cases (
    code       TEXT PRIMARY KEY,
    run        INTEGER NOT NULL REFERENCES runs (run),
    row        INTEGER NOT NULL REFERENCES rows (row),
    part       INTEGER NOT NULL,
    sign       INTEGER NOT NULL,
    other_row  INTEGER NOT NULL REFERENCES rows (row),
    other_part INTEGER NOT NULL,
    other_sign INTEGER NOT NULL,
    -- The ids that were shown beside it.
    left_id    TEXT NOT NULL,
    right_id   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
