using Word2Vec.Formats;
using Word2Vec.Tests.Words;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>What beginning with vectors adds to the memory of a training.</summary>
public class FineTuningMemoryTests
{
    private const int Size = 100, Words = 3000;
    private const long OneMatrix = (long)Words * Size * sizeof(float);

    private static readonly TrainingOptions Options = new() { VectorSize = Size, Threads = 1 };

    /// <summary>Files whose rows are used where they lie, and files whose rows are decoded.</summary>
    [Theory]
    [InlineData("v.bin", VectorPrecision.Full, true)]
    [InlineData("v.w2v", VectorPrecision.Full, true)]
    [InlineData("v.npy", VectorPrecision.Full, true)]
    [InlineData("v.safetensors", VectorPrecision.Full, true)]
    [InlineData("v.w2v", VectorPrecision.Half, false)]
    [InlineData("v.w2v", VectorPrecision.Quantized, false)]
    [InlineData("v.txt", VectorPrecision.Full, false)]
    [InlineData("v.bin.gz", VectorPrecision.Full, true)]
    public void Rows_in_a_mapped_file_are_told_from_rows_that_were_read(string name, VectorPrecision precision, bool isMapped)
    {
        using var folder = new TemporaryFolder();
        using (WordVectors made = Vectors(Words))
            VectorFile.Save(made, folder[name], new VectorWriteOptions { Precision = precision });
        using WordVectors known = VectorFile.Open(folder[name]);
        MemoryEstimate estimate = Estimate(known, textWords: 10);
        Assert.Equal(isMapped ? OneMatrix : 0, estimate.Mapped);

        // Words take about 40 bytes each, but for a .w2v, which maps these too.
        Assert.InRange(estimate.Base - (isMapped ? 0 : OneMatrix), 0, 64 * Words);
        Assert.Equal(name == "v.w2v" && isMapped, estimate.Base == 0);
    }

    [Fact]
    public void Output_vectors_of_the_file_count_where_they_lie_too()
    {
        using var folder = new TemporaryFolder();
        using (WordVectors made = Vectors(Words, withOutput: true))
            made.Save(folder["v.w2v"]);
        using WordVectors mapped = VectorFile.Open(folder["v.w2v"]), read = Vectors(Words, withOutput: true);
        Assert.Equal((2 * OneMatrix, 0), (Estimate(mapped, 10).Mapped, Estimate(mapped, 10).Base));
        Assert.Equal(0, Estimate(read, 10).Mapped);
        Assert.InRange(Estimate(read, 10).Base, 2 * OneMatrix, 2 * OneMatrix + 64 * Words);
    }

    [Fact]
    public void The_end_counts_as_far_as_it_is_more_than_the_training_was()
    {
        using WordVectors known = Vectors(Words);
        MemoryEstimate alone = Training(textWords: 1000), few = Estimate(known, 1000), many = Estimate(known, 50_000), dropped = Estimate(known, 1000, keepsAbsent: false);
        Assert.Equal(alone.Total + few.Base + few.Merge, few.Total);

        // The 3,000 words of both, and the input vectors of the 1,000 padded to 112 floats, where 2 × 1,000 of these and the thread's scratch were.
        Assert.InRange(few.Merge + alone.Threads - (OneMatrix - 1000 * 112 * 4), 0, 100 * Words);
        Assert.InRange(Estimate(known, 1000, keepsOutput: true).Merge - few.Merge, OneMatrix + 1000 * 112 * 4, OneMatrix + 1000 * 112 * 4);
        Assert.InRange(dropped.Merge, 0, few.Merge / 4);

        // Input and output vectors are no less than what is made of the input vectors; lists and sorting are all that is left.
        Assert.InRange(many.Merge, 0, 50_000 * 100);
    }

    [Fact]
    public void The_largest_vocabulary_fits_and_one_more_word_does_not()
    {
        // The end is the peak, and in it the words that come out are the same 20,000 whatever the text has of them.
        using WordVectors known = Vectors(20_000);
        MemoryEstimate all = Estimate(known, 5000);
        Assert.Equal(5000, all.LargestVocabulary(all.Total));
        int largest = all.LargestVocabulary(all.Total - 1_000_000);
        Assert.InRange(largest, 1, 4999);
        Assert.InRange(Estimate(known, largest).Total, 0, all.Total - 1_000_000);
        Assert.InRange(Estimate(known, largest + 1).Total, all.Total - 1_000_000 + 1, long.MaxValue);
        Assert.Equal(0, all.LargestVocabulary(MemoryEstimate.Program + all.Base));
    }

    private static MemoryEstimate Training(int textWords) =>
        new(textWords, Index(textWords).AllBytes.Length, Options, longestSentence: 1000);

    private static MemoryEstimate Estimate(WordVectors known, int textWords, bool keepsAbsent = true, bool keepsOutput = false) =>
        new FineTuning(known) { KeepsAbsent = keepsAbsent }.Estimate(Training(textWords), Index(textWords), keepsOutput);

    private static WordIndex Index(int words) => WordIndex.From(Enumerable.Range(0, words).Select(i => $"w{i:D5}"));

    private static WordVectors Vectors(int words, bool withOutput = false) => new(Index(words), Size, new float[words * Size])
    {
        OutputVectors = withOutput ? new WordVectors(Index(words), Size, new float[words * Size]) : null,
    };
}
