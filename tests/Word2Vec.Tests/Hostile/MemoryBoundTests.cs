using System.Buffers.Binary;
using System.Text;
using Word2Vec.Formats;
using Word2Vec.Tests.Formats;

namespace Word2Vec.Tests.Hostile;

/// <summary>Files that are made to take far more memory than they are long, each by another part of its format.</summary>
[Collection(Alone.Name)]
public sealed class MemoryBoundTests : VectorFileTest
{
    private const long FreeBytes = 64L << 20;

    [Fact]
    public void A_parquet_footer_of_millions_of_empty_structures_is_refused()
    {
        const int Structures = 4 << 20;
        var footer = new ThriftWriter().Int32(1, 1).List(2, ThriftType.Struct, Structures);
        for (int i = 0; i < Structures; i++)
            footer.Element().End();
        Refused(Parquet(footer.End()), "values");
    }

    [Fact]
    public void A_parquet_group_with_a_long_name_and_many_columns_keeps_the_name_once()
    {
        const int Columns = 20_000;
        var footer = new ThriftWriter().Int32(1, 1).List(2, ThriftType.Struct, 2 + Columns);
        footer.Element().Text(4, "schema").Int32(5, 1).End();
        footer.Element().Int32(3, 0).Text(4, new string('x', 1 << 16)).Int32(5, Columns).End();
        for (int i = 0; i < Columns; i++)
            footer.Element().Int32(1, 1).Int32(3, 0).Text(4, "c").End();
        Refused(Parquet(footer.Int64(3, 0).List(4, ThriftType.Struct, 0).End()), "no column");
    }

    [Fact]
    public void A_line_of_tabs_is_no_table()
    {
        var tabs = new byte[32 << 20];
        tabs.AsSpan().Fill((byte)'\t');
        Refused(tabs, "");
    }

    [Fact]
    public void A_page_of_sqlite_that_names_one_cell_again_and_again_is_refused()
    {
        const int PageSize = 65_536, Cells = 5000;
        VectorFile.Save(MakePlain(9, 4000, seed: 1), PathOf("v.db"), VectorFormat.Sqlite);
        byte[] file = File.ReadAllBytes(PathOf("v.db"));
        int leaf = Enumerable.Range(1, file.Length / PageSize - 1).First(page => IsLeaf(file.AsSpan(page * PageSize)));
        Span<byte> bytes = file.AsSpan(leaf * PageSize, PageSize);
        ushort cell = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[3..], Cells);
        for (int i = 0; i < Cells; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(8 + 2 * i)..], cell);
        Refused(file, "share its bytes");

        // A leaf of a table whose rows take 16,000 bytes each.
        static bool IsLeaf(ReadOnlySpan<byte> page) => page[0] == 13 && BinaryPrimitives.ReadUInt16BigEndian(page[3..]) is > 1 and < 5;
    }

    [Fact]
    public void A_shape_of_a_million_dimensions_is_told_in_a_line()
    {
        string shape = string.Concat(Enumerable.Repeat("1,", 1 << 20));
        byte[] header = Encoding.ASCII.GetBytes($"{{\"v\":{{\"dtype\":\"F32\",\"shape\":[{shape}1],\"data_offsets\":[0,8]}}}}");
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[8]];
        Assert.InRange(Refused(file, "shape (1, 1, ").Length, 1, 1000);
    }

    private static byte[] Parquet(ThriftWriter footer)
    {
        byte[] end = footer.Bytes.ToArray();
        return [.. "PAR1"u8, .. end, .. BitConverter.GetBytes(end.Length), .. "PAR1"u8];
    }

    private string Refused(byte[] content, string hint)
    {
        string path = Write("hostile", content);
        long before = GC.GetTotalAllocatedBytes();
        MemoryWatch watch = MemoryWatch.Start();
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Open(path));
        long bytes = Math.Max(GC.GetTotalAllocatedBytes() - before, watch.MostBytes());
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.True(error.Message.Contains(hint, StringComparison.Ordinal), error.Message[..Math.Min(500, error.Message.Length)]);
        Assert.True(bytes <= 2L * content.Length + FreeBytes, $"{content.Length} bytes took {bytes} bytes of memory.");
        return error.Message;
    }
}
