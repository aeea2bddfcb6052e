"""Writes word2vec binary vectors of any size for timing searches: python3 docs/benchmarks/make_vectors.py PATH WORDS SIZE [seed]

Rows lie about one of 10,000 directions, as the vectors of related words do, and have lengths between 0.5 and 4. No two are alike.
"""
import sys
import numpy as np

path, words, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = np.random.Generator(np.random.SFC64(int(sys.argv[4]) if len(sys.argv) > 4 else 1))
directions = random.standard_normal((10_000, size), np.float32)
with open(path, "wb") as file:
    file.write(f"{words} {size}\n".encode())
    for start in range(0, words, 10_000):
        count = min(10_000, words - start)
        rows = random.standard_normal((count, size), np.float32)
        rows += 0.8 * directions[random.integers(len(directions), size=count)]
        rows *= random.uniform(0.5, 4, (count, 1)).astype(np.float32) / np.linalg.norm(rows, axis=1, keepdims=True)
        file.write(b"".join(b"word%d %s\n" % (start + i, row.tobytes()) for i, row in enumerate(rows)))
