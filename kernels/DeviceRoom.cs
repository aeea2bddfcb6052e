using System.Globalization;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>The memory that a device has for a training, and what fits into it.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Bytes">Its memory.</param>
/// <param name="LargestPiece">The most that it gives in one piece: on OpenCL often a quarter of its memory.</param>
internal sealed record DeviceRoom(string Device, long Bytes, long LargestPiece)
{
    // A driver keeps a part for itself.
    private long Usable => Bytes / 100 * 95;

    /// <summary>Whether all ids of a corpus may lie on the device: they would leave enough for rows, which no other place can hold.</summary>
    public bool HoldsIds(long count) => count * sizeof(int) <= Math.Min(Bytes / 4, LargestPiece);

    /// <summary>
    /// Refuses what cannot fit, before anything is allocated. Each matrix is one piece; everything else is small beside the least that OpenCL
    /// promises in one piece (a quarter of the memory, or 1 GB), or, as the ids, can be made so.
    /// </summary>
    /// <param name="others">Bytes that the training takes beside its two matrices.</param>
    /// <exception cref="Word2VecException">It does not fit: with the largest vector size and the largest vocabulary that do.</exception>
    public void Refuse(TrainingJob job, long others)
    {
        Weights weights = job.Weights;
        long matrix = weights.InputLength * sizeof(float), all = matrix + weights.OutputLength * sizeof(float) + others;
        if (matrix <= LargestPiece && all <= Usable)
            return;
        int buckets = weights.InputRows - weights.Rows;
        string rows = string.Create(CultureInfo.InvariantCulture, $"{weights.Rows} words{(buckets > 0 ? $" and {buckets} buckets" : "")}");
        string asked = string.Create(CultureInfo.InvariantCulture, $"{rows} × {weights.Size}");
        string found = matrix > LargestPiece
            ? string.Create(CultureInfo.InvariantCulture, $"Vectors of {Mebibytes(matrix)} MiB ({asked}) do not fit in one piece on {Device}, which gives {LargestPiece >> 20} MiB at most")
            : string.Create(CultureInfo.InvariantCulture, $"The training needs {Mebibytes(all)} MiB on {Device} ({asked}), of whose {Bytes >> 20} MiB it may take {Usable >> 20}");
        throw new Word2VecException(ErrorKind.Device, $"{found}. {Fitting(weights, others)}--device cpu fits.");
    }

    private string Fitting(Weights asked, long others)
    {
        long piece = LargestPiece / sizeof(float), both = (Usable - others) / sizeof(float), buckets = asked.InputRows - asked.Rows;
        long size = Math.Min(piece / asked.InputRows, both / (asked.InputRows + (long)asked.OutputRows)) / Weights.RowAlignment * Weights.RowAlignment;
        long inputRows = piece / asked.Stride, rows = both / asked.Stride;
        string said = Say("--buckets", buckets > 0 ? Math.Min(inputRows - asked.Rows, rows - asked.Rows - asked.OutputRows) : 0, "")
            + Say("--size", size, "") + Say("--min-count that leaves", Math.Min(inputRows - buckets, (rows - buckets) / 2), " words");
        return said.Length == 0 ? "" : $"A{said[1..]}or ";

        static string Say(string option, long most, string unit) => most <= 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"a {option}{(unit.Length > 0 ? "" : " of")} at most {most}{unit}, ");
    }

    // Rounded up, so that what is too much never reads as what there is.
    private static long Mebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
