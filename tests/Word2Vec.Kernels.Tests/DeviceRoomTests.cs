using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>What does not fit is refused with what does, to the last row.</summary>
public sealed class DeviceRoomTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Rows_that_are_too_large_for_one_piece_are_refused_with_the_size_and_the_vocabulary_that_fit()
    {
        // 5,000 rows of 304 floats; 4 MiB have 1,048,576 floats: rows of 209, which is 208 with whole cache lines, or 3,449 rows of 304.
        var room = new DeviceRoom("card", 64 * Mebibyte, 4 * Mebibyte);
        Word2VecException refusal = Refusal(room, 5000, 300)!;
        Assert.Equal(ErrorKind.Device, refusal.Kind);
        Assert.Equal(
            "Vectors of 6 MiB (5000 words × 300) do not fit in one piece on card, which gives 4 MiB at most. "
            + "A --size of at most 208, a --min-count that leaves at most 3449 words, or --device cpu fits.",
            refusal.Message);
        Assert.Null(Refusal(room, 5000, 208));
        Assert.NotNull(Refusal(room, 5000, 209));
        Assert.Null(Refusal(room, 3449, 300));
        Assert.NotNull(Refusal(room, 3450, 300));
    }

    [Fact]
    public void A_training_that_is_too_large_together_is_refused_with_the_size_and_the_vocabulary_that_fit()
    {
        var room = new DeviceRoom("card", 10 * Mebibyte, 8 * Mebibyte);
        Word2VecException refusal = Refusal(room, 5000, 300, others: Mebibyte)!;
        Assert.StartsWith("The training needs 13 MiB on card (5000 words × 300), of whose 10 MiB it may take 9. A --size of at most ", refusal.Message, StringComparison.Ordinal);
        int[] said = [.. System.Text.RegularExpressions.Regex.Matches(refusal.Message, @"at most (\d+)").Select(match => int.Parse(match.Groups[1].Value))];
        Assert.Null(Refusal(room, 5000, said[0], Mebibyte));
        Assert.NotNull(Refusal(room, 5000, said[0] + 1, Mebibyte));
        Assert.Null(Refusal(room, said[1], 300, Mebibyte));
        Assert.NotNull(Refusal(room, said[1] + 1, 300, Mebibyte));
    }

    [Fact]
    public void Where_no_size_fits_none_is_proposed()
    {
        Assert.EndsWith("most. A --min-count that leaves at most 1 words, or --device cpu fits.", Refusal(new DeviceRoom("card", Mebibyte, 1300), 40, 300)!.Message, StringComparison.Ordinal);
        Assert.EndsWith("most. --device cpu fits.", Refusal(new DeviceRoom("card", Mebibyte, 1200), 40, 300)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Buckets_count_as_input_rows_and_fewer_are_proposed_first()
    {
        // 64 floats a row: 4 MiB have 16,384 input rows, of which 500 are the words'. Without the buckets no word fits.
        var room = new DeviceRoom("card", 10 * Mebibyte, 4 * Mebibyte);
        Word2VecException refusal = Refusal(room, 500, 64, Mebibyte, buckets: 20_000)!;
        Assert.Equal(
            "Vectors of 6 MiB (500 words and 20000 buckets × 64) do not fit in one piece on card, which gives 4 MiB at most. "
            + "A --buckets of at most 15884, a --size of at most 48, or --device cpu fits.",
            refusal.Message);
        Assert.Null(Refusal(room, 500, 64, Mebibyte, buckets: 15_884));
        Assert.NotNull(Refusal(room, 500, 64, Mebibyte, buckets: 15_885));
        Assert.Null(Refusal(room, 500, 48, Mebibyte, buckets: 20_000));
    }

    [Fact]
    public void Ids_may_take_a_quarter_of_the_memory_and_one_piece()
    {
        Assert.True(new DeviceRoom("card", 1600, 400).HoldsIds(100));
        Assert.False(new DeviceRoom("card", 1600, 399).HoldsIds(100));
        Assert.False(new DeviceRoom("card", 1599, 400).HoldsIds(100));
    }

    [GpuFact]
    public void The_kernels_ask_before_they_allocate()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60, words: 9, longest: 9);
        var options = new TrainingOptions { VectorSize = 20, Epochs = 1 };
        long matrix = sizeof(float) * 9 * 32;
        Create(matrix).Dispose();
        var refusal = Assert.Throws<Word2VecException>(() => Create(matrix - 1));
        Assert.Contains("A --size of at most 16, a --min-count that leaves at most 8 words", refusal.Message, StringComparison.Ordinal);

        ITrainingBackend Create(long piece)
        {
            using var weights = new Weights(9, options.VectorSize);
            return GpuDevices.CreateEmulated(new TrainingJob(corpus, options, weights), 4, 1, true, 1, new BackendTrial { LargestPiece = piece });
        }
    }

    private static Word2VecException? Refusal(DeviceRoom room, int words, int size, long others = 0, int buckets = 0)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 10, words, longest: 9);
        var options = new TrainingOptions { VectorSize = size, Subwords = buckets == 0 ? null : new SubwordOptions { Buckets = buckets } };
        using var weights = new Weights(words, options);
        try
        {
            room.Refuse(new TrainingJob(corpus, options, weights), others);
            return null;
        }
        catch (Word2VecException e)
        {
            return e;
        }
    }
}
