"""Runs one command and notes what it cost: timed.py SECONDS REPORT.json OUTPUT ERRORS COMMAND...

A process of its own, because a child's peak memory counts from that of the process which starts
it: this one is small.
"""

import json
import os
import signal
import subprocess
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024


def main():
    """Runs the command; a command that takes too long is stopped."""
    limit, report = int(sys.argv[1]), sys.argv[2]
    with open(sys.argv[3], "wb") as output, open(sys.argv[4], "wb") as errors:
        start = time.perf_counter()
        child = subprocess.Popen(sys.argv[5:], stdout=output, stderr=errors, start_new_session=True)
        late = []

        def stop(*_):
            late.append(True)
            os.killpg(child.pid, signal.SIGKILL)

        signal.signal(signal.SIGALRM, stop)
        signal.alarm(limit)
        _, status, usage = os.wait4(child.pid, 0)
        signal.alarm(0)
        wall = time.perf_counter() - start
    spent = {
        "code": os.waitstatus_to_exitcode(status),
        "late": bool(late),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * UNIT,
    }
    with open(report, "w", encoding="utf-8") as file:
        json.dump(spent, file)


main()
