"""GoldenMatch with no configuration, as its quick start has it.

It is given the files as they are; where their headings differ, which it refuses, it is given one
file of them all with conformed columns (`conform.py`).
"""

import tempfile
from pathlib import Path

import duckdb
import goldenmatch
import pandas
from conform import conform
from task import Task


def alike(files):
    """Whether all files have the same headings."""
    return len({tuple(pandas.read_csv(path, nrows=0).columns) for path in files}) == 1


def conformed(task, folder):
    """One file of all records with conformed columns, in the same order."""
    connection = duckdb.connect()
    records = pandas.concat(
        connection.table(table).order("unique_id").df() for table in conform(connection, task)
    ).drop(columns=["unique_id", "source_dataset"])
    path = Path(folder) / "all.csv"
    records.to_csv(path, index=False)
    return [path]


def main():
    """Links a data set."""
    task = Task()
    with tempfile.TemporaryDirectory() as folder:
        files = task.files if alike(task.files) else conformed(task, folder)
        result = goldenmatch.dedupe(*map(str, files))
    places = [
        (path.name, row + 2)
        for path in task.files
        for row in range(len(pandas.read_csv(path, dtype=str)))
    ]
    task.write(
        (*places[member], number)
        for number, cluster in result.clusters.items()
        for member in cluster["members"]
    )


if __name__ == "__main__":
    main()
