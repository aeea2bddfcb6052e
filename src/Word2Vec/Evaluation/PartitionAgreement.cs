namespace Word2Vec.Evaluation;

/// <summary>
/// How far two partitions of the same items agree. An item may count several times, as in a bootstrap sample; it is then no pair with itself, or
/// every sample would agree better than what it was drawn from.
/// </summary>
/// <remarks>Manning, Raghavan and Schütze 2008, section 16.3; Hubert and Arabie 1985, Comparing Partitions.</remarks>
internal sealed class PartitionAgreement
{
    private readonly int[,] _items;
    private readonly int[] _rows, _columns;
    private readonly int _total;
    private readonly double _both, _inRows, _inColumns, _all;

    /// <summary>Compares the clusters with the categories of items, each of which counts <paramref name="weights"/> times.</summary>
    public PartitionAgreement(ReadOnlySpan<int> clusters, ReadOnlySpan<int> categories, ReadOnlySpan<int> weights)
    {
        int k = 0, c = 0;
        for (int i = 0; i < clusters.Length; i++)
            (k, c) = (Math.Max(k, clusters[i] + 1), Math.Max(c, categories[i] + 1));
        _items = new int[k, c];
        (_rows, _columns) = (new int[k], new int[c]);
        var ownPairs = new long[k, c];
        for (int i = 0; i < clusters.Length; i++)
        {
            int weight = weights[i];
            _items[clusters[i], categories[i]] += weight;
            _rows[clusters[i]] += weight;
            _columns[categories[i]] += weight;
            _total += weight;
            ownPairs[clusters[i], categories[i]] += (long)weight * weight;
        }

        (_both, _inRows, _inColumns, _all) = Pairs(ownPairs);
    }

    /// <summary>The share of the items that are of the most frequent category of their cluster.</summary>
    public double Purity
    {
        get
        {
            int most = 0;
            for (int k = 0; k < _rows.Length; k++)
                most += Enumerable.Range(0, _columns.Length).Max(c => _items[k, c]);
            return _total == 0 ? 0 : (double)most / _total;
        }
    }

    /// <summary>What cluster and category tell of each other, divided by the mean of their entropies, 0 … 1; 1 where both partitions are of one part.</summary>
    public double NormalizedInformation
    {
        get
        {
            double mean = (Entropy(_rows) + Entropy(_columns)) / 2, information = 0;
            for (int k = 0; k < _rows.Length; k++)
            {
                for (int c = 0; c < _columns.Length; c++)
                {
                    double share = (double)_items[k, c] / _total;
                    if (share > 0)
                        information += share * Math.Log(share * _total * _total / ((double)_rows[k] * _columns[c]));
                }
            }

            return mean > 0 ? Math.Clamp(information / mean, 0, 1) : 1;
        }
    }

    /// <summary>The pairs on which both agree, above what chance gives, as a share of the most that is possible; 1 where they are the same, 0 by chance.</summary>
    public double AdjustedRand
    {
        get
        {
            double chance = _all > 0 ? _inRows * _inColumns / _all : 0, most = (_inRows + _inColumns) / 2;
            return most == chance ? 1 : (_both - chance) / (most - chance);
        }
    }

    // Pairs of different items in the same cell, row, column, and all of them.
    private (double Both, double Rows, double Columns, double All) Pairs(long[,] ownPairs)
    {
        double both = 0, rows = 0, columns = 0, own = 0;
        for (int k = 0; k < _rows.Length; k++)
        {
            double ownOfRow = 0;
            for (int c = 0; c < _columns.Length; c++)
            {
                both += Count(_items[k, c], ownPairs[k, c]);
                ownOfRow += ownPairs[k, c];
            }

            rows += Count(_rows[k], ownOfRow);
            own += ownOfRow;
        }

        for (int c = 0; c < _columns.Length; c++)
            columns += Count(_columns[c], Enumerable.Range(0, _rows.Length).Sum(k => ownPairs[k, c]));
        return (both, rows, columns, Count(_total, own));
    }

    private static double Count(double items, double own) => (items * items - own) / 2;

    private double Entropy(int[] parts) => -parts.Where(part => part > 0).Sum(part => (double)part / _total * Math.Log((double)part / _total));
}
