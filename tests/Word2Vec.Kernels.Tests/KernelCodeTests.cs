namespace Word2Vec.Kernels.Tests;

/// <summary>What the kernels become for CUDA and OpenCL, compiled without a device.</summary>
public sealed class KernelCodeTests
{
    [GpuFact]
    public void Every_kernel_compiles_for_cuda_and_opencl()
    {
        IReadOnlyDictionary<string, string> code = GpuDevices.EmitCode();
        string[] kernels = ["Count", "MeanWindows", "Scan", "Scatter", "Tiles", "Windows"];
        Assert.Equal(kernels.SelectMany(name => new[] { $"opencl {name}", $"ptx {name}" }).Concat(["ptx TensorPairTiles", "ptx TensorTiles", "ptx VectorTiles"]).Order(), code.Keys.Order());
        Assert.All(code, kernel => Assert.Contains(kernel.Key.StartsWith("ptx", StringComparison.Ordinal) ? ".entry" : "kernel void", kernel.Value, StringComparison.Ordinal));
    }

    [GpuFact]
    public void The_window_kernel_shuffles_on_cuda_adds_atomically_and_keeps_out_of_local_memory()
    {
        string ptx = GpuDevices.EmitCode()["ptx Windows"];
        Assert.Contains("shfl.sync", ptx, StringComparison.Ordinal);
        Assert.Contains("red.add.global.f32", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(ld|st|atom|red)\.(?!\w*\.?(global|param|shared|const)|(add|relaxed)\.global)", ptx);
    }

    [GpuFact]
    public void The_kernel_of_means_keeps_the_mean_in_shared_memory_and_out_of_local_memory()
    {
        string ptx = GpuDevices.EmitCode()["ptx MeanWindows"];
        Assert.Contains("shfl.sync", ptx, StringComparison.Ordinal);
        Assert.Contains("ld.shared.f32", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("atom.", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(ld|st|atom|red)\.(?!\w*\.?(global|param|shared|const)|(add|relaxed)\.global)", ptx);

        // The changes of the outputs and of the inputs; no barrier but those between the three steps of a window.
        Assert.Equal(2, Count(ptx, @"red\.add\.global\.f32|red\.global\.add\.f32"));
        Assert.Equal(3, Count(ptx, @"\bbar\."));
    }

    [GpuFact]
    public void No_training_kernel_needs_a_shuffle_on_opencl()
    {
        IReadOnlyDictionary<string, string> code = GpuDevices.EmitCode();
        foreach (string kernel in (string[])["MeanWindows", "Tiles", "Windows"])
        {
            Assert.DoesNotContain("shuffle", code[$"opencl {kernel}"], StringComparison.OrdinalIgnoreCase);
            Assert.Contains("atomic_compare_exchange", code[$"opencl {kernel}"], StringComparison.Ordinal);
        }
    }

    /// <summary>Where a card adds vectors, four columns of a row are one addition, and one load of the other side's rows.</summary>
    [GpuTheory]
    [InlineData("ptx Tiles", 0)]
    [InlineData("ptx VectorTiles", 4)]
    public void The_tile_kernel_loads_and_stores_four_floats_at_a_time_and_adds_without_reading_back(string kernel, int vectorAdditions)
    {
        string ptx = GpuDevices.EmitCode()[kernel];

        // No local memory, no generic addresses.
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(ld|st|atom|red)\.(?!\w*\.?(global|param|shared|const)|(add|relaxed)\.(global|shared|gpu\.global))", ptx);
        Assert.DoesNotContain("atom.", ptx, StringComparison.Ordinal);

        // Rows come four vectors at a time, from either matrix, for the dot products and again where they have more columns than fit.
        Assert.Equal(16, Count(ptx, @"ld\.global\.v4\.f32"));
        Assert.Equal(16, Count(ptx, @"st\.shared\.v4\.f32"));

        // Six vectors for eight products of them, twice; two vectors of gradients for a block of contexts, of either samples, and four for one of samples; where a lane's columns are a vector, as many again.
        int gradients = 2 + 2 + 4;
        Assert.Equal(12 + gradients + (vectorAdditions > 0 ? gradients : 0), Count(ptx, @"ld\.shared\.v4\.f32"));

        // Four rows of four columns: a vector each; or by themselves, of either matrix, the last three of each once more where not every thread has them.
        Assert.Equal(vectorAdditions, Count(ptx, @"red\.relaxed\.gpu\.global\.add\.v4\.f32"));
        Assert.Equal(vectorAdditions > 0 ? 0 : 16 + 12, Count(ptx, @"red\.add\.global\.f32|red\.global\.add\.f32"));

        // Three divisions before the first tile, and none behind it.
        Assert.Equal(3, Count(ptx, @"\b(div|rem)\."));

        // σ and the loss by the card's own functions, which have no more to do where small numbers are zeros.
        Assert.All((string[])["ex2", "lg2", "rcp"], function => Assert.Equal(1, Count(ptx, $@"\b{function}\.approx\.ftz\.f32")));

        // What keeps the threads apart, and no more: a barrier costs all of them. Three are behind the last tile.
        Assert.Equal(8 + 3, Count(ptx, @"\bbar\."));
    }

    /// <summary>Products of 16 × 8 numbers with 8 × 8, and what feeds them: for eight products of a block of dot products 32 loads, for eight of changes 20, or 10 of two numbers.</summary>
    [GpuTheory]
    [InlineData("ptx TensorTiles", false)]
    [InlineData("ptx TensorPairTiles", true)]
    public void The_tile_kernel_for_tensor_cores_multiplies_there_and_adds_without_reading_back(string kernel, bool addsVectors)
    {
        string ptx = GpuDevices.EmitCode()[kernel];
        Assert.Equal(8 + (4 * 8), Count(ptx, @"mma\.sync\.aligned\.m16n8k8\.row\.col\.f32\.tf32\.tf32\.f32"));

        // Four rows of eight columns, of either matrix.
        int additions = 2 * 4 * 8;
        Assert.Equal(addsVectors ? additions / 2 : 0, Count(ptx, @"red\.relaxed\.gpu\.global\.add\.v2\.f32"));
        Assert.Equal(addsVectors ? 0 : additions, Count(ptx, @"red\.relaxed\.gpu\.global\.add\.f32"));
        Assert.Equal(additions / (addsVectors ? 2 : 1), Count(ptx, @"\bred\.(\w+\.)*global"));
        Assert.Equal(16, Count(ptx, @"ld\.global\.v4\.f32"));
        Assert.DoesNotContain("atom.", ptx, StringComparison.Ordinal);

        // A lane has what it adds: none is exchanged.
        Assert.DoesNotContain("shfl", ptx, StringComparison.Ordinal);

        // Dot products become gradients where they are: a barrier less than in the other kernel, eight pairs a lane, side by side.
        Assert.Equal(7 + 3, Count(ptx, @"\bbar\."));
        Assert.Equal(8, Count(ptx, @"\bex2\.approx\.ftz\.f32"));

        // So few registers that six groups run on a multiprocessor.
        Assert.Equal(1, Count(ptx, @"^\.maxntid 128, 1, 1\s+\.minnctapersm 6$"));

        // What inline PTX is given passes through local memory, at addresses that never change: an assembler keeps it in registers.
        string[] places = [.. System.Text.RegularExpressions.Regex.Matches(ptx, @"mov\.b64\t(%rd\d+), __local_depot\d+;").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.Equal(1, Count(ptx, $@"^\t[^\[\n]*\t{place}\b(?!\])")));
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(ptx, @"(?:ld|st)\.local\S*\t[^;]*\[(%rd\d+)\]").Select(match => match.Groups[1].Value),
            address => Assert.Contains(address, places));
    }

    private static int Count(string code, string pattern) => System.Text.RegularExpressions.Regex.Count(code, pattern, System.Text.RegularExpressions.RegexOptions.Multiline);
}
