#!/usr/bin/env python3
"""Peak memory of `word2vec train` beside what it expected: one row a run.

    python3 docs/benchmarks/memory.py "word2vec" CORPUS [train options ...]

Sizes 1, 100, 300 and 1000, each first with --no-cache (the text is read), then with a cache that is there. The peak is the kernel's
(ru_maxrss, what /usr/bin/time -v prints); the estimate is the one that the tool printed and kept beside the vectors.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile


def run(tool, corpus, folder, size, cache, options):
    output = os.path.join(folder, "vectors.bin")
    command = [*tool, "train", corpus, "-o", output, "--size", str(size), "--quiet", *cache, *options]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {shlex.join(command)}")
    with open(output + ".json") as record:
        return json.load(record)["memory"], usage.ru_maxrss * 1024


def main():
    tool, corpus, options = shlex.split(sys.argv[1]), sys.argv[2], sys.argv[3:]
    print("| size | text | rows MB | vocabulary MB | estimate MB | peak MB | estimate / peak | peak − rows − vocabulary |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        cache = ["--cache", os.path.join(folder, "cache")]
        run(tool, corpus, folder, 1, cache, options)
        for size in (1, 100, 300, 1000):
            for name, where in (("read", ["--no-cache"]), ("cached", cache)):
                memory, peak = run(tool, corpus, folder, size, where, options)
                rest = peak - memory["rows"] - memory["vocabulary"]
                numbers = [memory["rows"], memory["vocabulary"], memory["estimate"], peak]
                cells = [f"{number / 1e6:.1f}" for number in numbers] + [f"{memory['estimate'] / peak:.2f}", f"{rest / 1e6:.1f}"]
                print(f"| {size} | {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
