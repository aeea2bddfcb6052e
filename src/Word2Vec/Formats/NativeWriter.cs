using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Writes a <see cref="NativeFormat"/> file from front to back.</summary>
internal sealed class NativeWriter(WordVectors vectors, Stream stream, WriteTarget target)
{
    private readonly NativeSections _sections = new(stream);
    private readonly WordSlots _slots = vectors.Words.Slots;
    private readonly byte[] _metadata = NativeMetadata.ToBytes(vectors.Metadata, target.Path);
    private readonly float[] _scales = new float[vectors.Count];
    private float[] _factors = [];

    private delegate ReadOnlySpan<float> RowAt(int id);

    public void Write()
    {
        if (vectors.OutputVectors is { } output && (output.Count, output.Size) != (vectors.Count, vectors.Size))
            throw Error($"There are {vectors.Count} vectors of {vectors.Size} components and {output.Count} output vectors of {output.Size}, " +
                $"which cannot be written into '{target.Path}' together. Leave the output vectors out.");
        if (vectors.Counts is { } counts && counts.Count != vectors.Count)
            throw Error($"There are {vectors.Count} words and {counts.Count} counts, which cannot be written into '{target.Path}' together. " +
                "Leave the counts out.");
        SubwordRows.Check(vectors, target);
        NativeHeader header = Lay();
        stream.Write(header.ToBytes());
        foreach (NativeSection section in header.Sections.SkipLast(1))
        {
            WriteSection(section.Kind);
            _sections.End(section);
        }

        _sections.WriteChecksums();
    }

    private NativeHeader Lay()
    {
        var contents = new List<(NativeKind, long)>();
        long count = vectors.Count, rows = count * vectors.Size * ComponentBytes;
        bool hasOutput = vectors.OutputVectors is not null, hasFactors = target.Options.Precision == VectorPrecision.Quantized;
        bool hasSubwords = vectors.Subwords is not null;
        long subwordRows = count + (vectors.Subwords?.Buckets ?? 0);
        Add(NativeKind.Metadata, _metadata.Length, _metadata.Length > 0);
        Add(NativeKind.Words, vectors.Words.AllBytes.Length);
        Add(NativeKind.WordOffsets, sizeof(int) * (count + 1));
        Add(NativeKind.WordSlots, sizeof(int) * (long)_slots.All.Length);
        Add(NativeKind.Counts, sizeof(long) * count, vectors.Counts is not null);
        Add(NativeKind.Rows, rows);
        Add(NativeKind.Factors, sizeof(float) * count, hasFactors);
        Add(NativeKind.UnitScales, sizeof(float) * count);
        Add(NativeKind.OutputRows, rows, hasOutput);
        Add(NativeKind.OutputFactors, sizeof(float) * count, hasOutput && hasFactors);
        Add(NativeKind.Subwords, NativeSubwords.Bytes, hasSubwords);
        Add(NativeKind.SubwordRows, subwordRows * vectors.Size * ComponentBytes, hasSubwords);
        Add(NativeKind.SubwordFactors, sizeof(float) * subwordRows, hasSubwords && hasFactors);
        Add(NativeKind.Checksums, sizeof(uint) * (contents.Count + 1L));
        return NativeHeader.Lay(vectors.Count, vectors.Size, target.Options.Precision, contents);

        void Add(NativeKind kind, long length, bool isThere = true)
        {
            if (isThere)
                contents.Add((kind, length));
        }
    }

    private int ComponentBytes => target.Options.Precision switch
    {
        VectorPrecision.Full => sizeof(float),
        VectorPrecision.Half => sizeof(ushort),
        _ => sizeof(sbyte),
    };

    private void WriteSection(NativeKind kind)
    {
        switch (kind)
        {
            case NativeKind.Metadata:
                _sections.Write<byte>(_metadata);
                break;
            case NativeKind.Words:
                _sections.Write(vectors.Words.AllBytes);
                break;
            case NativeKind.WordOffsets:
                _sections.Write(vectors.Words.Offsets);
                break;
            case NativeKind.WordSlots:
                _sections.Write(_slots.All);
                break;
            case NativeKind.Counts:
                _sections.Write<long>(vectors.Counts!.ToArray());
                break;
            case NativeKind.Rows:
                WriteRows(vectors.Count, id => vectors[id], Name, _scales);
                break;
            case NativeKind.UnitScales:
                _sections.Write<float>(_scales);
                break;
            case NativeKind.OutputRows:
                WriteRows(vectors.Count, id => vectors.OutputVectors![id], id => $"output {Name(id)}", []);
                break;
            case NativeKind.Subwords:
                _sections.Write<byte>(NativeSubwords.ToBytes(vectors.Subwords!));
                break;
            case NativeKind.SubwordRows:
                WriteSubwordRows(vectors.Subwords!);
                break;
            default:
                _sections.Write<float>(_factors);
                break;
        }
    }

    private void WriteSubwordRows(SubwordVectors subwords)
    {
        int words = vectors.Count;
        WriteRows(
            checked(words + subwords.Buckets), row => row < words ? subwords.WordRow(row) : subwords.BucketRow(row - words),
            row => row < words ? $"row behind the {Name(row)}" : $"row of n-grams {row - words + 1}", []);
    }

    // The scales are those of the rows as they will be read.
    private void WriteRows(int count, RowAt rowAt, Func<int, string> name, Span<float> scales)
    {
        _factors = new float[target.Options.Precision == VectorPrecision.Quantized ? count : 0];
        var stored = new byte[vectors.Size * ComponentBytes];
        var decoded = new float[vectors.Size];
        for (int id = 0; id < count; id++)
        {
            ReadOnlySpan<float> row = rowAt(id);
            if (!VectorMath.IsFinite(row))
                throw Error($"The {name(id)} holds a component that is infinite or not a number and could not be " +
                    $"read back from '{target.Path}'. Train again with a lower learning rate.");
            if (target.Options.Precision == VectorPrecision.Full)
            {
                _sections.Write(row);
            }
            else
            {
                Encode(row, id, name, stored, decoded);
                _sections.Write<byte>(stored);
                row = decoded;
            }

            if (!scales.IsEmpty)
                scales[id] = UnitScale.Of(row);
        }

        GC.KeepAlive(vectors);
    }

    private void Encode(ReadOnlySpan<float> row, int id, Func<int, string> name, byte[] stored, float[] decoded)
    {
        if (target.Options.Precision == VectorPrecision.Quantized)
        {
            Span<sbyte> codes = MemoryMarshal.Cast<byte, sbyte>(stored.AsSpan());
            _factors[id] = RowCode.ToBytes(row, codes);
            RowCode.FromBytes(codes, _factors[id], decoded);
            return;
        }

        Span<Half> half = MemoryMarshal.Cast<byte, Half>(stored.AsSpan());
        if (!RowCode.TryToHalf(row, half))
            throw Error($"The {name(id)} holds a component beyond 65,504, the largest 16-bit float, and could not be read " +
                $"back from '{target.Path}'. Normalize the vectors, or write 32-bit floats.");
        RowCode.FromHalf(half, decoded);
    }

    private string Name(int id) => $"vector of the word {ErrorText.Quote(vectors.Words.Bytes(id))} (number {id + 1})";

    private static Word2VecException Error(string message) => new(ErrorKind.Output, message);
}
