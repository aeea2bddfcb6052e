"""What the scripts share: the questions, the answers, and vectors to write."""
import json
import sys

import numpy as np


def nearest(words, rows, questions, count=10):
    """The nearest by cosine, in double precision."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    ids = {word: i for i, word in enumerate(words)}
    answers = []
    for question in questions:
        at = ids[question]
        cosines = unit @ unit[at]
        cosines[at] = -2
        best = np.argsort(-cosines, kind="stable")[:count]
        answers.append([[words[i], float(cosines[i])] for i in best])
    return answers


def questions(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def answer(answers):
    json.dump(answers, sys.stdout)


def made_vectors(count=200, size=21, seed=7):
    """Words, some outside ASCII, with vectors; the same each time."""
    random = np.random.default_rng(seed)
    words = [f"{'wört' if i % 3 else 'word'}{i}" for i in range(count)]
    return words, random.standard_normal((count, size)).astype(np.float32)


def expect(folder, words, rows):
    with open(f"{folder}/expected.words", "w", encoding="utf-8") as file:
        file.writelines(word + "\n" for word in words)
    rows.astype("<f4").tofile(f"{folder}/expected.floats")
