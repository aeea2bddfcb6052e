#!/usr/bin/env python3
"""The cosine of two words, known or not, by fastText, whole: subwords_peer.py MODEL A B; MODEL is what --make CORPUS MODEL writes (n-grams in 2,000,000 rows of 100 components).

    python3 docs/benchmarks/subwords_peer.py --make corpora/small-world.txt big.bin; word2vec convert big.bin big.w2v
    python3 docs/benchmarks/alternate.py 7 "word2vec similarity big.bin germanys germany" "word2vec similarity big.w2v germanys germany" "python3 docs/benchmarks/subwords_peer.py big.bin germanys germany"
"""
import sys

import fasttext
import numpy as np

if sys.argv[1] == "--make":
    fasttext.train_unsupervised(sys.argv[2], dim=100, epoch=1, thread=1, bucket=2000000, verbose=0).save_model(sys.argv[3])
else:
    fasttext.FastText.eprint = lambda text: None
    model = fasttext.load_model(sys.argv[1])
    a, b = (model.get_word_vector(word) for word in sys.argv[2:])
    print(f"{a @ b / np.linalg.norm(a) / np.linalg.norm(b):.4f}")
