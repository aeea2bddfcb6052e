namespace Word2Vec.Corpora;

/// <summary>
/// How random walks go. The defaults are those of DeepWalk (Perozzi, Al-Rfou, Skiena: KDD 2014) with the lengths of node2vec (Grover, Leskovec: KDD 2016): from each
/// node 10 walks of 80 nodes, each step to a neighbour in proportion to the weight of its edge.
/// </summary>
public sealed record WalkOptions
{
    /// <summary>Walks that begin at each node.</summary>
    public int Walks { get; init; } = 10;

    /// <summary>Nodes of a walk; one that comes to a node without an edge onward ends there.</summary>
    public int Length { get; init; } = 80;

    /// <summary>
    /// node2vec's p: the step back to where the walk came from has its weight divided by this. Large values keep the walk from turning back.
    /// </summary>
    public double Return { get; init; } = 1;

    /// <summary>
    /// node2vec's q: steps to nodes that no edge of the node before leads to have their weights divided by this. Values below 1 lead outward, above 1 they keep the walk near.
    /// </summary>
    public double Outward { get; init; } = 1;

    /// <summary>Every random decision follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads walk; 0: one a processor. The walks do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Throws for a value outside its range.</summary>
    /// <exception cref="Word2VecException"><see cref="ErrorKind.Usage"/>.</exception>
    public void Validate()
    {
        OptionCheck.Range("walks", Walks, 1, 1_000_000);
        OptionCheck.Range("length", Length, 1, 100_000);
        OptionCheck.Range("p", Return, 1e-6, 1e6);
        OptionCheck.Range("q", Outward, 1e-6, 1e6);
        OptionCheck.Range("threads", Threads, 0, 4096);
    }
}
