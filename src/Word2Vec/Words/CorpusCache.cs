using System.Text.RegularExpressions;

namespace Word2Vec.Words;

/// <summary>The folder in which encoded corpora are kept from run to run, and how it stays within a size.</summary>
/// <remarks>
/// A file's time of writing is that of its last use. Who has a file open holds a shared lock on it, and only who gets it alone deletes it: so no run
/// loses what it reads, in this process or another. Files that are not ours by name and first bytes stay.
/// </remarks>
internal static partial class CorpusCache
{
    // A run that writes has its file open until it has its name.
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    /// <summary>Says that the encoded corpus at <paramref name="path"/> is used now; where that cannot be written down, it is not.</summary>
    public static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that others filled and that may only be read is as good.
        }
    }

    /// <summary>
    /// Deletes encoded corpora that nobody has open, the least recently used first, until those in <paramref name="folder"/> have no more than
    /// <paramref name="limit"/> bytes, and what killed runs left behind there. What cannot be deleted stays.
    /// </summary>
    public static void Prune(string folder, long limit)
    {
        try
        {
            FileInfo[] files = new DirectoryInfo(folder).GetFiles();
            foreach (FileInfo file in files.Where(file => Unfinished().IsMatch(file.Name) && DateTime.UtcNow - file.LastWriteTimeUtc > LeftBehind))
                TryDelete(file);
            List<FileInfo> corpora = [.. files.Where(file => Finished().IsMatch(file.Name))];
            long bytes = corpora.Sum(file => file.Length);
            foreach (FileInfo file in corpora.OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
            {
                if (bytes <= limit)
                    return;
                if (IsEncodedCorpus(file) && TryDelete(file))
                    bytes -= file.Length;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The corpus is encoded; that others could not be tidied away is no reason to fail.
        }
    }

    private static bool IsEncodedCorpus(FileInfo file)
    {
        Span<byte> magic = stackalloc byte[EncodedCorpusHeader.ExpectedMagic.Length];
        try
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
                && magic.SequenceEqual(EncodedCorpusHeader.ExpectedMagic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryDelete(FileInfo file)
    {
        try
        {
            new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What <see cref="CorpusIdentity.FileName"/> makes.</summary>
    [GeneratedRegex(@"-[0-9a-f]{16}\.ids\z")]
    private static partial Regex Finished();

    /// <summary>Such a file on its way (<see cref="AtomicFile"/>).</summary>
    [GeneratedRegex(@"-[0-9a-f]{16}\.ids\.[^.]+\.[^.]+\.tmp\z")]
    private static partial Regex Unfinished();
}
