"""Faiss: faiss_client.py read|write|same FILE WORDS|FOLDER; `same` prints whether Faiss itself would have written these bytes."""
import sys

import faiss
import numpy as np

import common

what, path, other = sys.argv[1:]
words_path = path.replace(".faiss", ".words.txt")
if what == "read":
    index = faiss.read_index(path)
    words = open(words_path, encoding="utf-8").read().split("\n")[:-1]
    questions = common.questions(other)
    queries = np.stack([index.reconstruct(words.index(word)) for word in questions])
    cosines, ids = index.search(queries, 11)
    answers = []
    for question, near, scores in zip(questions, ids, cosines):
        answers.append([[words[i], float(score)] for i, score in zip(near, scores) if words[i] != question][:10])
    common.answer(answers)
elif what == "same":
    index = faiss.read_index(path)
    again = faiss.IndexFlatIP(index.d)
    again.add(index.reconstruct_n(0, index.ntotal))
    faiss.write_index(again, other)
    print(open(path, "rb").read() == open(other, "rb").read())
else:
    words, rows = common.made_vectors()
    index = faiss.IndexFlatL2(rows.shape[1]) if what == "write-l2" else faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    faiss.write_index(index, path)
    with open(words_path, "w", encoding="utf-8") as file:
        file.writelines(word + "\n" for word in words)
    common.expect(other, words, rows)
