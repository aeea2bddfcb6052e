namespace Word2Vec.Analysis;

/// <summary>How the points of a map push each other away.</summary>
internal interface IRepulsion : IDisposable
{
    /// <summary>
    /// Writes Σ_j (y_i − y_j) / (1 + |y_i − y_j|²)² for every point i to <paramref name="forces"/> and returns Σ 1 / (1 + |y_i − y_j|²)
    /// over all pairs of different points, each counted twice.
    /// </summary>
    double Compute(MapPoints points, MapPoints forces);
}
