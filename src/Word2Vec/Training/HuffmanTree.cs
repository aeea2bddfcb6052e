namespace Word2Vec.Training;

/// <summary>
/// A Huffman tree over the words: frequent ones are a few turns from the root. It has one inner node fewer than words, each with an output vector.
/// </summary>
/// <remarks>
/// Source: Huffman 1952; its use in Mikolov et al. 2013b, section 2.1. Nodes are numbered as they are made, the root last. Most words are rare and have the count of many
/// others; all trees are equally short, but which of equal weights are joined decides what is learned of rare words. Here they are taken from a binary heap of the words
/// by count, those that first occur last before the others: words of one article stay together, and words of different counts meet further down than from the two queues of
/// word2vec.c, which solve a tenth fewer analogies (docs/benchmarks). It is the heap of gensim, whose own order of equal counts is that of an unstable sort.
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
    /// <param name="appearance">Of each word how many different ones first occur before it: the order of words with equal counts.</param>
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

    private static void Join(long[] counts, int[] appearance, int[] parents, bool[] codes)
    {
        int words = counts.Length;
        var heap = new Heap(
            [.. Enumerable.Range(0, words).OrderByDescending(word => counts[word]).ThenByDescending(word => appearance[word]).Select(word => (counts[word], word))]);
        for (int node = words; node < 2 * words - 1; node++)
        {
            (long firstWeight, int first) = heap.Take();
            (long secondWeight, int second) = heap.Take();
            (parents[first], parents[second], codes[second]) = (node, node, true);
            heap.Add((firstWeight + secondWeight, node));
        }
    }

    /// <summary>A binary heap by weight. Which of equal weights is taken follows from how it is kept, and so does the tree.</summary>
    private sealed class Heap
    {
        private readonly (long Weight, int Node)[] _items;
        private int _count;

        public Heap((long Weight, int Node)[] items)
        {
            (_items, _count) = (items, items.Length);
            for (int place = _count / 2 - 1; place >= 0; place--)
                Settle(place, items[place]);
        }

        /// <summary>Takes the lightest one.</summary>
        public (long Weight, int Node) Take()
        {
            (long Weight, int Node) lightest = _items[0], last = _items[--_count];
            if (_count > 0)
                Settle(0, last);
            return lightest;
        }

        public void Add((long Weight, int Node) item) => Rise(0, _count++, item);

        // The hole at the top goes to the bottom first, along the lighter children, and the item rises from there: it comes from the bottom and most often stays there.
        private void Settle(int top, (long Weight, int Node) item)
        {
            int hole = top;
            for (int child = 2 * hole + 1; child < _count; child = 2 * hole + 1)
            {
                if (child + 1 < _count && _items[child + 1].Weight <= _items[child].Weight)
                    child++;
                (_items[hole], hole) = (_items[child], child);
            }

            Rise(top, hole, item);
        }

        private void Rise(int top, int hole, (long Weight, int Node) item)
        {
            while (hole > top && item.Weight < _items[(hole - 1) / 2].Weight)
                (_items[hole], hole) = (_items[(hole - 1) / 2], (hole - 1) / 2);
            _items[hole] = item;
        }
    }
}
