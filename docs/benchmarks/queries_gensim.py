"""Times gensim's exact search as queries.cs does: python3 docs/benchmarks/queries_gensim.py VECTORS.bin [queries] [repeats]"""
import statistics, sys, time
from gensim.models import KeyedVectors

vectors = KeyedVectors.load_word2vec_format(sys.argv[1], binary=True)
words = vectors.index_to_key[: int(sys.argv[2]) if len(sys.argv) > 2 else 200]
vectors.most_similar(words[0])
wall, processor = [], []
for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 5):
    start, begin = time.perf_counter(), time.process_time()
    for word in words:
        vectors.most_similar(word, topn=10)
    wall.append((time.perf_counter() - start) * 1e3 / len(words))
    processor.append((time.process_time() - begin) * 1e3 / len(words))
print(f"{len(vectors)} x {vectors.vector_size}, {len(words)} queries: "
      f"{statistics.median(wall):.3f} ms wall, {statistics.median(processor):.3f} ms processor a query")
