using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>The bytes of a checkpoint, and what is done about wrong ones.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private static readonly TrainingOptions Small = CheckpointCase.Options with { VectorSize = 3, Epochs = 2, Tile = 7, TileNegatives = 9, Seed = 77 };

    private readonly CheckpointCase _case = new();

    public void Dispose() => _case.Dispose();

    private byte[] Interrupted(int span = 8)
    {
        _case.Interrupt(new CpuDevice(), span, Small);
        return File.ReadAllBytes(_case.Saved[^1].Path);
    }

    private Word2VecException Refused(TrainingOptions? options = null) =>
        Assert.Throws<Word2VecException>(() => _case.Train(new CpuDevice(), _case.At with { Resume = true }, options ?? Small));

    [Fact]
    public void Every_field_lies_where_the_documentation_says()
    {
        byte[] file = Interrupted();
        Assert.Equal(256 + 16 * 2 + 8 * CheckpointCase.Words * 3, file.Length);
        Assert.Equal("W2V-CKP\n", Encoding.ASCII.GetString(file, 0, 8));
        Assert.Equal((1, 1L), (Int(8), Long(16)));
        Assert.Equal(_case.Corpus.Length, Long(24));
        Assert.Equal([40L, 3000, 3000, _case.Corpus.Counts.Sentences, 40], new[] { 32, 40, 48, 56, 64 }.Select(Long));
        Assert.Equal([3, 5, 5, 7, 9, 2], new[] { 80, 84, 88, 92, 96, 100 }.Select(Int));
        Assert.Equal((0.0, 0.05, 77L, 0), (BitConverter.ToDouble(file, 104), BitConverter.ToDouble(file, 112), Long(120), Int(128)));
        Assert.Equal((_case.Saved[^1].Epoch, _case.Saved[^1].Position), (Int(132), Long(136)));
        Assert.StartsWith(SimdBackend.Name(SimdBackend.Best) + ", 1 thread", Encoding.UTF8.GetString(file, 168, 84), StringComparison.Ordinal);
        Assert.Equal(Checksum.Of(file.AsSpan(256, 32)), (uint)Int(152));
        Assert.Equal(Checksum.Of(file.AsSpan(288, 480)), (uint)Int(156));
        Assert.Equal(Checksum.Of(file.AsSpan(768)), (uint)Int(160));

        int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
    }

    [Fact]
    public void Every_cut_is_detected()
    {
        byte[] file = Interrupted();
        for (int length = 0; length < file.Length; length += length < 300 || length > 760 ? 1 : 7)
        {
            File.WriteAllBytes(_case.Slot(1), file[..length]);
            Assert.Equal(ErrorKind.Format, Refused().Kind);
        }

        File.WriteAllBytes(_case.Slot(1), [.. file, 0]);
        Assert.Equal(ErrorKind.Format, Refused().Kind);
    }

    [Fact]
    public void A_change_of_any_byte_is_detected()
    {
        byte[] file = Interrupted();
        for (int at = 0; at < file.Length; at++)
        {
            byte[] mutant = [.. file];
            mutant[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(_case.Slot(1), mutant);
            Word2VecException error = Refused();
            Assert.Equal(ErrorKind.Format, error.Kind);
            Assert.Contains("v.bin.checkpoint-1 is damaged: ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("Leave --resume out to start from the beginning.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Headers_with_other_numbers_and_the_right_checksum_give_no_exception_but_ours()
    {
        byte[] file = Interrupted();
        long[] awkward = [-1, 0, 1, 2, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, long.MaxValue, long.MinValue];
        int refused = 0;
        foreach (int at in new[] { 16, 24, 32, 40, 72, 80, 84, 100, 104, 112, 128, 132, 136, 144 })
        {
            foreach (long value in awkward)
            {
                byte[] mutant = [.. file];
                BinaryPrimitives.WriteInt64LittleEndian(mutant.AsSpan(at), value);
                Seal(mutant);
                File.WriteAllBytes(_case.Slot(1), mutant);

                // A number, a time or a place may be another one that is possible, and a threshold of -0 is 0.
                Exception? error = Record.Exception(() => _case.Train(new CpuDevice(), _case.At with { Resume = true }, Small));
                Assert.True(error is null ? at is 16 or 128 or 132 or 136 or 144 || (at, value) == (104, long.MinValue) || mutant.AsSpan().SequenceEqual(file) : error is Word2VecException { Kind: ErrorKind.Format or ErrorKind.Usage }, $"{at} {value} {error}");
                refused += error is null ? 0 : 1;
            }
        }

        Assert.InRange(refused, 100, 140);
    }

    [Fact]
    public void A_place_within_a_sentence_and_rows_that_are_no_numbers_are_damage()
    {
        byte[] file = Interrupted();
        long start = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(136)), inside = start;
        while (_case.Corpus.SentenceStart(inside) == inside)
            inside++;
        byte[] mutant = [.. file];
        BinaryPrimitives.WriteInt64LittleEndian(mutant.AsSpan(136), inside);
        Seal(mutant);
        File.WriteAllBytes(_case.Slot(1), mutant);
        Assert.Contains($"no sentence starts at position {inside}", Refused().Message, StringComparison.Ordinal);

        mutant = [.. file];
        BinaryPrimitives.WriteSingleLittleEndian(mutant.AsSpan(768 + 5 * 12), float.NaN);
        BinaryPrimitives.WriteUInt32LittleEndian(mutant.AsSpan(160), Checksum.Of(mutant.AsSpan(768)));
        Seal(mutant);
        File.WriteAllBytes(_case.Slot(1), mutant);
        Assert.Contains("the vector of 'w5' is not a number", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(260)]
    [InlineData(700)]
    [InlineData(1000)]
    public void A_damaged_newer_one_is_named_and_the_older_one_is_taken(int at)
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new CpuDevice()), null, Small);
        Interrupted(span: 3);
        byte[] newer = Interrupted(span: 3);
        newer[at] ^= 1;
        File.WriteAllBytes(_case.Slot(2), newer);
        Assert.Equal(expected, _case.Train(new SteppingDevice(new CpuDevice()), _case.At with { Resume = true, EveryWords = 800, InBackground = false }, Small).Rows);
        Assert.Equal(_case.Saved[0], _case.Resumed[^1]);
        Assert.Matches(@"^The checkpoint .*checkpoint-2 is damaged: the checksum of its .* does not fit\. The other one, .*checkpoint-1, is taken\.$", Assert.Single(_case.Warnings));
        Assert.Equal(_case.Slot(2), _case.Saved[2].Path);
    }

    public static TheoryData<TrainingOptions, string> OtherOptions => new()
    {
        { Small with { VectorSize = 4 }, "--size was 3 and is 4 now" },
        { Small with { Window = 6 }, "--window was 5 and is 6 now" },
        { Small with { Negatives = 6 }, "--negatives was 5 and is 6 now" },
        { Small with { Tile = 8 }, "--tile was 7 and is 8 now" },
        { Small with { TileNegatives = 10 }, "--tile-negatives was 9 and is 10 now" },
        { Small with { Epochs = 3 }, "--epochs was 2 and is 3 now" },
        { Small with { SubsamplingThreshold = 1e-3 }, "--subsampling was 0 and is 0.001 now" },
        { Small with { LearningRate = 0.1 }, "--learning-rate was 0.05 and is 0.1 now" },
        { Small with { Seed = 78, Window = 6 }, "--window was 5 and is 6 now; --seed was 77 and is 78 now" },
        { Small with { Deterministic = true }, "--deterministic was not given and is now" },
    };

    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void Other_options_are_refused_with_both_values(TrainingOptions options, string difference)
    {
        Interrupted();
        Word2VecException error = Refused(options);
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal(
            $"The checkpoint {_case.Slot(1)} is of another training: {difference}. Give the same text and options to go on, or leave --resume out to start "
            + "from the beginning.", error.Message);
    }

    [Fact]
    public void Another_corpus_is_refused()
    {
        byte[] file = Interrupted();
        AssertOther(TrainingCase.Corpus(tokens: 3001, words: CheckpointCase.Words, longest: 12), "the corpus had 3,000 words and has 3,001 now");
        int[] ids = MemoryMarshal.Cast<int, int>(_case.Corpus.Ids(0, (int)_case.Corpus.Length)).ToArray();
        int other = Array.FindIndex(ids, id => id > 0);
        ids[other]--;
        AssertOther(new EncodedCorpus(ids, _case.Corpus.Vocabulary, _case.Corpus.Counts), "the corpus has as many words, but other ones or in another order");
        ids[other]++;
        var renamed = new Vocabulary(WordIndex.From(Enumerable.Range(0, CheckpointCase.Words).Select(i => $"x{i}")), [.. _case.Corpus.Vocabulary.Counts]);
        AssertOther(new EncodedCorpus(ids, renamed, _case.Corpus.Counts), "the vocabulary has as many words, but other words or counts");

        void AssertOther(EncodedCorpus corpus, string difference)
        {
            using var second = new CheckpointCase { Corpus = corpus };
            File.WriteAllBytes(second.Slot(1), file);
            var error = Assert.Throws<Word2VecException>(() => second.Train(new CpuDevice(), second.At with { Resume = true }, Small));
            Assert.Equal(ErrorKind.Usage, error.Kind);
            Assert.Contains($": {difference}. ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_corpus_in_a_file_and_the_same_one_in_memory_are_one()
    {
        string text = _case.PathOf("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Range(0, 300).Select(i => $"w{i % 7} w{i % 11} naïve{i % 3}\n")));
        using EncodedCorpus file = CorpusEncoder.Encode(CorpusSource.From(text), new CorpusOptions(), _case.PathOf("cache"));
        using var memory = new EncodedCorpus(file.Ids(0, (int)file.Length).ToArray(), file.Vocabulary, file.Counts);
        Assert.NotNull(file.Checksums);
        Assert.Null(memory.Checksums);
        Assert.Equal(CorpusFingerprint.Of(memory), CorpusFingerprint.Of(file));
        using EncodedCorpus cached = CorpusEncoder.Encode(CorpusSource.From(text), new CorpusOptions(), _case.PathOf("cache"));
        Assert.True(cached.FromCache);
        Assert.Equal(CorpusFingerprint.Of(memory), CorpusFingerprint.Of(cached));
    }

    private static void Seal(byte[] file)
    {
        file.AsSpan(12, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), Checksum.Of(file.AsSpan(0, 256)));
    }
}
