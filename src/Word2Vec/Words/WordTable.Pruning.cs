using System.Runtime.CompilerServices;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>How a table of words stays within a limit.</summary>
/// <remarks>
/// When it is full, the rarest words go: all with a count of up to t, the lowest t that frees half of the words and half of their bytes. A word that
/// was dropped and comes again begins at 0, so that its count is too small by at most the sum of all t. Ids of dropped words are given anew; to
/// tell whose an id in the stream was, each has the generation in which its word came, and a generation begins at each pruning. Which words go depends
/// on the words added, not on how they were cut into calls.
/// </remarks>
internal sealed unsafe partial class WordTable
{
    private const int BytesPerWord = 32, LongestEntry = WordScanner.LongestWord + LengthSize, None = -1;

    /// <summary>Of a word that is longer, pieces of this many bytes or up to <see cref="WordScanner.LongestWord"/> are left.</summary>
    private const int ShortestPiece = WordScanner.LongestWord - 2;

    private readonly WordIndex? _keep;
    private readonly long _mostWords = long.MaxValue;
    private readonly long _mostBytes = long.MaxValue;
    private readonly List<long> _prunings = [];
    private NativeBuffer<int>? _generations;
    private long _position;
    private int _firstFree = None;
    private int _free;
    private long _dropped;
    private long _longDropped;
    private long _mostLost;

    /// <summary>A table without a limit.</summary>
    public WordTable()
    {
    }

    /// <summary>A table that holds up to <paramref name="mostWords"/> words at once, of 32 bytes on average.</summary>
    /// <param name="keep">
    /// Words that are never dropped, in place of the most frequent ones; the limit is twice as much as they take, where it is lower. Null: none.
    /// </param>
    public WordTable(int mostWords, WordIndex? keep)
    {
        _keep = keep;
        _mostWords = 1 + Math.Max(mostWords, 2L * (keep?.Count ?? 0)); // it is full when there are more
        long keptBytes = keep is null ? 0 : keep.AllBytes.Length + (long)LengthSize * keep.Count;
        _mostBytes = Math.Max((long)BytesPerWord * mostWords, 2 * keptBytes) + BatchSize * LongestEntry;
    }

    /// <summary>The most memory that it may take, in bytes, also while it grows. Default: as much as there is.</summary>
    public long MostMemory { get; init; } = long.MaxValue;

    /// <summary>The bytes that it takes now.</summary>
    public long Memory => _slots.Capacity * sizeof(Slot) + _starts.Capacity * sizeof(long) + _bytes.Capacity
        + (_generations?.Capacity ?? 0) * sizeof(int);

    /// <summary>After how many added words and sentence ends words were dropped, each time.</summary>
    public IReadOnlyList<long> Prunings => _prunings;

    // Words that the table has now.
    private int WordCount => Count - _free;

    /// <summary>How many prunings there had been when the word of <paramref name="id"/> came.</summary>
    public int GenerationOf(int id) => _generations is null ? 0 : _generations.First[id];

    /// <summary>What can be said of the text without its vocabulary.</summary>
    public CorpusCounts TextCounts() => new(Total, 0, 0, WordCount + _dropped)
    {
        DroppedTypes = _dropped,
        MostLost = _mostLost,
        LongWords = _longDropped + LongWords(),
    };

    // What grows lies in the memory twice, old and new.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CheckMemory(long ids, int words, bool rehashes)
    {
        long needed = Memory + (rehashes ? 2 * _slots.Capacity * sizeof(Slot) : 0) + (ids > _starts.Capacity ? _starts.Capacity * 3 / 2 * sizeof(long) : 0)
            + (_bytesUsed + (long)words * LongestEntry > _bytes.Capacity ? _bytes.Capacity * 3 / 2 : 0);
        if (needed > MostMemory)
            throw new Word2VecException(ErrorKind.Training, FormattableString.Invariant(
                $"The first {Total:N0} words of the text have {WordCount:N0} different ones, and to count more takes {needed / 1e6:N0} MB of the ")
                + FormattableString.Invariant($"{MostMemory / 1e6:N0} MB that there are for it; bound them: --max-distinct {Math.Max(1000, WordCount / 2)} ")
                + "drops the rarest when there are more.");
    }

    // How many of the next words can be added before the table could be full.
    private int MakeRoom(int words)
    {
        for (; ; Prune())
        {
            long room = Math.Min(_mostWords - WordCount, (_mostBytes - _bytesUsed) / LongestEntry);
            if (room > 0)
                return (int)Math.Min(room, words);
        }
    }

    private int TakeId()
    {
        int id = _firstFree;
        if (id == None)
        {
            id = Count++;
        }
        else
        {
            _firstFree = NextFree(_starts.First[id]);
            _free--;
        }

        if (_generations is not null)
            _generations.First[id] = _prunings.Count;
        return id;
    }

    private void Prune()
    {
        _generations ??= new NativeBuffer<int>(_starts.Capacity);
        _prunings.Add(_position);
        long anchor = 0;
        while (_slots.First[anchor].Tag != 0)
            anchor++;
        if (_keep is null)
        {
            long threshold = LowestThreshold();
            _mostLost += threshold;
            DropUpTo(threshold);
        }
        else
        {
            DropAllBut(_keep);
        }

        CloseGaps(anchor);
        Compact();
    }

    private long LowestThreshold()
    {
        long high = 1;
        while (!LeavesHalf(high))
            high *= 2;
        for (long low = high / 2; high - low > 1;)
        {
            long middle = low + (high - low) / 2;
            (low, high) = LeavesHalf(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LeavesHalf(long threshold)
    {
        long words = 0, bytes = 0;
        Slot* end = _slots.First + _mask + 1;
        for (Slot* slot = _slots.First; slot < end; slot++)
        {
            if (slot->Tag == 0 || slot->Count <= threshold)
                continue;
            words++;
            bytes += LengthSize + LengthOf(slot);
        }

        return words <= _mostWords / 2 && bytes <= _mostBytes / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DropUpTo(long threshold)
    {
        Slot* end = _slots.First + _mask + 1;
        for (Slot* slot = _slots.First; slot < end; slot++)
        {
            if (slot->Tag != 0 && slot->Count <= threshold)
                Drop(slot);
        }
    }

    private void DropAllBut(WordIndex keep)
    {
        Slot* end = _slots.First + _mask + 1;
        for (Slot* slot = _slots.First; slot < end; slot++)
        {
            if (slot->Tag != 0 && !keep.TryGetId(Bytes(slot->Id), out _))
                Drop(slot);
        }
    }

    private void Drop(Slot* slot)
    {
        if (LengthOf(slot) >= ShortestPiece)
            _longDropped += slot->Count;
        slot->Tag = 0;
        _starts.First[slot->Id] = None;
        _dropped++;
        _free++;
    }

    // From a slot on that no word was ever pushed past, so that each word finds its way filled by words that move no more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CloseGaps(long anchor)
    {
        Slot* slots = _slots.First;
        for (long step = 1; step <= _mask; step++)
        {
            long from = anchor + step & _mask;
            if (slots[from].Tag == 0)
                continue;
            Slot moved = slots[from];
            slots[from].Tag = 0;
            long to = (long)HashOf(moved) & _mask;
            while (slots[to].Tag != 0)
                to = to + 1 & _mask;
            slots[to] = moved;
        }
    }

    // Free ids are linked so that the lowest is given first: low ids take two bytes in the stream.
    private void Compact()
    {
        var bytes = new NativeBuffer<byte>(_bytes.Capacity / 2);
        long used = 0;
        _firstFree = None;
        for (int id = Count - 1; id >= 0; id--)
        {
            long start = _starts.First[id];
            if (start < 0)
            {
                _starts.First[id] = Link(_firstFree);
                _firstFree = id;
                continue;
            }

            int length = LengthSize + LengthOf(id);
            bytes.Reserve(used + length);
            Unsafe.CopyBlockUnaligned(bytes.First + used, _bytes.First + start, (uint)length);
            _starts.First[id] = used;
            used += length;
        }

        _bytes.Dispose();
        (_bytes, _bytesUsed) = (bytes, used);
    }

    private long LongWords()
    {
        long words = 0;
        for (long slot = 0; slot <= _mask; slot++)
        {
            if (_slots.First[slot].Tag != 0 && LengthOf(_slots.First + slot) >= ShortestPiece)
                words += _slots.First[slot].Count;
        }

        return words;
    }

    private int LengthOf(Slot* slot) => (slot->Tag & MostLength) is < MostLength and uint length ? (int)length : LengthOf(slot->Id);

    private static long Link(int nextFree) => -2 - (long)nextFree;

    private static int NextFree(long link) => (int)(-2 - link);
}
