#!/usr/bin/env python3
"""Recommendations for baskets: ours and gensim's on the same baskets, scored by the same code; and the time of a training.

    baskets.py TOOL [SEEDS]        TOOL is the built word2vec; corpora/orders.csv is found beside this file

Both train skip-gram on four fifths of the orders, with the options of docs/items.md, on one thread. Each item of the others is taken out in turn and asked for from the rest of its basket: by the product of
the mean of the unit vectors with the output vectors, and by the cosine of that mean with the vectors. Hit rate: the share among the first ten that are not in the basket.
"""
import os
import resource
import subprocess
import sys
import tempfile
import numpy as np
from gensim.models import Word2Vec

ORDERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpora", "orders.csv")
SIZE, WINDOW, EPOCHS = 32, 10, 20


def processor(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def scores(words, vectors, scored, baskets):
    place = {word: i for i, word in enumerate(words)}
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    hits, ranks = [], []
    for basket in baskets:
        ids = [place[item] for item in dict.fromkeys(basket) if item in place]
        for held in ids:
            rest = [i for i in ids if i != held]
            if not rest:
                continue
            found = scored @ units[rest].mean(axis=0)
            found[rest] = -np.inf
            rank = (found > found[held]).sum()
            hits.append(rank < 10)
            ranks.append(1 / (rank + 1))
    return np.mean(hits), np.mean(ranks)


def read_npy(path):
    return open(path.replace(".npy", ".words.txt"), encoding="utf-8").read().split("\n")[:-1], np.load(path)


def show(name, words, vectors, output, baskets):
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    near = scores(words, vectors, units, baskets)
    product = scores(words, vectors, output, baskets) if output is not None else (np.nan, np.nan)
    print(f"{name:16} by output hit {product[0]:.4f} MRR {product[1]:.4f}   by nearness hit {near[0]:.4f} MRR {near[1]:.4f}", flush=True)
    return *product, *near


def main():
    tool, seeds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    run = lambda *line: subprocess.run([tool, *line], check=True, capture_output=True, text=True).stdout
    table = {"ours": [], "gensim": []}
    times = {"ours": [], "gensim": []}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run("sequences", os.path.abspath(ORDERS), "--group", "order", "--item", "product", "--sort", "timestamp", "-o", "kept.txt",
            "--hold-out", "0.2", "--held-out-file", "held-out.txt", "--quiet")
        kept, held = ([line.split() for line in open(name)] for name in ("kept.txt", "held-out.txt"))
        for seed in range(1, seeds + 1):
            before = processor(resource.RUSAGE_CHILDREN)
            run("train", "kept.txt", "-o", "items.w2v", "--output-vectors", "--size", str(SIZE), "--window", str(WINDOW), "--epochs", str(EPOCHS),
                "--min-count", "1", "--subsampling", "0", "--threads", "1", "--seed", str(seed), "--quiet", "--no-cache")
            times["ours"].append(processor(resource.RUSAGE_CHILDREN) - before)
            # The tool scores its output vectors itself; nearness is scored by both, which must agree.
            by_output = [float(line.split()[-3]) for line in run("evaluate", "items.w2v", "--baskets", "held-out.txt").split("\n")[1:3]]
            run("convert", "items.w2v", "items.npy", "--quiet")
            by_tool = float(run("evaluate", "items.npy", "--baskets", "held-out.txt").split("\n")[1].split()[-3])
            words, vectors = read_npy("items.npy")
            row = show(f"ours, seed {seed}", words, vectors, None, held)
            assert abs(row[2] - by_tool) < 0.001, (row[2], by_tool)
            table["ours"].append((*by_output, *row[2:]))
            before = processor(resource.RUSAGE_SELF)
            model = Word2Vec(kept, vector_size=SIZE, window=WINDOW, sg=1, negative=5, min_count=1, sample=0, epochs=EPOCHS, workers=1, seed=seed)
            times["gensim"].append(processor(resource.RUSAGE_SELF) - before)
            table["gensim"].append(show(f"gensim, seed {seed}", model.wv.index_to_key, model.wv.vectors, model.syn1neg, held))
    for name, rows in table.items():
        mean = np.mean(rows, axis=0)
        print(f"{name}: by output hit rate@10 {mean[0]:.4f}, MRR {mean[1]:.4f}; by nearness {mean[2]:.4f}, {mean[3]:.4f}; {np.median(times[name]):.2f} s of processor time")


if __name__ == "__main__":
    main()
