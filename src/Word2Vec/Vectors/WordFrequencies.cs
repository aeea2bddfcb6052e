using System.Collections.Concurrent;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>How often the words of some vectors occur, in a corpus or in the texts that are to be embedded.</summary>
public sealed class WordFrequencies
{
    private readonly long[] _counts;

    internal WordFrequencies(long[] counts, long total) => (_counts, Total) = (counts, Math.Max(total, 1));

    /// <summary>Occurrences of each word, or texts that hold it, by the word's id.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>All occurrences, also of words without a vector, or all texts; 1 or more.</summary>
    public long Total { get; }

    /// <summary>The counts that <paramref name="vectors"/> came with.</summary>
    /// <exception cref="Word2VecException">They have none.</exception>
    public static WordFrequencies OfVectors(WordVectors vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return vectors.Counts is { } counts ? new WordFrequencies([.. counts], counts.Sum()) : throw new Word2VecException(ErrorKind.Usage,
            "These vectors do not say how often their words occur; take the frequencies from the texts or from a vocabulary " +
            "(embed --frequencies), or use vectors of a format that has counts, such as .w2v.");
    }

    /// <summary>The counts of <paramref name="vocabulary"/>; words that it has not have never occurred.</summary>
    public static WordFrequencies OfVocabulary(WordVectors vectors, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var counts = new long[vectors.Count];
        for (int id = 0; id < counts.Length; id++)
            counts[id] = vocabulary.Words.TryGetId(vectors.Words.Bytes(id), out int place) ? vocabulary.Counts[place] : 0;
        return new WordFrequencies(counts, vocabulary.TotalCount);
    }

    /// <summary>Counts the words of <paramref name="texts"/>, which are gone through once.</summary>
    /// <param name="tokenizer">How a text becomes words; null: as for <see cref="TextEmbeddingOptions.Tokenizer"/>.</param>
    public static WordFrequencies OfTexts(
        WordVectors vectors, IEnumerable<string> texts, TokenizerKind? tokenizer = null, CancellationToken cancellation = default) =>
        Count(vectors, texts, tokenizer, byText: false, cancellation);

    /// <summary>Counts for each word the <paramref name="texts"/> that hold it, once each.</summary>
    /// <inheritdoc cref="OfTexts"/>
    public static WordFrequencies TextsWith(
        WordVectors vectors, IEnumerable<string> texts, TokenizerKind? tokenizer = null, CancellationToken cancellation = default) =>
        Count(vectors, texts, tokenizer, byText: true, cancellation);

    private static WordFrequencies Count(
        WordVectors vectors, IEnumerable<string> texts, TokenizerKind? kind, bool byText, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(texts);
        var tokenizer = new Tokenizer(kind ?? TextEmbedder.TokenizerOf(vectors));
        var counts = new long[vectors.Count];
        long total = 0;
        foreach (string[] batch in TextBatches.Of(texts, text => text.Length))
        {
            cancellation.ThrowIfCancellationRequested();
            Parallel.ForEach(Partitioner.Create(0, batch.Length), range =>
            {
                var ids = new List<int>();
                for (int i = range.Item1; i < range.Item2; i++)
                {
                    ids.Clear();
                    long words = tokenizer.FindIds(batch[i], vectors.Words, ids);
                    Interlocked.Add(ref total, byText ? 1 : words);
                    foreach (int id in byText ? ids.Distinct() : ids)
                        Interlocked.Increment(ref counts[id]);
                }
            });
        }

        return new WordFrequencies(counts, total);
    }
}
