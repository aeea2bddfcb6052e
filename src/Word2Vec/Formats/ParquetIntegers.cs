using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>Reads a whole column of integers.</summary>
internal static class ParquetIntegers
{
    /// <summary> The first <paramref name="count"/> values of <paramref name="column"/>; null if they are fewer or in an encoding that is
    /// not read.
    /// </summary>
    public static List<long>? Read(ParquetFile file, ParquetColumn column, int count)
    {
        var result = new List<long>();
        int[] places = [];
        for (int group = 0; group < file.Groups && result.Count < count; group++)
        {
            var pages = new ParquetPages(file, column, group);
            while (result.Count < count && pages.MoveNext())
            {
                bool isPlain = pages.Encoding == ParquetEncoding.Plain;
                bool hasPlaces = pages.Encoding is ParquetEncoding.RleDictionary or ParquetEncoding.PlainDictionary &&
                    ParquetPlaces.TryRead(pages, file.File, pages.Dictionary.Count, ref places);
                if (!isPlain && !hasPlaces)
                    return null;
                ReadOnlySpan<byte> values = (isPlain ? pages.Values : pages.Dictionary.Values).Span(file.File);
                for (int i = 0; i < pages.Count && result.Count < count; i++)
                    result.Add(ValueAt(values, isPlain ? i : places[i], column.Width));
            }
        }

        return result.Count == count ? result : null;
    }

    private static long ValueAt(ReadOnlySpan<byte> values, int index, int width) => width == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(values[(index * width)..])
        : BinaryPrimitives.ReadInt64LittleEndian(values[(index * width)..]);
}
