using System.Runtime.CompilerServices;

namespace Word2Vec.Training;

/// <summary>A set of rows of a training's weights that numbers them in the order in which they come: a word, and input or output vector.</summary>
internal sealed unsafe class RowKeys
{
    private const uint OutputBit = 1u << 31;

    private uint[] _keys = new uint[512];
    private int[] _slots = new int[1024];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows in their order.</summary>
    public ReadOnlySpan<uint> Keys => _keys.AsSpan(0, Count);

    /// <summary>The key of the input vector of <paramref name="word"/>.</summary>
    public static uint Input(int word) => (uint)word;

    /// <summary>The key of the output vector of <paramref name="word"/>.</summary>
    public static uint Output(int word) => (uint)word | OutputBit;

    /// <summary>The word of <paramref name="key"/>.</summary>
    public static int WordOf(uint key) => (int)(key & ~OutputBit);

    /// <summary>Whether <paramref name="key"/> is that of an output vector.</summary>
    public static bool IsOutput(uint key) => (key & OutputBit) != 0;

    /// <summary>Where the row of <paramref name="key"/> lies in <paramref name="weights"/>.</summary>
    public static float* RowOf(Weights weights, uint key) =>
        (IsOutput(key) ? weights.Output : weights.Input) + WordOf(key) * (long)weights.Stride;

    /// <summary>Which of <paramref name="parts"/> equal parts a row belongs to.</summary>
    public static int PartOf(uint key, int parts) => (int)((ulong)Hash(key) * (uint)parts >> 32);

    /// <summary>The number of <paramref name="key"/>; if it was not there it gets the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Number(uint key, out bool isNew)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)Hash(key) & mask; ; slot = (slot + 1) & mask)
        {
            int number = _slots[slot] - 1;
            isNew = number < 0;
            if (isNew)
                return Add(key, slot);
            if (_keys[number] == key)
                return number;
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    private static uint Hash(uint key)
    {
        uint hash = key * 0x9E3779B1;
        return hash ^ (hash >> 15);
    }

    private int Add(uint key, int slot)
    {
        if (Count == _keys.Length)
            return Grow(key);
        _keys[Count] = key;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    // Twice as many slots as keys, at least.
    private int Grow(uint key)
    {
        Array.Resize(ref _keys, 2 * _keys.Length);
        _slots = new int[2 * _keys.Length];
        int mask = _slots.Length - 1;
        for (int number = 0; number < Count; number++)
            Place(_keys[number], number);
        _keys[Count] = key;
        Place(key, Count);
        return Count++;

        void Place(uint each, int number)
        {
            int slot = (int)Hash(each) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }
}
