#!/usr/bin/env python3
"""CBOW, hierarchical softmax and subwords beside gensim and fastText: models_peers.py CORPUS QUESTIONS PAIRS TOOL [SEEDS [MODEL ...]]

Each trains on one thread with the same options: size 100, window 5, 5 negatives, subsampling 1e-3, at least 5 occurrences, 5 epochs, 200,000 buckets of n-grams.
Prints the processor seconds of each whole process, and what TOOL evaluate finds: questions solved within the first 30,000 words, and the rank correlation.
Needs python3-gensim and python3-fasttext.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

MODELS = {
    "cbow": (["--architecture", "cbow"], dict(sg=0, hs=0, negative=5, alpha=0.05)),
    "skip-gram-hs": (["--hierarchical-softmax"], dict(sg=1, hs=1, negative=0, alpha=0.025)),
    "cbow-hs": (["--architecture", "cbow", "--hierarchical-softmax"], dict(sg=0, hs=1, negative=0, alpha=0.05)),
    "skip-gram-subwords": (["--subwords", "--buckets", "200000"], dict(model="skipgram", lr=0.025)),
    "cbow-subwords": (["--subwords", "--buckets", "200000", "--architecture", "cbow"], dict(model="cbow", lr=0.05)),
}


def peer(corpus, output, seed, options):
    if "model" in options:
        import fasttext
        fasttext.train_unsupervised(
            corpus, dim=100, ws=5, neg=5, epoch=5, minCount=5, t=1e-3, bucket=200000, thread=1, seed=seed, verbose=0, **options).save_model(output)
    else:
        from gensim.models import Word2Vec
        from gensim.models.word2vec import LineSentence
        model = Word2Vec(LineSentence(corpus), vector_size=100, window=5, sample=1e-3, min_count=5, epochs=5, workers=1, seed=seed, **options)
        model.wv.save_word2vec_format(output, binary=True)


def measured(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def quality(tool, file, questions, pairs):
    line = [tool, "evaluate", file, "--analogies", questions, "--similarity", pairs, "--restrict", "30000"]
    lines = [text.split() for text in subprocess.run(line, check=True, capture_output=True, text=True).stdout.splitlines()]
    solved = next(words for words in lines if words[:1] == ["total"])
    correlation = next(words for words in lines if words[:1] == [os.path.basename(pairs)])
    return f"{solved[-2]} % {correlation[1]}"


def main():
    if sys.argv[1] == "--peer":
        return peer(sys.argv[2], sys.argv[3], int(sys.argv[4]), json.loads(sys.argv[5]))
    corpus, questions, pairs, tool = sys.argv[1:5]
    seeds, names = int((sys.argv[5:6] or ["1"])[0]), sys.argv[6:] or list(MODELS)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for seed in range(1, seeds + 1):
                ours, theirs = os.path.join(folder, "ours.bin"), os.path.join(folder, "theirs.bin")
                options, peers = MODELS[name]
                seconds = measured([tool, "train", corpus, "-o", ours, "--device", "cpu", "--threads", "1", "--seed", str(seed), "--quiet", *options])
                other = measured([sys.executable, __file__, "--peer", corpus, theirs, str(seed), json.dumps(peers)])
                print(f"{name}, seed {seed}: ours {seconds:.1f} s, {quality(tool, ours, questions, pairs)}; "
                      f"{'fastText' if 'model' in peers else 'gensim'} {other:.1f} s, {quality(tool, theirs, questions, pairs)}; {other / seconds:.1f} times", flush=True)


main()
