using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Word2Vec.Corpora;

/// <summary>Reads lines of two nodes and perhaps a weight into a builder.</summary>
internal sealed class EdgeListReader(CorpusSource source, GraphBuilder builder, bool isWeighted)
{
    private const int BlockSize = 1 << 18, ShownBytes = 60;

    private const string Unweighted = "two nodes with a space or a tab between them", Weighted = "two nodes and a weight with spaces or tabs between them";

    private readonly byte[] _block = new byte[BlockSize];
    private CorpusEntry _entry = source.Entries[0];
    private long _line;
    private bool _isSizeLine;

    public void Read(CancellationToken cancellation)
    {
        foreach (CorpusEntry entry in source.Entries)
        {
            (_entry, _line, _isSizeLine) = (entry, 0, false);
            using CorpusStream stream = source.Open(entry);
            Read(stream, cancellation);
        }
    }

    private void Read(CorpusStream stream, CancellationToken cancellation)
    {
        int used = 0;
        bool inComment = false;
        for (int read = stream.Read(_block); read > 0; read = stream.Read(_block.AsSpan(used)))
        {
            cancellation.ThrowIfCancellationRequested();
            used += read;
            int start = 0;
            for (int length; (length = _block.AsSpan(start..used).IndexOf((byte)'\n')) >= 0; start += length + 1)
            {
                if (!inComment)
                    ReadLine(_block.AsSpan(start, length));
                inComment = false;
            }

            inComment |= used - start == BlockSize && IsComment(Line(start));
            if (used - start == BlockSize && !inComment)
                throw Malformed(_block, _line + 1);
            used = inComment ? 0 : used - start;
            _block.AsSpan(start, used).CopyTo(_block);
        }

        if (used > 0 && !inComment)
            ReadLine(_block.AsSpan(0, used));

        ReadOnlySpan<byte> Line(int from) => _block.AsSpan(from).TrimStart(" \t"u8);
    }

    private static bool IsComment(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] is (byte)'#' or (byte)'%';

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        _line++;
        ReadOnlySpan<byte> rest = line.Trim(" \t\r"u8);
        if (rest.IsEmpty || IsComment(rest))
        {
            _isSizeLine |= _line == 1 && rest.StartsWith("%%MatrixMarket"u8);
            return;
        }

        if (_isSizeLine)
        {
            _isSizeLine = false;
            return;
        }

        ReadOnlySpan<byte> from = Field(ref rest), to = Field(ref rest), weight = Field(ref rest);
        double value = 1;
        if (to.IsEmpty || (isWeighted && !TryWeight(weight, out value)) || Math.Max(from.Length, to.Length) > NodeTable.LongestName || line.Contains((byte)0))
            throw Malformed(line, _line);
        builder.Add(from, to, value);
    }

    private static ReadOnlySpan<byte> Field(ref ReadOnlySpan<byte> rest)
    {
        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> field = length < 0 ? rest : rest[..length];
        rest = rest[field.Length..].TrimStart(" \t"u8);
        return field;
    }

    private static bool TryWeight(ReadOnlySpan<byte> field, out double weight) =>
        (Utf8Parser.TryParse(field, out weight, out int used) && used == field.Length
            || double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out weight))
        && weight >= 0 && float.IsFinite((float)weight);

    private Word2VecException Malformed(ReadOnlySpan<byte> line, long number)
    {
        string text = Encoding.UTF8.GetString(line.TrimEnd((byte)'\r')[..Math.Min(ShownBytes, line.TrimEnd((byte)'\r').Length)]);
        string shown = string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? '\ufffd' : c));
        return new Word2VecException(ErrorKind.Input, $"Line {number} of {_entry.Name} is '{shown}{(line.Length > ShownBytes ? "…" : "")}'; " +
            $"{(isWeighted ? Weighted : Unweighted)} were expected, names of at most {NodeTable.LongestName} bytes. Correct the line, or put # in front to leave it out.");
    }
}
