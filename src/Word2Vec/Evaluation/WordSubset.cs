using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Evaluation;

/// <summary>Some of the words of vectors, with copies of their rows.</summary>
internal static unsafe class WordSubset
{
    /// <summary>The words <paramref name="ids"/> in this order.</summary>
    public static WordVectors Of(WordVectors vectors, IReadOnlyList<int> ids)
    {
        var names = new WordIndex.Builder();
        var rows = new NativeBuffer<float>(Math.Max(1, (long)ids.Count * vectors.Size));
        for (int i = 0; i < ids.Count; i++)
        {
            names.Add(vectors.Words.Bytes(ids[i]));
            vectors[ids[i]].CopyTo(new Span<float>(rows.First + (long)i * vectors.Size, vectors.Size));
        }

        GC.KeepAlive(vectors);
        return new WordVectors(names.Build(), vectors.Size, rows.First, (long)vectors.Size * sizeof(float), rows);
    }

    /// <summary>The words as they are spelt.</summary>
    public static string[] Names(WordVectors vectors, IReadOnlyList<int> ids) => [.. ids.Select(id => vectors.Words[id])];
}
