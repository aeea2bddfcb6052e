using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class TemporaryFileTests
{
    [Fact]
    public void A_temporary_file_holds_what_is_written_and_is_gone_when_it_is_closed()
    {
        using var folder = new TemporaryFolder();
        using (var stream = TemporaryFile.Create(folder.Path))
        {
            stream.Write([1, 2, 3]);
            stream.Position = 0;
            Assert.Equal(1, stream.ReadByte());
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Even_a_killed_process_leaves_none_where_open_files_can_be_deleted()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        using var stream = TemporaryFile.Create(folder.Path);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_output_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<Word2VecException>(() => TemporaryFile.Create(folder["none"]));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains(folder["none"], error.Message, StringComparison.Ordinal);
    }
}
