using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Word2Vec.Tests.Words;

public sealed unsafe class EncodedCorpusFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bytes_are_those_of_the_documented_layout()
    {
        byte[] file = Write("b a\nccc a a");
        Assert.Equal("W2V-IDS\n", Encoding.ASCII.GetString(file, 0, 8));
        Assert.Equal(1, ReadInt32LittleEndian(file.AsSpan(8)));
        Assert.Equal([7, 3, 41, 5, 5, 2, 3], Enumerable.Range(0, 7).Select(i => ReadInt64LittleEndian(file.AsSpan(48 + 8 * i))));
        Assert.Equal(new byte[16], file[112..128]);
        Assert.Equal([1, 0, -1, 2, 0, 0, -1], Enumerable.Range(0, 7).Select(i => ReadInt32LittleEndian(file.AsSpan(128 + 4 * i))));
        byte[] vocabulary = file[156..];
        Assert.Equal([3, 1, 1], Enumerable.Range(0, 3).Select(i => ReadInt64LittleEndian(vocabulary.AsSpan(8 * i))));
        Assert.Equal([1, 1, 3], Enumerable.Range(0, 3).Select(i => ReadInt32LittleEndian(vocabulary.AsSpan(24 + 4 * i))));
        Assert.Equal("abccc", Encoding.ASCII.GetString(vocabulary, 36, vocabulary.Length - 36));
        Assert.Equal(Checksum.Of(file.AsSpan(128, 28)), ReadUInt32LittleEndian(file.AsSpan(104)));
        Assert.Equal(Checksum.Of(vocabulary), ReadUInt32LittleEndian(file.AsSpan(108)));
    }

    [Fact]
    public void The_fingerprint_is_that_of_the_words_wherever_they_lie()
    {
        string Of(string name, string text)
        {
            var options = new CorpusOptions { MinimumCount = 1 };
            using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(_folder.Make(name, text)), options, null, null, default);
            return corpus.Fingerprint!;
        }

        string first = Of("a.txt", "b a\nccc a a");
        Assert.Equal(first, Of("b.txt", "b  a\n\nccc a a\n"));
        Assert.Equal(4, new[] { first, Of("c.txt", "b a\nccc a b"), Of("d.txt", "b a ccc a a"), Of("e.txt", "b a\nccd a a") }.Distinct().Count());
    }

    [Fact]
    public void The_checksum_is_CRC_32C_however_it_is_split()
    {
        byte[] digits = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xE3069283u, Checksum.Of(digits));
        for (int split = 0; split <= digits.Length; split++)
        {
            var checksum = default(Checksum);
            checksum.Append(digits.AsSpan(0, split));
            checksum.Append(digits.AsSpan(split));
            Assert.Equal(0xE3069283u, checksum.Value);
        }
    }

    [Fact]
    public void Ids_begin_at_a_multiple_of_64_bytes()
    {
        string path = _folder.Make("x.ids", Write("a b"));
        using var corpus = EncodedCorpusFile.Open(path);
        Assert.Equal(0, (long)corpus.First % 64);
        Assert.Equal(path, corpus.FilePath);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_is_a_format_error_with_the_path()
    {
        byte[] good = Write("one two two three three three\none");
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            Fails(bad);
            Fails(good[..i]);
        }
    }

    [Fact]
    public void Hostile_numbers_in_a_well_sealed_header_are_format_errors()
    {
        byte[] good = Write("one two two");
        foreach (int field in new[] { 48, 56, 64 })
        {
            long[] values = [-1, 0, 1, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, 1L << 61, 1L << 62, long.MaxValue, long.MinValue];
            foreach (long value in values)
            {
                byte[] bad = [.. good];
                WriteInt64LittleEndian(bad.AsSpan(field), value);
                Fails(Seal(bad));
            }
        }
    }

    [Fact]
    public void Ids_and_lengths_outside_their_bounds_are_format_errors_even_with_fitting_checksums()
    {
        byte[] good = Write("one two two");
        // Ids: 1 0 0 −1 at 128; then two counts, two lengths at 160 and 164.
        (int, int)[] changes = [(128, 2), (128, -2), (128, int.MaxValue), (140, 0), (160, 7), (160, -1), (164, int.MaxValue)];
        foreach ((int offset, int value) in changes)
        {
            byte[] bad = [.. good];
            WriteInt32LittleEndian(bad.AsSpan(offset), value);
            WriteUInt32LittleEndian(bad.AsSpan(104), Checksum.Of(bad.AsSpan(128, 16)));
            WriteUInt32LittleEndian(bad.AsSpan(108), Checksum.Of(bad.AsSpan(144)));
            Fails(Seal(bad));
        }
    }

    [Fact]
    public void Random_mutants_are_format_errors()
    {
        byte[] good = Write(Encoding.UTF8.GetString(Corpus.RandomText(seed: 10, length: 2_000)));
        var random = new Random(11);
        for (int i = 0; i < 300; i++)
        {
            byte[] bad = [.. good];
            int start = random.Next(bad.Length);
            random.NextBytes(bad.AsSpan(start, Math.Min(random.Next(1, 40), bad.Length - start)));
            if (!bad.AsSpan().SequenceEqual(good))
                Fails(bad);
        }
    }

    [Fact]
    public void A_missing_file_is_an_input_error()
    {
        var error = Assert.Throws<Word2VecException>(() => EncodedCorpusFile.Open(_folder["none.ids"]));
        Assert.Equal(ErrorKind.Input, error.Kind);
    }

    [Fact]
    public void What_was_just_written_is_known_and_what_took_its_place_is_read()
    {
        string path = _folder.Make("x.ids", Write("one two two", out WrittenCorpus written));
        using (var corpus = EncodedCorpusFile.Open(path, written))
        {
            Assert.Same(written.Vocabulary, corpus.Vocabulary);
            Assert.Equal([1, 0, 0, -1], corpus.Ids(0, (int)corpus.Length).ToArray());
        }

        using var other = EncodedCorpusFile.Open(_folder.Make("x.ids", Write("one one six")), written);
        Assert.Equal(["one", "six"], Enumerable.Range(0, other.Vocabulary.Count).Select(id => other.Vocabulary.Words[id]));
    }

    [Fact]
    public void A_full_disk_never_passes_unseen_at_whatever_write_it_strikes()
    {
        byte[] whole = Write("one two two");
        for (int room = 0; room < whole.Length; room++)
        {
            using var disk = new SmallDisk(room);
            Assert.Throws<IOException>(() => WriteTo(disk, "one two two"));
        }
    }

    private void Fails(byte[] file)
    {
        string path = _folder.Make("bad.ids", file);
        var error = Assert.Throws<Word2VecException>(() => EncodedCorpusFile.Open(path));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Seal(byte[] file)
    {
        file.AsSpan(12, 4).Clear();
        WriteUInt32LittleEndian(file.AsSpan(12), Checksum.Of(file.AsSpan(0, 128)));
        return file;
    }

    private static byte[] Write(string text) => Write(text, out _);

    private static byte[] Write(string text, out WrittenCorpus written)
    {
        using var stream = new MemoryStream();
        written = WriteTo(stream, text);
        return stream.ToArray();
    }

    private static WrittenCorpus WriteTo(Stream stream, string text)
    {
        using var reader = new Word2Vec.Corpora.TokenReader(Corpus.Of(text), null);
        using var table = new WordTable();
        using var provisional = new MemoryStream();
        var ids = new ProvisionalIds(provisional);
        while (reader.Read())
        {
            var block = new int[reader.Tokens.Length];
            table.Add(reader.Bytes, reader.Tokens, block);
            ids.Write(block);
        }

        ids.Rewind();
        var words = SelectedWords.From(table, new CorpusOptions { MinimumCount = 1 });
        var counts = new CorpusCounts(table.Total, table.Total, 0, table.Count);
        return new EncodedCorpusWriter(stream, words, 1000).Write(ids, counts, new byte[32], default);
    }

    private sealed class SmallDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > room)
                throw new IOException("No space left on device");
            base.Write(buffer);
        }
    }
}
