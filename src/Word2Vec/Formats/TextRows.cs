using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>The lines of word2vec text and of GloVe: a word and its components, one space between them.</summary>
internal static class TextRows
{
    private const int BufferSize = 1 << 16;

    /// <summary>
    /// Reads the rows of <paramref name="size"/> components from byte <paramref name="start"/> on: <paramref name="promised"/> of them, or as
    /// many as there are if it is null; at most <paramref name="limit"/> if that is not 0.
    /// </summary>
    public static WordVectors Read(MappedFile file, int? promised, int size, long start, int limit)
    {
        var lines = new TextLines(file, start, promised is null ? 0 : 1);
        // A row takes two bytes a component and one for its end, so the memory is bounded by the file whatever the lines are.
        long capacity = promised ?? Math.Min(lines.CountRest(), (file.Length - start) / (2L * size + 1) + 1);
        bool isCut = limit > 0 && limit < capacity;
        capacity = isCut ? limit : capacity;
        if (capacity * size > Array.MaxLength)
            throw Error(file, $"holds {capacity} × {size} components, and a text of at most {Array.MaxLength} is read into " +
                "memory; convert it to word2vec binary, which is mapped");
        var rows = new float[capacity * size];
        var words = new WordIndex.Builder();
        while (!(isCut && words.Count == capacity) && lines.TryRead(out ReadOnlySpan<byte> line) && !(line.IsEmpty && IsRestBlank(ref lines)))
        {
            if (words.Count == capacity)
                throw Error(file, $"goes on in line {lines.Number}, behind the {capacity} words that its first line promises");
            Span<float> row = rows.AsSpan(words.Count * size, size);
            if (!TextRow.TryParse(line, row, out ReadOnlySpan<byte> word))
                throw Error(file, $"is damaged: line {lines.Number} {TextRow.Complaint(line, size)}");
            words.Add(word);
        }

        return Finish(file, isCut ? null : promised, size, words, rows, lines.Number);
    }

    /// <summary>Writes a line for each word of <paramref name="vectors"/>.</summary>
    public static void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        var buffer = new byte[BufferSize];
        for (int id = 0; id < vectors.Count; id++)
        {
            WordCheck.NoSpace(vectors, id, target);
            stream.Write(vectors.Words.Bytes(id));
            WriteNumbers(vectors[id], stream, buffer);
        }

        GC.KeepAlive(vectors);
    }

    private static void WriteNumbers(ReadOnlySpan<float> row, Stream stream, byte[] buffer)
    {
        int used = 0;
        foreach (float component in row)
        {
            if (used + 1 + FloatDigits.Longest > buffer.Length)
            {
                stream.Write(buffer, 0, used);
                used = 0;
            }

            buffer[used++] = (byte)' ';
            used += FloatDigits.Write(component, buffer.AsSpan(used));
        }

        buffer[used++] = (byte)'\n';
        stream.Write(buffer, 0, used);
    }

    private static WordVectors Finish(MappedFile file, int? promised, int size, WordIndex.Builder words, float[] rows, long lastLine)
    {
        if (words.Count == 0 || words.Count < promised)
            throw Error(file, $"ends behind line {lastLine} with {words.Count} words; {promised ?? 1} were expected. It is cut short " +
                "or its first line is wrong");
        Array.Resize(ref rows, words.Count * size);
        return new WordVectors(words.Build(), size, rows);
    }

    // Blank lines at the end are harmless; one between words is damage, and is reported as such.
    private static bool IsRestBlank(ref TextLines lines)
    {
        TextLines ahead = lines;
        while (ahead.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty)
                return false;
        }

        return true;
    }

    private static Word2VecException Error(MappedFile file, string what) =>
        new(ErrorKind.Format, $"The text of vectors '{file.Path}' {what}.");
}
