using System.Numerics;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// The memory that a process takes at the peak of a training, in bytes; known before any of it is allocated. The corpus is not in it, however long:
/// it lies in a mapped file and is released behind the training.
/// </summary>
public sealed record MemoryEstimate
{
    /// <summary>What the tool takes without anything that grows: the runtime, its code and the compiled code, buffers. Measured on x64 Linux.</summary>
    public const long Program = 56_000_000;

    private const int LargestSizeOption = 4096;

    private readonly TrainingOptions _options;
    private readonly int _words, _stride;
    private readonly long _wordBytes;

    /// <summary>Estimates the training of <paramref name="words"/> words that have <paramref name="wordBytes"/> bytes together.</summary>
    /// <param name="longestSentence">See <see cref="CorpusOptions.MaximumSentenceLength"/>.</param>
    public MemoryEstimate(int words, long wordBytes, TrainingOptions options, int longestSentence)
    {
        (_options, _words, _stride, _wordBytes) = (options, words, Weights.StrideOf(options.VectorSize), wordBytes);
        Rows = RowBytes(words);
        Vocabulary = VocabularyBytes(words, wordBytes);
        bool hasRounds = options.Deterministic && options.HasTiles;
        int threads = hasRounds ? DeterministicBackend.Pieces : options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        Threads = threads * ThreadBytes(options, longestSentence) + (hasRounds ? DeterministicBackend.BytesFor(words, options) : 0);
    }

    /// <summary>Input and output vectors, with the padding of their rows; buckets of n-grams included.</summary>
    public long Rows { get; private init; }

    /// <summary>The words with their counts, index, n-grams and ways through the tree, the tables of the draws, and what it takes to make those.</summary>
    public long Vocabulary { get; }

    /// <summary>What the threads of the CPU backend have of their own.</summary>
    public long Threads { get; }

    /// <summary>The ids, where a device keeps them in the host's memory.</summary>
    public long Ids { get; private init; }

    /// <summary>The rows once more, where a <see cref="TrainingFallback"/> is to go on from them when the device fails.</summary>
    public long Copy { get; private init; }

    /// <summary>The rows once more, where <see cref="Checkpoints"/> are written in the background: from the first of them on.</summary>
    public long Checkpoint { get; private init; }

    /// <summary>The vectors that a <see cref="FineTuning"/> begins with, as far as they were read into memory, with their words.</summary>
    public long Base { get; private init; }

    /// <summary>
    /// The rest of them, in a mapped file. It is in memory only while nothing else needs it, as the corpus is, and so no part of <see cref="Total"/>; the
    /// system counts it as resident all the same.
    /// </summary>
    public long Mapped { get; private init; }

    /// <summary>What a <see cref="FineTuning"/> takes at the end, for the words of both, beyond what the training has given back by then.</summary>
    public long Merge => IsFineTuning ? Math.Max(0, AtEnd(_words) - (AllRows + Threads + Ids)) : 0;

    /// <summary>All together, with <see cref="Program"/>.</summary>
    public long Total => Program + AllRows + Vocabulary + Threads + Ids + Base + Merge;

    /// <summary>Whether it begins with vectors, whose size no other can take the place of.</summary>
    internal bool IsFineTuning => Merged > 0;

    private long AllRows => Rows + Copy + Checkpoint;

    // The vectors that come out, and how many matrices of the training they are made of.
    private long Merged { get; init; }

    private int KeptMatrices { get; init; }

    /// <summary>Estimates a training on <paramref name="corpus"/>.</summary>
    /// <param name="longestSentence">See <see cref="CorpusOptions.MaximumSentenceLength"/>.</param>
    /// <param name="copiesToHost">Whether the device makes copies of rows and ids in the host's memory, as one without memory of its own does.</param>
    /// <param name="keepsCopy">Whether there is a <see cref="TrainingFallback"/>.</param>
    /// <param name="copiesForCheckpoints">Whether there are <see cref="Checkpoints"/> that are written in the background.</param>
    public static MemoryEstimate Of(
        EncodedCorpus corpus, TrainingOptions options, int longestSentence, bool copiesToHost = false, bool keepsCopy = false, bool copiesForCheckpoints = false)
    {
        WordIndex words = corpus.Vocabulary.Words;
        long wordBytes = 0;
        for (int id = 0; id < words.Count; id++)
            wordBytes += words.Bytes(id).Length;
        var estimate = new MemoryEstimate(words.Count, wordBytes, options, longestSentence);
        estimate = estimate with { Copy = keepsCopy ? estimate.Rows : 0, Checkpoint = copiesForCheckpoints ? estimate.Rows : 0 };
        return copiesToHost ? estimate with { Rows = 2 * estimate.Rows, Ids = corpus.Length * sizeof(int) } : estimate;
    }

    /// <summary>The same training when it begins with vectors.</summary>
    /// <param name="held">See <see cref="Base"/>.</param>
    /// <param name="mapped">See <see cref="Mapped"/>.</param>
    /// <param name="merged">Bytes of the vectors that come out, of the words of both.</param>
    internal MemoryEstimate BeginningWith(long held, long mapped, long merged, bool keepsOutput) =>
        this with { Base = held, Mapped = mapped, Merged = merged, KeptMatrices = keepsOutput ? 2 : 1 };

    /// <summary>
    /// The largest vector size that <paramref name="available"/> bytes are enough for; 0: none is. A training that begins with vectors has theirs.
    /// </summary>
    public int LargestSize(long available)
    {
        long rows = AllRows, others = Total - rows, aFloat = rows / _stride;
        return (int)Math.Clamp((available - others) / aFloat / Weights.RowAlignment * Weights.RowAlignment, 0, LargestSizeOption);
    }

    /// <summary>How many of the most frequent words <paramref name="available"/> bytes are enough for, at the same vector size; 0: not one.</summary>
    public int LargestVocabulary(long available)
    {
        long others = Program + Base;
        double copies = (double)AllRows / RowBytes(_words);
        int fits = 0;
        for (int tooMany = _words + 1; tooMany - fits > 1;)
        {
            int words = fits + (tooMany - fits) / 2;

            // Frequent words are short: they have their share of the bytes at most.
            long vocabulary = VocabularyBytes(words, (long)((double)_wordBytes / _words * words));
            long training = Threads + Ids + (long)(copies * RowBytes(words)), end = IsFineTuning ? AtEnd(words) : 0;
            if (others + vocabulary + Math.Max(training, end) <= available)
                fits = words;
            else
                tooMany = words;
        }

        return fits;
    }

    // With fewer words of the text more of the others are absent from it, so what comes out is taken to stay as it is.
    private long AtEnd(int words) => Merged + (long)KeptMatrices * words * _stride * sizeof(float);

    private long RowBytes(int words)
    {
        (long input, int output) = Weights.Shape(words, _options);
        return (input + output) * _stride * sizeof(float);
    }

    private long VocabularyBytes(long words, long wordBytes)
    {
        // Two to four slots a word.
        long slots = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(4, 2 * words));
        long list = wordBytes + words * (sizeof(int) + sizeof(long)) + slots * sizeof(int);
        long tables = words * 5 * sizeof(int);

        // While the alias table is built: the weights twice, and two stacks that grow by doubling.
        long building = words * (2 * sizeof(double) + 4 * sizeof(int));
        return list + tables + building + (_options.HasTiles ? 0 : ListBytes(words, wordBytes));
    }

    // Of the models without tiles: each word's rows, of which no character begins more than it has lengths of n-grams, and its turns, about as many as
    // halvings of the vocabulary and a few more.
    private long ListBytes(long words, long wordBytes)
    {
        long ngrams = _options.Subwords is { } subwords ? (subwords.LongestNgram - subwords.ShortestNgram + 1) * (wordBytes + 2 * words) : 0;
        long turns = _options.OutputLayer == OutputLayer.HierarchicalSoftmax ? words * (BitOperations.Log2((ulong)words) + 8) : 0;
        return (words + ngrams + turns) * sizeof(int) + 2 * words * RowLists.BytesAList;
    }

    private static long ThreadBytes(TrainingOptions options, int longestSentence)
    {
        // The packed negatives and a row of zeros for each of two tiles; gradients and weights of all pairs; a register's width of all rows.
        const long Stack = 128 << 10;
        if (!options.HasTiles)
            return Stack + WindowBytes(options) + SentenceBytes(longestSentence);
        var tile = TileShape.Of(options);
        long stride = Weights.StrideOf(options.VectorSize), contexts = tile.Centers + 2L * options.Window;
        long negatives = Multiples.RoundUp(tile.Negatives, Weights.RowAlignment) + Weights.RowAlignment;
        long scratch = (stride * (negatives + 2) + 3 * contexts * negatives + 2L * options.Window * tile.Centers
            + (2 * contexts + tile.Centers + negatives) * Weights.RowAlignment) * sizeof(float);
        return Stack + scratch + SentenceBytes(longestSentence);
    }

    // Means and changes of the inputs, gradients, addresses of rows.
    private static long WindowBytes(TrainingOptions options)
    {
        const long RowsOfAWord = 64, Turns = 64;
        long stride = Weights.StrideOf(options.VectorSize), contexts = 2L * options.Window;
        long targets = Turns * contexts + WindowShape.Of(options).Negatives, rows = contexts * RowsOfAWord + targets;
        return (2 * contexts * stride + contexts * targets) * sizeof(float) + 2 * rows * sizeof(long);
    }

    private static long SentenceBytes(int longest) =>
        BitOperations.RoundUpToPowerOf2((uint)Math.Max(1024, longest)) * (2 * sizeof(int) + sizeof(long));
}
