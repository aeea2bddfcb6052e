"""Times exact search of NumPy, faiss or gensim as queries.cs times ours:

    python3 docs/benchmarks/queries_peers.py VECTORS.bin numpy|faiss|gensim THREADS [queries] [repeats]

Top 10 of the cosines for a batch of the file's first words, then for single ones; medians of wall and processor milliseconds a query.
A process an engine and a number of threads: their libraries read the number when they start. OPENBLAS_CORETYPE=SkylakeX gives OpenBLAS
its AVX-512 kernel on processors whose name it does not know.
"""
import os
import statistics
import sys
import time

path, engine, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
batch = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
repeats = int(sys.argv[5]) if len(sys.argv) > 5 else 3
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
import numpy as np

TOP = 10
SINGLE = 20
BLOCK = 65_536


def load():
    """The unit rows, without the words: each is found behind the first space after the row before it."""
    data = np.memmap(path, np.uint8, "r")
    start = int(np.flatnonzero(data[:64] == ord("\n"))[0]) + 1
    count, size = map(int, bytes(data[:start]).split())
    rows = np.empty((count, size), np.float32)
    raw = memoryview(data)
    for row in rows:
        start += int(data[start:start + 256].tobytes().index(b" ")) + 1
        row[:] = np.frombuffer(raw, "<f4", size, start)
        start += 4 * size
    for at in range(0, count, BLOCK):
        part = rows[at:at + BLOCK]
        part /= np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-30)
    return rows


def numpy_search(rows, queries):
    """A matrix product and argpartition, a block of rows at a time, since all scores of a batch take gigabytes."""
    ids, scores = [], []
    for at in range(0, len(rows), BLOCK):
        found = queries @ rows[at:at + BLOCK].T
        best = np.argpartition(found, -TOP, axis=1)[:, -TOP:]
        ids.append(best + at)
        scores.append(np.take_along_axis(found, best, 1))
    ids, scores = np.concatenate(ids, 1), np.concatenate(scores, 1)
    best = np.argsort(-scores, axis=1)[:, :TOP]
    return np.take_along_axis(ids, best, 1), np.take_along_axis(scores, best, 1)


def report(what, count, action):
    wall, processor = [], []
    for round in range(-1, repeats):
        begin, start = time.process_time(), time.perf_counter()
        result = action()
        if round >= 0:
            wall.append((time.perf_counter() - start) * 1e3 / count)
            processor.append((time.process_time() - begin) * 1e3 / count)
    print(f"{engine:8} {what:8} {threads} threads {statistics.median(wall):9.3f} ms wall {statistics.median(processor):9.3f} ms processor "
          f"a query, best of the last {result}", flush=True)


if engine == "gensim":
    from gensim.models import KeyedVectors
    vectors = KeyedVectors.load_word2vec_format(path, binary=True)
    vectors.most_similar(vectors.index_to_key[0])
    words = vectors.index_to_key[:SINGLE]
    report("single", SINGLE, lambda: [vectors.most_similar(word, topn=TOP)[0] for word in words][-1])
    sys.exit()

rows = load()
if engine == "faiss":
    import faiss
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    queries = rows[:batch].copy()
    del rows
    search = lambda asked: index.search(asked, TOP)[::-1]
else:
    queries = rows[:batch].copy()
    search = lambda asked: numpy_search(rows, asked)


def last_of(ids, scores):
    return f"{ids[-1, 1]} {scores[-1, 1]:.6f}"


report("batch", len(queries), lambda: last_of(*search(queries)))
report("single", SINGLE, lambda: [last_of(*search(query[None])) for query in queries[:SINGLE]][-1])
