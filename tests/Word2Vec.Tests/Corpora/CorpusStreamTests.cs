using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed class CorpusStreamTests
{
    private static readonly byte[] Text =
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"word{i * i % 997} ")));

    [Fact]
    public void Gz_is_seen_from_its_first_bytes_and_members_may_follow_one_another()
    {
        Assert.Equal(Text, ReadAll(Text));
        Assert.Equal(Text, ReadAll(Corpus.Gzip(Text)));
        Assert.Equal([.. Text, .. Text, (byte)'x'], ReadAll([.. Corpus.Gzip(Text), .. Corpus.Gzip(Text), .. Corpus.Gzip([(byte)'x'])]));
        Assert.Equal(Text, ReadAll([.. Corpus.Gzip([]), .. Corpus.Gzip(Text), .. Corpus.Gzip([])]));
        Assert.Empty(ReadAll(Corpus.Gzip([])));
        Assert.Equal([0x1F], ReadAll([0x1F]));
    }

    [Fact]
    public void Large_gz_data_comes_out_whole()
    {
        byte[] large = Corpus.RandomText(seed: 5, length: 1_000_000);
        Assert.Equal(large, ReadAll(Corpus.Gzip(large)));
    }

    [Fact]
    public void Gz_data_cut_off_anywhere_is_an_error_with_name_and_offset()
    {
        // With a name in its header, as gzip itself writes it.
        byte[] plain = Corpus.Gzip(Text);
        byte[] named = [.. plain[..3], 8, .. plain[4..10], .. "corpus.txt\0"u8, .. plain[10..]];
        Assert.Equal(Text, ReadAll(named));
        for (int length = 2; length < named.Length; length++)
        {
            var error = Assert.Throws<Word2VecException>(() => ReadAll(named[..length]));
            Assert.Equal(ErrorKind.Input, error.Kind);
            Assert.Contains($"standard input is cut off at byte {length} ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_second_member_cut_off_is_an_error()
    {
        byte[] member = Corpus.Gzip(Text);
        for (int length = 1; length < member.Length; length += 13)
            Assert.Throws<Word2VecException>(() => ReadAll([.. member, .. member[..length]]));
    }

    [Fact]
    public void A_wrong_checksum_or_length_and_junk_behind_the_end_are_errors()
    {
        byte[] good = Corpus.Gzip(Text);
        for (int back = 1; back <= 8; back++)
        {
            byte[] bad = [.. good];
            bad[^back] ^= 1;
            Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => ReadAll(bad)).Kind);
            Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => ReadAll([.. bad, .. good])).Kind);
        }

        Assert.Throws<Word2VecException>(() => ReadAll([.. good, .. "junk"u8]));
    }

    [Fact]
    public void Flipped_bits_in_gz_data_never_pass_as_other_text()
    {
        byte[] good = Corpus.Gzip(Text);
        var random = new Random(6);
        for (int i = 0; i < 300; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(10, bad.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Assert.Equal(Text, ReadAll(bad));
            }
            catch (Word2VecException e)
            {
                Assert.Equal(ErrorKind.Input, e.Kind);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(65_000)]
    public void A_zero_byte_near_the_begin_looks_binary_and_is_named(int offset)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', offset), 0, (byte)'y'];
        foreach (byte[] file in new[] { text, Corpus.Gzip(text) })
        {
            var error = Assert.Throws<Word2VecException>(() => ReadAll(file));
            Assert.Equal(ErrorKind.Input, error.Kind);
            Assert.Contains($"looks binary: byte {offset} of", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void UTF_16_is_refused_with_the_way_to_UTF_8()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var error = Assert.Throws<Word2VecException>(() => ReadAll([.. encoding.GetPreamble(), .. encoding.GetBytes("some text")]));
            Assert.Equal(ErrorKind.Input, error.Kind);
            Assert.Contains("convert it to UTF-8", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_plain_and_compressed()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, (byte)'x'];
        Assert.Equal([(byte)'x'], ReadAll(marked));
        Assert.Equal([(byte)'x'], ReadAll(Corpus.Gzip(marked)));
        Assert.Equal([0xEF, 0xBB], ReadAll([0xEF, 0xBB]));
    }

    [Fact]
    public void Bytes_read_are_counted_before_decompression()
    {
        byte[] compressed = Corpus.Gzip(Text);
        var source = Corpus.Of(compressed);
        using var stream = source.Open(source.Entries[0]);
        while (stream.Read(new byte[1000]) > 0)
            Assert.InRange(stream.BytesRead, 1, compressed.Length);
        Assert.Equal(compressed.Length, stream.BytesRead);
    }

    [Fact]
    public void A_file_that_vanished_and_a_stream_that_breaks_are_input_errors()
    {
        string path = Path.GetTempFileName();
        var vanished = CorpusSource.From(path);
        File.Delete(path);
        Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => vanished.Open(vanished.Entries[0])).Kind);

        var broken = CorpusSource.From(["-"], () => new BrokenStream(100_000));
        using var stream = broken.Open(broken.Entries[0]);
        var error = Assert.Throws<Word2VecException>(() => ReadAll(stream));
        Assert.Equal("Cannot read the corpus standard input at byte 100000: the disk is gone", error.Message);
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_is_read_to_the_end_that_it_then_has()
    {
        using var folder = new Words.TemporaryFolder();
        var source = CorpusSource.From(folder.Make("log", new string('a', 100_000)));
        using CorpusStream stream = source.Open(source.Entries[0]);
        File.AppendAllText(folder["log"], "bc");
        Assert.Equal("abc", Encoding.ASCII.GetString(ReadAll(stream)[^3..]));
    }

    [Theory]
    [InlineData(100_000, 70_000)]
    [InlineData(100_000, 0)]
    [InlineData(20, 10)]
    public void A_file_that_is_shortened_while_it_is_read_is_an_input_error(int before, int after)
    {
        using var folder = new Words.TemporaryFolder();
        foreach (bool packed in new[] { false, true })
        {
            // Chosen by chance, so that it does not pack into what is read at once.
            var random = new Random(8);
            byte[] text = [.. Enumerable.Range(0, before).Select(_ => (byte)random.Next(33, 126))];
            byte[] content = packed ? [.. Corpus.Gzip(text), .. Corpus.Gzip(text)] : text;
            var source = CorpusSource.From(folder.Make("text", content));
            var error = Assert.Throws<Word2VecException>(() =>
            {
                // What is small is read when it is opened: then it must be short before.
                if (before < 1000)
                    Shorten();
                using CorpusStream stream = source.Open(source.Entries[0]);
                if (before >= 1000)
                    Shorten();
                ReadAll(stream);
            });
            Assert.Equal(ErrorKind.Input, error.Kind);
            Assert.True(packed || error.Message.Contains($"had {before} bytes and now ends at byte ", StringComparison.Ordinal), error.Message);
        }

        void Shorten()
        {
            using var file = new FileStream(folder["text"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(after);
        }
    }

    private static byte[] ReadAll(byte[] file)
    {
        var source = Corpus.Of(file);
        using var stream = source.Open(source.Entries[0]);
        return ReadAll(stream);
    }

    private static byte[] ReadAll(CorpusStream stream)
    {
        using var result = new MemoryStream();
        var buffer = new byte[7001];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            result.Write(buffer, 0, read);
        return result.ToArray();
    }

    private sealed class BrokenStream(int length) : MemoryStream(Encoding.ASCII.GetBytes(new string('x', length)))
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer) is > 0 and int read ? read : throw new IOException("the disk is gone");
    }
}
