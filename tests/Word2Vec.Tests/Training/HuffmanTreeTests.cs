using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public sealed class HuffmanTreeTests
{
    // Node 0 joins d and c (3), node 1 b and that (6), node 2 both and a: the lighter one has the code 0.
    [Fact]
    public void The_lightest_two_are_joined_again_and_again()
    {
        var tree = Tree(7, 3, 2, 1);
        Assert.Equal(["2/1", "2/0 1/0", "2/0 1/1 0/1", "2/0 1/1 0/0"], Ways(tree, 4));
        Assert.Equal((7 * 1 + 3 * 2 + 3 * 3) / 13.0, tree.MeanLength, 1e-12);
        Assert.Equal(3, tree.Longest);
    }

    // What gensim 4.2 makes of words a … m that occur so often and appear in this order (vector size 4, hs 1): point and code of each, 2 · point + code.
    [Fact]
    public void Equal_weights_are_joined_as_gensim_does_it()
    {
        int[][] ways =
        [
            [22, 19], [23, 20, 14], [23, 20, 15], [23, 21, 16, 8], [23, 21, 16, 9], [23, 21, 17, 10], [22, 18, 12, 5], [22, 18, 13, 6], [22, 18, 13, 7], [23, 21, 17, 11, 3],
            [22, 18, 12, 4, 0], [22, 18, 12, 4, 1], [23, 21, 17, 11, 2],
        ];
        HuffmanTree tree = Tree(9, 5, 5, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1);
        Assert.Equal(ways, Enumerable.Range(0, ways.Length).Select(word => tree.Path(word).ToArray()));
    }

    // The same with the words in another order: where they appear decides.
    [Fact]
    public void Which_of_equal_words_are_siblings_follows_from_where_they_appear()
    {
        long[] counts = [9, 5, 5, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1];
        int[] appearance = [.. Enumerable.Range(0, 13)];
        HuffmanTree first = HuffmanTree.Of(counts, appearance);
        (appearance[6], appearance[9]) = (appearance[9], appearance[6]);
        HuffmanTree second = HuffmanTree.Of(counts, appearance);
        Assert.Equal(first.Path(6), second.Path(9));
        Assert.Equal(first.Path(9), second.Path(6));
        Assert.NotEqual(first.Path(6).ToArray(), second.Path(6).ToArray());
    }

    [Fact]
    public void Words_appear_in_the_order_of_the_text_those_that_never_do_at_the_end()
    {
        var vocabulary = new Vocabulary(WordIndex.From(["a", "b", "c", "d", "e"]), [9, 8, 7, 6, 5]);
        using var corpus = new EncodedCorpus([2, 0, -1, 2, 4, 0, -1], vocabulary, default);
        Assert.Equal([1, 3, 0, 4, 2], corpus.OrderOfAppearance());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(4097)]
    public void The_ways_are_a_complete_code_of_least_length(int words)
    {
        long[] counts = [.. Enumerable.Range(0, words).Select(word => 1 + 1_000_000L / (1 + word * 7919L % words))];
        var tree = Tree(counts);
        Assert.Equal(1, Enumerable.Range(0, words).Sum(word => Math.Pow(2, -tree.Path(word).Length)), 1e-12);
        Assert.Equal(words, Ways(tree, words).Distinct().Count());
        var nodes = Enumerable.Range(0, words).SelectMany(word => tree.Path(word).ToArray().Select(turn => turn >> 1)).ToHashSet();
        Assert.Equal(Enumerable.Range(0, words - 1), nodes.Order());

        // Within a bit of the entropy (Shannon 1948), and no heavier word is deeper.
        double total = counts.Sum(), entropy = counts.Sum(count => -count / total * Math.Log2(count / total));
        Assert.InRange(tree.MeanLength, entropy - 1e-9, entropy + 1);
        int[] order = [.. Enumerable.Range(0, words).OrderByDescending(word => counts[word])];
        for (int i = 1; i < words; i++)
            Assert.True(counts[order[i]] == counts[order[i - 1]] || tree.Path(order[i]).Length >= tree.Path(order[i - 1]).Length);
    }

    [Fact]
    public void One_word_needs_no_turn()
    {
        Assert.Equal(0, Tree(9).Path(0).Length);
        Assert.Equal([1, 1, 2], new[] { 1, 2, 3 }.Select(HuffmanTree.NodeCount));
    }

    private static HuffmanTree Tree(params long[] counts) => HuffmanTree.Of(counts, [.. Enumerable.Range(0, counts.Length)]);

    private static IEnumerable<string> Ways(HuffmanTree tree, int words) =>
        Enumerable.Range(0, words).Select(word => string.Join(' ', tree.Path(word).ToArray().Select(turn => $"{turn >> 1}/{turn & 1}")));
}
