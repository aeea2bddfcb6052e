"""NumPy: numpy_client.py read|write|write-double FILE WORDS|FOLDER"""
import sys

import numpy as np

import common

what, path, other = sys.argv[1:]
words_path = path.replace(".npy", ".words.txt")
if what == "read":
    rows = np.load(path, mmap_mode="r")
    words = open(words_path, encoding="utf-8").read().split("\n")[:-1]
    common.answer(common.nearest(words, rows.astype(np.float64), common.questions(other)))
else:
    words, rows = common.made_vectors()
    np.save(path, np.asfortranarray(rows.astype(np.float64)) if what == "write-double" else rows)
    with open(words_path, "w", encoding="utf-8") as file:
        file.writelines(word + "\n" for word in words)
    common.expect(other, words, rows)
