"""recordlinkage on the febrl data sets, as its documentation's examples do it.

Index on the same given name, compare as in "Data deduplication" and "Link two datasets", classify
without training data ("Unsupervised learning", the ECM classifier), and join what is connected.
"""

import pandas
import recordlinkage
from recordlinkage.index import Block
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from task import Task, write_csv


def read(path):
    """One file, its records known by file and row."""
    frame = pandas.read_csv(path, dtype=str)
    frame.index = pandas.Index([f"{path.name}:{row + 2}" for row in range(len(frame))])
    return frame


def compared(pairs, frames):
    """How the columns of each pair agree."""
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name", label="given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
    compare.exact("date_of_birth", "date_of_birth", label="date_of_birth")
    compare.exact("suburb", "suburb", label="suburb")
    compare.exact("state", "state", label="state")
    compare.string("address_1", "address_1", threshold=0.85, label="address_1")
    return compare.compute(pairs, *frames)


def place(record):
    """File and row of a record."""
    file, row = record.rsplit(":", 1)
    return file, int(row)


def main():
    """Links a data set."""
    task = Task()
    frames = [read(path) for path in task.files]
    indexer = recordlinkage.Index()
    indexer.add(Block("given_name"))
    pairs = indexer.index(*frames)
    if task.study:
        task.study.mkdir(parents=True, exist_ok=True)
        heading = ["left_file", "left_row", "right_file", "right_row"]
        write_csv(task.study / "candidates.csv", heading, (place(a) + place(b) for a, b in pairs))
    # The given name is the same in every pair, so it cannot tell matches from others.
    features = compared(pairs, frames).drop(columns="given_name")
    matches = recordlinkage.ECMClassifier().fit_predict(features)
    records = pandas.Index([record for frame in frames for record in frame.index])
    left = records.get_indexer(matches.get_level_values(0))
    right = records.get_indexer(matches.get_level_values(1))
    graph = coo_matrix(([1] * len(matches), (left, right)), shape=(len(records), len(records)))
    _, clusters = connected_components(graph, directed=False)
    task.write((*place(record), cluster) for record, cluster in zip(records, clusters, strict=True))


if __name__ == "__main__":
    main()
