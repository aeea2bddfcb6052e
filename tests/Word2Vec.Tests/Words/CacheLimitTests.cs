using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>The folder of encoded corpora stays within its size.</summary>
public sealed class CacheLimitTests : IDisposable
{
    private static readonly CorpusOptions All = new() { MinimumCount = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Cache => _folder["cache"];

    private string[] Kept => [.. Directory.GetFiles(Cache).Select(path => Path.GetFileName(path).Split('-')[0]).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_least_recently_used_go_first_and_to_use_one_makes_it_recent()
    {
        foreach (string name in new[] { "a", "b", "c" })
            Encode(name, All).Dispose();
        long one = new FileInfo(Directory.GetFiles(Cache)[0]).Length;
        foreach (string path in Directory.GetFiles(Cache))
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, Path.GetFileName(path)[0] - 'a', DateTimeKind.Utc));
        using (EncodedCorpus used = Encode("a", All))
            Assert.True(used.FromCache);

        Encode("d", All with { CacheLimit = 3 * one }).Dispose();
        Assert.Equal(["a", "c", "d"], Kept);

        // The system's clock of files goes in steps in which all of this has room.
        foreach (string path in Directory.GetFiles(Cache))
            File.SetLastWriteTimeUtc(path, new DateTime(2021, 1, 1, 0, 0, Path.GetFileName(path)[0] - 'a', DateTimeKind.Utc));
        Encode("e", All with { CacheLimit = 3 * one - 1 }).Dispose();
        Assert.Equal(["d", "e"], Kept);
    }

    [Fact]
    public void What_someone_has_open_stays_and_so_does_the_new_one()
    {
        using (EncodedCorpus open = Encode("open", All))
        {
            Encode("other", All with { CacheLimit = 0 }).Dispose();
            Assert.Equal(["open", "other"], Kept);
            Assert.Equal([1, 0, 0, -1], open.Ids(0, 4).ToArray());
        }

        Encode("third", All with { CacheLimit = 0 }).Dispose();
        Assert.Equal(["third"], Kept);
    }

    [Fact]
    public void Other_files_stay_and_leftovers_of_killed_runs_go_after_an_hour()
    {
        Encode("a", All).Dispose();
        string ours = Path.GetFileName(Directory.GetFiles(Cache).Single());
        string old = ours + ".abc.def.tmp", young = ours + ".ghi.jkl.tmp", foreign = "notes-0123456789abcdef.ids";
        foreach (string name in new[] { old, young, foreign, "readme.txt", "x.tmp" })
        {
            _folder.Make($"cache/{name}", "something else");
            File.SetLastWriteTimeUtc(Path.Combine(Cache, name), DateTime.UtcNow - TimeSpan.FromHours(name == young ? 0.5 : 3));
        }

        Encode("b", All with { CacheLimit = 0 }).Dispose();
        string kept = Path.GetFileName(Directory.GetFiles(Cache, "b-*").Single());
        Assert.Equal(
            new[] { young, foreign, "readme.txt", "x.tmp", kept }.Order(StringComparer.Ordinal),
            Directory.GetFiles(Cache).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_runs_at_once_in_one_folder_do_each_other_no_harm()
    {
        string[] texts = [.. Enumerable.Range(0, 3).Select(i => _folder.Make($"t{i}", string.Join(' ', Enumerable.Range(0, 3000).Select(j => $"w{j * (i + 2) % 97}"))))];
        string[] expected = [.. texts.Select(path => Fingerprint(path, null, 0))];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 30; i++)
            {
                int text = (i + worker) % texts.Length;
                Assert.Equal(expected[text], Fingerprint(texts[text], Cache, i % 2 * 20_000));
            }
        })));
        Assert.Empty(Directory.GetFiles(Cache, "*.tmp"));
    }

    private static string Fingerprint(string path, string? cache, long limit)
    {
        using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(path), All with { CacheLimit = limit }, cache, null, default);
        return corpus.Fingerprint!;
    }

    private EncodedCorpus Encode(string name, CorpusOptions options)
    {
        if (!File.Exists(_folder[name]))
            _folder.Make(name, "one two two");
        return CorpusEncoder.Encode(CorpusSource.From(_folder[name]), options, Cache, null, default);
    }
}
