using System.Text;
using Word2Vec.Queries;
using Word2Vec.Words;

namespace Word2Vec.Tests.Queries;

public class SpellingTests
{
    private static readonly WordIndex Words = WordIndex.From(
        ["the", "battery", "batter", "bakery", "Paris", "paris", "café", "naïve", "ein", "straße", "of"]);

    [Theory]
    [InlineData("teh", "the")]
    [InlineData("batery", "battery", "bakery", "batter")]
    [InlineData("PARIS", "Paris", "paris")]
    [InlineData("cafe", "café")]
    [InlineData("NAIVE", "naïve")]
    [InlineData("strasse", "straße")]
    [InlineData("xylophone")]
    [InlineData("")]
    public void Near_spellings_come_by_edits_then_by_frequency(string word, params string[] expected) =>
        Assert.Equal(expected, Spelling.Nearest(Words, word));

    [Fact]
    public void The_most_frequent_of_equally_near_words_are_taken() =>
        Assert.Equal(["cat", "bat"], Spelling.Nearest(WordIndex.From(["cat", "bat", "rat"]), "hat", 2));

    [Fact]
    public void Bytes_that_are_not_text_do_no_harm()
    {
        var builder = new WordIndex.Builder();
        builder.Add([0xc3, 0x28, 0xff]);
        builder.Add("good"u8);
        Assert.Equal(["good"], Spelling.Nearest(builder.Build(), "goood", 1));
    }

    [Fact]
    public void The_distance_agrees_with_its_definition()
    {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            string a = Draw(random), b = Draw(random);
            int expected = Define(a, b), limit = random.Next(8);
            int actual = new EditDistance(a).To(Encoding.UTF8.GetBytes(b), limit);
            Assert.True(expected <= limit ? actual == expected : actual > limit, $"'{a}' to '{b}' within {limit}: {actual}, {expected} " +
                "was expected.");
        }
    }

    [Fact]
    public void Completions_begin_with_the_prefix_most_frequent_first()
    {
        Assert.Equal(["battery", "batter", "bakery"], Spelling.Completions(Words, "ba"));
        Assert.Equal(["battery"], Spelling.Completions(Words, "ba", 1));
        Assert.Equal(["café"], Spelling.Completions(Words, "café"));
        Assert.Empty(Spelling.Completions(Words, "zz"));
    }

    private static string Draw(Random random) => new([.. Enumerable.Range(0, random.Next(8)).Select(_ => "abcé"[random.Next(4)])]);

    private static int Define(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return a.Length + b.Length;
        int best = Math.Min(Define(a[1..], b), Define(a, b[1..])) + 1;
        best = Math.Min(best, Define(a[1..], b[1..]) + (a[0] == b[0] ? 0 : 1));
        bool swapped = a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0];
        return swapped ? Math.Min(best, Define(a[2..], b[2..]) + 1) : best;
    }
}
