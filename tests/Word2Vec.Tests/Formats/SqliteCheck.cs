using System.Buffers.Binary;
using System.Text;

namespace Word2Vec.Tests.Formats;

/// <summary>A second reading of SQLite's file format, as plain as can be, that also walks the index and counts pages.</summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html.</remarks>
internal sealed class SqliteCheck
{
    private readonly byte[] _file;
    private readonly HashSet<int> _used = [];

    public SqliteCheck(byte[] file)
    {
        _file = file;
        int size = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16));
        PageSize = size == 1 ? 65536 : size;
        Assert.Equal(0, file.Length % PageSize);
        PageCount = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(28));
        Assert.Equal(PageCount, file.Length / PageSize);
    }

    public int PageSize { get; }

    public int PageCount { get; }

    public int PagesUsed => _used.Count + (_used.Contains(1) ? 0 : 1);

    public int FirstOverflow { get; private set; }

    /// <summary>The root's page in the schema's row that is called <paramref name="name"/>.</summary>
    public int RootOf(string name)
    {
        var rows = new List<byte[]>();
        Walk(1, 100, isIndex: false, (_, payload) => rows.Add(payload));
        _used.Clear();
        foreach (byte[] row in rows)
        {
            // Five columns: text, text, text, a small integer, text.
            int type = (row[1] - 13) / 2, length = (row[2] - 13) / 2, table = (row[3] - 13) / 2, width = row[4], at = row[0] + type;
            if (Encoding.UTF8.GetString(row, at, length) == name)
                return (int)row.Skip(at + length + table).Take(width).Aggregate(0L, (sum, next) => sum << 8 | next);
        }

        throw new InvalidOperationException($"There is no {name}.");
    }

    public List<long> TableRows(int root)
    {
        var rows = new List<long>();
        Walk(root, 0, isIndex: false, (row, _) => rows.Add(row));
        return rows;
    }

    /// <summary>The text of each entry, in the order of the tree.</summary>
    public List<byte[]> IndexEntries(int root)
    {
        var entries = new List<byte[]>();
        Walk(root, 0, isIndex: true, (_, payload) =>
        {
            int at = 1;
            long type = Varint(payload, ref at);
            entries.Add(payload[payload[0]..(payload[0] + (int)((type - 13) / 2))]);
        });
        return entries;
    }

    private void Walk(int number, int header, bool isIndex, Action<long, byte[]> visit)
    {
        Assert.True(_used.Add(number), $"page {number} is used twice");
        int page = (number - 1) * PageSize, type = _file[page + header];
        bool isLeaf = type == (isIndex ? 10 : 13);
        Assert.True(isLeaf || type == (isIndex ? 2 : 5), $"page {number} has the type {type}");
        int cells = BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(page + header + 3));
        Assert.True(cells > 0, $"page {number} is empty");
        for (int i = 0; i < cells; i++)
        {
            int at = page + BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(page + header + (isLeaf ? 8 : 12) + 2 * i));
            if (!isLeaf)
                Walk(Int32(ref at), 0, isIndex, visit);
            if (isLeaf || isIndex)
                Cell(at, isIndex, visit);
        }

        if (!isLeaf)
            Walk(BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(page + header + 8)), 0, isIndex, visit);
    }

    private void Cell(int at, bool isIndex, Action<long, byte[]> visit)
    {
        int length = (int)Varint(_file, ref at);
        long row = isIndex ? 0 : Varint(_file, ref at);
        int most = isIndex ? (PageSize - 12) * 64 / 255 - 23 : PageSize - 35, fewest = (PageSize - 12) * 32 / 255 - 23;
        int fitting = fewest + (length - fewest) % (PageSize - 4);
        int local = length <= most ? length : fitting <= most ? fitting : fewest;
        List<byte> payload = [.. _file[at..(at + local)]];
        at += local;
        while (payload.Count < length)
        {
            int next = Int32(ref at);
            FirstOverflow = FirstOverflow == 0 ? next : FirstOverflow;
            Assert.True(_used.Add(next), $"page {next} is used twice");
            at = (next - 1) * PageSize;
            payload.AddRange(_file[(at + 4)..(at + 4 + Math.Min(PageSize - 4, length - payload.Count))]);
        }

        visit(row, [.. payload]);
    }

    private int Int32(ref int at)
    {
        at += 4;
        return BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(at - 4));
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        long value = 0;
        for (; bytes[at] >= 0x80; at++)
            value = value << 7 | bytes[at] & 0x7fu;
        return value << 7 | bytes[at++];
    }
}
