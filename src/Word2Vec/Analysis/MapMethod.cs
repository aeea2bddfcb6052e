namespace Word2Vec.Analysis;

/// <summary>How <see cref="WordMap.Find"/> lays vectors out in few dimensions.</summary>
public enum MapMethod
{
    /// <summary>t-SNE: neighbourhoods stay together, distances between them say little (van der Maaten and Hinton 2008).</summary>
    Tsne,

    /// <summary>
    /// UMAP-like: a layout of the graph of neighbours, with tighter groups and more of their arrangement (McInnes, Healy, Melville 2018).
    /// </summary>
    Umap,

    /// <summary>The first principal components: a projection, which keeps large distances and mixes neighbourhoods.</summary>
    Pca,
}
