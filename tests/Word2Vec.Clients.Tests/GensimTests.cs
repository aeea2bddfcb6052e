namespace Word2Vec.Clients.Tests;

public class GensimTests(SmallWorld world) : ClientTest(world)
{
    private const string Script = "gensim_client.py";

    [ClientTheory("python:gensim")]
    [InlineData("read-binary", "v.bin")]
    [InlineData("read-binary", "v.bin.gz")]
    [InlineData("read-text", "v.txt")]
    [InlineData("read-text", "v.vec.gz")]
    [InlineData("read-glove", "v.glove")]
    public void It_reads_what_we_write(string reader, string name) => AssertClientAgrees(Script, reader, name);

    [ClientTheory("python:gensim")]
    [InlineData("write-binary", "v.bin")]
    [InlineData("write-text", "v.txt")]
    public void We_read_what_it_writes(string writer, string name) => AssertWeReadTheClient(Script, writer, name);
}
