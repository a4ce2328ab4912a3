"""Splink, with DuckDB, as its examples use it: see `splink_models.py` for each data set.

Its documentation asks for conformed columns: `conform.py` makes them.
"""

import duckdb
from conform import conform
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink_models import MODELS
from task import Task

THRESHOLD = 0.95
GRID = [
    0.001,
    0.01,
    0.1,
    0.3,
    0.5,
    0.7,
    0.8,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.999,
    0.9995,
    0.9999,
    0.99999,
]


def trained(connection, task):
    """The model with its parameters estimated."""
    model = MODELS[task.model]()
    api = DuckDBAPI(connection=connection)
    tables = [api.register(table) for table in conform(connection, task)]
    settings = SettingsCreator(
        link_type=model.link_type,
        comparisons=model.comparisons,
        blocking_rules_to_generate_predictions=model.blocking,
    )
    linker = Linker(tables if len(tables) > 1 else tables[0], settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(model.deterministic, recall=model.recall)
    training.estimate_u_using_random_sampling(max_pairs=model.u_pairs, seed=1)
    for columns in model.training:
        rule = block_on(columns) if isinstance(columns, str) else block_on(*columns)
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=model.training_pairs
        )
    return linker


def cluster(linker, predictions, threshold):
    """A table of clusters: its name."""
    clustering = linker.clustering
    clusters = clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold)
    return clusters.physical_name


def study(connection, linker, folder):
    """The candidate pairs, and the clusters at each threshold of the grid."""
    folder.mkdir(parents=True, exist_ok=True)
    predictions = linker.inference.predict(threshold_match_probability=0)
    table = predictions.physical_name
    # Where there is one file only, Splink does not say which.
    several = "source_dataset_l" in connection.table(table).columns
    left, right = ["source_dataset_l", "source_dataset_r"] if several else ["first", "first"]
    connection.execute(
        f"""copy (select {left} as left_file, unique_id_l as left_row,
        {right} as right_file, unique_id_r as right_row
        from {table}, (select source_dataset as first from file_0 limit 1))
        to '{folder / "candidates.csv"}' (header)"""
    )
    columns, joins = [], []
    for number, threshold in enumerate(GRID):
        joins.append(
            f"join {cluster(linker, predictions, threshold)} t{number} using (source_dataset, unique_id)"
        )
        columns.append(f't{number}.cluster_id as "{threshold}"')
    first = joins[0].split()[1]
    connection.execute(
        f"""copy (select source_dataset as file, unique_id as row, {", ".join(columns)}
        from {first} {" ".join(joins)}) to '{folder / "thresholds.csv"}' (header)"""
    )


def main():
    """Links a data set."""
    task = Task()
    connection = duckdb.connect()
    linker = trained(connection, task)
    predictions = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = cluster(linker, predictions, THRESHOLD)
    connection.execute(
        f"""copy (select source_dataset as file, unique_id as row, cluster_id as cluster
        from {clusters}) to '{task.out}' (header)"""
    )
    if task.study:
        study(connection, linker, task.study)


if __name__ == "__main__":
    main()
