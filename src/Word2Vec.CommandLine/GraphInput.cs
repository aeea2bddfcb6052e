using System.Globalization;
using System.Text;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Corpora;

namespace Word2Vec.CommandLine;

/// <summary>Reads the file of a graph: an edge list, or the columns of a table.</summary>
internal sealed class GraphInput
{
    /// <summary>Whether edges lead from their first node to their second only.</summary>
    public bool IsDirected { get; init; }

    /// <summary>Whether the third field, or the column <see cref="Weight"/>, is the edge's weight.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>The column of the first node; null: source. A file one of whose columns is named is a table, whatever it is called.</summary>
    public string? Source { get; init; }

    /// <summary>The column of the second node; null: target.</summary>
    public string? Target { get; init; }

    /// <summary>The column of the weight; null: weight.</summary>
    public string? Weight { get; init; }

    /// <summary>Names of a table that had white space, which is _ now.</summary>
    public long Changed { get; private set; }

    /// <summary>Reads the graph in <paramref name="path"/>; - is standard input.</summary>
    /// <exception cref="Word2VecException">The file is missing, or a line of it is no edge (Input); the message names the line.</exception>
    public Graph Read(string path, CancellationToken cancellation)
    {
        var source = CorpusSource.From(path);
        bool areNamed = Source is not null || Target is not null || Weight is not null;
        if (!areNamed && !CsvColumns.IsCsv(path))
            return Graph.Read(source, IsDirected, IsWeighted, cancellation);
        List<(string Column, string Option)> columns = [(Source ?? "source", "--source"), (Target ?? "target", "--target")];
        if (IsWeighted)
            columns.Add((Weight ?? "weight", "--weight"));
        var builder = new GraphBuilder(IsDirected);
        foreach (CorpusEntry entry in source.Entries)
        {
            using StreamReader file = source.OpenText(entry);
            foreach ((int line, string[] fields) in CsvColumns.Read(file, entry.Name, CsvColumns.Delimiter(path), columns))
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
