using System.Globalization;

namespace Word2Vec.Benchmarks;

/// <summary>
/// Three levels of data cache as they would be filled by a list of addresses: sets of lines, of which the one not used for the longest time
/// makes room; lines that were written go back to the level below. Sizes are this machine's. Not modelled: fetching ahead by the processor
/// itself, the place of pages in physical memory, other programs, and that some third levels hold only what the second gave up.
/// </summary>
internal sealed class CacheModel
{
    /// <summary>Bytes of a line.</summary>
    public const int Line = 64;

    private readonly CacheLevel _first = CacheLevel.OfThisMachine(1);
    private readonly CacheLevel _second = CacheLevel.OfThisMachine(2);
    private readonly CacheLevel _third = CacheLevel.OfThisMachine(3);

    /// <summary>The levels, nearest first.</summary>
    public IReadOnlyList<CacheLevel> Levels => [_first, _second, _third];

    /// <summary>Lines that were asked for ahead and were not in the second level.</summary>
    public long FetchedAhead { get; private set; }

    /// <summary>Reads or writes the lines of <paramref name="bytes"/> bytes at <paramref name="address"/>.</summary>
    public void Touch(long address, int bytes, bool write)
    {
        for (long line = address / Line; line <= (address + bytes - 1) / Line; line++)
        {
            if (_first.Take(line, write, out long evicted))
                continue;
            if (evicted >= 0)
                Into(_second, evicted, write: true);
            Into(_second, line, write: false);
        }
    }

    /// <summary>Brings a line into the second level, as the prefetch instruction of the kernels does.</summary>
    public void Prefetch(long address)
    {
        if (!Into(_second, address / Line, write: false, count: false))
            FetchedAhead++;
    }

    /// <summary>Forgets the counts and keeps the lines.</summary>
    public void StartCounting()
    {
        FetchedAhead = 0;
        foreach (CacheLevel level in Levels)
            level.StartCounting();
    }

    private bool Into(CacheLevel level, long line, bool write, bool count = true)
    {
        if (level.Take(line, write, out long evicted, count && !write))
            return true;
        if (level == _third)
            return false;
        if (evicted >= 0)
            Into(_third, evicted, write: true);

        // A line that is written back is whole and need not be read first.
        if (!write)
            Into(_third, line, write: false);
        return false;
    }
}

/// <summary>One level: its sets hold lines, the last used first.</summary>
internal sealed class CacheLevel(string name, int bytes, int ways)
{
    private readonly int _sets = bytes / CacheModel.Line / ways;
    private readonly long[] _lines = NewLines(bytes / CacheModel.Line);

    public string Name => name;

    /// <summary>Reads and writes that did not find their line, without those for lines fetched ahead or written back.</summary>
    public long Misses { get; private set; }

    /// <summary>All lines that came in.</summary>
    public long Fills { get; private set; }

    /// <summary>Lines that had been written and went to the level below.</summary>
    public long WrittenBack { get; private set; }

    public void StartCounting() => (Misses, Fills, WrittenBack) = (0, 0, 0);

    /// <summary>
    /// Makes <paramref name="line"/> the last used of its set; <paramref name="evicted"/> is the written line that went for it, or −1.
    /// With <paramref name="count"/> false it is no miss, and a write is a whole line from the level above.
    /// </summary>
    public bool Take(long line, bool write, out long evicted, bool count = true)
    {
        Span<long> set = _lines.AsSpan((int)(line % _sets) * ways, ways);
        evicted = -1;
        int place = 0;
        while (place < ways - 1 && set[place] >> 1 != line)
            place++;
        long found = set[place];
        bool hit = found >> 1 == line;
        if (!hit)
        {
            Misses += count ? 1 : 0;
            Fills += write && !count ? 0 : 1;
            if (found >= 0 && (found & 1) == 1)
            {
                evicted = found >> 1;
                WrittenBack++;
            }

            found = line << 1;
        }

        set[..place].CopyTo(set[1..]);
        set[0] = found | (write ? 1L : 0L);
        return hit;
    }

    /// <summary>A level as Linux describes it; where it does not, as on many a processor of today.</summary>
    public static CacheLevel OfThisMachine(int level)
    {
        string folder = $"/sys/devices/system/cpu/cpu0/cache/index{(level == 1 ? 0 : level)}/";
        (int kilobytes, int ways) = level switch { 1 => (32, 8), 2 => (1024, 8), _ => (32768, 16) };
        if (Directory.Exists(folder))
        {
            kilobytes = int.Parse(File.ReadAllText(folder + "size").TrimEnd('K', '\n'), CultureInfo.InvariantCulture);
            ways = int.Parse(File.ReadAllText(folder + "ways_of_associativity"), CultureInfo.InvariantCulture);
        }

        return new CacheLevel($"L{level} {kilobytes} KB, {ways} ways", kilobytes << 10, ways);
    }

    private static long[] NewLines(int count)
    {
        var lines = new long[count];
        Array.Fill(lines, -2);
        return lines;
    }
}
