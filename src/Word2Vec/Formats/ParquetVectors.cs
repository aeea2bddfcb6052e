using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Word2Vec.Formats;

/// <summary>Reads a column of lists of numbers list by list.</summary>
internal sealed class ParquetVectors(ParquetFile file, ParquetColumn column, int group)
{
    private readonly ParquetPages _pages = new(file, column, group);
    private float[] _dictionary = [];
    private float[] _decoded = [];
    private int[] _places = [];
    private int _index;

    /// <summary>The number of elements of the first list in the file.</summary>
    public static int FirstSize(ParquetFile file, ParquetColumn column)
    {
        for (int group = 0; group < file.Groups; group++)
        {
            var pages = new ParquetPages(file, column, group);
            long size = 0;
            while (pages.MoveNext())
            {
                int from = size == 0 ? 1 : 0, end = pages.Repetition[from..].IndexOf(0);
                size += end < 0 ? pages.Count : from + end;
                if (end >= 0)
                    break;
            }

            if (size > 0)
                return size <= Array.MaxLength ? (int)size : throw pages.Error($"begin with a list of {size} elements; " +
                    $"{Array.MaxLength} are read");
        }

        throw file.Error("has no rows");
    }

    /// <summary> Reads the next list into <paramref name="row"/> and returns where in the file it lies, or −1 if it does not lie there as
    /// floats. If
    /// <paramref name="row"/> is empty, the list is of <paramref name="size"/> elements and not copied.
    /// </summary>
    public long Next(long number, int size, Span<float> row)
    {
        long place = -1;
        for (int taken = 0; taken < size;)
        {
            if (_index == _pages.Count)
                NextPage(number, size);
            int part = Math.Min(size - taken, _pages.Count - _index);
            CheckLevels(number, size, taken, part);
            bool isDirect = _pages.Encoding == ParquetEncoding.Plain && column.Type == ParquetType.Float;
            if (isDirect && part == size && _pages.Values.IsInFile)
                place = _pages.Values.At + (long)_index * sizeof(float);
            if (!row.IsEmpty)
            {
                ReadOnlySpan<float> values = isDirect ? MemoryMarshal.Cast<byte, float>(_pages.Values.Span(file.File)) : _decoded;
                values.Slice(_index, part).CopyTo(row[taken..]);
            }

            _index += part;
            taken += part;
        }

        return place;
    }

    /// <exception cref="Word2VecException">There are more elements, so that the last list is longer than the others.</exception>
    public void CheckEnd(long rows, int size)
    {
        if (_index < _pages.Count || _pages.MoveNext())
            throw _pages.Damaged($"goes on behind row {rows} of the file, the last one of its row group, whose vector has {size} " +
                "components");
    }

    private void CheckLevels(long number, int size, int taken, int part)
    {
        ReadOnlySpan<int> levels = _pages.Repetition.Slice(_index, part);
        int first = taken == 0 ? 1 : 0;
        if (taken == 0 && levels[0] != 0)
            throw _pages.Damaged($"has a vector of more than {size} components in row {number} of the file; {size} were expected");
        int wrong = levels[first..].IndexOfAnyExcept(1);
        if (wrong >= 0)
            throw _pages.Damaged($"has a vector of {taken + first + wrong} components in row {number + 1} of the file; {size} were " +
                "expected");
    }

    private void NextPage(long number, int size)
    {
        if (!_pages.MoveNext())
            throw _pages.Error($"end in row {number + 1} of the file, whose vector should have {size} components. It is damaged");
        _index = 0;
        bool isPlain = _pages.Encoding == ParquetEncoding.Plain;
        if (isPlain && column.Type == ParquetType.Float)
            return;
        if (_decoded.Length < _pages.Count)
            _decoded = new float[_pages.Count];
        ReadOnlySpan<byte> values = _pages.Values.Span(file.File);
        if (_pages.Encoding is ParquetEncoding.RleDictionary or ParquetEncoding.PlainDictionary)
            LookUp();
        else if (isPlain)
            Convert(values, 1, column.Width, _pages.Count, _decoded);
        else if (_pages.Encoding == ParquetEncoding.ByteStreamSplit)
            Convert(values, _pages.Count, 1, _pages.Count, _decoded);
        else
            throw _pages.Damaged($"has the encoding {ParquetFormat.NameOf(_pages.Encoding)}; PLAIN, a dictionary or BYTE_STREAM_SPLIT " +
                "is read for vectors");
    }

    private void LookUp()
    {
        if (_dictionary.Length == 0)
        {
            _dictionary = new float[_pages.Dictionary.Count];
            Convert(_pages.Dictionary.Values.Span(file.File), 1, column.Width, _dictionary.Length, _dictionary);
        }

        if (!ParquetPlaces.TryRead(_pages, file.File, _dictionary.Length, ref _places))
            throw _pages.Damaged($"does not give {_pages.Count} places in a dictionary of {_dictionary.Length}");
        for (int i = 0; i < _pages.Count; i++)
            _decoded[i] = _dictionary[_places[i]];
    }

    // Byte k of value i lies at i · next + k · stride: together or, split, in a stream for each k.
    private void Convert(ReadOnlySpan<byte> source, int stride, int next, int count, float[] target)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < column.Width; k++)
                bytes[k] = source[i * next + k * stride];
            target[i] = column.Type == ParquetType.Float
                ? BinaryPrimitives.ReadSingleLittleEndian(bytes)
                : (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        }
    }
}
