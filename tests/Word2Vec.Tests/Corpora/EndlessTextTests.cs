using System.IO.Compression;
using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Corpora;

/// <summary>Texts without line ends, without spaces, or packed into next to nothing: memory does not grow with them.</summary>
public sealed class EndlessTextTests
{
    private const long Length = 64 << 20;
    private const int LittleMemory = 8 << 20;

    private static readonly CorpusOptions All = new() { MinimumCount = 1 };

    [Fact]
    public void A_line_without_an_end_is_cut_every_1000_words()
    {
        using EncodedCorpus corpus = Encode(() => new Trickle("one two "u8.ToArray(), Length));
        Assert.Equal(new CorpusCounts(Length / 4, Length / 4, (Length / 4 + 999) / 1000, 2), corpus.Counts);
    }

    [Fact]
    public void A_word_without_an_end_is_cut_every_1000_bytes_and_the_pieces_are_counted()
    {
        using EncodedCorpus corpus = Encode(() => new Trickle("x"u8.ToArray(), Length));
        Assert.Equal(2, corpus.Vocabulary.Count);
        Assert.Equal(new CorpusCounts(Length / 1000 + 1, Length / 1000 + 1, 68, 2) { LongWords = Length / 1000 }, corpus.Counts);
    }

    [Fact]
    public void A_gz_bomb_takes_no_more_memory_than_its_text()
    {
        byte[] bomb = Packed("one two\n"u8.ToArray());
        Assert.InRange(bomb.Length, 1, Length / 50);
        using EncodedCorpus corpus = Encode(() => new MemoryStream(bomb));
        Assert.Equal(new CorpusCounts(Length / 4, Length / 4, Length / 8, 2), corpus.Counts);
    }

    [Fact]
    public void A_gz_bomb_of_zeros_is_refused_at_its_first_byte()
    {
        byte[] bomb = Packed([0]);
        var error = Assert.Throws<Word2VecException>(() => Encode(() => new MemoryStream(bomb)));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Contains("looks binary: byte 0 of its decompressed text is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_words_that_differ_are_bounded_by_their_bytes()
    {
        // 40,000 words of 900 bytes, far fewer than the limit of words, 36 MB.
        byte[] text = [.. Enumerable.Range(0, 40_000).SelectMany(i => System.Text.Encoding.ASCII.GetBytes($"{i:D899} the "))];
        using EncodedCorpus corpus = CorpusEncoder.Encode(
            Corpus.Of(text), new CorpusOptions { MinimumCount = 100, MaximumDistinct = 50_000 }, null, null, default);
        Assert.InRange(corpus.Counts.DroppedTypes, 38_000, 40_000);
        Assert.Equal(("the", 40_000), (corpus.Vocabulary.Words[0], corpus.Vocabulary.Counts[0]));
    }

    private static EncodedCorpus Encode(Func<Stream> text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(["-"], text), All, null, null, default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
        return corpus;
    }

    private static byte[] Packed(byte[] piece)
    {
        using var result = new MemoryStream();
        using (var packed = new GZipStream(result, CompressionLevel.Fastest))
            new Trickle(piece, Length).CopyTo(packed);
        return result.ToArray();
    }
}
