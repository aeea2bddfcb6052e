#!/usr/bin/env python3
"""Documents against scikit-learn (LSA) and NumPy (means), in turn: processor seconds, and how many of the five nearest texts share the planted topic.

    documents.py TOOL [ROUNDS]        TOOL is the built word2vec; the texts are made here, from a fixed seed
"""
import json, os, resource, subprocess, sys, tempfile, time
import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

TOPICS, TEXTS, WORDS, SIZE = 20, 20_000, 20_000, 100


def make_texts():
    """Half of the words of a text are of its topic (Zipf over a twentieth of the vocabulary), half of all."""
    random = np.random.default_rng(1)
    topic_of = np.arange(TEXTS) % TOPICS
    share = 1 / np.arange(1, WORDS + 1)
    own = 1 / np.arange(1, WORDS // TOPICS + 1)
    texts = []
    for topic in topic_of:
        length = random.integers(20, 120)
        common = random.choice(WORDS, length, p=share / share.sum())
        mine = random.choice(WORDS // TOPICS, length // 4, p=own / own.sum()) * TOPICS + topic
        texts.append(" ".join(f"w{word}" for word in random.permutation(np.concatenate([common, mine]))))
    return texts, topic_of


def processor():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(action):
    wall, cpu = time.perf_counter(), processor()
    result = action()
    return result, processor() - cpu, time.perf_counter() - wall


def retrieval(vectors, topics):
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    asked = np.arange(0, len(unit), 20)
    scores = unit[asked] @ unit.T
    scores[np.arange(len(asked)), asked] = -2
    best = np.argpartition(-scores, 5, axis=1)[:, :5]
    return (topics[best] == topics[asked][:, None]).mean()


def sklearn_lsa(texts):
    matrix = TfidfVectorizer(token_pattern=r"\S+").fit_transform(texts)
    return TruncatedSVD(SIZE, random_state=1).fit_transform(matrix), matrix


def numpy_mean(texts, words, vectors):
    index = {word: i for i, word in enumerate(words)}
    result = np.zeros((len(texts), vectors.shape[1]), np.float32)
    for i, text in enumerate(texts):
        ids = [index[word] for word in text.split() if word in index]
        if ids:
            result[i] = vectors[ids].mean(axis=0)
    return result


def main():
    tool, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    texts, topics = make_texts()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("texts.txt", "w") as file:
            file.write("\n".join(texts) + "\n")
        words = [f"w{i}" for i in range(WORDS)]
        vectors = np.random.default_rng(2).standard_normal((WORDS, SIZE), np.float32)
        np.save("words.npy", vectors)
        with open("words.words.txt", "w") as file:
            file.write("\n".join(words) + "\n")
        rows = []
        for _ in range(rounds):
            run = lambda *line: subprocess.run([tool, "embed", *line, "--tokenizer", "whitespace", "--quiet"], check=True)
            _, ours_cpu, ours_wall = measured(lambda: run("--method", "lsa", "--size", str(SIZE), "texts.txt", "-o", "lsa.npy"))
            (theirs, matrix), cpu, wall = measured(lambda: sklearn_lsa(texts))
            _, mean_cpu, mean_wall = measured(lambda: run("words.npy", "texts.txt", "-o", "mean.npy"))
            means, numpy_cpu, numpy_wall = measured(lambda: numpy_mean(texts, words, vectors))
            rows.append([ours_cpu, cpu, ours_wall, wall, mean_cpu, numpy_cpu, mean_wall, numpy_wall])
            print(json.dumps([round(value, 2) for value in rows[-1]]), file=sys.stderr)
        ours, table = np.load("lsa.npy"), np.median(rows, axis=0)
        total = matrix.multiply(matrix).sum()
        print(f"LSA   ours {table[0]:.2f} s processor, {table[2]:.2f} s wall; scikit-learn {table[1]:.2f} and {table[3]:.2f}")
        print(f"      share of the squared sum kept: ours {(ours**2).sum() / total:.5f}, scikit-learn {(theirs**2).sum() / total:.5f}")
        print(f"      nearest five of the topic: ours {retrieval(ours, topics):.4f}, scikit-learn {retrieval(theirs, topics):.4f}")
        print(f"mean  ours {table[4]:.2f} s processor, {table[6]:.2f} s wall; NumPy {table[5]:.2f} and {table[7]:.2f}")
        print(f"      largest difference {np.abs(np.load('mean.npy') - means).max():.1e}")


if __name__ == "__main__":
    main()
