#!/usr/bin/env python3
"""Mini-batch k-means of many vectors, ours and scikit-learn's in turn, whole processes: minibatch.py VECTORS.npy TOOL [MILLIONS [ROUNDS]]

The rows are those of VECTORS.npy where it has so many, otherwise drawn from them at random, with a third of each component's deviation as noise; k is 200, one start, by distance. Prints the medians of
processor and wall seconds and each round's inertia, round by round with another seed.
"""
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def make(source, path, count):
    import numpy as np
    random, rows = np.random.Generator(np.random.SFC64(1)), np.load(source)
    noise, size = 0.3 * rows.std(0), rows.shape[1]
    out = np.lib.format.open_memmap(path, mode="w+", dtype="<f4", shape=(count, size))
    for first in range(0, count, 100_000):
        part = out[first:first + 100_000]
        if len(rows) >= count:
            part[:] = rows[first:first + len(part)]
        else:
            part[:] = rows[random.integers(len(rows), size=len(part))] + noise * random.standard_normal((len(part), size), np.float32)
    with open(path.replace(".npy", ".words.txt"), "w", encoding="utf-8") as words:
        words.write("".join(f"w{i}\n" for i in range(count)))


def peer(path, batch, seed):
    import warnings
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans
    warnings.simplefilter("ignore")
    print("inertia", MiniBatchKMeans(n_clusters=200, n_init=1, batch_size=batch, random_state=seed).fit(np.load(path)).inertia_)


def measured(command):
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, float(re.search(r"inertia\"?:? ([0-9.e+E]+)", text)[1])


def main():
    if sys.argv[1] == "--peer":
        return peer(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    source, tool = sys.argv[1:3]
    count, rounds = int(1e6 * float((sys.argv[3:4] or ["1.5"])[0])), int((sys.argv[4:5] or ["3"])[0])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "many.npy")
        make(source, path, count)
        runs = {"ours": lambda seed: [tool, "cluster", path, "-k", "200", "--euclidean", "--mini-batch", "--starts", "1", "--seed", seed, "--json"]}
        for batch in ("1024", "4096"):
            runs[f"scikit-learn, batches of {batch}"] = lambda seed, batch=batch: [sys.executable, __file__, "--peer", path, batch, seed]
        found = {name: [] for name in runs}
        for seed in range(1, rounds + 1):
            for name, command in runs.items():
                found[name].append(measured(command(str(seed))))
        for name, times in found.items():
            processor, wall, inertias = zip(*times)
            print(f"{name}: processor {statistics.median(processor):.2f} s, wall {statistics.median(wall):.2f} s, inertia {', '.join(f'{i:.5g}' for i in inertias)}")


main()
