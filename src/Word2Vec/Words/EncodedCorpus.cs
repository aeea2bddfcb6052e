using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>
/// A corpus as word ids: sentences one after another, each followed by <see cref="SentenceEnd"/>. It lies in a memory-mapped file (or, for
/// tests and small inputs, in memory); epochs read it from here and never touch the text again.
/// </summary>
public sealed unsafe class EncodedCorpus : IDisposable
{
    /// <summary>The id that follows the last word of each sentence.</summary>
    public const int SentenceEnd = -1;

    private readonly IDisposable? _owner;
    private readonly int[]? _array;
    private GCHandle _pin;
    private readonly int* _ids;

    /// <summary>Takes <paramref name="ids"/> as the corpus, without a copy.</summary>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, or the last one is not <see cref="SentenceEnd"/>.</exception>
    public EncodedCorpus(int[] ids, Vocabulary vocabulary, CorpusCounts counts)
    {
        if (ids.Length == 0 || ids[^1] != SentenceEnd)
            throw new ArgumentException("The last id of a corpus must be that of a sentence's end.", nameof(ids));
        if (Array.FindIndex(ids, id => id < SentenceEnd || id >= vocabulary.Count) is >= 0 and int place)
            throw new ArgumentException($"The id {ids[place]} at position {place} is not one of the {vocabulary.Count} words.", nameof(ids));
        _array = ids;
        _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        _ids = (int*)_pin.AddrOfPinnedObject();
        (Length, Vocabulary, Counts) = (ids.Length, vocabulary, counts);
    }

    /// <summary>
    /// Takes <paramref name="length"/> ids at <paramref name="ids"/>, which <paramref name="owner"/> keeps alive and which it releases.
    /// </summary>
    internal EncodedCorpus(int* ids, long length, IDisposable owner, Vocabulary vocabulary, CorpusCounts counts)
    {
        _ids = ids;
        (Length, _owner, Vocabulary, Counts) = (length, owner, vocabulary, counts);
    }

    /// <summary>The number of ids, sentence ends included: positions are 0 … Length − 1.</summary>
    public long Length { get; }

    /// <summary>The words that the ids stand for.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>What was counted while the text was read.</summary>
    public CorpusCounts Counts { get; }

    /// <summary>The file that holds the ids; null where they lie in memory or in a temporary file.</summary>
    public string? FilePath { get; internal init; }

    /// <summary>
    /// SHA-256, in hexadecimal digits, of the counts and checksums of ids and vocabulary: the same for the same words in the same order, wherever the
    /// text lay. Null where the ids were given in memory.
    /// </summary>
    public string? Fingerprint { get; internal init; }

    /// <summary>Whether an earlier run's encoded file was opened, so that the text was not read.</summary>
    public bool FromCache { get; internal init; }

    /// <summary>The checksums of ids and vocabulary as the header of the file holds them; null where there is no such file.</summary>
    internal (uint Ids, uint Vocabulary)? Checksums { get; init; }

    /// <summary>The address of position 0.</summary>
    public int* First => _ids;

    /// <summary>The ids of positions <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1.</summary>
    public ReadOnlySpan<int> Ids(long start, int count) => new(_ids + start, count);

    /// <summary>
    /// Returns the first position at or after <paramref name="position"/> where a sentence starts, or <see cref="Length"/>.
    /// </summary>
    public long SentenceStart(long position)
    {
        if (position <= 0)
            return 0;
        if (position >= Length)
            return Length;
        while (_ids[position - 1] != SentenceEnd)
            position++;
        return position;
    }

    /// <summary>
    /// Says that the ids of positions <paramref name="start"/> … <paramref name="end"/> − 1 have been read and are not needed for now: of a corpus in
    /// a mapped file they no longer count as this process's memory. They can be read again at any time.
    /// </summary>
    public void Release(long start, long end) =>
        (_owner as FileMap)?.Release(EncodedCorpusHeader.Size + start * sizeof(int), EncodedCorpusHeader.Size + end * sizeof(int));

    /// <summary>
    /// Of each word how many different ones first occur before it: 0 for the first word of the corpus. Words that never occur come last, in the
    /// vocabulary's order.
    /// </summary>
    internal int[] OrderOfAppearance()
    {
        const int Block = 1 << 20;
        var order = new int[Vocabulary.Count];
        Array.Fill(order, -1);
        int seen = 0;
        for (long start = 0; start < Length && seen < order.Length; start += Block)
        {
            int count = (int)Math.Min(Block, Length - start);
            foreach (int id in Ids(start, count))
            {
                if (id != SentenceEnd && order[id] < 0)
                    order[id] = seen++;
            }

            Release(start, start + count);
        }

        for (int id = 0; id < order.Length; id++)
            order[id] = order[id] < 0 ? seen++ : order[id];
        return order;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owner?.Dispose();
        if (_pin.IsAllocated)
            _pin.Free();
    }
}

/// <summary>What was counted while a corpus was read.</summary>
/// <param name="TextTokens">Tokens of the text, in the vocabulary or not.</param>
/// <param name="Tokens">Tokens whose words are in the vocabulary.</param>
/// <param name="Sentences">Sentences with at least one word of the vocabulary, long ones counted once a piece.</param>
/// <param name="Types">Different words of the text, in the vocabulary or not; one that was dropped and came again counts again.</param>
public readonly record struct CorpusCounts(long TextTokens, long Tokens, long Sentences, long Types)
{
    /// <summary>
    /// Different words that were dropped while the text was read, because there were more than <see cref="CorpusOptions.MaximumDistinct"/>. 0: all
    /// counts are exact.
    /// </summary>
    public long DroppedTypes { get; init; }

    /// <summary>
    /// The most occurrences that any word lost because it had been dropped when it came again: counts are exact or at most this much too small. Up to
    /// 2^32 − 1. Default: 0.
    /// </summary>
    public long MostLost { get; init; }

    /// <summary>
    /// Words of the text of 998 to 1,000 bytes, as pieces of longer ones have: those are cut, between characters. Up to 2^32 − 1. Default: 0.
    /// </summary>
    public long LongWords { get; init; }
}
