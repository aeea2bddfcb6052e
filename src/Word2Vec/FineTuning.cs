using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Word2Vec.Numerics;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec;

/// <summary>What became of the words when a training began with vectors.</summary>
/// <param name="Known">Words of the text that had a vector.</param>
/// <param name="New">Words of the text that had none.</param>
/// <param name="Absent">Words that had a vector and are not among those of the text.</param>
/// <param name="Frozen">Of the known ones those whose vectors stay as they are.</param>
public sealed record FineTuningWords(int Known, int New, int Absent, int Frozen);

/// <summary>
/// A training that begins with vectors, of any file and any tool, in place of random ones. Words of the text that have a vector go on from it; where
/// the output vectors were kept (<see cref="WordVectors.OutputVectors"/>) they are taken too, else they begin at zero. Words that are new begin as in
/// every training, at random and near zero. The learning rate begins anew.
/// </summary>
/// <remarks>
/// Which words the text has is decided as in every training, by the minimum count among others. A frozen word keeps its input vector, bit for bit, while
/// the others learn beside it and its output vector goes on learning.
/// </remarks>
public sealed class FineTuning
{
    /// <summary>The entry of <see cref="WordVectors.Metadata"/> with <see cref="Fingerprint"/>.</summary>
    public const string FingerprintEntry = "base.fingerprint";

    private readonly Lazy<byte[]> _hash;

    /// <summary>Begins with <paramref name="vectors"/>, which must stay open until <see cref="Finish"/>.</summary>
    public FineTuning(WordVectors vectors) => (Base, _hash) = (vectors, new Lazy<byte[]>(() => HashOf(vectors)));

    /// <summary>The vectors that it begins with.</summary>
    public WordVectors Base { get; }

    /// <summary>Whether words of <see cref="Base"/> that are not in the text stay among the vectors, as they are. Default: true.</summary>
    public bool KeepsAbsent { get; init; } = true;

    /// <summary>Whether all words of <see cref="Base"/> keep their vectors, so that only new words learn. Default: false.</summary>
    public bool FreezesAll { get; init; }

    /// <summary>Words that keep their vectors; those that have none in <see cref="Base"/> are passed over. Default: none.</summary>
    public IReadOnlyCollection<string> FrozenWords { get; init; } = [];

    /// <summary>SHA-256 of the words and rows of <see cref="Base"/>, in hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(_hash.Value);

    /// <summary>What became of the words; null before <see cref="Start"/>.</summary>
    public FineTuningWords? Words { get; private set; }

    /// <summary>Makes the weights that a training on <paramref name="corpus"/> begins with.</summary>
    /// <exception cref="Word2VecException">
    /// The options say another vector size or subwords (Usage), or a vector to begin with holds a number that is not finite (Format).
    /// </exception>
    public Weights Start(EncodedCorpus corpus, TrainingOptions options)
    {
        if (options.VectorSize != Base.Size)
            throw new Word2VecException(ErrorKind.Usage, $"The training has vectors of {options.VectorSize} components, those it is to begin with have {Base.Size}; " +
                $"leave the size out or say {Base.Size}.");
        if (options.Subwords is not null)
            throw new Word2VecException(ErrorKind.Usage, "A training with subwords cannot begin with vectors of words, which are means of rows that are not known; " +
                "leave the subwords out, or begin with random vectors.");
        var weights = new Weights(corpus.Vocabulary.Count, options);
        try
        {
            weights.Initialize(options.Seed);
            Fill(corpus.Vocabulary.Words, weights, options.OutputLayer == OutputLayer.NegativeSampling);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts the words that were absent from the text behind those of <paramref name="trained"/>, with their output vectors where these are kept, and
    /// says in the metadata what it began with. Where <see cref="Base"/> has counts, those of both texts are added and the words sorted by them.
    /// </summary>
    /// <param name="trained">The vectors of the training; they are disposed.</param>
    public WordVectors Finish(WordVectors trained)
    {
        using (trained)
        {
            int[] absent = KeepsAbsent ? [.. Absent(trained.Words)] : [];
            var rows = new MergedRows(trained, Base, absent);
            Dictionary<string, string> metadata = new(trained.Metadata)
            {
                [FingerprintEntry] = Fingerprint,
                ["base.words"] = Base.Count.ToString(CultureInfo.InvariantCulture),
            };
            return rows.ToVectors(metadata);
        }
    }

    /// <summary>What <paramref name="training"/> takes, of a vocabulary of <paramref name="words"/>, when it begins with these vectors.</summary>
    /// <param name="keepsOutput">Whether the output vectors are kept with the others.</param>
    internal MemoryEstimate Estimate(MemoryEstimate training, WordIndex words, bool keepsOutput)
    {
        int count = KeepsAbsent ? Base.Count : 0;
        long bytes = KeepsAbsent ? Base.Words.AllBytes.Length : 0;
        for (int id = 0; id < words.Count; id++)
        {
            if (KeepsAbsent && Base.Words.TryGetId(words.Bytes(id), out _))
                continue;
            count++;
            bytes += words.Bytes(id).Length;
        }

        return training.BeginningWith(Base.HeldBytes, Base.MappedBytes, MergedRows.BytesFor(count, bytes, Base.Size, keepsOutput), keepsOutput);
    }

    // Of a word that comes twice in the base the first one counts.
    private IEnumerable<int> Absent(WordIndex words)
    {
        for (int id = 0; id < Base.Count; id++)
        {
            if (!words.TryGetId(Base.Words.Bytes(id), out _) && Base.Words.TryGetId(Base.Words.Bytes(id), out int first) && first == id)
                yield return id;
        }
    }

    // Output vectors of hierarchical softmax belong to the nodes of a tree that the text makes, and begin at zero.
    private void Fill(WordIndex words, Weights weights, bool takesOutput)
    {
        HashSet<int> chosen = [.. FrozenWords.Select(word => Base.Words.TryGetId(word, out int id) ? id : -1)];
        int known = 0, frozen = 0;
        for (int id = 0; id < words.Count; id++)
        {
            if (!Base.Words.TryGetId(words.Bytes(id), out int old))
                continue;
            known++;
            Copy(Base, old, weights.InputRow(id));
            if (takesOutput && Base.OutputVectors is { } output)
                Copy(output, old, weights.OutputRow(id));
            if (!FreezesAll && !chosen.Contains(old))
                continue;
            weights.Freeze(id);
            frozen++;
        }

        Words = new FineTuningWords(known, words.Count - known, Absent(words).Count(), frozen);
        weights.Origin = OriginOf(weights);
    }

    private static void Copy(WordVectors source, int id, Span<float> target)
    {
        ReadOnlySpan<float> row = source[id];
        if (!VectorMath.IsFinite(row))
            throw new Word2VecException(ErrorKind.Format, $"The vector of '{source.Words[id]}' to begin with holds a number that is infinite or none; finite ones " +
                "were expected. Take it out, or train without it.");
        row.CopyTo(target);
    }

    // What tells checkpoints of this start from those of another: the vectors, and which are frozen.
    private uint OriginOf(Weights weights)
    {
        var checksum = default(Checksum);
        checksum.Append(_hash.Value);
        for (int id = 0; id < weights.Rows; id++)
            checksum.Append([weights.IsFrozen(id) ? (byte)1 : (byte)0]);
        return Math.Max(1, checksum.Value);
    }

    private static byte[] HashOf(WordVectors vectors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>([vectors.Count, vectors.Size, vectors.OutputVectors is null ? 0 : 1]));
        for (int id = 0; id < vectors.Count; id++)
        {
            hash.AppendData(vectors.Words.Bytes(id));
            hash.AppendData(MemoryMarshal.AsBytes(vectors[id]));
            if (vectors.OutputVectors is { } output)
                hash.AppendData(MemoryMarshal.AsBytes(output[id]));
        }

        GC.KeepAlive(vectors);
        return hash.GetHashAndReset();
    }
}
