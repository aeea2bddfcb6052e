namespace Word2Vec.Numerics;

/// <summary>Looks through many rows on all cores for components that are infinite or not a number.</summary>
internal static class FiniteRows
{
    private const int Block = 1024;

    /// <summary>Gives row <paramref name="id"/>; it is asked on any thread, for the rows in any order, and throws nothing but that it was cancelled.</summary>
    public delegate ReadOnlySpan<float> Reader(int id);

    /// <summary>Returns the first of <paramref name="count"/> rows with such a component, or -1. Rows before it were all read.</summary>
    public static int FirstNotFinite(int count, Reader rows, CancellationToken cancellation)
    {
        int first = int.MaxValue;
        Parallel.For(0, (count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, block =>
        {
            int id = block * Block, end = Math.Min(count, id + Block);
            while (id < end && VectorMath.IsFinite(rows(id)))
                id++;
            if (id < end)
                SetIfLess(ref first, id);
        });
        return first == int.MaxValue ? -1 : first;
    }

    private static void SetIfLess(ref int target, int value)
    {
        for (int seen = target; value < seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
