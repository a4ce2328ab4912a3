"""Night after night a council edits its trackers, and collate runs: do ids last?"""

import json
import random
import shutil
from collections import Counter

from .council import Council, openpyxl
from .edits import CARE, COUNCIL, SCHOOL, a_night
from .former import said
from .program import copied, files, is_whole, rows, scratch

RUN = ["run", "in", "--out", "out", "--formats", "csv", "--quiet"]
# In every ten nights, on which one a file is missing, and on which a full run is held against it.
MISSING, ACCEPTED, FULL = 4, 7, 0


def nights(program, args):
    """Runs the nights."""
    with scratch() as folder:
        place, rng = folder / "place", random.Random(args.seed)
        place.mkdir()
        program.call(place, "demo", "in", "--children", args.children, "--seed", COUNCIL, "--quiet")
        history = History(program, place)
        history.run([])
        for night in range(1, args.nights + 1):
            former = copied(place, folder / "former") if night % 10 == FULL else None
            touched, done = a_night(history.council, rng, night)
            history.edits.update(done)
            history.council.write()
            if night % 10 in (MISSING, ACCEPTED):
                history.missing(rng.choice((CARE, SCHOOL)), night % 10 == ACCEPTED)
            history.night = night
            history.run(touched)
            if former:
                history.full(former)
            if night % 10 == 5 or night == 1:
                history.decide()
        history.followed()
        return history.result(args)


class History:
    """What was seen so far."""

    def __init__(self, program, place):
        self.program, self.place, self.council = program, place, Council(place / "in")
        self.night, self.ids, self.main, self.used = 0, {}, {}, set()
        self.refusals = []
        self.counts, self.edits, self.wrong, self.accuracy = Counter(), Counter(), [], []

    def fault(self, what):
        """Something did not hold."""
        self.wrong.append(f"night {self.night}: {what}")

    def collate(self, *args, code=0):
        """A run that must end so."""
        ended = self.program.call(self.place, *args)
        if ended.code != code:
            self.fault(f"{' '.join(map(str, args))} ended with {ended.code}, not {code}: {ended.err.strip()}")
        return ended

    def run(self, touched):
        """The nightly run, and what must hold of it."""
        before = files(self.place / "out")
        ended = self.program.call(self.place, *RUN)
        if ended.code == 3:
            # The guard may refuse a night of many edits to a small sheet: that is for a person to accept.
            self.counts["nights refused, and accepted"] += 1
            self.refusals += [line.strip() for line in ended.err.splitlines()[1:-1]]
            if files(self.place / "out") != before:
                self.fault("the guard refused, and the output changed")
            self.collate(*RUN, "--accept")
        elif ended.code != 0:
            self.fault(f"the run ended with {ended.code}: {ended.err.strip()}")
        if not is_whole(self.place / "out"):
            self.fault("the output is not whole")
        self.look(touched)
        again = self.collate(*RUN)
        if "is as it was" not in again.err and json.dumps(files(self.place / "out")) != self.bytes:
            self.fault("a second run changed something")
        self.counts["nights"] += 1
        if self.night % 10 == 0:
            told = self.collate("evaluate", "out", "--truth", "in/truth.csv", "--json")
            self.accuracy.append((self.night, json.loads(told.out)))

    def missing(self, start, accept):
        """A file is missing for a night: the guard refuses; where a person accepts it, ids come back."""
        sheet = self.council.sheet(start)
        path, away = self.place / "in" / sheet.file, self.place / sheet.file
        before = files(self.place / "out")
        shutil.move(path, away)
        self.collate(*RUN, code=3)
        if files(self.place / "out") != before:
            self.fault("a file is missing, and the output changed")
        self.counts["nights on which the guard refused a missing file"] += 1
        if accept:
            self.collate(*RUN, "--accept")
            self.look([], without=sheet.file)
            self.counts["of these accepted"] += 1
        shutil.move(away, path)

    def look(self, touched, without=None):
        """Holds the ids of this night against those of the last."""
        out = self.place / "out"
        self.bytes = json.dumps(files(out))
        at, ids, here = self.council.places(), {}, set()
        for row in rows(out / "sources.csv"):
            if row["entity"] != "child":
                continue
            here.add(row["collate_id"])
            known = at.get((row["file"], row["sheet"], int(row["row"])))
            if known and known.truth:
                ids[known.uid, int(row["part"])] = row["collate_id"]
        here.update(row["collate_id"] for row in rows(out / "children.csv"))
        changes = [row for row in rows(out / "changes.csv") if row["entity"] == "child"]
        whole = {(row["change"], row["collate_id"]): row for row in changes if row["change"] != "value"}
        if self.used:
            self.compare(ids, here, whole, {row.uid for row in touched}, rows(out / "redirects.csv"))
        self.ids, self.here = ids, here
        self.used |= here
        self.follow(ids, whole)
        for what, _ in whole:
            self.counts[f"children {what}"] += 1

    def compare(self, ids, here, changes, touched, redirects):
        """What must hold from one night to the next."""
        then, now = clusters(self.ids), clusters(ids)
        same = {frozenset(members): number for number, members in now.items()}
        for number, members in then.items():
            today = same.get(frozenset(members))
            if today is None:
                continue
            self.counts["unchanged children"] += 1
            self.counts["of these with a row that was edited"] += any(uid in touched for uid, _ in members)
            if today != number:
                self.fault(f"{number} has the same rows, and is now {today}")
        leads = {row["collate_id"] for row in redirects}
        for number in self.here - here:
            if number not in leads and ("gone", number) not in changes:
                self.fault(f"{number} vanished, and nothing says why")
        for number in here - self.here:
            if number in self.used and ("back", number) not in changes:
                self.fault(f"{number} was given again")
            if number not in self.used and not {("new", number), ("split", number)} & changes.keys():
                self.fault(f"{number} is new, and nothing says so")
        # What the rows themselves say: of two that are one now, one must be told as merged, and so on.
        for number, members in now.items():
            before = Counter(self.ids[member] for member in members if member in self.ids)
            for former in before:
                if former != number and former not in here and ("merged", former) not in changes:
                    self.fault(f"{former} is one with {number}, and nothing says so")
            if before and number not in self.used and ("split", number) not in changes:
                self.fault(f"{number} was part of {', '.join(before)}, and is not told as split")
        for (what, number), row in changes.items():
            if what == "merged" and row["new"] not in here:
                self.fault(f"{number} is merged into {row['new']}, which is not there")

    def follow(self, ids, changes):
        """The id of a true child's main cluster changes only with a line that says so."""
        of = {}
        for row in (row for sheet in self.council.sheets for row in sheet.of_somebody()):
            for part, child, _, _ in row.truth:
                if child and (row.uid, int(part)) in ids:
                    of.setdefault(child, Counter())[ids[row.uid, int(part)]] += 1
        for child, counts in of.items():
            before = self.main.get(child)
            if counts.get(before) == max(counts.values()):
                continue
            number = counts.most_common(1)[0][0]
            self.main[child] = number
            if before is None:
                continue
            self.counts["true children whose main id changed"] += 1
            lines = {("merged", before), ("gone", before), ("split", number), ("new", number), ("back", number)}
            if lines & changes.keys():
                continue
            if before not in self.here:
                self.fault(f"the main id of {child} went from {before} to {number}, and nothing says so")
            # Rows went from one child to another, and both are still there.
            self.counts["of these where both ids stay, told by their values alone"] += 1

    def full(self, former):
        """A run of everything into a fresh folder, from yesterday's register, makes the same."""
        shutil.rmtree(former / "out")
        shutil.rmtree(former / "in")
        shutil.copytree(self.place / "in", former / "in")
        ended = self.program.call(former, *RUN, "--again", "--accept")
        if ended.code != 0:
            self.fault(f"the full run ended with {ended.code}: {ended.err.strip()}")
        full, found = files(former / "out"), files(self.place / "out")
        self.counts["full runs held against it"] += 1
        if full != found:
            names = sorted(name for name in full | found if full.get(name) != found.get(name))
            self.fault(f"the full run makes something else: {', '.join(names)}")

    def decide(self):
        """A person looks into the doubtful pairs, and knows the truth."""
        truth = {place: {part: child for part, child, _, _ in row.truth} for place, row in self.council.places().items()}

        def who(row, side):
            place = (row[side + "file"], row[side + "sheet"], int(row[side + "row"]))
            return truth.get(place, {}).get(row[side + "part"])

        def at(row, side):
            sheet = row[side + "sheet"] and row[side + "sheet"] + ":"
            return f"{row[side + 'file']}:{sheet}{row[side + 'row']}#{row[side + 'part']}"

        for row in rows(self.place / "out" / "review.csv")[:4]:
            one, other = who(row, "left_"), who(row, "right_")
            if one and other:
                word = "same" if one == other else "different"
                self.collate("decisions", "--out", "out", word, at(row, "left_"), at(row, "right_"))
                self.counts["decisions"] += 1

    def followed(self):
        """Every decision is still there, and followed as far as its rows are."""
        problems = [row["what"] for row in rows(self.place / "out" / "problems.csv") if row["code"] == "decision-not-followed"]
        ids = {}
        for row in rows(self.place / "out" / "sources.csv"):
            if row["entity"] == "child":
                ids[row["file"], row["sheet"], int(row["row"]), int(row["part"])] = row["collate_id"]
        decisions = self.program.decisions(self.place)
        if len(said(decisions)) != self.counts["decisions"]:
            self.fault(f"of {self.counts['decisions']} decisions {len(decisions)} are there")
        for decision in decisions:
            if any(f"decision {decision['decision']} " in what for what in problems):
                self.counts["decisions whose row is gone, and told"] += 1
                continue
            one = ids.get((decision["file"], decision["sheet"], decision["row"], decision["part"]))
            other = ids.get((decision["other_file"], decision["other_sheet"], decision["other_row"], decision["other_part"]))
            self.counts["decisions followed"] += 1
            if None in (one, other) or (one == other) != (decision["what"] == "same"):
                self.fault(f"decision {decision['decision']} ({decision['what']}) is not followed")

    def result(self, args):
        """For the page."""
        return {
            "children": args.children,
            "workbooks": openpyxl is not None,
            "counts": dict(self.counts),
            "edits": dict(self.edits),
            "accuracy": self.accuracy,
            "refusals": self.refusals,
            "wrong": self.wrong,
        }


def clusters(ids):
    """The rows of each id."""
    found = {}
    for member, number in ids.items():
        found.setdefault(number, set()).add(member)
    return found
