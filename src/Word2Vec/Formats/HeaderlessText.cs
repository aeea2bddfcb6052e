namespace Word2Vec.Formats;

/// <summary>Finds the vector size of a text without a header, as GloVe writes it.</summary>
/// <remarks>The published GloVe files and the format's description: https://nlp.stanford.edu/projects/glove/.</remarks>
internal static class HeaderlessText
{
    private const int LinesLookedAt = 8;

    /// <summary>
    /// Returns the number of components. The first line tells it and the ones behind it check it, because a word may itself end in a number
    /// ("area 51"): what most lines say holds, and of two that tie, the smaller.
    /// </summary>
    public static int SizeOf(MappedFile file, long start)
    {
        var sizes = new List<long>();
        var lines = new TextLines(file, start, 0);
        while (sizes.Count < LinesLookedAt && lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.Length > 0)
                sizes.Add(TextRow.CountNumbersAtEnd(line));
        }

        var votes = sizes.GroupBy(each => each).OrderByDescending(group => group.Count()).ThenBy(group => group.Key);
        long size = votes.FirstOrDefault()?.Key ?? 0;
        if (size > 1 && size <= Array.MaxLength)
            return (int)size;
        string found = size == 1
            ? "each line is a word and one number, as in a vocabulary"
            : $"the file begins with {ErrorText.Quote(file.From(start))}";
        throw new Word2VecException(ErrorKind.Format,
            $"'{file.Path}' is no file of vectors that can be read: {found}. word2vec binary or text, or GloVe text, was expected.");
    }
}
