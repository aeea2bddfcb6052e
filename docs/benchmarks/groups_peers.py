"""Clusters, a classifier and principal components: ours (groups.cs) and scikit-learn's in turn, on the same vectors.

    dotnet build -c Release docs/benchmarks/groups.cs -o groups
    python3 docs/benchmarks/groups_peers.py VECTORS.npy LABELS "groups/groups" [turns] [repeats] [what ...]

VECTORS.npy is float32 with its words beside it (word2vec convert makes it), LABELS a label for each row, a line each. Each turn runs ours and then
scikit-learn's as a process of its own; what is compared is the work alone, after a first run, without reading and starting. kmeans-K: k-means++, 3 starts, at the
defaults otherwise; the figure is the inertia, the median over seeds. logistic: the penalty 1, four fifths of the rows to learn from, drawn by each; the figure is the
accuracy on the others. pca-N: the share of the variance that is kept.
"""
import statistics
import subprocess
import sys
import time

WHAT = ["kmeans-20", "kmeans-200", "logistic", "pca-50"]


def peer(vectors, labels, repeats, chosen):
    import warnings
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    warnings.simplefilter("ignore")
    rows = np.ascontiguousarray(np.load(vectors))
    names = np.array(open(labels, encoding="utf-8").read().split("\n")[:len(rows)])
    x, held, y, truth = train_test_split(rows, names, test_size=0.2, random_state=1, stratify=names)
    for what in chosen:
        kind, _, number = what.partition("-")
        run = {
            "kmeans": lambda seed: KMeans(n_clusters=int(number), n_init=3, random_state=seed).fit(rows).inertia_,
            "logistic": lambda seed: LogisticRegression(multi_class="multinomial", max_iter=1000).fit(x, y).score(held, truth),
            "pca": lambda seed: PCA(int(number), svd_solver="full").fit(rows).explained_variance_ratio_.sum(),
        }[kind]
        times = []
        for seed in range(repeats + 1):
            begin, start = time.process_time(), time.perf_counter()
            figure = run(seed)
            times.append((1000 * (time.perf_counter() - start), 1000 * (time.process_time() - begin), float(figure)))
        wall, processor, figure = (statistics.median(column) for column in zip(*times[1:]))
        print(f"{what} wall {wall:.0f} ms processor {processor:.0f} ms figure {figure!r}", flush=True)


def main():
    vectors, labels, program = sys.argv[1:4]
    turns = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    repeats = sys.argv[5] if len(sys.argv) > 5 else "3"
    chosen = sys.argv[6:] or WHAT
    found = {}
    for turn in range(turns):
        for who, command in (("ours", [program]), ("scikit-learn", [sys.executable, __file__, "--peer"])):
            for what in chosen:
                output = subprocess.run([*command, vectors, labels, repeats, what], check=True, capture_output=True, text=True).stdout
                print(who, output, end="", flush=True)
                parts = output.split()
                found.setdefault(what, {}).setdefault(who, []).append((float(parts[2]), float(parts[5]), float(parts[8])))
    print("what: ours / scikit-learn, medians of the turns: wall ms, processor ms, figure")
    for what, by in found.items():
        ours, theirs = ([statistics.median(column) for column in zip(*by[who])] for who in ("ours", "scikit-learn"))
        print(f"{what}: {ours[0]:.0f} / {theirs[0]:.0f}, {ours[1]:.0f} / {theirs[1]:.0f}, {ours[2]:.6g} / {theirs[2]:.6g}, "
              f"times {theirs[0] / ours[0]:.2f} {theirs[1] / ours[1]:.2f}, figures {ours[2] / theirs[2]:.5f}")


if sys.argv[1] == "--peer":
    peer(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:])
else:
    main()
