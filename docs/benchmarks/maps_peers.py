"""Maps: ours (word2vec map), scikit-learn's TSNE and umap-learn in turn, on the same vectors.

    python3 docs/benchmarks/maps_peers.py VECTORS.bin WORD2VEC WORDS METHOD [turns] [peer]

VECTORS.bin is in word2vec's binary format, WORD2VEC the tool, WORDS how many words are taken, METHOD tsne or umap. Ours is a whole process with start, reading and writing
(--quiet, two threads); of the peer the work alone counts, in a process that has loaded its libraries and, for umap-learn, compiled its loops on a few rows. Both get the vectors at length 1. The
trustworthiness of both maps is scikit-learn's, of the 10 nearest. With "peer" as the last word the peer alone is run, once (this is what a turn does).
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def rows(path, count):
    import numpy as np
    from gensim.models import KeyedVectors
    x = KeyedVectors.load_word2vec_format(path, binary=True, limit=count).vectors
    return np.ascontiguousarray(x / np.linalg.norm(x, axis=1, keepdims=True), dtype="float32")


def peer(path, count, method):
    import warnings
    import numpy as np
    warnings.simplefilter("ignore")
    x = rows(path, count)
    if method == "tsne":
        from sklearn.manifold import TSNE
        work = TSNE(perplexity=30, init="pca", learning_rate="auto", n_iter=1000, random_state=1, n_jobs=2).fit_transform
    else:
        import numba
        import umap
        numba.set_num_threads(2)
        umap.UMAP(n_epochs=5).fit_transform(x[:500])
        work = umap.UMAP(n_neighbors=15, min_dist=0.1).fit_transform
    before, start = os.times(), time.perf_counter()
    y = work(x)
    after, wall = os.times(), time.perf_counter() - start
    np.save(sys.argv[-2], y)
    print(f"{after.user + after.system - before.user - before.system:.2f} {wall:.2f}")


def ours(tool, path, count, method, output):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([tool, "map", path, "-o", output, "--limit", str(count), "--method", method, "--threads", "2", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def main():
    path, tool, count, method = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    if sys.argv[-1] == "peer":
        return peer(path, count, method)
    import numpy as np
    from sklearn.manifold import trustworthiness
    turns = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    times = []
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = os.path.join(folder, "mine.npy"), os.path.join(folder, "theirs.npy")
        for turn in range(turns):
            cpu, wall = ours(tool, path, count, method, mine)
            out = subprocess.run([sys.executable, __file__, path, tool, str(count), method, theirs, "peer"], check=True, stdout=subprocess.PIPE, text=True).stdout
            their_cpu, their_wall = map(float, out.split())
            times.append((cpu, wall, their_cpu, their_wall))
            print(f"turn {turn + 1}: ours {cpu:.2f} s of processors, {wall:.2f} s; peer {their_cpu:.2f}, {their_wall:.2f}", flush=True)
        x = rows(path, count)
        scores = [trustworthiness(x, np.load(file), n_neighbors=10) for file in (mine, theirs)]
    cpu, wall, their_cpu, their_wall = (statistics.median(column) for column in zip(*times))
    print(f"{method} of {count}: processors {cpu:.2f} | {their_cpu:.2f} | {their_cpu / cpu:.1f}; wall {wall:.2f} | {their_wall:.2f} | {their_wall / wall:.1f}; "
          f"trustworthiness {scores[0]:.4f} | {scores[1]:.4f}")


main()
