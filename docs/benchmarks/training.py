#!/usr/bin/env python3
"""Times training beside every peer that is present and writes a Markdown table.

    python3 docs/benchmarks/training.py CORPUS.txt [--size 100] [--epochs 5] [--threads 1] [--repeats 3]
        [--word2vec-c FOLDER] [--pword2vec FOLDER] [--peers word2vec.c,pWord2Vec,gensim,fastText] [--out FOLDER]

Whole processes, one after the other in alternation, so that what else the machine does meets all of them: processor time of the process and its
children (user + system), peak resident memory, and words of raw text a second of processor time. Medians; the ratio is the median of the ratios of
the rounds. Build the tool first: dotnet build -c Release. gensim and fastText are used when they are installed (Debian: python3-gensim, fasttext);
word2vec.c and pWord2Vec are taken from folders that hold their programs. OPENBLAS_CORETYPE=SkylakeX gives OpenBLAS, on which pWord2Vec rests, its
AVX-512 kernel on processors whose name it does not know. word2vec.c with one thread trains a single epoch whatever -iter says (it does not reset
its end of file), so it is timed for one epoch and multiplied, its vocabulary pass (about 1 %) with it.
"""
import argparse
import datetime
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOL = os.path.join(ROOT, "src/Word2Vec.CommandLine/bin/Release/net10.0/Word2Vec.CommandLine.dll")
GENSIM = """
import sys
from gensim.models import Word2Vec
corpus, out, size, epochs, threads = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
model = Word2Vec(corpus_file=corpus, vector_size=size, window=5, negative=5, sample=1e-3, min_count=5, epochs=epochs, alpha=0.025, sg=1, workers=threads)
model.wv.save_word2vec_format(out, binary=True)
"""


def commands(options, out):
    """The command of each trainer that is there, the epochs that it trains, and what its version is."""
    size, epochs, threads, corpus = str(options.size), str(options.epochs), str(options.threads), options.corpus
    c_style = ["-size", size, "-window", "5", "-negative", "5", "-sample", "1e-3", "-min-count", "5", "-alpha", "0.025", "-binary", "1", "-threads", threads]
    found = {"ours": (["dotnet", TOOL, "train", corpus, "-o", out, "--size", size, "--epochs", epochs, "--threads", threads, "--no-cache", "--quiet"],
                      options.epochs, commit(ROOT))}
    if options.word2vec_c:
        count = 1 if options.threads == 1 else options.epochs
        found["word2vec.c"] = ([os.path.join(options.word2vec_c, "word2vec"), "-train", corpus, "-output", out, "-cbow", "0", "-hs", "0", "-iter", str(count),
                                "-debug", "0", *c_style], count, commit(options.word2vec_c))
    if options.pword2vec:
        found["pWord2Vec"] = ([os.path.join(options.pword2vec, "pWord2Vec"), "-train", corpus, "-output", out, "-iter", epochs, "-debug", "0", *c_style],
                              options.epochs, commit(options.pword2vec))
    python = shutil.which("python3", path="/usr/bin:" + os.environ["PATH"])
    version = subprocess.run([python, "-c", "import gensim; print(gensim.__version__)"], capture_output=True, text=True)
    if version.returncode == 0:
        found["gensim"] = ([python, "-c", GENSIM, corpus, out, size, epochs, threads], options.epochs, version.stdout.strip())
    if shutil.which("fasttext"):
        found["fastText"] = (["fasttext", "skipgram", "-input", corpus, "-output", out, "-dim", size, "-ws", "5", "-neg", "5", "-t", "1e-3", "-minCount", "5",
                              "-epoch", epochs, "-lr", "0.025", "-minn", "0", "-maxn", "0", "-thread", threads], options.epochs, "packaged")
    wanted = options.peers.split(",") if options.peers else list(found)
    return {name: found[name] for name in found if name == "ours" or name in wanted}


def commit(folder):
    done = subprocess.run(["git", "-C", folder, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "?"


def measure(command):
    """Processor seconds, wall seconds and peak MiB of a process."""
    begin = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    message = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}\nended with {status}: {message[-500:]}")
    return usage.ru_utime + usage.ru_stime, os.times().elapsed - begin, usage.ru_maxrss / 1024


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--word2vec-c")
    parser.add_argument("--pword2vec")
    parser.add_argument("--peers")
    parser.add_argument("--out", default=tempfile.gettempdir())
    options = parser.parse_args()
    with open(options.corpus, "rb") as text:
        words = sum(len(line.split()) for line in text)
    trainers = commands(options, os.path.join(options.out, "training-benchmark.bin"))
    rounds = {name: [] for name in trainers}
    for _ in range(options.repeats):
        for name, (command, epochs, _) in trainers.items():
            seconds, wall, memory = measure(command)
            scale = options.epochs / epochs
            rounds[name].append((seconds * scale, wall * scale, memory))

    print(f"{processor()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}, {datetime.date.today()}; "
          f"{words:,} words, {options.epochs} epochs, size {options.size}, {options.threads} thread(s), medians of {options.repeats}\n")
    print("| | version | processor s | wall s | M words/s | ours is so many times faster | peak MiB |\n|---|---|---|---|---|---|---|")
    for name, (_, _, version) in trainers.items():
        seconds, wall, memory = (statistics.median(column) for column in zip(*rounds[name]))
        ratio = statistics.median(theirs[0] / ours[0] for theirs, ours in zip(rounds[name], rounds["ours"]))
        print(f"| {name} | {version} | {seconds:.2f} | {wall:.2f} | {words * options.epochs / seconds / 1e6:.2f} | {ratio:.2f} | {memory:.0f} |")
    print()
    for name, (command, _, _) in trainers.items():
        print(f"    {' '.join(os.path.basename(part) if os.sep in part else part for part in command if part != GENSIM)}")


if __name__ == "__main__":
    main()
