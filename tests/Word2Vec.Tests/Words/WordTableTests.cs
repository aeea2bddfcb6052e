using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed unsafe class WordTableTests
{
    [Fact]
    public void Words_that_differ_in_one_byte_or_in_length_stay_apart_at_every_length()
    {
        var words = new List<byte[]>();
        for (int length = 1; length <= 40; length++)
        {
            words.Add([.. Enumerable.Repeat((byte)'a', length)]);
            words.Add([.. Enumerable.Repeat((byte)0, length)]);
            for (int at = 0; at < length; at++)
                words.Add([.. Enumerable.Range(0, length).Select(i => (byte)(i == at ? 'b' : 'a'))]);
        }

        foreach (int length in new[] { 254, 255, 256, 257, 300, 1000 })
            words.Add([.. Enumerable.Repeat((byte)'a', length)]);
        int[] ids = Add(words, out var table);
        using (table)
        {
            Assert.Equal(Enumerable.Range(0, words.Count), ids);
            for (int id = 0; id < words.Count; id++)
                Assert.Equal(words[id], table.Bytes(id).ToArray());
            Assert.All(table.Counts(), count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Ids_and_counts_are_those_of_a_dictionary_while_the_table_grows()
    {
        var random = new Random(12);
        var words = Enumerable.Range(0, 120_000)
            .Select(_ => Encoding.ASCII.GetBytes(new string((char)random.Next('a', 'z'), random.Next(1, 20)) + random.Next(5_000)))
            .ToList();
        var expected = new Dictionary<string, (int Id, long Count)>();
        var expectedIds = new List<int>();
        foreach (byte[] word in words)
        {
            string text = Encoding.ASCII.GetString(word);
            var entry = expected.GetValueOrDefault(text, (expected.Count, 0));
            expected[text] = (entry.Item1, entry.Item2 + 1);
            expectedIds.Add(entry.Item1);
        }

        Assert.True(expected.Count > 1 << 16);
        Assert.True(expectedIds.SequenceEqual(Add(words, out var table)));
        using (table)
        {
            Assert.Equal(expected.Count, table.Count);
            Assert.Equal(words.Count, table.Total);
            Assert.Equal(expected.Values.OrderBy(entry => entry.Id).Select(entry => entry.Count), table.Counts());
        }
    }

    [Fact]
    public void What_lies_behind_a_word_does_not_matter()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("ab ab\nabc" + new string('x', 100));
        var ids = new int[4];
        using var table = new WordTable();
        fixed (byte* first = bytes)
            table.Add(first, [new Token(0, 2), new Token(3, 2), Token.SentenceEnd, new Token(6, 2)], ids);
        Assert.Equal([0, 0, -1, 0], ids);
    }

    [Fact]
    public void Provisional_ids_of_every_size_come_back()
    {
        var random = new Random(13);
        var ids = Enumerable.Range(0, 100_000).Select(_ => (int)(random.NextInt64(1L << random.Next(1, 32)) - 1)).ToList();
        ids.AddRange([-1, 0, 32765, 32766, 32767, 32768, 65535, int.MaxValue - 1]);
        foreach (int count in new[] { 0, 1, 2, 3, 1000, ids.Count, ids.Count - 1, ids.Count - 7 })
        {
            using var stream = new MemoryStream();
            var file = new ProvisionalIds(stream);
            file.Write(ids.Take(count / 3).ToArray());
            file.Write(ids.Take(count).Skip(count / 3).ToArray());
            file.Rewind();
            var read = new List<int>();
            var block = new int[777];
            for (int n = file.Read(block); n > 0; n = file.Read(block))
                read.AddRange(block.Take(n));
            Assert.True(ids.Take(count).SequenceEqual(read));
        }
    }

    [Fact]
    public void Provisional_ids_take_the_same_bytes_in_groups_as_one_by_one_and_are_read_back_from_them()
    {
        var random = new Random(14);
        for (int length = 0; length <= 70; length++)
        {
            // From nothing but long ids to short ones alone.
            int Id() => random.Next(71) < length ? random.Next(-1, 32767) : random.Next(32767, int.MaxValue);
            int[] ids = [.. Enumerable.Range(0, length).Select(_ => Id())];
            byte[] fast = new byte[4 * length + 4], plain = new byte[4 * length + 4];
            fixed (byte* fastBytes = fast, plainBytes = plain)
            {
                int end = ProvisionalCode.Write(ids, fastBytes);
                Assert.Equal(end, ProvisionalCode.WritePlain(ids, plainBytes));
                Assert.Equal(plain[..end], fast[..end]);
                for (int most = 0; most <= length + 1; most++)
                {
                    int[] read = new int[most], readPlain = new int[most];
                    int start = 0, startPlain = 0;
                    int count = ProvisionalCode.Read(fastBytes, ref start, end, read);
                    Assert.Equal(ids[..Math.Min(most, length)], read[..count]);
                    Assert.Equal(count, ProvisionalCode.ReadPlain(fastBytes, ref startPlain, end, readPlain));
                    Assert.Equal(startPlain, start);
                }
            }
        }
    }

    [Fact]
    public void The_order_of_a_vocabulary_is_that_of_a_sort_by_comparisons()
    {
        var random = new Random(15);
        string[] stems = ["", "a", "abcdefgh", "abcdefghi", "\u00e9", "zzzzzzzz\u00e9", "~"];
        byte[][] words = [.. Enumerable.Range(0, 5_000).Select(_ => stems[random.Next(stems.Length)] + random.Next(3_000))
            .Distinct().Select(Encoding.UTF8.GetBytes)];
        Add([.. words], out var table);
        using (table)
        {
            foreach (long most in new[] { 1L, 5, 300, 70_000, long.MaxValue })
            {
                WordCandidate[] fast = [.. words.Select((word, id) => WordCandidate.Of(word, 1 + random.NextInt64(most), id))];
                WordCandidate[] plain = [.. fast];
                WordOrder.Sort(fast, table);
                WordOrder.SortPlain(plain, table);
                Assert.Equal(plain, fast);
            }
        }
    }

    private static int[] Add(List<byte[]> words, out WordTable table)
    {
        byte[] bytes = [.. words.SelectMany(word => word), .. new byte[TokenReader.Slack]];
        var tokens = new Token[words.Count];
        for (int i = 0, start = 0; i < tokens.Length; start += words[i++].Length)
            tokens[i] = new Token(start, words[i].Length);
        var ids = new int[tokens.Length];
        table = new WordTable();
        fixed (byte* first = bytes)
            table.Add(first, tokens, ids);
        return ids;
    }
}
