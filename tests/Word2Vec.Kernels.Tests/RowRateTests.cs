using Word2Vec.Kernels.Tests.CudaOnCpu;
using Word2Vec.Numerics;

namespace Word2Vec.Kernels.Tests;

/// <summary>The kernels that measure rates, against plain loops, on ILGPU's CPU accelerator.</summary>
public sealed class RowRateTests
{
    // Sizes with one and several turns of the lanes, whole and with a rest.
    [GpuTheory]
    [InlineData(4, -1)]
    [InlineData(32, 0)]
    [InlineData(100, 7)]
    [InlineData(300, -1)]
    public void Gathered_sums_and_added_rows_are_those_of_a_plain_loop(int size, int offset)
    {
        const int Rows = 68, Draws = 8;
        int stride = (size + 15) / 16 * 16;
        float[] matrix = [.. Enumerable.Range(0, Rows * stride).Select(i => (float)(i * 37 % 101))];
        GpuDevices.EmulatedRates found = GpuDevices.EmulateRates(matrix, Rows, size, offset, Draws);

        float[] added = [.. matrix], sums = new float[found.Sums.Length];
        Assert.True(sums.Length > 1);
        for (int draw = 0; draw < sums.Length * Draws; draw++)
        {
            Span<float> row = added.AsSpan(PlainRow(found.Key, draw, Rows, offset) * stride, size);
            foreach (ref float element in row)
                element += 0.5f;
            sums[draw / Draws] += matrix.AsSpan(PlainRow(found.Key, draw, Rows, offset) * stride, size).ToArray().Sum();
        }

        Assert.Equal(sums, found.Sums);
        Assert.Equal(added, found.Added);
    }

    [GpuFact]
    public void The_copy_copies_every_float_and_the_multiply_adds_are_all_made()
    {
        float[] matrix = [.. Enumerable.Range(0, 16_384).Select(i => (float)i)];
        GpuDevices.EmulatedRates found = GpuDevices.EmulateRates(matrix, rows: 1024, size: 16, offset: -1, draws: 4);
        Assert.True(found.Copied.Length > 256);
        Assert.Equal(matrix[..found.Copied.Length], found.Copied);
        for (int thread = 0; thread < 8; thread++)
        {
            float sum = 0;
            for (int chain = 0; chain < 8; chain++)
            {
                float value = thread + chain;
                for (int step = 0; step < 3 * 4; step++)
                    value = (value * 0.5f) + 1;
                sum += value;
            }

            Assert.Equal(sum, found.Products[thread], 1e-4);
        }
    }

    // The octaves of r + 1 + offset are equally likely, and rows in an octave too.
    [Theory]
    [InlineData(0, 8.566 / 16.0376, 1 / 16.0376)]
    [InlineData(7, 5.594 / 13.0378, 0.125 / 13.0378)]
    public void Row_numbers_follow_zipfs_law_and_stay_among_the_rows(int offset, double first400, double firstRow)
    {
        const int Rows = 68_000, Draws = 200_000;
        int[] rows = [.. Enumerable.Range(0, Draws).Select(draw => PlainRow(DrawKey.From(1, 0, 0), draw, Rows, offset))];
        Assert.InRange(rows.Min(), 0, 0);
        Assert.InRange(rows.Max(), Rows - 100, Rows - 1);
        Assert.Equal(first400, rows.Count(row => row < 400) / (double)Draws, 0.01);
        Assert.Equal(firstRow, rows.Count(row => row == 0) / (double)Draws, 0.002);
    }

    [GpuFact]
    public void Rates_of_ILGPUs_CPU_accelerator_are_measured_with_their_sums_checked()
    {
        DeviceRates rates = GpuDevices.MeasureRates(GpuDevices.All.Single(device => device.Id == "ilgpu-cpu:0"));
        Assert.Equal(
            ["gather uniform", "gather zipf", "gather thinned", "add uniform", "add zipf", "add thinned", "add-sectors thinned", "copy ", "multiply-add "],
            rates.Rates.Select(rate => $"{rate.Kernel} {rate.RowNumbers}"));
        Assert.All(rates.Rates, rate => Assert.True(rate.Seconds > 0 && rate.BytesMoved + rate.Operations > 0));
        DeviceRate gather = rates.Rates[0];
        Assert.Equal(gather.RowsMoved * 100 * 4, gather.BytesMoved);
    }

    [GpuFact]
    public void In_ptx_rows_are_read_by_128_bits_and_added_to_without_a_return()
    {
        IReadOnlyDictionary<string, string> code = GpuDevices.EmitRateCode();
        Assert.Equal(4, Count(code["ptx Gather"], @"\bld\.global\.v4\.f32"));
        Assert.Equal(0, Count(code["ptx Gather"], @"\bld\.global\.f32"));
        Assert.Equal(4, Count(code["ptx Copy"], @"\bld\.global\.v4\.f32"));
        Assert.Equal(4, Count(code["ptx Copy"], @"\bst\.global\.v4\.f32"));
        Assert.Equal(1, Count(code["ptx Add"], @"\bred\.(add\.)?global\.(add\.)?f32"));
        Assert.Equal(0, Count(code["ptx Add"], @"\batom\b"));
        Assert.Equal(1, Count(code["ptx AddVectors"], @"\bred\.relaxed\.gpu\.global\.add\.v4\.f32"));
        Assert.Equal(1, Count(code["ptx AddPairs"], @"\bred\.relaxed\.gpu\.global\.add\.v2\.f32"));
        Assert.Equal(32, Count(code["ptx MultiplyAdd"], @"\bmul\.ftz\.f32|\bfma\.rn\.f32"));
        foreach (string ptx in code.Where(kernel => kernel.Key.StartsWith("ptx", StringComparison.Ordinal)).Select(kernel => kernel.Value))
        {
            Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\b(ld|st|atom|red)\.(?!\w*\.?(global|param|shared|const)|(add|relaxed)\.(gpu\.)?global)", ptx);
        }
    }

    // A row number that were drawn in the inner loop would be drawn again for each part of the row.
    [GpuFact]
    public void In_ptx_a_row_number_is_drawn_once_a_row_before_the_loop_over_its_parts()
    {
        IReadOnlyDictionary<string, string> code = GpuDevices.EmitRateCode();
        const string Draw = "3982152891";
        (string, string, int)[] kernels = [("ptx Gather", "ld.global", 4), ("ptx Add", "red.", 1), ("ptx AddVectors", "red.", 1), ("ptx AddPairs", "red.", 1)];
        foreach ((string kernel, string access, int draws) in kernels)
        {
            string ptx = code[kernel];
            int first = ptx.IndexOf(Draw, StringComparison.Ordinal), last = ptx.LastIndexOf(Draw, StringComparison.Ordinal);
            Assert.Equal(draws, Count(ptx, Draw));
            Assert.True(last < ptx.IndexOf("L_", first, StringComparison.Ordinal));
            Assert.True(last < ptx.IndexOf(access, StringComparison.Ordinal));
        }
    }

    [GpuFact]
    public void The_rate_kernels_compile_for_opencl() => Assert.All(
        GpuDevices.EmitRateCode().Where(kernel => kernel.Key.StartsWith("opencl", StringComparison.Ordinal)),
        kernel => Assert.Contains("kernel void", kernel.Value, StringComparison.Ordinal));

    /// <summary>Each measurement checks its sums. Seven of each size and two of none; two more of each size where the card adds vectors.</summary>
    [DeviceFact("cuda")]
    public void On_a_card_the_sums_are_right()
    {
        string[] kernels = [.. GpuDevices.MeasureRates(DeviceChecks.First("cuda")).Rates.Select(rate => rate.Kernel)];
        int vectors = kernels.Count(kernel => kernel == "add-vectors");
        Assert.Equal((7 * 3) + 2, kernels.Length - (2 * vectors));
        Assert.Equal(vectors, kernels.Count(kernel => kernel == "add-pairs"));
        if (SoftwareDevice.IsLoaded)
            Assert.Equal(3, vectors);
    }

    private static int Count(string text, string pattern) => System.Text.RegularExpressions.Regex.Count(text, pattern);

    /// <summary>As the kernels draw it, written again: the bits between two floats.</summary>
    private static int PlainRow(DrawKey key, int position, int rows, int offset)
    {
        ulong bits = key.Draw(position);
        if (offset < 0)
            return (int)(bits * (ulong)rows >> 32);
        int first = BitConverter.SingleToInt32Bits(offset + 1), end = BitConverter.SingleToInt32Bits(rows + offset + 1);
        return (int)BitConverter.Int32BitsToSingle(first + (int)(bits * (ulong)(end - first) >> 32)) - offset - 1;
    }
}
