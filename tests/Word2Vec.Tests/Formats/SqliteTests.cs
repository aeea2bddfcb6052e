using System.Buffers.Binary;
using System.Text;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class SqliteTests : VectorFileTest
{
    private const int Page = 4096;

    [Fact]
    public void Writes_the_bytes_of_the_file_format()
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f), PathOf("v.sqlite"));
        byte[] file = File.ReadAllBytes(PathOf("v.sqlite"));
        Assert.Equal(3 * Page, file.Length);
        // Magic, page size, versions, no reserved bytes, fractions, change counter 1, three pages; schema format 4, UTF-8, valid for change
        // 1.
        byte[] header = new byte[100];
        Bytes("SQLite format 3\0", new byte[] { 0x10, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 1, 0, 0, 0, 3 }).CopyTo(header, 0);
        (header[43], header[47], header[59], header[95]) = (1, 4, 1, 1);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(96), 3_040_001);
        Assert.Equal(header, file[..100]);
        const string Table = "CREATE TABLE vectors(id INTEGER PRIMARY KEY, word TEXT NOT NULL, vector BLOB NOT NULL)";
        const string Index = "CREATE INDEX vectors_word ON vectors(word)";
        AssertLeaf(file[100..Page], 100, 13,
            Bytes(new byte[] { 0x71, 1, 7, 0x17, 0x1b, 0x1b, 1, 0x81, 0x39 }, "tablevectorsvectors", new byte[] { 2 }, Table),
            Bytes(new byte[] { 0x49, 2, 6, 0x17, 0x25, 0x1b, 1, 0x61 }, "indexvectors_wordvectors", new byte[] { 3 }, Index));
        // Payload's length, rowid; the record's header: its length, NULL for the id, text 13 + 2n, blob 12 + 2n.
        AssertLeaf(file[Page..(2 * Page)], 0, 13,
            Bytes(new byte[] { 16, 1, 4, 0, 0x15, 0x1c }, "king", 1.5f, -2f),
            Bytes(new byte[] { 14, 2, 4, 0, 0x11, 0x1c }, "é", 0.25f, -0f));
        // Sorted by bytes; the rowid 1 has a type of its own.
        AssertLeaf(file[(2 * Page)..], 0, 10,
            Bytes(new byte[] { 7, 3, 0x15, 9 }, "king"),
            Bytes(new byte[] { 6, 3, 0x11, 1 }, "é", new byte[] { 2 }));
    }

    [Theory]
    [InlineData(1, 1, 4096)]
    [InlineData(2, 124, 8192)]
    [InlineData(1000, 100, 4096)]
    [InlineData(300, 2000, 65536)]
    [InlineData(3, 40_000, 65536)]
    [InlineData(30_000, 3, 4096)]
    public void Every_page_is_part_of_one_tree_and_the_index_has_every_word_in_order(int count, int size, int pageSize)
    {
        WordVectors vectors = MakeUneven(count, size);
        VectorFile.Save(vectors, PathOf("v.db"), VectorFormat.Sqlite);
        var check = new SqliteCheck(File.ReadAllBytes(PathOf("v.db")));
        Assert.Equal(pageSize, check.PageSize);
        (int table, int index) = (check.RootOf("vectors"), check.RootOf("vectors_word"));
        List<long> rows = check.TableRows(table);
        Assert.Equal(Enumerable.Range(1, count).Select(id => (long)id), rows);
        List<byte[]> entries = check.IndexEntries(index);
        Assert.Equal(count, entries.Count);
        for (int i = 1; i < count; i++)
            Assert.True(entries[i - 1].AsSpan().SequenceCompareTo(entries[i]) <= 0, $"entry {i} is out of order");
        Assert.Equal(check.PageCount, check.PagesUsed);
        using WordVectors read = VectorFile.Open(PathOf("v.db"));
        AssertSame(vectors, read);
    }

    [Fact]
    public void Counts_and_metadata_come_back()
    {
        long[] counts = [0, 1, 127, 128, -129, 1 << 20, 1L << 30, 1L << 40, long.MaxValue, long.MinValue];
        string[] words = [.. counts.Select((_, i) => $"w{i}")];
        var vectors = new WordVectors(WordIndex.From(words), 1, [.. counts.Select((_, i) => (float)i)])
        {
            Counts = counts,
            Metadata = new Dictionary<string, string> { ["corpus"] = "reviews é", ["long"] = new string('x', 100_000) },
        };
        VectorFile.Save(vectors, PathOf("v.sqlite"));
        using WordVectors read = VectorFile.Open(PathOf("v.sqlite"));
        AssertSame(vectors, read);
        Assert.Equal(counts, read.Counts);
        Assert.Equal(vectors.Metadata, read.Metadata);
    }

    [Theory]
    [InlineData(true, 24, 160)]
    [InlineData(false, 120, 3)]
    public void Reads_what_sqlite_wrote_whatever_the_columns_and_the_page_size(bool isSplit, int last, int size)
    {
        using WordVectors read = VectorFile.Open(Write("v.db", isSplit ? SqliteSamples.Split : SqliteSamples.Whole));
        int[] rows = [.. Enumerable.Range(1, last).Where(i => i != 2)];
        Assert.Equal(rows.Select(i => $"w{i}"), read.EnumerateWords());
        Assert.Equal(rows.Select(i => i * i * 100L - 200), read.Counts!);
        for (int id = 0; id < rows.Length; id++)
            Assert.Equal(Enumerable.Range(0, size).Select(j => rows[id] + j / 4f), read.CopyRow(id));
    }

    [Fact]
    public void Damage_to_what_sqlite_wrote_does_no_harm()
    {
        CheckMutants(SqliteSamples.Split);
        CheckMutants(SqliteSamples.Whole);
    }

    [Fact]
    public void Rows_stay_in_the_file_where_they_are_whole()
    {
        VectorFile.Save(Make(1, ["a"], 1), PathOf("v.db"));
        using WordVectors read = VectorFile.Open(PathOf("v.db"));
        File.Delete(PathOf("v.db"));
        Assert.Equal(1, read["a"][0]);
    }

    [Fact]
    public void Equal_words_and_empty_ones_are_kept()
    {
        WordVectors vectors = Make(1, ["b", "", "b"], 1, 2, 3);
        VectorFile.Save(vectors, PathOf("v.sqlite"));
        using WordVectors read = VectorFile.Open(PathOf("v.sqlite"));
        AssertSame(vectors, read);
        Assert.Equal(1, read["b"][0]);
    }

    [Fact]
    public void A_word_that_is_not_UTF_8_is_refused()
    {
        var words = new WordIndex.Builder();
        words.Add("a"u8);
        words.Add([0x61, 0xc3]);
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(new WordVectors(words.Build(), 1, [1, 2]), PathOf("v.sqlite")));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("number 2", error.Message);
        Assert.Contains("UTF-8", error.Message);
    }

    [Fact]
    public void Changes_in_a_write_ahead_log_are_asked_for()
    {
        byte[] file = Small();
        (file[18], file[19]) = (2, 2);
        Write("v.db", file);
        Write("v.db-wal", "x");
        AssertRefused(ErrorKind.Format, PathOf("v.db"), "v.db-wal", "wal_checkpoint");
        File.WriteAllBytes(PathOf("v.db-wal"), []);
        VectorFile.Open(PathOf("v.db")).Dispose();
    }

    [Fact]
    public void A_change_that_was_not_finished_is_refused()
    {
        Write("v.db", Small());
        Write("v.db-journal", new byte[] { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0 });
        AssertRefused(ErrorKind.Format, PathOf("v.db"), "v.db-journal");
        Write("v.db-journal", new byte[512]);
        VectorFile.Open(PathOf("v.db")).Dispose();
    }

    [Theory]
    [InlineData(56, 2u, "UTF-16")]
    [InlineData(56, 9u, "byte 56")]
    [InlineData(28, 9u, "promises 9 pages", "cut short")]
    [InlineData(Page + 8, 0x0fff0000u, "byte 8191", "row")]
    [InlineData(Page, 0x0a000000u, "byte 4096", "type 10")]
    [InlineData(Page, 0x0dffffffu, "byte 4099", "cells")]
    public void A_damaged_page_names_the_byte(int at, uint value, params string[] hints)
    {
        byte[] file = Small();
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
        AssertRefused(ErrorKind.Format, Write("v.db", file), hints);
    }

    [Fact]
    public void A_tree_that_leads_back_to_itself_is_refused()
    {
        VectorFile.Save(MakePlain(1000, 10, seed: 1), PathOf("v.db"), VectorFormat.Sqlite);
        byte[] file = File.ReadAllBytes(PathOf("v.db"));
        int root = new SqliteCheck(file).RootOf("vectors");
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan((root - 1) * Page + 8), root);
        AssertRefused(ErrorKind.Format, Write("v.db", file), $"page {root}", "already");
    }

    [Fact]
    public void A_chain_of_overflow_pages_that_leads_back_is_refused()
    {
        VectorFile.Save(MakePlain(2, 60_000, seed: 1), PathOf("v.db"), VectorFormat.Sqlite);
        byte[] file = File.ReadAllBytes(PathOf("v.db"));
        var check = new SqliteCheck(file);
        check.TableRows(check.RootOf("vectors"));
        int page = check.FirstOverflow, at = (page - 1) * check.PageSize;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), page);
        AssertRefused(ErrorKind.Format, Write("v.db", file), $"page {page}", "already", $"byte {at}");
    }

    [Fact]
    public void A_component_that_is_not_finite_is_refused()
    {
        byte[] file = Small();
        BitConverter.TryWriteBytes(file.AsSpan(2 * Page - 4), float.NaN);
        AssertRefused(ErrorKind.Format, Write("v.db", file), "row 1", "byte 8176", "not a number");
    }

    [Fact]
    public void A_blob_of_another_length_is_refused()
    {
        byte[] file = Small();
        // The second row's blob has 8 bytes; 6 make its word two longer: a whole record all the same.
        int record = 2 * Page - 18 - 16 + 2;
        Assert.Equal([4, 0, 0x11, 0x1c], file[record..(record + 4)]);
        (file[record + 2], file[record + 3]) = (0x15, 0x18);
        AssertRefused(ErrorKind.Format, Write("v.db", file), "row 2", "6 bytes", "a blob of 8");
    }

    [Fact]
    public void A_database_without_vectors_says_what_it_holds()
    {
        byte[] file = Small();
        int record = 2 * Page - 18 + 2;
        // The vector becomes text.
        file[record + 3] = 0x1d;
        (file[2 * Page - 18], file[2 * Page - 1]) = (16, 0);
        AssertRefused(ErrorKind.Format, Write("v.db", file), "vectors", "create table");
    }

    [Fact]
    public void Numbers_at_and_beyond_every_limit_do_no_harm()
    {
        byte[] original = Small();
        long[] numbers = [-1, 0, 1, 2, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue];
        int[] places =
        [
            16, 18, 20, 24, 28, 56, 100, 103, 105, 107, 108, 112,
            Page, Page + 1, Page + 3, Page + 5, Page + 7, Page + 8, 2 * Page - 18, 2 * Page - 17, 2 * Page - 16, 2 * Page - 14,
        ];
        foreach (int place in places)
        {
            foreach (long number in numbers)
            {
                byte[] file = [.. original];
                BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(place), number);
                OpenOrRefuse(Write("v.db", file));
            }
        }
    }

    private static void OpenOrRefuse(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using WordVectors vectors = VectorFile.Open(path);
            Assert.True(vectors.Count > 0);
        }
        catch (Word2VecException error)
        {
            Assert.Equal(ErrorKind.Format, error.Kind);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private byte[] Small()
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, 3), PathOf("small.sqlite"));
        return File.ReadAllBytes(PathOf("small.sqlite"));
    }

    // Words of 1 to 40 bytes, and some that need overflow pages in table and index.
    private static WordVectors MakeUneven(int count, int size)
    {
        var random = new Random(count);
        var words = new WordIndex.Builder();
        for (int id = 0; id < count; id++)
        {
            int length = random.Next(id % 997 == 5 ? 20_000 : 30);
            words.Add(Encoding.UTF8.GetBytes($"{random.Next(1000)}é{id}{new string('x', length)}"));
        }

        return new WordVectors(words.Build(), size, [.. Enumerable.Range(0, count * size).Select(_ => random.NextSingle())]);
    }

    // A leaf's header, the addresses of its cells and the cells, the first at the page's end; nothing else.
    private static void AssertLeaf(byte[] page, int before, byte type, params byte[][] cells)
    {
        var expected = new byte[page.Length];
        int content = page.Length;
        for (int i = 0; i < cells.Length; i++)
        {
            content -= cells[i].Length;
            cells[i].CopyTo(expected, content);
            BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(8 + 2 * i), (ushort)(content + before));
        }

        expected[0] = type;
        expected[4] = (byte)cells.Length;
        BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(5), (ushort)(content + before));
        Assert.Equal(expected, page);
    }
}
