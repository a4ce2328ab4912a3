"""The state from which an accident starts: a council that was merged and decided upon, whose trackers
have changed since, or one that was never merged; and what a run that nothing happens to makes of it."""

import random

from .council import Council
from .edits import COUNCIL, mended, new_children, new_rows, renamed_column, sorted_anew
from .program import copied, files, is_whole, rows, rows_of


def former_state(program, args, first=False):
    """The state, made once: whoever tries something tries it on a copy."""
    if first not in MADE:
        MADE[first] = Former(program, args, args.scratch, first)
    return MADE[first]


MADE = {}


class Former:
    """A folder with trackers, their former output, its register and its database."""

    def __init__(self, program, args, scratch, first=False):
        self.program, self.place = program, scratch / ("first" if first else "former")
        self.place.mkdir()
        program.call(self.place, "demo", "in", "--children", args.children, "--seed", COUNCIL, "--quiet")
        if not first:
            self.run(self.place)
            decide(program, self.place)
            self.run(self.place)
        self.decisions = [] if first else program.decisions(self.place)
        self.files = files(self.place / "out")
        council = Council(self.place / "in")
        rng = random.Random(args.seed)
        # No row is taken away: every decision can be followed.
        for edit in (new_children, new_rows, mended, renamed_column, sorted_anew):
            edit(council, rng)
        council.write()
        # What nothing happens to.
        self.reference = copied(self.place, scratch / f"reference-{self.place.name}")
        self.run(self.reference)
        self.expected = files(self.reference / "out")
        self.expected_rows = rows_of(self.reference / "base.db")

    def run(self, place):
        """A run that must succeed; gives its seconds."""
        ended = self.program.run(place)
        if ended.code != 0:
            raise SystemExit(f"a run that nothing happened to failed: {ended.err}")
        return ended.seconds

    def unfollowed(self):
        """Decisions that the reference does not follow."""
        out, wrong = self.reference / "out", []
        problems = [row for row in rows(out / "problems.csv") if row["code"] == "decision-not-followed"]
        wrong += [f"{row['what']}" for row in problems]
        ids = {}
        for row in rows(out / "sources.csv"):
            if row["entity"] == "child":
                ids[row["file"], row["sheet"], int(row["row"]), int(row["part"])] = row["collate_id"]
        for decision in self.program.decisions(self.reference):
            one = ids.get((decision["file"], decision["sheet"], decision["row"], decision["part"]))
            other = decision["other_row"] and ids.get(
                (decision["other_file"], decision["other_sheet"], decision["other_row"], decision["other_part"])
            )
            followed = {
                "same": one == other,
                "different": one != other,
                "leave out": one is None,
                "value": decision["value"] in [row.get(decision["column"]) for row in rows(out / "children.csv")
                                               if row["collate_id"] == one],
            }  # fmt: skip
            if not followed[decision["what"]]:
                wrong.append(f"decision {decision['decision']} ({decision['what']}) is not followed")
        return wrong

    def whole(self, place, but=""):
        """What is wrong right after an accident: the former output, or the new one, is whole; the
        register opens; no decision is lost."""
        wrong, out = [], place / "out"
        if self.files and not is_whole(out) and not is_whole(place / ".out.collate-old"):
            wrong.append("no output is whole")
        if is_whole(out) and files(out) not in (self.files, self.expected):
            wrong.append("the output is neither the former nor the new one")
        decisions = self.program.decisions(place)
        if decisions is None and (place / "collate.db").exists():
            wrong.append("the register does not open")
        elif said(decisions) != said(self.decisions):
            wrong.append("decisions are lost")
        return wrong

    def after(self, place):
        """What is wrong after the next run, which must make what the reference made."""
        ended, wrong = self.program.run(place), []
        if ended.code != 0:
            return [f"the next run fails ({ended.code}): {ended.err.strip()}"]
        found = files(place / "out")
        if found != self.expected:
            names = sorted(name for name in found | self.expected if found.get(name) != self.expected.get(name))
            wrong.append(f"the next run makes something else: {', '.join(names)}")
        if rows_of(place / "base.db") != self.expected_rows:
            wrong.append("the next run loads something else into the database")
        if said(self.program.decisions(place)) != said(self.decisions):
            wrong.append("decisions are lost after the next run")
        left = [path.name for path in place.iterdir() if ".collate-new" in path.name or ".collate-old" in path.name]
        if left:
            wrong.append(f"left behind: {', '.join(left)}")
        return wrong


def said(decisions):
    """What was decided; where its rows are now may change."""
    places = ("file", "sheet", "row", "other_file", "other_sheet", "other_row")
    return [{k: v for k, v in d.items() if k not in places} for d in decisions or []]


def decide(program, place):
    """Decides what there is to decide: a doubtful pair is one child, another is two, rows are left
    out, a value that lost is right."""
    out = place / "out"

    def at(row, side=""):
        sheet = row[side + "sheet"] and row[side + "sheet"] + ":"
        part = row.get(side + "part") or 1
        return f"{row[side + 'file']}:{sheet}{row[side + 'row']}#{part}"

    def decided(*words):
        ended = program.call(place, "decisions", "--out", "out", "--by", "Ann", "--why", "looked it up", *words)
        if ended.code != 0:
            raise SystemExit(f"{' '.join(map(str, words))} is not taken: {ended.err}")

    for word, pair in zip(("same", "different"), rows(out / "review.csv"), strict=False):
        decided(word, at(pair, "left_"), at(pair, "right_"))
    text = [row for row in rows(out / "sources.csv") if row["entity"] == "child" and row["file"].endswith(".csv")]
    left_out = {row["collate_id"] for row in text[5:7]}
    for row in text[5:7]:
        decided("leave-out", at(row).split("#")[0])
    for conflict in rows(out / "conflicts.csv"):
        if conflict["collate_id"] in left_out or conflict["entity"] != "child":
            continue
        if conflict["column"] in ("surname", "forenames", "postcode"):
            decided("right", conflict["collate_id"], conflict["column"], conflict["other"])
            break
