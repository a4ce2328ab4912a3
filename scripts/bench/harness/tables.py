"""The tables of the page."""

NONE = "–"


def table(heading, rows):
    """A table in Markdown; all columns but the first are numbers."""
    lines = [heading, ["---"] + ["---:"] * (len(heading) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def quantity(size):
    """Bytes as people read them."""
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{size / 2**20:,.0f} MB"


def seconds(time):
    """Seconds as people read them."""
    return f"{time:.2f} s" if time < 10 else f"{time:,.0f} s"


def quality(measured):
    """Precision, recall and F1 in three columns."""
    return [f"{measured[key]:.4f}" for key in ("precision", "recall", "f1")]


def share(count):
    """So many of so many."""
    return f"{count['count']:,} of {count['of']:,}"


def accuracy(results):
    """Two tables for each data set: quality, and what it took."""
    drawn = []
    for result in results:
        size = f"{result['records']:,} records of {result['persons']:,} people, {result['pairs']:,} true pairs"
        if result["repeats"] > 1:
            size += f", in {result['repeats']} repeats together"
        drawn += [f"### {result['name']}", size + ".", judged(result), took(result)]
    return drawn


def judged(result):
    """How good each tool is."""
    merged = any("merged" in tool for tool in result["tools"])
    heading = ["", "Precision", "Recall", "F1", "B-cubed precision", "B-cubed recall", "B-cubed F1"]
    heading += ["Best F1 (at)"]
    heading += ["Merged with a sibling", "with a twin"] if merged else []
    rows = []
    for tool in result["tools"]:
        if "failed" in tool:
            rows.append([tool["tool"], tool["failed"]] + [""] * (len(heading) - 2))
            continue
        best = tool.get("best")
        row = [tool["tool"], *quality(tool["pairs"]), *quality(tool["clusters"])]
        row.append(f"{best['pairs']['f1']:.4f} ({best['threshold']})" if best else NONE)
        if merged:
            row += [share(tool["merged"][kind]) for kind in ("sibling", "twin")]
        rows.append(row)
    return table(heading, rows)


def took(result):
    """What each tool compared and what it cost."""
    rows = []
    for tool in result["tools"]:
        if "failed" in tool:
            continue
        candidates, completeness = tool.get("candidates"), tool.get("completeness")
        rows.append([
            tool["tool"],
            NONE if candidates is None else f"{candidates / result['records']:.1f}",
            NONE if completeness is None else f"{completeness:.4f}",
            seconds(tool["wall"]),
            seconds(tool["cpu"]),
            quantity(tool["memory"]),
        ])  # fmt: skip
    return table(["", "Candidates per record", "Completeness", "Time", "CPU", "Memory"], rows)


def council(results):
    """Quality on made-up councils."""
    rows = [
        [f"{result['children']:,}, seed {result['seed']}", f"{result['rows']:,}"]
        + quality(result["pairs"])
        + [f"{result['clusters']['f1']:.4f}"]
        + [share(result[f"merged_with_{kind}"]) for kind in ("sibling", "twin")]
        + [f"{100 * result['reviews'] / result['rows']:.2f} %"]
        for result in results
    ]
    heading = ["Children", "Rows", "Precision", "Recall", "F1", "B-cubed F1",
               "Merged with a sibling", "with a twin", "Pairs in review per row"]  # fmt: skip
    return [table(heading, rows)]


def cost(results):
    """Cost of each tool for each size, and how many times collate's."""
    rows = []
    for result in results:
        own = result["tools"][0]
        for tool in result["tools"]:
            name = f"{result['records']:,} · {tool['tool']}"
            if "failed" in tool:
                rows.append([name, tool["failed"]] + [""] * 6)
                continue
            times = [f"{tool[key] / own[key]:.1f}" for key in ("wall", "cpu", "memory")]
            times = [NONE] * 3 if tool is own else times
            spent = [seconds(tool["wall"]), seconds(tool["cpu"]), quantity(tool["memory"])]
            cells = [cell for pair in zip(spent, times, strict=True) for cell in pair]
            rows.append([name, *cells, f"{tool['pairs']['f1']:.4f}"])
    heading = [
        "Records · program",
        "Time",
        "× collate",
        "CPU",
        "× collate",
        "Memory",
        "× collate",
        "F1",
    ]
    return [table(heading, rows), *growth(results)]


def growth(results):
    """How the cost grows where one list is twice as long as another."""
    sizes = {result["records"]: {t["tool"]: t for t in result["tools"]} for result in results}
    rows = []
    for size, tools in sizes.items():
        for name, tool in tools.items():
            twice = sizes.get(2 * size, {}).get(name)
            if twice and "failed" not in tool and "failed" not in twice:
                ratios = [f"{twice[key] / tool[key]:.2f}" for key in ("wall", "cpu", "memory")]
                rows.append([f"{size:,} to {2 * size:,} · {name}", *ratios])
    if not rows:
        return []
    return ["Twice the records take so many times as much:",
            table(["Records · program", "Time", "CPU", "Memory"], rows)]  # fmt: skip


def stages(result):
    """Seconds per stage, and the time of `--help`."""
    # Few records are compared without a stage of its own, so the largest run has the names.
    names = list(result["runs"][-1]["seconds"])
    rows = [
        [run["name"], f"{run['rows']:,}"]
        + [f"{run['seconds'][name]:.3f}" if name in run["seconds"] else "–" for name in names]
        + [seconds(run["wall"]), f"{run['rows'] / run['wall']:,.0f}", quantity(run["memory"])]
        for run in result["runs"]
    ]
    heading = ["", "Rows", *(f"{name} (s)" for name in names), "Time", "Rows a second", "Memory"]
    text = "`collate --help` takes {median:.1f} ms (median of ten, longest {longest:.1f} ms)."
    return [table(heading, rows), text.format(**result["help"])]
