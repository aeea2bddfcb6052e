using System.CommandLine;
using System.Globalization;
using System.Text;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Corpora;

namespace Word2Vec.CommandLine;

/// <summary>How the file of a graph is read: an edge list, or the columns of a table.</summary>
internal sealed class GraphInput
{
    private static readonly List<(string Column, string Option)> Standard = [("source", "--source"), ("target", "--target")];

    private readonly Option<bool> _directed = CommandOptions.Switch("--directed", "Edges lead from the first node to the second only");
    private readonly Option<bool> _weighted =
        CommandOptions.Switch("--weighted", "The third field, or the column 'weight', is the edge's weight; otherwise each line counts 1");
    private readonly Option<string?> _source = CommandOptions.Text("--source", "CSV: the column of the first node [default: source]", "NAME");
    private readonly Option<string?> _target = CommandOptions.Text("--target", "CSV: the column of the second node [default: target]", "NAME");
    private readonly Option<string?> _weight = CommandOptions.Text("--weight", "CSV: the column of the weight", "NAME");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_directed, _weighted, _source, _target, _weight])
            command.Add(option);
    }

    /// <summary>Names of a table that had white space, which is _ now.</summary>
    public long Changed { get; private set; }

    /// <summary>Reads the graph in <paramref name="path"/> as it is found, without weights and directions.</summary>
    public static Graph Read(string path, CancellationToken cancellation) => new GraphInput().Read(path, false, false, null, cancellation);

    /// <summary>Reads the graph in <paramref name="path"/>; - is standard input.</summary>
    public Graph Read(ParseResult parsed, string path, CancellationToken cancellation)
    {
        bool isWeighted = parsed.GetValue(_weighted) || parsed.GetValue(_weight) is not null;
        List<(string, string)> columns = [(parsed.GetValue(_source) ?? "source", "--source"), (parsed.GetValue(_target) ?? "target", "--target")];
        if (isWeighted)
            columns.Add((parsed.GetValue(_weight) ?? "weight", "--weight"));
        bool areNamed = parsed.GetValue(_source) is not null || parsed.GetValue(_target) is not null || parsed.GetValue(_weight) is not null;
        return Read(path, parsed.GetValue(_directed), isWeighted, areNamed || CsvColumns.IsCsv(path) ? columns : null, cancellation);
    }

    private Graph Read(string path, bool isDirected, bool isWeighted, List<(string, string)>? columns, CancellationToken cancellation)
    {
        var source = CorpusSource.From(path);
        if (columns is null && !CsvColumns.IsCsv(path))
            return Graph.Read(source, isDirected, isWeighted, cancellation);
        var builder = new GraphBuilder(isDirected);
        foreach (CorpusEntry entry in source.Entries)
        {
            using StreamReader file = source.OpenText(entry);
            foreach ((int line, string[] fields) in CsvColumns.Read(file, entry.Name, CsvColumns.Delimiter(path), columns ?? Standard))
            {
                cancellation.ThrowIfCancellationRequested();
                Add(builder, fields, $"{entry.Name}, line {line}");
            }
        }

        return builder.NodeCount > 0 ? builder.Build() : throw new Word2VecException(ErrorKind.Input, $"The graph {source.Name} has no edges below its first row.");
    }

    private void Add(GraphBuilder builder, string[] fields, string place)
    {
        double weight = 1;
        if (fields.Length > 2 && !double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out weight))
            throw new Word2VecException(ErrorKind.Input, $"{place}: the weight is '{ResultTable.Printable(fields[2])}'; a number was expected. Correct it there.");
        try
        {
            builder.Add(Name(fields[0]), Name(fields[1]), weight);
        }
        catch (Word2VecException e)
        {
            throw new Word2VecException(e.Kind, $"{place}: {e.Message}", e);
        }
    }

    // White space would make two words of a name.
    private byte[] Name(string field)
    {
        string name = field.Trim();
        if (name.Any(WordNames.IsForbidden))
        {
            name = WordNames.Fit(name);
            Changed++;
        }

        return Encoding.UTF8.GetBytes(name);
    }
}
