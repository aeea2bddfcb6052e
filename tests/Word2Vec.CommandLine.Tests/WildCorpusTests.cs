using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Word2Vec.CommandLine.Tests;

/// <summary>
/// Each row of the table in docs/corpora.md whose input is a few bytes: the exit code that it names, what is said, and which words come out.
/// </summary>
public sealed class WildCorpusTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ScriptTests.Root(), "docs", "corpora.md"));

    /// <summary>The input as the page calls it, its bytes, the exit code, and the words in the order of the vocabulary or a part of the error.</summary>
    public static TheoryData<string, byte[], int, string> Inputs => new()
    {
        { "an empty file", [], 3, "holds no word" },
        { "only white space", " \t\r\n \n"u8.ToArray(), 3, "holds no word" },
        { "one word", "word"u8.ToArray(), 0, "word" },
        { "a byte 0 in the first 64 KB", "one \0two"u8.ToArray(), 3, "looks binary: byte 4" },
        { "a byte 0 later", [.. Repeat("a ", 40_000), .. "b\0b"u8], 0, "a b\0b" },
        { "a byte order mark of UTF-8", "\uFEFFone"u8.ToArray(), 0, "one" },
        { "a byte order mark later", "one \uFEFFone"u8.ToArray(), 0, "one \uFEFFone" },
        { "UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("one")], 3, "iconv -f UTF-16" },
        { "UTF-16 without one", Encoding.Unicode.GetBytes("one"), 3, "looks binary" },
        { "CR and CRLF", "a\rb\r\nc"u8.ToArray(), 0, "a b c" },
        { "U+2028, U+00A0 and U+3000", "a\u2028b\u00A0c\u3000d"u8.ToArray(), 0, "a\u2028b\u00A0c\u3000d" },
        { "a .gz that is cut off", Gzip("one two three")[..^9], 3, "is cut off at byte" },
        { "a .gz with a wrong checksum", Damaged(Gzip("one two")), 3, ".gz data" },
        { "several .gz in one file", [.. Gzip("one "), .. Gzip("two")], 0, "one two" },
        { "a .gz with other bytes behind it", [.. Gzip("one"), .. "junk"u8], 3, "followed by something else" },
        { "a .gz of a .gz", Gzip(Gzip(string.Join(' ', Enumerable.Range(0, 500)))), 3, "looks binary" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Each_input_ends_as_the_page_says(string name, byte[] content, int code, string expected)
    {
        using var tool = new Tool();
        string corpus = tool.PathOf("corpus"), words = tool.PathOf("words");
        File.WriteAllBytes(corpus, content);
        Run run = tool.Run("vocab", corpus, "-o", words, "--min-count", "1");
        Assert.Equal(code, run.Code);
        Assert.Contains($"| {name} | {code} |", Page, StringComparison.Ordinal);
        if (code != 0)
            Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        else
            Assert.Equal(expected, string.Join(' ', File.ReadLines(words).Select(line => line[..line.LastIndexOf(' ')])));
    }

    [Fact]
    public void A_single_word_is_counted_but_nothing_can_be_learned_of_it()
    {
        using var tool = new Tool();
        Run run = tool.Run("train", tool.Write("corpus", "word\n"), "-o", tool.PathOf("v.bin"), "--min-count", "1");
        Assert.Equal(3, run.Code);
        Assert.Contains("Nothing could be learned", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_byte_that_is_no_UTF_8_alone_is_a_word_that_is_kept_byte_for_byte()
    {
        using var tool = new Tool();
        byte[] expected = [.. Enumerable.Range(0x80, 128).Select(value => (byte)value)];
        string corpus = tool.PathOf("corpus"), words = tool.PathOf("words"), vectors = tool.PathOf("v.txt");
        File.WriteAllBytes(corpus, [.. expected.SelectMany(value => new[] { value, (byte)' ' })]);
        Run run = tool.Run("vocab", corpus, "-o", words, "--min-count", "1");
        Assert.Equal(0, run.Code);
        Assert.Contains("hint        128 of the words are not UTF-8", run.Error, StringComparison.Ordinal);
        Assert.Equal(expected.SelectMany(value => new[] { value, (byte)' ', (byte)'1', (byte)'\n' }), File.ReadAllBytes(words));

        Assert.Equal(0, tool.Run(
            "train", corpus, "-o", vectors, "--min-count", "1", "--size", "2", "--epochs", "1", "--threads", "1", "--device", "cpu").Code);
        Assert.Equal(expected, FirstBytes(File.ReadAllBytes(vectors)).Skip(1));
        // What cannot be typed is found by its neighbours, and shown with U+FFFD.
        Run query = tool.Run("most-similar", vectors, "\uFFFD");
        Assert.Equal(8, query.Code);
    }

    [Fact]
    public void Words_that_all_fall_below_the_minimum_count_say_which_one_would_do()
    {
        using var tool = new Tool();
        Run run = tool.Run("vocab", tool.Write("corpus", "a a b"), "-o", tool.PathOf("words"));
        Assert.Equal(3, run.Code);
        Assert.Contains("use --min-count 2 or lower", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_and_dropped_words_are_counted_in_a_note()
    {
        using var tool = new Tool();
        string corpus = tool.Write("corpus", new string('x', 2500) + " the the " + string.Join(' ', Enumerable.Range(0, 2000)));
        Run run = tool.Run("vocab", corpus, "-o", tool.PathOf("words"), "--min-count", "2", "--max-distinct", "1000");
        Assert.Equal(0, run.Code);
        Assert.Contains("up to 2,003 different", run.Error, StringComparison.Ordinal);
        Assert.Contains("--max-distinct); counts are exact or up to 2 too small", run.Error, StringComparison.Ordinal);
        Assert.Contains("long words  2 words of 998 to 1,000 bytes", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("vocab", corpus, "-o", tool.PathOf("words"), "--max-distinct", "999").Code);
        Assert.Equal(2, tool.Run("vocab", corpus, "-o", tool.PathOf("words"), "--cache-limit", "-1").Code);
    }

    [Fact]
    public void A_pipe_with_a_name_is_read_to_its_end()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string pipe = tool.PathOf("pipe"), words = tool.PathOf("words");
        using (Process make = Process.Start("mkfifo", [pipe]))
            make.WaitForExit();
        var writer = new Thread(() => File.WriteAllText(pipe, string.Concat(Enumerable.Repeat("one two\n", 50_000))));
        writer.Start();
        Run run = tool.Run("vocab", pipe, "-o", words);
        writer.Join();
        Assert.Equal((0, "one 50000\ntwo 50000\n"), (run.Code, File.ReadAllText(words)));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_input_error()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;
        using var tool = new Tool();
        string closed = tool.Write("closed", "one two");
        File.SetUnixFileMode(closed, UnixFileMode.UserWrite);
        Run run = tool.Run("vocab", closed, "-o", tool.PathOf("words"));
        Assert.Equal(3, run.Code);
        Assert.Contains(closed, run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_that_encode_the_same_corpus_into_one_folder_do_each_other_no_harm()
    {
        using var tool = new Tool();
        string corpus = tool.WriteCorpus(sentences: 20_000);
        for (int round = 0; round < 3; round++)
        {
            Process[] both = [.. Enumerable.Range(0, 2).Select(i => Start(corpus, tool.PathOf($"words{i}"), tool.PathOf("cache")))];
            foreach (Process process in both)
            {
                using (process)
                {
                    Assert.Equal("", process.StandardError.ReadToEnd());
                    process.WaitForExit();
                    Assert.Equal(0, process.ExitCode);
                }
            }

            Assert.Equal(File.ReadAllText(tool.PathOf("words0")), File.ReadAllText(tool.PathOf("words1")));
            // Nobody has a file open between its new name and its first use: there the other process, whose cache has no room, may take it away.
            string[] kept = Directory.GetFiles(tool.PathOf("cache"));
            Assert.InRange(kept.Length, 0, 1);
            Assert.All(kept, file => Assert.EndsWith(".ids", file, StringComparison.Ordinal));
            File.AppendAllText(corpus, "north south east west\n");
        }
    }

    private static Process Start(string corpus, string words, string cache) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, "vocab", corpus, "-o", words, "--cache", cache, "--cache-limit", "0", "--quiet"])
        {
            RedirectStandardError = true,
        })!;

    private static IEnumerable<byte> FirstBytes(byte[] lines)
    {
        for (int at = 0; at < lines.Length; at = Array.IndexOf(lines, (byte)'\n', at) + 1)
            yield return lines[at];
    }

    private static byte[] Repeat(string text, int times) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));

    private static byte[] Damaged(byte[] gzip) => [.. gzip[..^8], (byte)(gzip[^8] ^ 1), .. gzip[^7..]];

    private static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    private static byte[] Gzip(byte[] text)
    {
        using var result = new MemoryStream();
        using (var stream = new GZipStream(result, CompressionLevel.Optimal))
            stream.Write(text);
        return result.ToArray();
    }
}
