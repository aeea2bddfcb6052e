namespace Word2Vec.Analysis;

/// <summary>What <see cref="NeighborSearch"/> finds, by sorting all distances: its definition and its yardstick in the tests.</summary>
internal static class PlainNeighborSearch
{
    public static NeighborLists Find(PointRows points, int size)
    {
        var lists = new NeighborLists(size, new int[points.Count * size], new float[points.Count * size]);
        float[] row = new float[points.Size], other = new float[points.Size];
        for (int id = 0; id < points.Count; id++)
        {
            points.Copy(id, row);
            var found = new List<(float Square, int Id)>();
            for (int j = 0; j < points.Count; j++)
            {
                points.Copy(j, other);
                double square = 0;
                for (int d = 0; d < row.Length; d++)
                    square += Math.Pow((double)row[d] - other[d], 2);
                if (j != id)
                    found.Add(((float)square, j));
            }

            found.Sort();
            for (int i = 0; i < size; i++)
                (lists.Squares[id * size + i], lists.Ids[id * size + i]) = found[i];
        }

        return lists;
    }
}
