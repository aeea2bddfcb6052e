"""Times gensim opening and writing files of vectors, as formats.cs times ours: python3 docs/benchmarks/formats_peers.py VECTORS.bin VECTORS.txt [repeats]

Medians of wall and processor milliseconds, without the import.
"""
import statistics
import sys
import time
from gensim.models import KeyedVectors

repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 3


def report(what, action):
    wall, processor = [], []
    for _ in range(repeats):
        begin, start = time.process_time(), time.perf_counter()
        action()
        wall.append((time.perf_counter() - start) * 1e3)
        processor.append((time.process_time() - begin) * 1e3)
    print(f"gensim {what:16} {statistics.median(wall):10.1f} ms wall {statistics.median(processor):10.1f} ms processor", flush=True)


for path in sys.argv[1:3]:
    report("open " + path[-3:], lambda: KeyedVectors.load_word2vec_format(path, binary=path.endswith(".bin")))
