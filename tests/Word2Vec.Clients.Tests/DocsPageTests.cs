using System.Reflection;

namespace Word2Vec.Clients.Tests;

/// <summary>
/// The pages of docs/tools do what they say: each begins with <c>small-world.bin</c> in its folder and prints the words that are like
/// <c>germany</c>, among them our three nearest.
/// </summary>
public sealed class DocsPageTests(SmallWorld world) : IClassFixture<SmallWorld>
{
    private const string Question = "germany";

    // The index, and tools whose packages are not to be had where these tests are run; their pages say so.
    private static readonly string[] NotRun = ["README", "ml-net", "semantic-kernel"];

    [PageFact("duckdb")]
    public void DuckDB() => Check("duckdb");

    [PageFact("faiss")]
    public void Faiss() => Check("faiss");

    [PageFact("fasttext")]
    public void FastText() => Check("fasttext");

    [PageFact("gensim")]
    public void Gensim() => Check("gensim");

    [PageFact("numpy")]
    public void NumPy() => Check("numpy");

    [PageFact("pgvector")]
    public void Pgvector() => Check("pgvector");

    [PageFact("pytorch")]
    public void PyTorch() => Check("pytorch");

    [PageFact("scikit-learn")]
    public void ScikitLearn() => Check("scikit-learn");

    [PageFact("sqlite-vec")]
    public void SqliteVec() => Check("sqlite-vec");

    [PageFact("tensorboard")]
    public void TensorBoard() => Check("tensorboard");

    [Fact]
    public void Every_page_has_a_test_and_says_what_it_needs()
    {
        string[] tested = [.. typeof(DocsPageTests).GetMethods()
            .Select(method => method.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType == typeof(PageFactAttribute)))
            .OfType<CustomAttributeData>()
            .Select(data => (string)data.ConstructorArguments[0].Value!)
            .Order()];
        string[] pages = [.. Directory.GetFiles(DocsPage.Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];
        Assert.Equal(pages.Except(NotRun), tested);
        Assert.All(tested, page => Assert.NotNull(DocsPage.Read(page).Clients));
    }

    private void Check(string name)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("word2vec-page-");
        try
        {
            File.Copy(world.BinaryPath, Path.Combine(folder.FullName, "small-world.bin"));
            string printed = DocsPage.Read(name).Run(folder.FullName);
            foreach (string neighbor in world.Vectors.MostSimilar(Question, 3).Select(neighbor => neighbor.Word))
                Assert.Contains(neighbor, printed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
