using System.Text.Json;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What the demo's vectors know: a few neighbours and analogies, and their marks by the corpus's ground truth.</summary>
internal sealed class DemoFindings
{
    private const int ShownWords = 3;

    private readonly List<(string Word, IReadOnlyList<Neighbor> Neighbors)> _similar = [];
    private readonly List<(string[] Question, IReadOnlyList<Neighbor> Answers)> _analogies = [];
    private readonly FamilyCount? _families;
    private readonly Evaluations? _evaluations;

    private DemoFindings(ShippedCorpus shipped, WordVectors vectors)
    {
        var index = new VectorIndex(vectors);
        List<string[]> questions = shipped.Questions is null ? [] : Questions(shipped.Questions, vectors.Words);
        Families? families = shipped.Families is null ? null : Families.Read(shipped.Families, vectors.Words);
        IEnumerable<string> words = questions.Count > 0
            ? questions.Select(question => question[3])
            : families?.Words ?? FrequentWords(vectors.Words);
        foreach (string word in Spread([.. words]))
            _similar.Add((word, index.MostSimilar([word], null, 5)));
        foreach (string[] question in Spread(questions))
            _analogies.Add((question[..3], index.Analogy(question[0], question[1], question[2], 1)));
        _families = families?.Count(index);
        if (shipped.Questions is not null || shipped.Pairs is not null)
            _evaluations = Evaluations.Of(vectors, Listed(shipped.Questions), Listed(shipped.Pairs), 0);
    }

    public static DemoFindings Of(ShippedCorpus shipped, WordVectors vectors) => new(shipped, vectors);

    public void Write(Terminal terminal)
    {
        foreach ((string word, IReadOnlyList<Neighbor> neighbors) in _similar)
            terminal.Out.WriteLine($"{ResultTable.Printable(word)} is like {string.Join(", ", Found(neighbors))}");
        foreach ((string[] q, IReadOnlyList<Neighbor> answers) in _analogies)
            terminal.Out.WriteLine($"{q[0]} is to {q[1]} as {q[2]} is to {string.Join(", ", Found(answers))}");
        if (_families is not null)
            terminal.Out.WriteLine(_families.ToString());
        if (_evaluations is null)
            return;
        terminal.Out.WriteLine();
        _evaluations.WriteTables(terminal);
    }

    /// <summary>The same as one object, with the <paramref name="record"/> of the run.</summary>
    public string ToJson(string record) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("record");
        using (var parsed = JsonDocument.Parse(record))
            parsed.WriteTo(writer);
        WriteAnswers(writer, "most-similar", _similar, (found, writer) => writer.WriteString("word", found));
        WriteAnswers(writer, "analogies-shown", _analogies, (found, writer) => writer.WriteStrings("analogy", found));
        if (_families is not null)
        {
            writer.WriteStartObject("families");
            writer.WriteNumber("together", _families.Together);
            writer.WriteNumber("words", _families.Words);
            writer.WriteEndObject();
        }

        _evaluations?.WriteJson(writer);
        writer.WriteEndObject();
    });

    private static void WriteAnswers<T>(
        Utf8JsonWriter writer, string name, IEnumerable<(T Asked, IReadOnlyList<Neighbor> Answers)> all, Action<T, Utf8JsonWriter> write)
    {
        writer.WriteStartArray(name);
        foreach ((T asked, IReadOnlyList<Neighbor> answers) in all)
        {
            writer.WriteStartObject();
            write(asked, writer);
            Neighbors.WriteJson(writer, answers);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // A few, from the beginning, the middle and towards the end.
    private static IEnumerable<T> Spread<T>(List<T> all) =>
        Enumerable.Range(0, Math.Min(ShownWords, all.Count)).Select(i => all[(int)((long)i * all.Count / ShownWords)]);

    private static IEnumerable<string> Found(IEnumerable<Neighbor> neighbors) =>
        neighbors.Select(neighbor => $"{ResultTable.Printable(neighbor.Word)} ({Neighbors.Text(neighbor.Similarity)})");

    private static string[] Listed(string? path) => path is null ? [] : [path];

    // The first question of each section whose words are all known.
    private static List<string[]> Questions(string path, WordIndex words)
    {
        List<string[]> found = [];
        bool wanted = true;
        foreach (string[] parts in File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            bool header = parts.Length > 0 && parts[0].StartsWith(':');
            bool usable = parts.Length == 4 && parts.All(word => words.TryGetId(word, out _));
            if (wanted && usable && !header)
                found.Add(parts);
            wanted = header || (wanted && !usable);
        }

        return found;
    }

    private static IEnumerable<string> FrequentWords(WordIndex words) =>
        Enumerable.Range(0, Math.Min(words.Count, 100)).Select(id => words[id]);
}
