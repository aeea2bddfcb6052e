namespace Word2Vec.Vectors;

/// <summary>Cuts a stream of texts into batches that a few threads share: enough to be worth it, few enough to stay small.</summary>
internal static class TextBatches
{
    private const int MostTexts = 4096;
    private const long MostCharacters = 1 << 21;

    /// <summary>Yields <paramref name="items"/> in batches by <paramref name="lengthOf"/> each.</summary>
    public static IEnumerable<T[]> Of<T>(IEnumerable<T> items, Func<T, int> lengthOf)
    {
        var batch = new List<T>();
        long characters = 0;
        foreach (T item in items)
        {
            batch.Add(item);
            characters += lengthOf(item);
            if (batch.Count < MostTexts && characters < MostCharacters)
                continue;
            yield return [.. batch];
            batch.Clear();
            characters = 0;
        }

        if (batch.Count > 0)
            yield return [.. batch];
    }
}
