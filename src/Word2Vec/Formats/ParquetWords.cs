using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>Reads a column of byte arrays value by value.</summary>
internal sealed class ParquetWords(ParquetFile file, ParquetColumn column, int group)
{
    private readonly ParquetPages _pages = new(file, column, group);
    private readonly List<(int At, int Length)> _dictionary = [];
    private int[] _lengths = [];
    private int[] _places = [];
    private int _index;
    private int _at;

    /// <summary>The next word; it is valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(long row)
    {
        if (_index == _pages.Count)
            NextPage(row);
        ReadOnlySpan<byte> values = _pages.Values.Span(file.File);
        if (_pages.Encoding == ParquetEncoding.DeltaLengthByteArray)
        {
            int start = _at;
            _at += _lengths[_index++];
            return values[start.._at];
        }

        if (_pages.Encoding != ParquetEncoding.Plain)
        {
            (int at, int length) = _dictionary[_places[_index++]];
            return _pages.Dictionary.Values.Span(file.File).Slice(at, length);
        }

        if (!TryValue(values, ref _at, out (int At, int Length) value))
            throw _pages.Damaged($"ends in value {_index + 1} of {_pages.Count}");
        _index++;
        return values.Slice(value.At, value.Length);
    }

    private void NextPage(long row)
    {
        if (!_pages.MoveNext())
            throw _pages.Error($"end before row {row + 1} of the file. It is damaged");
        (_index, _at) = (0, 0);
        if (_pages.Encoding == ParquetEncoding.Plain)
            return;
        if (_pages.Encoding == ParquetEncoding.DeltaLengthByteArray)
        {
            ReadLengths();
            return;
        }

        if (_pages.Encoding is not (ParquetEncoding.RleDictionary or ParquetEncoding.PlainDictionary))
            throw _pages.Damaged($"has the encoding {ParquetFormat.NameOf(_pages.Encoding)}; PLAIN, a dictionary or " +
                "DELTA_LENGTH_BYTE_ARRAY is read for words");
        if (_dictionary.Count == 0)
            ReadDictionary();
        if (!ParquetPlaces.TryRead(_pages, file.File, _dictionary.Count, ref _places))
            throw _pages.Damaged($"does not give {_pages.Count} places in a dictionary of {_dictionary.Count}");
    }

    // All lengths, then all bytes.
    private void ReadLengths()
    {
        if (_lengths.Length < _pages.Count)
            _lengths = new int[_pages.Count];
        Span<int> lengths = _lengths.AsSpan(0, _pages.Count);
        _at = ParquetDelta.Read(_pages.Values.Span(file.File), lengths);
        long bytes = 0;
        foreach (int length in lengths)
            bytes += length < 0 ? _pages.Values.Length : length;
        if (_at < 0 || bytes > _pages.Values.Length - _at)
            throw _pages.Damaged($"does not give the lengths of {_pages.Count} words whose bytes it holds");
    }

    private void ReadDictionary()
    {
        (ParquetBytes values, int count) = _pages.Dictionary;
        int at = 0;
        while (_dictionary.Count < count)
        {
            if (!TryValue(values.Span(file.File), ref at, out (int At, int Length) value))
                throw _pages.Damaged($"has a dictionary that ends in value {_dictionary.Count + 1} of {count}");
            _dictionary.Add(value);
        }
    }

    // A length and the bytes behind it.
    private static bool TryValue(ReadOnlySpan<byte> values, ref int at, out (int At, int Length) value)
    {
        value = default;
        if (values.Length - at < sizeof(int))
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(values[at..]);
        value = (at + sizeof(int), length);
        if (length < 0 || length > values.Length - at - sizeof(int))
            return false;
        at += sizeof(int) + length;
        return true;
    }
}

/// <summary>Reads the places in a dictionary that a page has for values.</summary>
internal static class ParquetPlaces
{
    /// <summary> Fills <paramref name="places"/>, which grows to the page's number of values; false if they are not all in the dictionary.
    /// </summary>
    public static bool TryRead(ParquetPages pages, MappedFile file, int dictionary, ref int[] places)
    {
        ReadOnlySpan<byte> values = pages.Values.Span(file);
        if (values.IsEmpty || dictionary == 0)
            return false;
        if (places.Length < pages.Count)
            places = new int[pages.Count];
        Span<int> target = places.AsSpan(0, pages.Count);
        return ParquetRuns.TryRead(values[1..], values[0], target) && !target.ContainsAnyExceptInRange(0, dictionary - 1);
    }
}
