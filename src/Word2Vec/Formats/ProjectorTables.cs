using System.Globalization;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>
/// The tables of TensorBoard's embedding projector: <c>reviews.tsv</c> has a line for each word, its components separated by tabs;
/// <c>reviews.metadata.tsv</c> has the words, and counts where they are known; <c>projector_config.pbtxt</c> in the same folder names both,
/// so that <c>tensorboard --logdir</c> shows them.
/// </summary>
/// <remarks>Source: https://www.tensorflow.org/tensorboard/tensorboard_projector_plugin and projector_config.proto.</remarks>
internal sealed class ProjectorTables : IVectorFormat
{
    private const int LongestNumber = 24;

    public VectorFormatInfo Info { get; } = new(VectorFormat.Projector, "projector", "projector table", [".tsv"]) { HasCompanions = true };

    /// <remarks>
    /// The first line is numbers between tabs, and so is the second if there is one, which tells it from word2vec's first line. A single
    /// number is a vector only in a file of this name.
    /// </remarks>
    public bool Recognizes(MappedFile file)
    {
        var lines = new TextLines(file, Word2VecHeader.TextStart(file), 0);
        if (!lines.TryRead(out ReadOnlySpan<byte> first) || !IsNumbers(first))
            return false;
        bool isTable = first.Contains((byte)'\t') || file.Path.EndsWith(Info.Endings[0], StringComparison.OrdinalIgnoreCase);
        return isTable && (!lines.TryRead(out ReadOnlySpan<byte> second) || second.IsEmpty || IsNumbers(second));
    }

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        var lines = new TextLines(file, Word2VecHeader.TextStart(file), 0);
        TextLines ahead = lines;
        if (!ahead.TryRead(out ReadOnlySpan<byte> first) || first.IsEmpty)
            throw Error(file, "has nothing in its first line; numbers separated by tabs were expected");
        long size = first.Count((byte)'\t') + 1L, count = CountLines(file, lines);
        // A component takes a digit and what separates it from the next one, so the memory is bounded by the file.
        if (count > Array.MaxLength || 2 * (Int128)count * size - 1 > file.Length)
            throw Error(file, $"has {size} numbers in its first line and {count} lines, which is more than its {file.Length} bytes can " +
                "hold; a line is shorter than the first one, or blank");
        WordList words = ProjectorMetadata.Read(file, Info, options, (int)count);
        if (words.Words.Count * size > Array.MaxLength)
            throw Error(file, $"holds {words.Words.Count} × {size} components, and a text of at most {Array.MaxLength} is read into " +
                "memory; take fewer words");
        var rows = new float[words.Words.Count * size];
        for (int id = 0; id < words.Words.Count && lines.TryRead(out ReadOnlySpan<byte> line); id++)
            ReadRow(file, line, rows.AsSpan((int)(id * size), (int)size), lines.Number, words.Words.Bytes(id));
        return new WordVectors(words.Words, (int)size, rows) { Counts = words.Counts };
    }

    public IEnumerable<string> CompanionPaths(string path) => [ProjectorMetadata.PathFor(path, Info)];

    public IEnumerable<Companion> Companions(WordVectors vectors, WriteTarget target) =>
        [ProjectorMetadata.Beside(vectors, target, Info), ProjectorConfiguration.Beside(target, Info)];

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        for (int id = 0; id < vectors.Count; id++)
        {
            ReadOnlySpan<float> row = vectors[id];
            for (int i = 0; i < row.Length; i++)
            {
                row[i].TryFormat(digits, out int used, default, CultureInfo.InvariantCulture);
                digits[used++] = (byte)(i == row.Length - 1 ? '\n' : '\t');
                stream.Write(digits[..used]);
            }
        }

        GC.KeepAlive(vectors);
    }

    // Blank lines at the end are no rows.
    private static long CountLines(MappedFile file, TextLines lines)
    {
        long count = 0;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
            count = line.IsEmpty ? count : lines.Number;
        return count > 0 ? count : throw Error(file, "has no lines");
    }

    private static void ReadRow(MappedFile file, ReadOnlySpan<byte> line, Span<float> row, long number, ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> rest = line;
        for (int i = 0; i < row.Length; i++)
        {
            int tab = rest.IndexOf((byte)'\t');
            ReadOnlySpan<byte> field = tab < 0 ? rest : rest[..tab];
            if (field.IsEmpty || FloatText.Parse(field, out row[i]) != field.Length)
                throw Error(file, $"has {ErrorText.Quote(field)} as component {i + 1} of {row.Length} in line {number}, the word " +
                    $"{ErrorText.Quote(word)}; a finite number was expected");
            if (tab < 0 != (i == row.Length - 1))
                throw Error(file, $"has {line.Count((byte)'\t') + 1} fields in line {number}, the word {ErrorText.Quote(word)}; " +
                    $"{row.Length} as in the first line were expected");
            rest = tab < 0 ? [] : rest[(tab + 1)..];
        }
    }

    private static bool IsNumbers(ReadOnlySpan<byte> line)
    {
        bool isNumbers = !line.IsEmpty && !line.Contains((byte)' ');
        foreach (Range range in line.Split((byte)'\t'))
            isNumbers = isNumbers && TextRow.IsNumberLike(line[range]);
        return isNumbers;
    }

    private static Word2VecException Error(MappedFile file, string what) =>
        new(ErrorKind.Format, $"The projector table '{file.Path}' {what}.");
}
