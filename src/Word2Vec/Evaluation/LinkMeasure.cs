using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Edges that were held out, against as many pairs of nodes without an edge: are the edges told apart?</summary>
internal sealed class LinkMeasure : Measure
{
    private const string Expected = "two nodes with a space or a tab between them";

    // A pair that is no edge is found at once but in graphs where nearly all pairs are edges.
    private const int MostDraws = 10_000;

    private readonly List<(string From, string To)> _links;
    private readonly Graph _known;
    private readonly LinkScore _score;
    private readonly ulong _seed;
    private readonly HashSet<(int, int)> _held;

    public LinkMeasure(string path, Graph? graph, LinkScore score, ulong seed)
        : base("links", path, "AUC", "average precision")
    {
        (_links, _score, _seed) = (Parse(path), score, seed);
        _known = graph ?? GraphOf(_links);
        _held = [.. _links.Select(link => (NodeOf(link.From), NodeOf(link.To)))];
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        int[] nodes = [.. Enumerable.Range(0, _known.NodeCount).Select(node => vectors.Words.TryGetId(_known.NameBytes(node), out int id) ? id : -1)];
        var (keys, edges, others) = (new List<int>(), new List<double>(), new List<double>());
        for (int i = 0; i < _links.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!vectors.Words.TryGetId(_links[i].From, out int from) || !vectors.Words.TryGetId(_links[i].To, out int to))
                continue;
            keys.Add(i);
            edges.Add(Score(vectors, from, to));
            (from, to) = NoEdge(nodes, i);
            others.Add(Score(vectors, from, to));
        }

        double[] sorted = [.. others.Order()], held = [.. edges.Order()];
        double[] above = [.. edges.Select(edge => (Below(sorted, edge) + NotAbove(sorted, edge)) / (2.0 * sorted.Length))];
        // Precision among all that score as high or higher; edges and other pairs are as many.
        double[] precision = [.. edges.Select(edge => (held.Length - Below(held, edge)) / (double)(held.Length - Below(held, edge) + sorted.Length - Below(sorted, edge)))];
        return new MeanAnswers(QuestionFile.Keys(keys), _links.Count, above, precision);
    }

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

    private int NodeOf(string name) => _known.TryGetNode(name, out int node) ? node : -1;

    // A pair of nodes that have vectors and no edge, in neither direction, drawn for the edge at this place: the same for all vectors that know the same nodes.
    private (int From, int To) NoEdge(int[] nodes, int place)
    {
        DrawKey key = DrawKey.From(_seed, 0, place);
        for (int draw = 0; draw < MostDraws; draw++)
        {
            int from = (int)CounterRandom.Below(key.Draw(2 * draw), (uint)nodes.Length), to = (int)CounterRandom.Below(key.Draw(2 * draw + 1), (uint)nodes.Length);
            if (from != to && nodes[from] >= 0 && nodes[to] >= 0 && !_known.HasEdge(from, to) && !_known.HasEdge(to, from)
                && !_held.Contains((from, to)) && !_held.Contains((to, from)))
                return (nodes[from], nodes[to]);
        }

        throw new Word2VecException(ErrorKind.Input, $"Among the {nodes.Count(id => id >= 0)} nodes with vectors no two were found that have no edge, in {MostDraws} draws; " +
            "edges are compared with such pairs. Give the whole graph (--graph), or a sparser one.");
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
