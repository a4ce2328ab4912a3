"""The programs that are compared: each reads a data set and says which records are one person."""

import csv
import json
import shutil
from dataclasses import dataclass

from .paths import COLLATE, OUTPUT, PYTHON, SCRIPTS
from .process import script, timed


STUDY_LIMIT = 15 * 60


def read_csv(path):
    """The rows under the heading."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@dataclass
class Collate:
    """collate, told nothing but, perhaps, what to leave out."""

    name: str = "collate"
    options: tuple = ()

    def run(self, dataset, limit):
        """What a run costs."""
        # The register lies beside the folder, and would remember the data of the last run.
        shutil.rmtree(self.out.parent, ignore_errors=True)
        self.out.parent.mkdir(parents=True)
        command = [COLLATE, "run", dataset.files, "--out", self.out, "--json", "--quiet", *self.options]
        spent, printed = timed(command, limit, accepted=(0, 4))
        return spent | {"candidates": json.loads(printed)["candidate_pairs"]}

    @property
    def out(self):
        """Where it publishes."""
        return OUTPUT / "collate" / "merged"

    def found(self):
        """(file, row, cluster) of the last run."""
        with open(self.out / "sources.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["entity"] == "child":
                    yield row["file"], row["row"], row["collate_id"]

    def study(self, dataset):
        """How many true pairs its blocking brings together, which it tells itself."""
        truth = ["--truth", dataset.folder / "truth.csv", "--from", dataset.files]
        command = [COLLATE, "evaluate", self.out, *truth, "--blocking", "--json"]
        _, printed = timed(command, STUDY_LIMIT)
        return {"met": json.loads(printed)["blocking"]["met"]}


@dataclass
class Peer:
    """A peer, run by its script."""

    name: str
    script: str
    model: str = ""
    studied: bool = False

    @property
    def out(self):
        """Where it writes its clusters."""
        return OUTPUT / "peer.csv"

    def arguments(self, dataset):
        """The data set, the answer and the model if another than usual."""
        model = ["--model", self.model] if self.model else []
        return [dataset.folder, self.out, *model]

    def run(self, dataset, limit):
        """What a run costs."""
        path = SCRIPTS / "peers" / self.script
        spent, _ = timed([PYTHON, path, *self.arguments(dataset)], limit)
        return spent

    def found(self):
        """(file, row, cluster) of the last run."""
        yield from read_csv(self.out)

    def study(self, dataset):
        """Candidate pairs and clusters at other thresholds, from a run that is not timed."""
        if not self.studied:
            return {}
        folder = OUTPUT / "study"
        shutil.rmtree(folder, ignore_errors=True)
        script(f"peers/{self.script}", *self.arguments(dataset), "--study", folder)
        found = {"candidates": read_csv(folder / "candidates.csv")}
        if (folder / "thresholds.csv").exists():
            with open(folder / "thresholds.csv", newline="", encoding="utf-8") as file:
                table = list(csv.reader(file))
            found["thresholds"] = {
                threshold: [(row[0], row[1], row[column]) for row in table[1:]]
                for column, threshold in enumerate(table[0])
                if column > 1
            }
        return found


COLLATE_TOOL = Collate()
COLLATE_CSV = Collate("collate, csv alone", ("--formats", "csv", "--no-register"))
SPLINK = Peer("Splink", "with_splink.py", studied=True)
SPLINK_FEW = Peer("Splink, six rules", "with_splink.py", model="people_few")
GOLDENMATCH = Peer("GoldenMatch", "with_goldenmatch.py")
RECORDLINKAGE = Peer("recordlinkage", "with_recordlinkage.py", studied=True)
