using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>Something writes to a text while it is read.</summary>
public sealed class ChangingCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ErrorWhere(Action<string> change)
    {
        string text = _folder.Make("text", string.Concat(Enumerable.Repeat("one two three\n", 100_000))), cache = _folder["cache"];
        CorpusSource source = CorpusSource.From(_folder.Make("first", "some words\n"), text);
        var once = new Once(() => change(text));
        var error = Assert.Throws<Word2VecException>(() => CorpusEncoder.Encode(source, new CorpusOptions { MinimumCount = 1 }, cache, once));
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Empty(Directory.GetFiles(cache));
        return error.Message.Replace(text, "TEXT", StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_grows_is_refused_with_both_lengths() => Assert.Equal(
        "The corpus TEXT changed while it was read: it had 1400000 bytes and has 1400005. Wait until nothing writes to it, or train on a copy.",
        ErrorWhere(text => File.AppendAllText(text, "four\n")));

    [Fact]
    public void One_that_shrinks_is_refused_with_both_lengths() => Assert.Contains(
        "it had 1400000 bytes and now ends at byte ", ErrorWhere(text => File.WriteAllText(text, "four\n")), StringComparison.Ordinal);

    [Fact]
    public void One_that_is_overwritten_in_place_is_refused() => Assert.Contains(
        "it was written to.", ErrorWhere(text => File.SetLastWriteTimeUtc(text, DateTime.UtcNow.AddSeconds(3))), StringComparison.Ordinal);

    [Fact]
    public void One_that_is_deleted_is_refused() => Assert.Contains("Cannot read the corpus TEXT: ", ErrorWhere(File.Delete), StringComparison.Ordinal);

    private sealed class Once(Action action) : IProgress<EncodingProgress>
    {
        private bool _done;

        public void Report(EncodingProgress value)
        {
            if (!_done)
                action();
            _done = true;
        }
    }
}
