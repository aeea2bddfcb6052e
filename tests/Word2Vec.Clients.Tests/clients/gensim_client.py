"""gensim: gensim_client.py read-binary|read-text|read-glove|write-binary|write-text FILE WORDS|FOLDER"""
import sys

from gensim.models import KeyedVectors

import common

what, path, other = sys.argv[1:]
if what.startswith("read"):
    vectors = KeyedVectors.load_word2vec_format(path, binary=what == "read-binary", no_header=what == "read-glove")
    common.answer([vectors.most_similar(word, topn=10) for word in common.questions(other)])
else:
    words, rows = common.made_vectors()
    vectors = KeyedVectors(vector_size=rows.shape[1])
    vectors.add_vectors(words, rows)
    vectors.save_word2vec_format(path, binary=what == "write-binary")
    common.expect(other, words, rows)
