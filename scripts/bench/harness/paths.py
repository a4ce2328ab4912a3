"""Where things lie. All that the benchmarks make is under `target/bench`, except the page."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "scripts" / "bench"
WORK = ROOT / "target" / "bench"
VENV = WORK / "venv"
DATA = WORK / "data"
OUTPUT = WORK / "output"
RESULTS = WORK / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
PYTHON = VENV / "bin" / "python"
COLLATE = ROOT / "target" / "release" / "collate"
