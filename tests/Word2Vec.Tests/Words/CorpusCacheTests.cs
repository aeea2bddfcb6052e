using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class CorpusCacheTests : IDisposable
{
    private static readonly CorpusOptions All = new() { MinimumCount = 1 };
    private static readonly DateTime Time = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Cache => _folder["cache"];

    [Fact]
    public void A_second_run_with_the_same_text_and_options_does_not_read_the_text()
    {
        string path = Text("one two two");
        using (var first = Encode(path, All))
        {
            Assert.False(first.FromCache);
            Assert.Equal("text", Path.GetFileName(first.FilePath)!.Split('-')[0]);
        }

        // Another text of the same length and time: whoever reads it sees the difference, and nobody is to read it.
        Text("six ten ten");
        using var second = Encode(path, All);
        Assert.True(second.FromCache);
        Assert.Equal("two one", string.Join(' ', Enumerable.Range(0, 2).Select(id => second.Vocabulary.Words[id])));
        Assert.Equal(new CorpusCounts(3, 3, 1, 2), second.Counts);
        Assert.Equal([1, 0, 0, -1], second.Ids(0, 4).ToArray());
        Assert.Single(Directory.GetFiles(Cache));
    }

    [Fact]
    public void A_changed_length_or_time_is_recognised_and_the_old_encoding_replaced()
    {
        string path = Text("one two two");
        Encode(path, All).Dispose();
        Text("one two two two");
        using (var longer = Encode(path, All))
        {
            Assert.False(longer.FromCache);
            Assert.Equal(4, longer.Counts.Tokens);
        }

        File.SetLastWriteTimeUtc(path, Time.AddTicks(10));
        using (var later = Encode(path, All))
            Assert.False(later.FromCache);
        using (var again = Encode(path, All))
            Assert.True(again.FromCache);
        Assert.Single(Directory.GetFiles(Cache));
    }

    [Fact]
    public void A_link_is_as_old_as_the_file_that_it_leads_to()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = Text("one two two"), link = _folder["link"];
        File.CreateSymbolicLink(link, path);
        Encode(link, All).Dispose();
        File.WriteAllText(path, "six ten ten");
        File.SetLastWriteTimeUtc(path, Time.AddDays(1));
        using var changed = Encode(link, All);
        Assert.False(changed.FromCache);
    }

    [Fact]
    public void Other_options_and_other_paths_have_encodings_of_their_own()
    {
        string path = Text("One two two"), other = Text("One two two", "other");
        CorpusOptions[] options =
        [
            All, All with { Tokenizer = TokenizerKind.Text }, All with { MinimumCount = 2 }, All with { MaximumVocabulary = 1 },
            All with { MaximumSentenceLength = 2 },
        ];
        foreach (bool fromCache in new[] { false, true })
        {
            foreach (var option in options)
            {
                using var corpus = Encode(path, option);
                Assert.Equal(fromCache, corpus.FromCache);
            }

            using var both = CorpusEncoder.Encode(CorpusSource.From(path, other), All, Cache, null, default);
            Assert.Equal(fromCache, both.FromCache);
            Assert.Equal(6, both.Counts.Tokens);
        }

        Assert.Equal(options.Length + 1, Directory.GetFiles(Cache).Length);
    }

    [Fact]
    public void A_damaged_encoding_is_rebuilt()
    {
        string path = Text("one two two three three three");
        string file = Encode(path, All) is var corpus ? corpus.FilePath! : "";
        corpus.Dispose();
        byte[] good = File.ReadAllBytes(file);
        for (int i = 0; i < good.Length; i += 5)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            Rebuilds(bad, i);
            Rebuilds(good[..i], i);
        }

        Rebuilds([.. good, 0], good.Length);

        void Rebuilds(byte[] bad, int place)
        {
            File.WriteAllBytes(file, bad);
            using var rebuilt = Encode(path, All);
            Assert.False(rebuilt.FromCache, $"damage at byte {place} of {good.Length} was not seen");
            Assert.Equal(good, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Standard_input_is_never_kept()
    {
        for (int i = 0; i < 2; i++)
        {
            using var corpus = CorpusEncoder.Encode(Corpus.Of("a b"), All, Cache, null, default);
            Assert.False(corpus.FromCache);
            Assert.Null(corpus.FilePath);
        }

        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void Cancelled_or_failed_it_leaves_no_file_and_the_old_encoding_stays()
    {
        string path = Text("one two two");
        Encode(path, All).Dispose();
        byte[] old = File.ReadAllBytes(Directory.GetFiles(Cache).Single());

        _folder.Make("text", Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Repeat("word", 200_000))));
        using var cancellation = new CancellationTokenSource();
        var cancelling = new Cancelling(cancellation);
        Assert.ThrowsAny<OperationCanceledException>(
            () => CorpusEncoder.Encode(CorpusSource.From(path), All, Cache, cancelling, cancellation.Token));
        Assert.True(cancelling.Reported);
        Assert.Equal(old, File.ReadAllBytes(Directory.GetFileSystemEntries(Cache).Single()));

        _folder.Make("text", [(byte)'a', 0]);
        Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => Encode(path, All)).Kind);
        Assert.Equal(old, File.ReadAllBytes(Directory.GetFileSystemEntries(Cache).Single()));
    }

    [Fact]
    public void A_cache_folder_that_cannot_be_made_is_an_output_error()
    {
        string path = Text("one");
        string cache = Path.Combine(path, "cache");
        var error = Assert.Throws<Word2VecException>(() => CorpusEncoder.Encode(CorpusSource.From(path), All, cache, null, default));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.DoesNotContain('\n', error.Message);
    }

    private EncodedCorpus Encode(string path, CorpusOptions options) =>
        CorpusEncoder.Encode(CorpusSource.From(path), options, Cache, null, default);

    private string Text(string text, string name = "text")
    {
        string path = _folder.Make(name, text);
        File.SetLastWriteTimeUtc(path, Time);
        return path;
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<EncodingProgress>
    {
        public bool Reported { get; private set; }

        public void Report(EncodingProgress value)
        {
            Reported = true;
            source.Cancel();
        }
    }
}
