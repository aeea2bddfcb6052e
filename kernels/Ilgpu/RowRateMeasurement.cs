using System.Diagnostics;
using System.Globalization;
using ILGPU;
using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What is measured.</summary>
/// <param name="Rows">Rows of the matrix: the vocabulary of 100 MB of Wikipedia.</param>
/// <param name="Sizes">Floats of a row.</param>
/// <param name="CopyBytes">Bytes that are copied, at most.</param>
/// <param name="Repeats">Launches of which the best counts.</param>
/// <param name="LaunchSeconds">A launch is made longer until it takes that long.</param>
internal sealed record RateSizes(int Rows, int[] Sizes, long CopyBytes, int Repeats, double LaunchSeconds)
{
    public static RateSizes Usual { get; } = new(68_000, [100, 128, 300], 1L << 30, 5, 0.01);

    /// <summary>For ILGPU's CPU accelerator, where each thread of a launch is one of the operating system.</summary>
    public static RateSizes Tiny { get; } = new(100, [100], 1 << 10, 1, 0);
}

/// <summary>Launches the kernels of <see cref="RowRates"/>, times them, and checks their sums.</summary>
internal sealed class RowRateMeasurement(Accelerator accelerator, RateSizes sizes) : IDisposable
{
    // The first row of Zipf's law gets a sixteenth of the additions, and a float counts to 2^24 by ones.
    private const long MostRows = 1L << 26;

    private static readonly (string Name, int Offset)[] RowNumbers = [("uniform", -1), ("zipf", 0), ("thinned", 7)];

    private readonly RowRateLauncher _launcher = new(accelerator);

    public IEnumerable<DeviceRate> Run()
    {
        foreach (int size in sizes.Sizes)
        {
            foreach (DeviceRate rate in Rows(size))
                yield return rate;
        }

        yield return Copy();
        yield return MultiplyAdd();
    }

    public void Dispose() => _launcher.Dispose();

    private List<DeviceRate> Rows(int size)
    {
        int stride = RowRateLauncher.StrideOf(size);
        using MemoryBuffer1D<Float4, Stride1D.Dense> matrix = accelerator.Allocate1D<Float4>((long)sizes.Rows * stride / 4);
        ArrayView<float> floats = matrix.View.Cast<Float4, float>();
        List<DeviceRate> rates = [];
        _launcher.Fill(floats, 1);
        foreach ((string name, int offset) in RowNumbers)
            rates.Add(Gather(matrix.View, name, RowRateLauncher.Draws(sizes.Rows, size, offset)));
        foreach ((string name, int offset) in RowNumbers)
            rates.Add(Add("add", _launcher.Add, _launcher.RowsATurn, floats, name, RowRateLauncher.Draws(sizes.Rows, size, offset)));
        (string text, int moved) = RowNumbers[^1];
        rates.Add(Add("add-sectors", _launcher.AddSectors, _launcher.SectorRowsATurn, floats, text, RowRateLauncher.Draws(sizes.Rows, size, moved)));
        if (_launcher.AddsVectors)
        {
            rates.Add(Add("add-vectors", _launcher.AddVectors, _launcher.RowsATurn, floats, text, RowRateLauncher.Draws(sizes.Rows, size, moved)));
            rates.Add(Add("add-pairs", _launcher.AddPairs, _launcher.SectorRowsATurn, floats, text, RowRateLauncher.Draws(sizes.Rows, size, moved)));
        }

        return rates;
    }

    private DeviceRate Gather(ArrayView<Float4> matrix, string name, RowDraws draws)
    {
        (int turns, double seconds) = Best(turns => _launcher.Gather(draws, matrix, turns), _launcher.RowsATurn);
        long rows = _launcher.RowsATurn * turns;
        Check("the rows that it read", rows * draws.Size, _launcher.Sums().Sum(sum => (double)sum));
        return new DeviceRate("gather", name, draws.Size, seconds, rows, rows * draws.Size * sizeof(float), 0);
    }

    private DeviceRate Add(string kernel, Action<RowDraws, ArrayView<float>, float, int> add, long rowsATurn, ArrayView<float> matrix, string name, RowDraws draws)
    {
        (int turns, double seconds) = Best(turns => add(draws, matrix, 1, turns), rowsATurn);
        long rows = rowsATurn * turns;
        _launcher.Fill(matrix, 0);
        add(draws, matrix, 1, turns);
        Check("the rows that it added to", rows * draws.Size, _launcher.Read(matrix).Sum(sum => (double)sum));
        return new DeviceRate(kernel, name, draws.Size, seconds, rows, rows * draws.Size * sizeof(float), 0);
    }

    private DeviceRate Copy()
    {
        long bytesATurn = _launcher.CopyVectorsATurn * 16L, room = Math.Min(sizes.CopyBytes, accelerator.MemorySize / 8);
        int turns = (int)Math.Max(1, room / bytesATurn);
        using MemoryBuffer1D<Float4, Stride1D.Dense> from = accelerator.Allocate1D<Float4>(_launcher.CopyVectorsATurn * turns);
        using MemoryBuffer1D<Float4, Stride1D.Dense> to = accelerator.Allocate1D<Float4>(from.Length);
        from.MemSetToZero();
        (int launches, double seconds) = Best(launches => _launcher.Copy(from.View, to.View, turns, launches), 1);
        return new DeviceRate("copy", "", 0, seconds, 0, 2 * bytesATurn * turns * launches, 0);
    }

    private DeviceRate MultiplyAdd()
    {
        (int turns, double seconds) = Best(turns => _launcher.MultiplyAdd(0.5f, 1, turns), 1);
        return new DeviceRate("multiply-add", "", 0, seconds, 0, 0, 2L * RowRates.MultiplyAddsATurn * _launcher.Threads * turns);
    }

    /// <summary>Doubles the turns of a launch until it takes long enough; returns them and the fastest launch's seconds.</summary>
    private (int Turns, double Seconds) Best(Action<int> launch, long rowsATurn)
    {
        int turns = 1;
        launch(turns);
        while (Time(() => launch(turns)) < sizes.LaunchSeconds && rowsATurn * turns * 2 <= MostRows)
            turns *= 2;
        return (turns, Fastest(() => launch(turns)));
    }

    private double Fastest(Action launch)
    {
        launch();
        return Enumerable.Range(0, sizes.Repeats).Min(_ => Time(launch));
    }

    private static double Time(Action launch)
    {
        long begin = Stopwatch.GetTimestamp();
        launch();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private void Check(string what, long expected, double found)
    {
        if (found != expected)
        {
            throw new Word2VecException(ErrorKind.Device, string.Create(CultureInfo.InvariantCulture,
                $"The device {accelerator.Name} computes wrong sums: {what} come to {found}, expected {expected}. Update its driver, or use another device."));
        }
    }
}
