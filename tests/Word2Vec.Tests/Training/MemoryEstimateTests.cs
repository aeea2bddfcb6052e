using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public class MemoryEstimateTests
{
    private const int Words = 70_000, LongestSentence = 1000;
    private const long WordBytes = 7 * Words;

    private static MemoryEstimate Of(int words = Words, int size = 100, int threads = 2, int sentence = LongestSentence) =>
        new(words, WordBytes / Words * words, new TrainingOptions { VectorSize = size, Threads = threads }, sentence);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 16)]
    [InlineData(1000, 17)]
    [InlineData(123, 100)]
    public void Rows_are_what_the_weights_allocate(int words, int size)
    {
        using var weights = new Weights(words, size);
        Assert.Equal(2 * weights.InputLength * sizeof(float), Of(words, size).Rows);
    }

    [Fact]
    public void The_whole_is_the_sum_of_its_parts()
    {
        MemoryEstimate estimate = Of();
        Assert.Equal(2L * 70_000 * 112 * 4, estimate.Rows);
        // A word's bytes, place and count; 262,144 slots; five numbers for draws; 32 bytes while the alias table is built.
        Assert.Equal(70_000 * (7L + 4 + 8 + 20 + 32) + 4 * 262_144, estimate.Vocabulary);
        Assert.Equal(estimate.Rows + estimate.Vocabulary + estimate.Threads + MemoryEstimate.Program, estimate.Total);
    }

    [Fact]
    public void Each_thread_and_each_word_of_the_longest_sentence_counts()
    {
        Assert.Equal(32 * Of(threads: 1).Threads, Of(threads: 32).Threads);
        Assert.Equal(Environment.ProcessorCount * Of(threads: 1).Threads, Of(threads: 0).Threads);
        Assert.Equal(Of(sentence: 1).Threads, Of(sentence: 1024).Threads);
        // Word, position and radius.
        Assert.Equal((1 << 20) * 16L, Of(threads: 1, sentence: 1 << 20).Threads - Of(threads: 1, sentence: 1024).Threads + 1024 * 16);
    }

    [Fact]
    public void The_corpus_counts_by_its_words_not_by_its_length()
    {
        var vocabulary = new Vocabulary(WordIndex.From(["one", "three"]), [5, 1]);
        var options = new TrainingOptions();
        using var brief = new EncodedCorpus([0, 1, -1], vocabulary, default);
        using var lengthy = new EncodedCorpus([.. new int[100_000], -1], vocabulary, default);
        Assert.Equal(new MemoryEstimate(2, 8, options, 50).Total, MemoryEstimate.Of(brief, options, 50).Total);
        Assert.Equal(MemoryEstimate.Of(brief, options, 50).Total, MemoryEstimate.Of(lengthy, options, 50).Total);
    }

    [Fact]
    public void A_device_that_keeps_its_data_in_the_hosts_memory_takes_rows_and_ids_once_more()
    {
        using var corpus = new EncodedCorpus([0, 0, -1], new Vocabulary(WordIndex.From(["one"]), [2]), default);
        MemoryEstimate once = MemoryEstimate.Of(corpus, new TrainingOptions(), 50);
        MemoryEstimate twice = MemoryEstimate.Of(corpus, new TrainingOptions(), 50, copiesToHost: true);
        Assert.Equal((2 * once.Rows, 12), (twice.Rows, twice.Ids));
        Assert.Equal(once.Rows + 12, twice.Total - once.Total);
    }

    [Fact]
    public void A_fallback_takes_the_rows_once_more()
    {
        using var corpus = new EncodedCorpus([0, 0, -1], new Vocabulary(WordIndex.From(["one"]), [2]), default);
        var options = new TrainingOptions { VectorSize = 300 };
        MemoryEstimate without = MemoryEstimate.Of(corpus, options, 50), with = MemoryEstimate.Of(corpus, options, 50, keepsCopy: true);
        Assert.Equal((0, without.Rows, without.Rows), (without.Copy, with.Copy, with.Rows));
        Assert.Equal(without.Total + without.Rows, with.Total);
        Assert.Equal((304, 160), (without.LargestSize(without.Total), with.LargestSize(with.Total - without.Rows + 64 * 4)));
        Assert.Equal((1, 0), (with.LargestVocabulary(with.Total), with.LargestVocabulary(with.Total - 1)));
    }

    [Theory]
    [InlineData(60_000_000)]
    [InlineData(100_000_000)]
    [InlineData(119_999_999)]
    [InlineData(1_000_000_000)]
    public void The_largest_size_fits_and_the_next_padding_does_not(long available)
    {
        int largest = Of(size: 3000).LargestSize(available);
        if (largest > 0)
            Assert.InRange(Of(size: largest).Total, 0, available);
        // Some bytes of each thread's scratch grow with the size, too.
        Assert.InRange(Of(size: largest + 17).Total, available, long.MaxValue);
        Assert.Equal(0, largest % 16);
    }

    [Theory]
    [InlineData(60_000_000)]
    [InlineData(100_000_000)]
    [InlineData(118_000_000)]
    public void The_largest_vocabulary_fits_and_one_more_word_does_not(long available)
    {
        int largest = Of().LargestVocabulary(available);
        Assert.InRange(Of(words: largest).Total, 0, available);
        Assert.InRange(Of(words: largest + 1).Total, available + 1, long.MaxValue);
    }

    [Fact]
    public void Where_not_even_the_program_fits_nothing_does()
    {
        Assert.Equal((0, 0), (Of().LargestSize(MemoryEstimate.Program), Of().LargestVocabulary(MemoryEstimate.Program)));
        Assert.Equal((0, 0), (Of().LargestSize(0), Of().LargestVocabulary(0)));
    }

    [Fact]
    public void Where_all_fits_the_limits_are_the_largest_option_and_all_words() =>
        Assert.Equal((4096, Words), (Of().LargestSize(1L << 50), Of().LargestVocabulary(1L << 50)));
}
