using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public sealed class CorpusSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_stands_for_its_files_in_ordinal_order_without_hidden_ones()
    {
        foreach (string name in new[] { "b.txt", "B.txt", "a/2", "a/10", "a/.hidden", ".git/config", "ä.txt", "a.txt", "c/d/e" })
            Make(name, "x");
        var source = CorpusSource.From(_folder);
        Assert.Equal(
            ["B.txt", "a/10", "a/2", "a.txt", "b.txt", "c/d/e", "ä.txt"],
            source.Entries.Select(entry => Path.GetRelativePath(_folder, entry.Path).Replace('\\', '/')));
    }

    [Fact]
    public void Entries_tell_path_length_and_time_and_the_order_of_the_paths_is_kept()
    {
        string second = Make("2", "four"), first = Make("1", "x");
        File.SetLastWriteTimeUtc(second, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var source = CorpusSource.From(second, first);
        Assert.Equal(new CorpusEntry(second, 4, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc)), source.Entries[0]);
        Assert.Equal(first, source.Entries[1].Path);
        Assert.Equal(5, source.BytesTotal);
        Assert.True(source.CanBeRecognised);
    }

    [Fact]
    public void A_link_to_a_file_has_the_length_of_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, Make("long", new string('x', 5000)));
        Assert.Equal(5000, CorpusSource.From(link).Entries[0].Length);
    }

    [Fact]
    public void A_link_to_a_folder_above_does_not_lead_round_in_a_circle()
    {
        if (OperatingSystem.IsWindows())
            return;
        Make("sub/text", "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "sub", "up"), _folder);
        Assert.Single(CorpusSource.From(_folder).Entries);
    }

    [Fact]
    public void Standard_input_and_empty_files_cannot_be_recognised_later()
    {
        Assert.False(CorpusSource.From("-").CanBeRecognised);
        Assert.Equal(0, CorpusSource.From("-", Make("some", "text")).BytesTotal);
        Assert.False(CorpusSource.From(Make("empty", "")).CanBeRecognised);
    }

    [Fact]
    public void What_is_not_there_is_an_input_error_that_names_it()
    {
        string missing = Path.Combine(_folder, "missing.txt");
        Assert.Contains(missing, Error(ErrorKind.Input, missing), StringComparison.Ordinal);
        Assert.Contains("does not exist", Error(ErrorKind.Input, missing), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder, "empty", "inner"));
        Assert.Contains("holds no file", Error(ErrorKind.Input, Path.Combine(_folder, "empty")), StringComparison.Ordinal);
        Error(ErrorKind.Input, "");
        Error(ErrorKind.Usage);
        Error(ErrorKind.Usage, "-", "-");
    }

    private static string Error(ErrorKind kind, params string[] paths)
    {
        var error = Assert.Throws<Word2VecException>(() => CorpusSource.From(paths));
        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private string Make(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
