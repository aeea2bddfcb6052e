#!/usr/bin/env python3
"""Runs command lines in turns and prints, for each, the median of its processor time and of its wall time, with the lowest and the highest.

    python3 docs/benchmarks/alternate.py 7 "word2vec train c.txt -o a.bin --threads 1" "word2vec train c.txt -o a.bin --threads 2"

Turns, because a shared machine drifts; quote ratios."""
import os
import shlex
import statistics
import subprocess
import sys
import time


def run(line):
    begin = time.monotonic()
    process = subprocess.Popen(shlex.split(line), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{line}: ended with {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begin


def main():
    rounds, lines = int(sys.argv[1]), sys.argv[2:]
    results = {line: [] for line in lines}
    for _ in range(rounds):
        for line in lines:
            results[line].append(run(line))
    for line, times in results.items():
        processor, wall = zip(*times)
        show = lambda values: f"{statistics.median(values):7.2f} s ({min(values):.2f} to {max(values):.2f})"
        print(f"processor {show(processor)}  wall {show(wall)}  {line}", flush=True)


main()
