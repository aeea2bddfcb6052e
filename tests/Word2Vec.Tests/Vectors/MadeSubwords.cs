using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

/// <summary>Vectors with subwords, made of random rows.</summary>
internal static unsafe class MadeSubwords
{
    public static WordVectors Of(string[] words, int size, Ngrams ngrams, int seed = 1)
    {
        var random = new Random(seed);
        var rows = new NativeBuffer<float>((long)(words.Length + ngrams.Buckets) * size);
        for (long i = 0; i < (long)(words.Length + ngrams.Buckets) * size; i++)
            rows.First[i] = random.NextSingle() * 2 - 1;
        var index = WordIndex.From(words);
        var subwords = new SubwordVectors(index, ngrams, size, rows.First, rows.First + words.Length * size, (long)size * sizeof(float), rows);
        var means = new float[words.Length * size];
        for (int id = 0; id < words.Length; id++)
            subwords.Mean(id, [], means.AsSpan(id * size, size));
        return new WordVectors(index, size, means) { Subwords = subwords };
    }
}
