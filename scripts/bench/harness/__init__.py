"""Measures collate and its peers on the same data and writes docs/benchmarks.md."""
