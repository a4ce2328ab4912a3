"""What the register costs a first run: pairs of runs with and without it, one after the other."""

import json
import statistics

from .program import scratch


def cost(program, args):
    """Runs the pairs, now the one first and now the other."""
    with scratch() as folder:
        program.call(folder, "demo", "in", "--children", args.cost_children, "--seed", args.seed, "--quiet")
        pairs, stages, wrong = [], [], []
        for nth in range(args.repeats):
            seconds = {}
            for register in (True, False) if nth % 2 else (False, True):
                out = f"{register}-{nth}"
                (folder / out).mkdir()
                more = [] if register else ["--no-register"]
                ended = program.call(folder, "run", "in", "--out", f"{out}/out", "--json", *more)
                if ended.code != 0:
                    raise SystemExit(f"the run ended with {ended.code}: {ended.err}")
                seconds[register] = ended.seconds
                if register:
                    stages.append(json.loads(ended.out)["seconds"].get("remembering"))
                    size = (folder / out / "collate.db").stat().st_size
                    again = program.call(folder, "run", "in", "--out", f"{out}/out", "--json", *more).seconds
            pairs.append((seconds[True], seconds[False], again))
        ratio = statistics.median(1 - without / having for having, without, _ in pairs)
        if args.cost_children >= 100_000 and ratio >= 0.2:
            wrong.append(f"the register takes {ratio:.0%} of a first run, and may take a fifth")
        return {
            "children": args.cost_children,
            "pairs": pairs,
            "share": ratio,
            "remembering": stages,
            "bytes": size,
            "wrong": wrong,
        }
