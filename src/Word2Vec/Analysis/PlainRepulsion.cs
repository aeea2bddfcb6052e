namespace Word2Vec.Analysis;

/// <summary>
/// Every pair of points, one after another, in 64-bit floats: the definition of the repulsion, and the yardstick of the fast ones in the
/// tests.
/// </summary>
internal sealed class PlainRepulsion : IRepulsion
{
    public double Compute(MapPoints points, MapPoints forces)
    {
        double total = 0;
        var force = new double[points.Dimensions];
        for (int i = 0; i < points.Count; i++)
        {
            Array.Clear(force);
            for (int j = 0; j < points.Count; j++)
            {
                double square = 0;
                for (int d = 0; d < force.Length; d++)
                    square += Math.Pow((double)points[d][i] - points[d][j], 2);
                double affinity = 1 / (1 + square);
                total += i == j ? 0 : affinity;
                for (int d = 0; d < force.Length; d++)
                    force[d] += affinity * affinity * ((double)points[d][i] - points[d][j]);
            }

            for (int d = 0; d < force.Length; d++)
                forces[d][i] = (float)force[d];
        }

        return total;
    }

    public void Dispose()
    {
    }
}
