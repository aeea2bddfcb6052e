using ILGPU;
using Word2Vec.Words;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Which words a tile has and which of them meet: the part of the tile kernel before the rows are needed.</summary>
/// <remarks>
/// Launch shape and ownership: see <see cref="TileKernels"/>; the threads of a group take slots in turn. Contexts begin with the first thread, negatives with the one in
/// the middle and centers with the last, so that what waits for memory waits side by side.
/// </remarks>
internal static class TileSetup
{
    /// <summary>Before the contexts are taken: as if the sentence had no end.</summary>
    public static void ClearBounds(TileArguments a, TileMemory shared)
    {
        if (Group.IdxX != 0)
            return;
        shared.Bounds[0] = 0;
        shared.Bounds[1] = a.Centers + (2 * a.Span.Window);
    }

    /// <summary>Takes the words around the tile, up to where the sentence begins and ends.</summary>
    public static void TakeContexts(TileArguments a, TileMemory shared, int start, int kept)
    {
        for (int slot = Group.IdxX; slot < a.ContextSlots; slot += Group.DimX)
        {
            int token = start - a.Span.Window + slot, word = EncodedCorpus.SentenceEnd;
            if (slot < a.Centers + (2 * a.Span.Window) && token >= 0 && token < kept)
                word = a.Span.KeptWords[token];
            shared.Words[slot] = word;
            if (word == EncodedCorpus.SentenceEnd && slot < a.Span.Window)
                Atomic.Max(ref shared.Bounds[0], slot + 1);
            else if (word == EncodedCorpus.SentenceEnd)
                Atomic.Min(ref shared.Bounds[1], slot);
        }
    }

    /// <summary>Takes centers with their windows, and negatives.</summary>
    public static void TakeSamples(TileArguments a, TileMemory shared, int start, ref TileTotals totals)
    {
        int begin = shared.Bounds[0], end = shared.Bounds[1];
        for (int slot = Group.IdxX; slot < a.ContextSlots; slot += Group.DimX)
        {
            if (slot < begin || slot >= end)
            {
                shared.Words[slot] = -1;
                shared.Scales[slot] = 0;
            }
            else
                shared.Scales[slot] = a.Span.InputScales[shared.Words[slot]];
        }

        for (int j = Group.DimX - 1 - Group.IdxX; j < a.CenterSlots; j += Group.DimX)
        {
            int slot = a.ContextSlots + j, own = a.Span.Window + j;
            bool isCenter = j < a.Centers && own < end;
            int radius = isCenter ? SpanArguments.Radius(a.Span, a.Span.Start + a.Span.KeptPositions[start + j]) : 0;
            int word = isCenter ? a.Span.KeptWords[start + j] : -1;
            int firstContext = IntrinsicMath.Max(begin, own - radius), endContext = IntrinsicMath.Min(end, own + radius + 1);
            shared.Words[slot] = word;
            shared.Begins[j] = isCenter ? firstContext : 0;
            shared.Ends[j] = isCenter ? endContext : 0;
            shared.Scales[slot] = isCenter ? a.Span.OutputScales[word] : 0;
            if (isCenter)
                totals.AddCenter(j == 0, endContext - firstContext - 1);
        }

        long position = a.Span.Start + a.Span.KeptPositions[start];
        for (int k = FromTheMiddle(); k < a.NegativeSlots; k += Group.DimX)
        {
            int slot = a.ContextSlots + a.CenterSlots + k, word = k < a.Negatives ? SpanArguments.Negative(a.Span, k, position) : -1;
            shared.Words[slot] = word;
            shared.Scales[slot] = word >= 0 ? a.Span.OutputScales[word] : 0;
        }
    }

    /// <summary>Which centers see each context, and which centers each negative is.</summary>
    public static void TakeBits(TileArguments a, TileMemory shared, ref TileTotals totals)
    {
        for (int slot = Group.IdxX; slot < a.ContextSlots; slot += Group.DimX)
        {
            // No window is wider than the widest one.
            int end = IntrinsicMath.Min(a.CenterSlots, slot + 1);
            uint bits = 0;
            for (int j = IntrinsicMath.Max(0, slot - (2 * a.Span.Window)); j < end; j++)
                bits |= slot >= shared.Begins[j] && slot < shared.Ends[j] && slot != a.Span.Window + j ? 1u << j : 0u;
            shared.Bits[slot] = bits;
            if (bits != 0)
                totals.AddContext();
        }

        for (int k = FromTheMiddle(); k < a.NegativeSlots; k += Group.DimX)
        {
            int slot = a.ContextSlots + a.CenterSlots + k, word = shared.Words[slot];
            uint bits = 0;
            for (int j = 0; j < a.CenterSlots; j++)
                bits |= shared.Words[a.ContextSlots + j] == word ? 1u << j : 0u;
            shared.Bits[slot] = word < 0 ? uint.MaxValue : bits;
        }
    }

    private static int FromTheMiddle()
    {
        int behind = Group.IdxX - (Group.DimX / 2);
        return behind < 0 ? behind + Group.DimX : behind;
    }
}
