using System.IO.Compression;
using System.Text;
using Word2Vec.CommandLine.Texts;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Passes over texts, and what is told of them.</summary>
public class TextSourceTests
{
    [Fact]
    public void Each_pass_tells_of_its_texts_and_of_the_bytes_of_all_files_as_they_lie_on_the_disk()
    {
        using var tool = new Tool();
        string plain = tool.Write("texts/a.txt", "one\n\ntwo\n"), packed = tool.PathOf("b.txt.gz");
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("many words in a line\n", 5000))));
        long first = new FileInfo(plain).Length, total = first + new FileInfo(packed).Length;
        var heard = new Heard();
        using var source = new TextSource([Path.GetDirectoryName(plain)!, packed], new TextLayout("lines", null, null), TextReader.Null, heard);
        foreach (string stage in (string[])["counting", "embedding"])
        {
            heard.Clear();
            Assert.Equal(5002, source.Documents(stage).Count());
            Assert.Equal(Enumerable.Range(1, 5002).Select(text => (long)text), heard.Select(told => told.Texts));
            Assert.All(heard, told => Assert.Equal((stage, total), (told.Stage, told.BytesTotal)));
            Assert.Equal((first, total), (heard[1].BytesRead, heard[^1].BytesRead));
            Assert.Equal(1, heard[^1].Share);
        }
    }

    private sealed class Heard : List<TextProgress>, IProgress<TextProgress>
    {
        public void Report(TextProgress value) => Add(value);
    }
}
