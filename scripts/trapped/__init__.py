"""The parts of scripts/traps."""
