using System.Text.RegularExpressions;
using Word2Vec.CudaOnCpu;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>Mistakes planted in the kernels' PTX are found: by what threads do to each other's words, or by the vectors that come out.</summary>
public sealed class KernelMistakeTests
{
    /// <summary>The kernel, as the options that choose it say, and how many barriers it has.</summary>
    public static TheoryData<string, int> Kernels => new() { { "tiles", 11 }, { "tensor tiles", 10 }, { "windows", 3 }, { "cbow", 3 }, { "scan", 5 } };

    /// <summary>Without any one of its barriers a kernel is wrong; with all of them it is right.</summary>
    [SoftwareTheory]
    [MemberData(nameof(Kernels))]
    public void Every_barrier_is_needed(string kernel, int barriers)
    {
        int found = 0;
        Assert.Null(Train(kernel, ptx =>
        {
            found = Barriers(ptx).Count;
            return ptx;
        }));
        Assert.Equal(barriers, found);
        Assert.All(Enumerable.Range(0, barriers), i => Assert.NotNull(Train(kernel, ptx => Barriers(ptx)[i] is var barrier ? ptx.Remove(barrier.Index, barrier.Length) : ptx)));
    }

    /// <summary>What the card is given are the kernels that add vectors, and they are for SM 9.0; a test may have the others.</summary>
    [SoftwareTheory]
    [InlineData("cuda", "red.relaxed.gpu.global.add.v4.f32", false)]
    [InlineData("cuda", "red.add.global.f32", true)]
    [InlineData("cuda-tf32", "red.relaxed.gpu.global.add.v2.f32", false)]
    [InlineData("cuda-tf32", "red.relaxed.gpu.global.add.f32", true)]
    public void A_card_that_adds_vectors_is_given_them(string kind, string addition, bool addsFloats)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        List<string> kernels = [];
        CudaDriver.Edit = ptx =>
        {
            kernels.Add(ptx);
            return ptx;
        };
        try
        {
            TrainingDevice device = GpuDevices.On(DeviceChecks.First(kind), new BackendTrial { AddsFloats = addsFloats });
            TrainingCase.Train(corpus, new TrainingOptions { Tile = 16, VectorSize = 20, Epochs = 1 }, device.CreateBackend).Weights.Dispose();
        }
        finally
        {
            CudaDriver.Edit = null;
        }

        Assert.All(kernels, ptx => Assert.Contains(".target sm_90", ptx, StringComparison.Ordinal));
        Assert.All(kernels.Where(ptx => ptx.Contains("Kernel_Train", StringComparison.Ordinal)), ptx =>
        {
            Assert.Contains(addition, ptx, StringComparison.Ordinal);
            Assert.Equal(addsFloats, !ptx.Contains(".global.add.v", StringComparison.Ordinal));
        });
        Assert.Contains(kernels, ptx => ptx.Contains("Kernel_Train", StringComparison.Ordinal));
    }

    /// <summary>What comes back from a launch, and the ids that travel, lie in pages of their own: none is refused because another one shares them.</summary>
    [SoftwareTheory]
    [InlineData(16)]
    [InlineData(1)]
    public void No_page_of_the_host_is_to_be_locked_twice(int tile)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 3000, words: 30, longest: 12);
        int before = CudaDriver.RefusedLocks;
        TrainingDevice device = GpuDevices.On(DeviceChecks.First("cuda"), new BackendTrial { IdBlock = 1000 });
        TrainingCase.Train(corpus, new TrainingOptions { Tile = tile, VectorSize = 4, Epochs = 1 }, device.CreateBackend, spanLength: 1000).Weights.Dispose();
        Assert.Equal(before, CudaDriver.RefusedLocks);
    }

    private static MatchCollection Barriers(string ptx) => Regex.Matches(ptx, @"bar\.sync\t0;");

    /// <summary>What the device says; null: it trained.</summary>
    private static string? Train(string kernel, Func<string, string> edit)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        var options = new TrainingOptions { Tile = kernel.EndsWith("tiles", StringComparison.Ordinal) ? 16 : 1, VectorSize = 140, SubsamplingThreshold = 0.05, Epochs = 1, LearningRate = 0.01 };
        string entry = kernel == "scan" ? "Kernel_Scan" : "Kernel_Train";
        CudaDriver.Edit = ptx => ptx.Contains(entry, StringComparison.Ordinal) ? edit(ptx) : ptx;
        try
        {
            TrainingCase.Train(corpus, kernel == "cbow" ? Models.Of("cbow", options) : options, DeviceChecks.First(kernel == "tensor tiles" ? "cuda-tf32" : "cuda").CreateBackend).Weights.Dispose();
            return null;
        }
        catch (Word2VecException e)
        {
            return e.Message;
        }
        finally
        {
            CudaDriver.Edit = null;
        }
    }
}
