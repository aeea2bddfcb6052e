using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed class TokenReaderTests
{
    [Theory]
    [InlineData("the cat sat\non the mat\n", "the cat sat / on the mat / /")]
    [InlineData("no line feed", "no line feed /")]
    [InlineData("a\r\nb\rc\vd\fe\tf  g\n", "a / b c d e f g / /")]
    [InlineData("\n\n", "/ / /")]
    [InlineData("Don't, TOUCH\u00A0it…", "Don't, TOUCH\u00A0it… /")]
    [InlineData("\uFEFFafter the mark", "after the mark /")]
    [InlineData("a \uFEFFb", "a \uFEFFb /")]
    public void Whitespace_keeps_bytes_as_they_are_and_a_line_is_a_sentence(string text, string words) =>
        Assert.Equal(words, Corpus.Words(text, asText: false));

    [Fact]
    public void A_byte_order_mark_alone_and_an_empty_text_have_no_word()
    {
        Assert.Equal("/", Corpus.Words("\uFEFF", asText: false));
        Assert.Equal("/", Corpus.Words("", asText: false));
        Assert.Equal("/", Corpus.Words("", asText: true));
    }

    [Fact]
    public void Bytes_above_7F_are_no_separators_for_whitespace()
    {
        byte[] text = [0xFF, 0xC3, (byte)' ', 0x80, 0x85, (byte)'\n', 0xA0];
        Assert.Equal(["\u00FF\u00C3", "\u0080\u0085", "\n", "\u00A0", "\n"], Corpus.Read(Corpus.Of(text), text: false));
    }

    [Fact]
    public void Words_come_out_whole_at_every_block_size()
    {
        // Longer than the head that is read at once, so that blocks of every size follow one another behind it.
        byte[] text = Corpus.RandomText(seed: 3, length: 80_000);
        var whitespace = NaiveSplit(text);
        var asText = Corpus.Read(Corpus.Of(text), text: true);
        for (int blockSize = 1; blockSize <= 40; blockSize++)
        {
            Assert.True(whitespace.SequenceEqual(Corpus.Read(Corpus.Of(text), text: false, blockSize)), $"block size {blockSize}");
            Assert.True(asText.SequenceEqual(Corpus.Read(Corpus.Of(text), text: true, blockSize)), $"block size {blockSize}");
        }

        Assert.Equal(whitespace, Corpus.Read(Corpus.Of(text), text: false));
    }

    [Fact]
    public void Text_is_what_whitespace_finds_in_the_normalised_text()
    {
        byte[] text = Corpus.RandomText(seed: 4, length: 5_000);
        var runes = new StringBuilder();
        for (ReadOnlySpan<byte> rest = text; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out Rune rune, out int used);
            runes.Append(rune.ToString());
            rest = rest[used..];
        }

        Assert.Equal(NaiveSplit(Encoding.UTF8.GetBytes(NaiveNormalise(runes.ToString()))), Corpus.Read(Corpus.Of(text), text: true));
    }

    [Fact]
    public void The_end_of_a_file_ends_its_last_word_and_sentence()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string[] paths = [Path.Combine(folder, "1"), Path.Combine(folder, "2"), Path.Combine(folder, "3")];
            File.WriteAllText(paths[0], "one tw");
            File.WriteAllText(paths[1], "o three");
            File.WriteAllText(paths[2], "-x");
            var source = CorpusSource.From(paths);
            Assert.Equal(["one", "tw", "\n", "o", "three", "\n", "-x", "\n"], Corpus.Read(source, text: false, blockSize: 3));
            Assert.Equal(["one", "tw", "\n", "o", "three", "\n", "x", "\n"], Corpus.Read(source, text: true, blockSize: 3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The definition, in the plainest words: split at white space, cut at 1000 bytes or up to three fewer before a character's begin.
    internal static List<string> NaiveSplit(byte[] text)
    {
        var result = new List<string>();
        foreach (string line in Encoding.Latin1.GetString(text).Split('\n'))
        {
            foreach (string word in line.Split(['\t', '\v', '\f', '\r', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                string rest = word;
                while (rest.Length > 1000)
                {
                    int cut = Enumerable.Range(0, 4).Select(back => 1000 - back).FirstOrDefault(at => (rest[at] & 0xC0) != 0x80, 1000);
                    result.Add(rest[..cut]);
                    rest = rest[cut..];
                }

                result.Add(rest);
            }

            result.Add("\n");
        }

        return result;
    }

    private static string NaiveNormalise(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var result = new StringBuilder();
        bool inside = false;
        for (int i = 0; i < runes.Length; i++)
        {
            bool nextIsWord = i + 1 < runes.Length && Rune.IsLetterOrDigit(runes[i + 1]);
            string kept = runes[i].Value switch
            {
                '\n' => "\n",
                '\'' or 0x2019 when inside && nextIsWord => "'",
                '-' when inside && nextIsWord => "-",
                0x0301 when inside => "\u0301",
                _ => Rune.IsLetterOrDigit(runes[i]) ? Rune.ToLowerInvariant(runes[i]).ToString() : " ",
            };
            inside = kept is not ("\n" or " ");
            result.Append(kept);
        }

        return result.ToString();
    }
}
