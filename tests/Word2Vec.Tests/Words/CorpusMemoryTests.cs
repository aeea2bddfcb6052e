using System.Globalization;
using System.Text;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>A corpus is as long as it likes: what was read of it does not stay in the process's memory.</summary>
public sealed unsafe class CorpusMemoryTests
{
    private const int Sentences = 1 << 20, Ids = 4 * Sentences;
    private const long Kilobytes = Ids / 256, Little = Kilobytes / 16;

    private static EncodedCorpus Open()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a bb ccc\n", Sentences)));
        return CorpusEncoder.Encode(Corpus.Of(text), new CorpusOptions(), cacheFolder: null, progress: null, default);
    }

    private static long Sum(EncodedCorpus corpus)
    {
        long sum = 0;
        foreach (int id in corpus.Ids(0, (int)corpus.Length))
            sum += id;
        return sum;
    }

    /// <summary>What of the mapped file is in the process's memory, as the system counts it.</summary>
    private static long ResidentKilobytes(EncodedCorpus corpus)
    {
        using IEnumerator<string> lines = File.ReadLines("/proc/self/smaps").GetEnumerator();
        while (lines.MoveNext() && !IsMappingOf((ulong)corpus.First, lines.Current))
        {
        }

        while (!lines.Current.StartsWith("Rss:", StringComparison.Ordinal))
            lines.MoveNext();
        return long.Parse(lines.Current.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // Such a line begins with two addresses: 7f0c00000000-7f0c00021000.
    private static bool IsMappingOf(ulong address, string line)
    {
        string[] range = line.Split(' ')[0].Split('-');
        return range.Length == 2 && ulong.TryParse(range[0], NumberStyles.HexNumber, null, out ulong first)
            && ulong.TryParse(range[1], NumberStyles.HexNumber, null, out ulong end) && first <= address && address < end;
    }

    [Fact]
    public void Ids_leave_the_memory_when_they_are_released_and_come_back_when_they_are_read()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using EncodedCorpus corpus = Open();
        Assert.Equal(Ids, corpus.Length);
        Assert.InRange(ResidentKilobytes(corpus), 0, Little);
        Assert.Equal(Sentences * (0L + 1 + 2 - 1), Sum(corpus));
        Assert.InRange(ResidentKilobytes(corpus), Kilobytes - Little, Kilobytes + Little);
        corpus.Release(0, corpus.Length / 2);
        Assert.InRange(ResidentKilobytes(corpus), Kilobytes / 2 - Little, Kilobytes / 2 + Little);
        corpus.Release(corpus.Length / 2, corpus.Length);
        Assert.InRange(ResidentKilobytes(corpus), 0, Little);
        Assert.Equal(Sentences * (0L + 1 + 2 - 1), Sum(corpus));
    }

    [Fact]
    public void Released_ids_of_a_corpus_in_memory_stay()
    {
        var ids = new int[1 << 16];
        (ids[5000], ids[^1]) = (1, EncodedCorpus.SentenceEnd);
        using var corpus = new EncodedCorpus(ids, new Vocabulary(WordIndex.From(["a", "b"]), [ids.Length - 2, 1]), default);
        corpus.Release(0, ids.Length);
        Assert.Equal((1, EncodedCorpus.SentenceEnd), (ids[5000], ids[^1]));
    }
}
