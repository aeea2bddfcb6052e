using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Edges that were held out, against as many pairs of nodes without an edge: are the edges told apart?</summary>
internal sealed class LinkMeasure : Measure
{
    private const string Expected = "two nodes with a space or a tab between them";

    // Far more than a weight for each component takes to learn; their features take 8 bytes a component.
    private const int MostTrained = 100_000;

    private readonly List<(string From, string To)> _links;
    private readonly Graph _known;
    private readonly LinkScore _score;
    private readonly NodePairs _pairs;

    public LinkMeasure(string path, Graph? graph, LinkScore score, ulong seed)
        : base("links", path, "AUC", "average precision")
    {
        if (graph is null && EdgeFeatures.AreOf(score))
            throw new Word2VecException(ErrorKind.Usage, $"The link score {NameOf(score)} is learned from the edges that were not held out, and there are none but those of '{path}'; give the whole " +
                "graph too (--graph).");
        (_links, _score) = (Parse(path), score);
        _known = graph ?? GraphOf(_links);
        _pairs = new NodePairs(_known, _links, seed);
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, _known.NodeCount).Select(node => vectors.Words.TryGetId(_known.NameBytes(node), out int id) ? id : -1)];
        bool[] hasVector = Array.ConvertAll(rows, row => row >= 0);
        var (keys, edges) = (new List<int>(), new List<(int From, int To)>());
        for (int i = 0; i < _links.Count; i++)
        {
            if (!vectors.Words.TryGetId(_links[i].From, out int from) || !vectors.Words.TryGetId(_links[i].To, out int to))
                continue;
            keys.Add(i);
            edges.Add((from, to));
        }

        List<(int From, int To)> others = _pairs.WithoutEdge(hasVector, keys, cancellation);
        Func<int, int, double> score = edges.Count > 0 && EdgeFeatures.AreOf(_score) ? Learned(vectors, rows, hasVector, others, cancellation) : (from, to) => Score(vectors, from, to);
        return Compare(keys, [.. edges.Select(edge => score(edge.From, edge.To))], [.. others.Select(pair => score(rows[pair.From], rows[pair.To]))]);
    }

    private MeanAnswers Compare(List<int> keys, double[] edges, double[] others)
    {
        double[] sorted = [.. others.Order()], held = [.. edges.Order()];
        double[] above = [.. edges.Select(edge => (Below(sorted, edge) + NotAbove(sorted, edge)) / (2.0 * sorted.Length))];
        // Precision among all that score as high or higher; edges and other pairs are as many.
        double[] precision = [.. edges.Select(edge => (held.Length - Below(held, edge)) / (double)(held.Length - Below(held, edge) + sorted.Length - Below(sorted, edge)))];
        return new MeanAnswers(QuestionFile.Keys(keys), _links.Count, above, precision);
    }

    private Func<int, int, double> Learned(WordVectors vectors, int[] rows, bool[] hasVector, List<(int From, int To)> asked, CancellationToken cancellation)
    {
        (List<(int From, int To)> edges, List<(int From, int To)> others) = _pairs.ToLearnFrom(hasVector, asked, Math.Min(MostTrained, Array.MaxLength / (2 * vectors.Size)), cancellation);
        return EdgeClassifier.Train(vectors, _score, ToRows(edges), ToRows(others), cancellation).LogOdds;

        (int From, int To)[] ToRows(List<(int From, int To)> nodes) => [.. nodes.Select(pair => (rows[pair.From], rows[pair.To]))];
    }

    // As it is typed: weighted-l1.
    private static string NameOf(LinkScore score) => score switch
    {
        LinkScore.WeightedL1 => "weighted-l1",
        LinkScore.WeightedL2 => "weighted-l2",
        _ => score.ToString().ToLowerInvariant(),
    };

    private static List<(string From, string To)> Parse(string path)
    {
        var links = new List<(string, string)>();
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            string[] fields = line.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2)
                throw QuestionFile.Malformed(path, number, line, Expected);
            links.Add((fields[0], fields[1]));
        }

        return links.Count > 0 ? links
            : throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no edges; {Expected} were expected on each line.");
    }

    private static Graph GraphOf(List<(string From, string To)> links)
    {
        var builder = new GraphBuilder();
        foreach ((string from, string to) in links)
            builder.Add(from, to);
        return builder.Build();
    }

    private double Score(WordVectors vectors, int from, int to) => _score switch
    {
        LinkScore.Dot => VectorMath.Dot(vectors[from], vectors[to]),
        LinkScore.Distance => -Distance(vectors[from], vectors[to]),
        _ => PlainVectorMath.Cosine(vectors[from], vectors[to]),
    };

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)(a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static int Below(double[] sorted, double value) => Count(sorted, other => other < value);

    private static int NotAbove(double[] sorted, double value) => Count(sorted, other => other <= value);

    // The length of the part at the front for which it holds.
    private static int Count(double[] sorted, Predicate<double> holds)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(sorted[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
