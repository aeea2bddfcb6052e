using System.Numerics;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Places on a map, or what moves them: for each dimension an array, of as many floats as there are points, in whole registers.
/// </summary>
internal sealed class MapPoints(int count, int dimensions)
{
    private readonly float[][] _axes =
        [.. Enumerable.Range(0, dimensions).Select(_ => GC.AllocateArray<float>(Multiples.RoundUp(count, Vector<float>.Count), pinned: true))];

    public int Count => count;

    public int Dimensions => dimensions;

    /// <summary>The coordinates along one axis; what lies behind <see cref="Count"/> is no point.</summary>
    public float[] this[int axis] => _axes[axis];

    /// <summary>The points one after another.</summary>
    public float[] ToRows()
    {
        var rows = new float[checked(count * dimensions)];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = _axes[i % dimensions][i / dimensions];
        return rows;
    }

    /// <summary>Moves the points so that their mean is 0.</summary>
    public void Center()
    {
        foreach (float[] axis in _axes)
        {
            float mean = (float)(axis.Take(count).Sum(x => (double)x) / Math.Max(1, count));
            for (int i = 0; i < count; i++)
                axis[i] -= mean;
        }
    }
}
