using Word2Vec.Corpora;

namespace Word2Vec.CommandLine;

/// <summary>A graph, what of it walks go through, and the edges that they do without.</summary>
internal sealed record GraphParts(Graph Whole, Graph Kept, IReadOnlyList<(int From, int To)> HeldOut)
{
    /// <summary>The edges that were held out, one a line, as a file of them has them.</summary>
    public byte[] HeldOutLines()
    {
        using var lines = new MemoryStream();
        foreach ((int from, int to) in HeldOut)
        {
            lines.Write(Whole.NameBytes(from));
            lines.WriteByte((byte)'\t');
            lines.Write(Whole.NameBytes(to));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
