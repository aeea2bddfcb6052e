namespace Word2Vec.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Target => Path.Combine(_folder, "out.bin");

    [Fact]
    public void Writes_a_new_file_and_replaces_an_old_one()
    {
        AtomicFile.Write(Target, stream => stream.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        AtomicFile.Write(Target, stream => stream.Write([4]));
        Assert.Equal([4], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void While_it_writes_the_old_content_stays()
    {
        File.WriteAllBytes(Target, [9]);
        AtomicFile.Write(Target, stream =>
        {
            stream.Write([1]);
            stream.Flush();
            Assert.Equal([9], File.ReadAllBytes(Target));
        });
        Assert.Equal([1], File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_failed_write_is_one_line_and_leaves_the_old_content_and_no_temporary_file()
    {
        File.WriteAllBytes(Target, [9]);
        var error = Assert.Throws<Word2VecException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write([1, 2]);
            throw new IOException($"No space left\non device : '{stream.Name}'");
        }));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Equal(
            $"Cannot write {Target}: No space left on device : '{Target}'. What was there before is untouched.", error.Message);
        Assert.Equal([9], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    /// <summary>What is not locked another process takes for left behind, and deletes: so a file is locked until it has its name.</summary>
    [Fact]
    public void A_file_that_is_complete_is_locked_until_it_is_renamed()
    {
        string second = Path.Combine(_folder, "second.bin");
        AtomicFile.Write(
        [
            (Target, stream => stream.Write([1])),
            (second, _ =>
            {
                string first = Assert.Single(Directory.GetFiles(_folder, "out.bin.*"));
                Assert.ThrowsAny<IOException>(() => new FileStream(first, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            }),
        ]);
        Assert.Equal([Target, second], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        using var free = new FileStream(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(1, free.ReadByte());
    }

    [Fact]
    public void Cancellation_and_the_errors_of_the_writer_pass_through()
    {
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(Target, _ => throw new OperationCanceledException()));
        var own = new Word2VecException(ErrorKind.Input, "mine");
        Assert.Same(own, Assert.Throws<Word2VecException>(() => AtomicFile.Write(Target, _ => throw own)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_folder_a_folder_and_no_name_are_output_errors()
    {
        string missing = Path.Combine(_folder, "none", "out.bin");
        foreach (string path in new[] { missing, _folder, "", "a\0b" })
        {
            var error = Assert.Throws<Word2VecException>(() => AtomicFile.Write(path, stream => stream.Write([1])));
            Assert.Equal(ErrorKind.Output, error.Kind);
            Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_is_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        string link = Path.Combine(_folder, "link");
        File.WriteAllBytes(Target, [9]);
        File.CreateSymbolicLink(link, Target);
        AtomicFile.Write(link, stream => stream.Write([1]));
        Assert.Equal([1], File.ReadAllBytes(Target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_device_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        var error = Assert.Throws<Word2VecException>(() => AtomicFile.Write("/dev/null", stream => stream.Write([1])));
        Assert.Equal(ErrorKind.Output, error.Kind);
    }
}
