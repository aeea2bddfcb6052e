using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// Vectors of two trainings in one space. Nothing holds the axes of a training in place, so the later vectors are turned as a whole, by the rotation (or
/// reflection) that brings the words of both as near to each other as can be: orthogonal Procrustes. All cosines among them stay.
/// </summary>
/// <remarks>
/// Schönemann 1966, A Generalized Solution of the Orthogonal Procrustes Problem. As Hamilton, Leskovec and Jurafsky 2016 (Diachronic Word Embeddings
/// Reveal Statistical Laws of Semantic Change) do, vectors are brought to length 1 and their mean is taken off before they are compared.
/// </remarks>
public sealed class VectorAlignment
{
    private readonly double[] _rotation;
    private readonly CenteredRows _before, _after;
    private readonly IReadOnlyList<(int Before, int After)> _shared;

    private VectorAlignment(double[] rotation, CenteredRows before, CenteredRows after, IReadOnlyList<(int Before, int After)> shared, int anchors) =>
        (_rotation, _before, _after, _shared, Anchors, Size) = (rotation, before, after, shared, anchors, before.Size);

    /// <summary>Components of the vectors.</summary>
    public int Size { get; }

    /// <summary>The words that the rotation was found with.</summary>
    public int Anchors { get; }

    /// <summary>The rotation, row by row: a later vector, as a row, times this lies in the space of the earlier ones.</summary>
    public IReadOnlyList<double> Rotation => _rotation;

    /// <summary>Finds the rotation of <paramref name="after"/> into the space of <paramref name="before"/>.</summary>
    /// <param name="shared">The ids of the words of both, the first in <paramref name="before"/>; null: all of them.</param>
    /// <param name="anchors">The words that are to fit; those that are not shared are passed over. Null: all shared ones.</param>
    /// <exception cref="Word2VecException">
    /// The vectors are of two sizes (Usage), fewer words than components are to fit, or a number is not finite (Input).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VectorAlignment Of(
        WordVectors before, WordVectors after, IReadOnlyList<(int Before, int After)>? shared = null, IReadOnlyCollection<string>? anchors = null,
        CancellationToken cancellation = default)
    {
        if (before.Size != after.Size)
            throw new Word2VecException(ErrorKind.Usage, $"The earlier vectors have {before.Size} components and the later ones {after.Size}; only vectors of one size can " +
                "be turned into each other. Their neighbours can be compared all the same (--by neighbors).");
        shared ??= Shared(before, after);
        HashSet<int>? chosen = anchors is null ? null : [.. anchors.Select(word => before.Words.TryGetId(word, out int id) ? id : -1)];
        (int Before, int After)[] fitted = [.. shared.Where(pair => chosen is null || chosen.Contains(pair.Before))];
        if (fitted.Length < before.Size)
            throw new Word2VecException(ErrorKind.Input, $"{fitted.Length} words of both files are to show how the vectors turned, but these have {before.Size} components; " +
                "as many words or more were expected, since fewer fit whatever happened. Are the words spelt alike?");
        var a = new CenteredRows(before, [.. fitted.Select(pair => pair.Before)]);
        var b = new CenteredRows(after, [.. fitted.Select(pair => pair.After)]);
        double[] cross = RowBlocks.Cross(fitted.Length, before.Size,
            (i, target) => b.Write(fitted[i].After, target), (i, target) => a.Write(fitted[i].Before, target), cancellation);
        if (!TensorPrimitives.IsFiniteAll<double>(cross))
            throw new Word2VecException(ErrorKind.Input, "A vector holds a number that is infinite or none; finite ones were expected. Check both files with convert.");
        double[] rotation = OrthogonalFactor.Of(cross, before.Size, cancellation);
        return new VectorAlignment(rotation, a, b, shared, fitted.Length);
    }

    /// <summary>The ids of the words that both have, in the order of <paramref name="before"/>; of a word that comes twice the first counts.</summary>
    public static IReadOnlyList<(int Before, int After)> Shared(WordVectors before, WordVectors after)
    {
        var shared = new List<(int Before, int After)>();
        for (int id = 0; id < before.Count; id++)
        {
            ReadOnlySpan<byte> word = before.Words.Bytes(id);
            if (after.Words.TryGetId(word, out int found) && before.Words.TryGetId(word, out int first) && first == id)
                shared.Add((id, found));
        }

        return shared;
    }

    /// <summary>
    /// How far each shared word moved: 1 − cosine of its earlier vector and its later one, turned; both at length 1 and less the mean of the anchors
    /// before. 0 … 2, 0 where it did not move.
    /// </summary>
    public double[] Distances(CancellationToken cancellation = default)
    {
        var distances = new double[_shared.Count];
        RowBlocks.Multiply(_shared.Count, Size, (i, target) => _after.Write(_shared[i].After, target), _rotation, (i, turned) =>
        {
            var own = new double[Size];
            _before.Write(_shared[i].Before, own);
            double norms = TensorPrimitives.Norm<double>(own) * TensorPrimitives.Norm<double>(turned);
            distances[i] = norms > 0 ? Math.Max(0, 1 - TensorPrimitives.Dot<double>(own, turned) / norms) : 1;
        }, cancellation);
        return distances;
    }

    /// <summary>Returns <paramref name="after"/>, all its words, turned into the space of the earlier vectors; lengths stay as they are.</summary>
    public unsafe WordVectors Apply(WordVectors after, CancellationToken cancellation = default)
    {
        var rows = new NativeBuffer<float>((long)after.Count * Size);
        RowBlocks.Multiply(after.Count, Size, (i, target) => TensorPrimitives.ConvertChecked(after[i], target), _rotation,
            (i, turned) => TensorPrimitives.ConvertTruncating<double, float>(turned, new Span<float>(rows.First + (long)i * Size, Size)), cancellation);
        GC.KeepAlive(after);
        return new WordVectors(after.Words.InMemory(), Size, rows.First, (long)Size * sizeof(float), rows)
        {
            Counts = after.Counts?.ToArray(),
            Metadata = after.Metadata,
        };
    }

    /// <summary>Vectors at length 1, less the mean of some of them.</summary>
    private sealed class CenteredRows
    {
        private readonly WordVectors _vectors;
        private readonly double[] _mean;

        public CenteredRows(WordVectors vectors, int[] ids)
        {
            (_vectors, _mean) = (vectors, new double[vectors.Size]);
            var sum = new double[vectors.Size];
            var row = new double[vectors.Size];
            foreach (int id in ids)
            {
                Write(id, row);
                TensorPrimitives.Add(sum, row, sum);
            }

            TensorPrimitives.Divide(sum, ids.Length, _mean);
        }

        public int Size => _vectors.Size;

        public void Write(int id, Span<double> target)
        {
            TensorPrimitives.ConvertChecked(_vectors[id], target);
            double norm = TensorPrimitives.Norm<double>(target);
            if (norm > 0)
                TensorPrimitives.Divide(target, norm, target);
            TensorPrimitives.Subtract(target, _mean, target);
        }
    }
}
