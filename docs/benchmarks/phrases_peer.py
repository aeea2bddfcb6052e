#!/usr/bin/env python3
"""Phrases by gensim, whole: phrases_peer.py CORPUS OUTPUT [PASSES] finds them with gensim's defaults (min_count 5, threshold 10), sentence by line, and writes the text with them joined.

    python3 docs/benchmarks/alternate.py 5 "word2vec phrases c.txt -o a.txt --score gensim --quiet" "python3 docs/benchmarks/phrases_peer.py c.txt b.txt"; cmp a.txt b.txt"""
import sys

from gensim.models.phrases import Phrases
from gensim.models.word2vec import LineSentence

corpus, output = sys.argv[1:3]
sentences = LineSentence(corpus, max_sentence_length=10**9)
for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 1):
    sentences = Phrases(sentences)[sentences]
with open(output, "w", encoding="utf-8") as file:
    file.writelines(" ".join(sentence) + "\n" for sentence in sentences)
