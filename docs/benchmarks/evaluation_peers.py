"""Evaluation and drift on the same vectors: ours and gensim's, NumPy's and SciPy's, as whole processes in turn (alternate.py runs them).

    python3 docs/benchmarks/evaluation_peers.py analogies VECTORS.bin questions-words.txt     # gensim's evaluate_word_analogies
    python3 docs/benchmarks/evaluation_peers.py drift OLD.bin NEW.bin                         # scipy.linalg.orthogonal_procrustes

Analogies: among the first 30,000 words, in lower case as the vectors are. Drift: vectors at length 1, the mean taken off, the rotation, and the cosine distance of every
word; the twenty farthest with their ten nearest words then and now, which word2vec drift shows, are found with products of matrices. Each prints its figure.
"""
import sys

import numpy as np
from gensim.models import KeyedVectors


def analogies(path, questions):
    vectors = KeyedVectors.load_word2vec_format(path, binary=True)
    score, _ = vectors.evaluate_word_analogies(questions, restrict_vocab=30000, case_insensitive=True)
    print(f"accuracy {score:.4f}")


def drift(old, new):
    from scipy.linalg import orthogonal_procrustes
    old, new = (KeyedVectors.load_word2vec_format(path, binary=True) for path in (old, new))
    words = [word for word in old.index_to_key if word in new.key_to_index]
    units = []
    for vectors in (old, new):
        rows = vectors.vectors[[vectors.key_to_index[word] for word in words]].astype(np.float64)
        units.append(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    a, b = (rows - rows.mean(0) for rows in units)
    rotation, _ = orthogonal_procrustes(b, a)
    b = b @ rotation
    distance = 1 - (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    farthest = np.argsort(-distance)[:20]
    for rows in units:
        np.argpartition(-(rows[farthest] @ rows.T), 11, axis=1)
    print(f"{len(words)} words, mean distance {distance.mean():.6f}, farthest {words[farthest[0]]} {distance[farthest[0]]:.6f}")


{"analogies": analogies, "drift": drift}[sys.argv[1]](*sys.argv[2:])
