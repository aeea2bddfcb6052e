namespace Word2Vec.Kernels;

/// <summary>What a device does at best, measured by kernels that do nothing else: the ceiling of any training on it.</summary>
/// <param name="Device">The device's name, such as <c>cuda:0</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="Driver">Its driver; empty where there is none.</param>
/// <param name="Rows">Rows of the matrix that rows were read from and added to.</param>
/// <param name="Repeats">Launches of which each rate is the best.</param>
/// <param name="Rates">The rates: gathers and additions for each size and kind of row number, then the copy and the multiply-adds.</param>
public sealed record DeviceRates(string Device, string Description, string Driver, int Rows, int Repeats, IReadOnlyList<DeviceRate> Rates);

/// <summary>One rate: the best of several launches.</summary>
/// <param name="Kernel"><c>gather</c>, <c>add</c>, <c>add-sectors</c>, <c>add-vectors</c>, <c>add-pairs</c>, <c>copy</c> or <c>multiply-add</c>.</param>
/// <param name="RowNumbers"><c>uniform</c>, <c>zipf</c> (the share of row r falls as 1 / (r + 1)) or <c>thinned</c> (as 1 / (r + 8), about what
/// subsampling leaves of a text); empty where there are no rows.</param>
/// <param name="Size">Floats of a row; 0 where there are no rows.</param>
/// <param name="Seconds">How long the launch took.</param>
/// <param name="RowsMoved">Rows read, or added to.</param>
/// <param name="BytesMoved">Bytes read (gather), added (add and its kin), read and written (copy).</param>
/// <param name="Operations">Floating-point operations; a multiply-add counts as two. 0 where bytes are counted.</param>
public sealed record DeviceRate(string Kernel, string RowNumbers, int Size, double Seconds, long RowsMoved, long BytesMoved, long Operations)
{
    /// <summary>Rows a second.</summary>
    public double RowsPerSecond => RowsMoved / Seconds;

    /// <summary>10⁹ bytes a second.</summary>
    public double GigabytesPerSecond => BytesMoved / Seconds / 1e9;

    /// <summary>10⁹ floating-point operations a second.</summary>
    public double GigaflopsPerSecond => Operations / Seconds / 1e9;
}
