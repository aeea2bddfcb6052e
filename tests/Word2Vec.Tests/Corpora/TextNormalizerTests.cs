using System.Text;
using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed unsafe class TextNormalizerTests
{
    [Theory]
    [InlineData("The Quick, brown FOX (42) jumps!", "the quick brown fox 42 jumps /")]
    [InlineData("one\ntwo\n\nthree", "one / two / / three /")]
    [InlineData("a\r\nb", "a / b /")]
    [InlineData("snake_case a+b x@y.z", "snake case a b x y z /")]
    [InlineData("Ärger Über ÖL straße ẞ", "ärger über öl straße ß /")]
    [InlineData("ΑΘΗΝΑ Москва", "αθηνα москва /")]
    [InlineData("DŽ Ⱥ \u212A", "dž ⱥ k /")]
    [InlineData("Iİıi", "iİıi /")]
    [InlineData("我爱北京。天安门", "我爱北京 天安门 /")]
    [InlineData("٣٤ ½ Ⅳ x²", "٣٤ x /")]
    [InlineData("go 😀now😀 👩‍👩‍👧", "go now /")]
    [InlineData("𐐀𐐨 𝒳", "𐐨𐐨 𝒳 /")]
    [InlineData("Cafe\u0301 \u0301x a\u0301\u0302", "cafe\u0301 x a\u0301\u0302 /")]
    [InlineData("हिन्दी", "हिन्दी /")]
    [InlineData("❤\uFE0F 1\uFE0F\u20E3", "1 /")]
    [InlineData("a\u00A0b\u2028c\u0085d\u200Be\u0001f", "a b c d e f /")]
    public void Letters_digits_and_marks_stay_in_lower_case_and_the_rest_separates(string text, string words) =>
        Assert.Equal(words, Corpus.Words(text, asText: true));

    [Theory]
    [InlineData("don't it's o'clock", "don't it's o'clock /")]
    [InlineData("don’t", "don't /")]
    [InlineData("'quoted' ’tis dogs' -x- well-", "quoted tis dogs x well /")]
    [InlineData("a--b a''b a'-b a-'b", "a b a b a b a b /")]
    [InlineData("state-of-the-art T-800", "state-of-the-art t-800 /")]
    [InlineData("e\u2010mail e\u2011mail 1990\u20132000", "e-mail e-mail 1990 2000 /")]
    [InlineData("l'été e\u0301'e\u0301 a'\u0301b", "l'été e\u0301'e\u0301 a b /")]
    [InlineData("a'\nb", "a / b /")]
    [InlineData("end'", "end /")]
    [InlineData("end-", "end /")]
    [InlineData("'", "/")]
    [InlineData("'a", "a /")]
    public void Apostrophes_and_hyphens_stay_only_between_two_characters_of_a_word(string text, string words) =>
        Assert.Equal(words, Corpus.Words(text, asText: true));

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFF, 0x62 }, "a b /")]
    [InlineData(new byte[] { 0x61, 0xC3 }, "a /")]
    [InlineData(new byte[] { 0x61, 0xC3, 0x0A, 0x62 }, "a / b /")]
    [InlineData(new byte[] { 0x61, 0xE2, 0x80, 0x62 }, "a b /")]
    [InlineData(new byte[] { 0x61, 0xC0, 0x80, 0x62 }, "a b /")]
    [InlineData(new byte[] { 0x61, 0xED, 0xA0, 0x80, 0x62 }, "a b /")]
    [InlineData(new byte[] { 0x61, 0x27, 0xC3 }, "a /")]
    [InlineData(new byte[] { 0x61, 0x27, 0xE2, 0x80, 0x99, 0x62 }, "a b /")]
    public void Bytes_that_are_not_UTF_8_separate(byte[] text, string words) => Assert.Equal(words, Corpus.Words(text, asText: true));

    [Fact]
    public void Every_single_byte_above_7F_separates()
    {
        for (int b = 0x80; b <= 0xFF; b++)
            Assert.Equal("a b /", Corpus.Words([(byte)'a', (byte)b, (byte)'b'], asText: true));
    }

    [Fact]
    public void Vectorised_and_plain_normalisation_agree_at_every_length_and_split()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] text = Corpus.RandomText(seed, 400);
            for (int length = 0; length < text.Length; length += 7)
            {
                string whole = Normalize(text.AsSpan(0, length), length, plain: true);
                Assert.Equal(whole, Normalize(text.AsSpan(0, length), length, plain: false));
                Assert.Equal(whole, Normalize(text.AsSpan(0, length), split: length * (seed + 1) / 21, plain: false));
            }
        }
    }

    [Fact]
    public void What_a_vector_leaves_out_at_its_end_is_decided_by_the_character_behind_it()
    {
        for (int at = 1; at < 70; at++)
        {
            foreach (string next in new[] { "b", " ", "é", "-", "" })
            {
                string text = new string('a', at) + "'" + next + (next.Length > 0 ? new string(' ', 70) : "");
                string expected = next is "b" or "é" ? new string('a', at) + "'" + next : new string('a', at);
                Assert.Equal(expected + " /", Corpus.Words(text, asText: true));
            }
        }
    }

    private static string Normalize(ReadOnlySpan<byte> text, int split, bool plain)
    {
        var normalizer = new TextNormalizer();
        var target = new byte[2 * TextNormalizer.TargetSize(text.Length)];
        fixed (byte* bytes = target)
        {
            int written = Step(text[..split], last: false, bytes, out int consumed);
            Assert.True(split - consumed <= TextNormalizer.LongestRest);
            written += Step(text[consumed..], last: true, bytes + written, out int rest);
            Assert.Equal(text.Length, consumed + rest);
            return Encoding.UTF8.GetString(bytes, written);
        }

        int Step(ReadOnlySpan<byte> part, bool last, byte* to, out int used) =>
            plain ? normalizer.NormalizePlain(part, last, to, out used) : normalizer.Normalize(part, last, to, out used);
    }
}
