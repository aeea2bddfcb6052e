namespace Word2Vec.Training;

/// <summary>
/// A Huffman tree over the words: frequent ones are a few turns from the root. It has one inner node fewer than words, each with an output vector.
/// </summary>
/// <remarks>
/// Source: Huffman 1952; its use in Mikolov et al. 2013b, section 2.1. Nodes are numbered as they are made, the root last, and where two weigh the same
/// the inner node is taken before the word, as in word2vec.c and fastText. Most words are rare and have the count of many others: which of them become
/// siblings is decided by where they first occur, as word2vec.c's stable sort does, so that words of one article share their last turns. Siblings by
/// spelling would cost a tenth of the analogies.
/// </remarks>
internal sealed class HuffmanTree
{
    private readonly RowLists _paths;

    private HuffmanTree(RowLists paths, double meanLength) => (_paths, MeanLength) = (paths, meanLength);

    /// <summary>Turns on the way to a word of the corpus, in the mean.</summary>
    public double MeanLength { get; }

    /// <summary>Turns on the longest way.</summary>
    public int Longest => _paths.Longest;

    /// <summary>
    /// The turns from the root to <paramref name="word"/>, each 2 · inner node + code. The word is told by σ(input · output of the node) for the code 0
    /// and 1 − σ for the code 1.
    /// </summary>
    public ReadOnlySpan<int> Path(int word) => _paths[word];

    /// <summary>Inner nodes of a tree of <paramref name="words"/> words; one at least, so that there is a row.</summary>
    public static int NodeCount(int words) => Math.Max(1, words - 1);

    /// <summary>The tree of words that occur so often.</summary>
    /// <param name="appearance">Of each word how many different ones first occur before it: of equal counts the last to appear is joined first.</param>
    public static HuffmanTree Of(long[] counts, int[] appearance)
    {
        int words = counts.Length;
        var parents = new int[Math.Max(1, words - 1) + words];
        var codes = new bool[parents.Length];
        Join(counts, appearance, parents, codes);
        var paths = new RowLists(words, (word, path) =>
        {
            // Node ids begin behind the words; the last one made is the root.
            for (int at = word; at != 2 * words - 2; at = parents[at])
                path.Add(2 * (parents[at] - words) + (codes[at] ? 1 : 0));
            path.Reverse();
        });
        double turns = 0, total = 0;
        for (int word = 0; word < words; word++)
        {
            turns += (double)counts[word] * paths[word].Length;
            total += counts[word];
        }

        return new HuffmanTree(paths, total > 0 ? turns / total : 0);
    }

    // Two queues: the words from the rarest on, and the nodes, which come about in the order of their weight.
    private static void Join(long[] counts, int[] appearance, int[] parents, bool[] codes)
    {
        int words = counts.Length, nextNode = 0, nextWord = words - 1;
        int[] order = [.. Enumerable.Range(0, words).OrderByDescending(word => counts[word]).ThenBy(word => appearance[word])];
        var nodes = new long[words];
        for (int made = 0; made < words - 1; made++)
        {
            int first = Take(made), second = Take(made);
            (parents[first], parents[second], codes[second]) = (words + made, words + made, true);
            nodes[made] = Weight(first) + Weight(second);
        }

        int Take(int made) =>
            nextWord >= 0 && (nextNode >= made || counts[order[nextWord]] < nodes[nextNode]) ? order[nextWord--] : words + nextNode++;

        long Weight(int at) => at < words ? counts[at] : nodes[at - words];
    }
}
