"""How a data set lies on the disk, for those who make one and those who read it.

NAME/files/*.csv     what the tools are given
NAME/truth.csv       who each row is: file,sheet,row,part,child,family,case,born
NAME/dataset.json    what a person who sets a tool up knows of the columns
"""

import csv
import json

TRUTH = ["file", "sheet", "row", "part", "child", "family", "case", "born"]


def write(folder, files, truth, description):
    """Writes a data set.

    `files` has (heading, rows) for each name of a file, `truth` has (person, family, born) for
    each of its rows in the same order, and `description` goes into `dataset.json`.
    """
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for name, (heading, rows) in files.items():
        with open(folder / "files" / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heading)
            writer.writerows(rows)
    with open(folder / "truth.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TRUTH)
        for name, people in truth.items():
            for row, (person, family, born) in enumerate(people, start=2):
                writer.writerow([name, "", row, 1, person, family, "", born])
    text = json.dumps(description, indent=2)
    (folder / "dataset.json").write_text(text + "\n", encoding="utf-8")
