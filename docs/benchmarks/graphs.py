#!/usr/bin/env python3
"""Random walks against igraph and NumPy, in turn: millions of steps a second of processor time, and peak memory.

    graphs.py TOOL [ROUNDS]        TOOL is the built word2vec

The graph is made here: 100,000 nodes, a million edges, degrees by a power law (each end is drawn with the weight rank^-0.6). Ours is a process that reads the list and writes walks of 80 nodes as
text to nowhere; steps are those of 6 walks a node less those of one, so that reading falls out. igraph walks in C, one long walk, since a call looks at every node; NumPy takes all walks a step at
a time through sorted rows. The steps of both are not written. All with one thread. With weights: the same graph, a fifth of its edges twice as heavy; NumPy has no quick way there. With p and q: NumPy's
exact distribution, neighbour by neighbour, from a hundred nodes.
"""
import os
import subprocess
import sys
import tempfile
import time
import igraph
import numpy as np

NODES, EDGES, LENGTH = 100_000, 1_000_000, 80


def make_graph(path):
    random = np.random.default_rng(1)
    share = np.arange(1, NODES + 1) ** -0.6
    ends = random.choice(NODES, (EDGES, 2), p=share / share.sum())
    ends[ends[:, 0] == ends[:, 1], 1] = (ends[ends[:, 0] == ends[:, 1], 0] + 1) % NODES
    edges = np.unique(np.sort(ends, axis=1), axis=0)
    np.savetxt(path, edges, fmt="%d", delimiter="\t")
    weights = 1 + (random.random(len(edges)) < 0.2)
    np.savetxt(path + ".weighted", np.column_stack([edges, weights]), fmt="%d", delimiter="\t")
    return edges, weights


def rows_of(edges):
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    offsets = np.searchsorted(both[:, 0], np.arange(NODES + 1))
    return offsets, np.ascontiguousarray(both[:, 1])


def ours(tool, path, walks, *more):
    line = ["/usr/bin/time", "-f", "%U %S %M", tool, "walk", path, "-o", "-", "--walks", str(walks), "--threads", "1", "--quiet", *more]
    user, system, kilobytes = subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr.split()[-3:]
    return float(user) + float(system), float(kilobytes) / 1024


def our_rate(tool, path, walks, *more):
    one, _ = ours(tool, path, 1, *more)
    several, memory = ours(tool, path, walks, *more)
    return (walks - 1) * NODES * LENGTH / (several - one) / 1e6, one, memory


def numpy_rate(offsets, targets):
    random = np.random.default_rng(2)
    begin = time.process_time()
    now = np.flatnonzero(np.diff(offsets))
    count = 0
    for _ in range(LENGTH - 1):
        degrees = offsets[now + 1] - offsets[now]
        now = targets[offsets[now] + (random.random(len(now)) * degrees).astype(np.int64)]
        count += len(now)
    return count / (time.process_time() - begin) / 1e6


def igraph_rate(graph, weights=None):
    begin = time.process_time()
    steps = len(graph.random_walk(0, 5_000_000, weights=weights) if weights else graph.random_walk(0, 5_000_000))
    return steps / (time.process_time() - begin) / 1e6


def exact_rate(offsets, targets, starts, p, q):
    """node2vec's step as it is defined: the weights of all neighbours, then a draw."""
    random = np.random.default_rng(3)
    row = lambda node: targets[offsets[node]:offsets[node + 1]]
    begin, steps = time.process_time(), 0
    for node in starts:
        before = -1
        for _ in range(LENGTH - 1):
            near = row(node)
            weights = np.ones(len(near))
            if before >= 0:
                place = np.searchsorted(row(before), near)
                known = row(before)[np.minimum(place, len(row(before)) - 1)] == near
                weights = np.where(near == before, 1 / p, np.where(known, 1.0, 1 / q))
            total = np.cumsum(weights)
            before, node = node, near[np.searchsorted(total, random.random() * total[-1], side="right")]
            steps += 1
    return steps / (time.process_time() - begin) / 1e6


def main():
    tool, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "edges.txt")
        edges, weights = make_graph(path)
        offsets, targets = rows_of(edges)
        with_edges = np.flatnonzero(np.diff(offsets))
        graph = igraph.Graph(n=NODES, edges=edges.tolist())
        weights, found = weights.tolist(), {}
        for _ in range(rounds):
            plain, reading, memory = our_rate(tool, path, 6)
            weighted, _, more = our_rate(tool, path + ".weighted", 6, "--weighted")
            row = {"ours": plain, "ours, reading and one walk, s": reading, "ours, peak MB": memory, "ours, weighted": weighted, "ours, weighted, peak MB": more,
                   "igraph": igraph_rate(graph), "igraph, weighted": igraph_rate(graph, weights), "NumPy": numpy_rate(offsets, targets)}
            for p, q in ((0.25, 4), (4, 0.25)):
                row[f"ours, p {p} q {q}"] = our_rate(tool, path, 2, "--p", str(p), "--q", str(q))[0]
                row[f"exact in NumPy, p {p} q {q}"] = exact_rate(offsets, targets, with_edges[::len(with_edges) // 100], p, q)
            print({name: round(value, 3) for name, value in row.items()}, file=sys.stderr, flush=True)
            for name, value in row.items():
                found.setdefault(name, []).append(value)
        print(f"{len(edges)} different edges, {len(with_edges)} nodes with one; millions of steps a second of processor time, medians of {rounds}")
        for name, values in found.items():
            print(f"{name:32} {np.median(values):9.3f}  ({min(values):.3f} to {max(values):.3f})")


if __name__ == "__main__":
    main()
