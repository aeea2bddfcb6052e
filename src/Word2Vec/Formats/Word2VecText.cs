using System.Globalization;
using System.Text;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// The format that word2vec.c writes with <c>-binary 0</c>: a line <c>words size</c>, then a line for each word: the word and its
/// components, one space between them. GloVe's is the same without the first line. Written with the shortest digits that read back to the
/// same float.
/// </summary>
internal static class Word2VecText
{
    // The longest that a float's shortest digits are, "-1.23456789E-38", and a separator.
    private const int LongestNumber = 24;
    private const int BufferSize = 1 << 16;

    /// <summary>Reads all vectors of <paramref name="file"/>.</summary>
    public static WordVectors Read(MappedFile file, VectorLayout layout)
    {
        bool hasHeader = layout.Count is not null;
        var lines = new TextLines(file, layout.Start, hasHeader ? 1 : 0);
        // A row takes two bytes a component and one for its end, so the memory is bounded by the file whatever the lines are.
        long capacity = layout.Count ?? Math.Min(lines.CountRest(), (file.Length - layout.Start) / (2L * layout.Size + 1) + 1);
        if (capacity * layout.Size > Array.MaxLength)
            throw Error(file, $"holds {capacity} × {layout.Size} components, and a text of at most {Array.MaxLength} is read into " +
                "memory; convert it to word2vec binary, which is mapped");
        var rows = new float[capacity * layout.Size];
        var words = new WordIndex.Builder();
        while (lines.TryRead(out ReadOnlySpan<byte> line) && !(line.IsEmpty && IsRestBlank(ref lines)))
        {
            if (words.Count == capacity)
                throw Error(file, $"goes on in line {lines.Number}, behind the {capacity} words that its first line promises");
            Span<float> row = rows.AsSpan(words.Count * layout.Size, layout.Size);
            if (!TextRow.TryParse(line, row, out ReadOnlySpan<byte> word))
                throw Error(file, $"is damaged: line {lines.Number} {TextRow.Complaint(line, layout.Size)}");
            words.Add(word);
        }

        return Finish(file, layout, words, rows, lines.Number);
    }

    /// <summary>Writes <paramref name="vectors"/>.</summary>
    public static void Write(WordVectors vectors, Stream stream, string path)
    {
        stream.Write(Encoding.ASCII.GetBytes($"{vectors.Count} {vectors.Size}\n"));
        var buffer = new byte[BufferSize];
        for (int id = 0; id < vectors.Count; id++)
        {
            VectorFile.CheckWritable(vectors, id, path);
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
            if (used + LongestNumber > buffer.Length)
            {
                stream.Write(buffer, 0, used);
                used = 0;
            }

            buffer[used++] = (byte)' ';
            component.TryFormat(buffer.AsSpan(used), out int written, default, CultureInfo.InvariantCulture);
            used += written;
        }

        buffer[used++] = (byte)'\n';
        stream.Write(buffer, 0, used);
    }

    private static WordVectors Finish(MappedFile file, VectorLayout layout, WordIndex.Builder words, float[] rows, long lastLine)
    {
        if (words.Count == 0 || words.Count < layout.Count)
            throw Error(file, $"ends behind line {lastLine} with {words.Count} words; {layout.Count ?? 1} were expected. It is cut short " +
                "or its first line is wrong");
        Array.Resize(ref rows, words.Count * layout.Size);
        return new WordVectors(words.Build(), layout.Size, rows);
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
