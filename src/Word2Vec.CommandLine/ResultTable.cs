using Spectre.Console;

namespace Word2Vec.CommandLine;

/// <summary>A table for people: framed on a terminal, plain aligned columns elsewhere.</summary>
internal sealed class ResultTable
{
    private readonly Table _table = new();

    /// <summary>
    /// Makes an empty table; a title that begins with '#' (which is not shown) makes a column of numbers, aligned at the right.
    /// </summary>
    public ResultTable(params string[] titles)
    {
        foreach (string title in titles)
        {
            var column = new TableColumn(new Text(title.TrimStart('#'), new Style(decoration: Decoration.Bold)));
            _table.AddColumn(title.StartsWith('#') ? column.RightAligned() : column);
        }
    }

    public void Add(params string[] cells) => _table.AddRow(cells.Select(cell => new Text(Printable(cell))));

    /// <summary>Draws a line before the rows that follow.</summary>
    public void Separate() => _table.AddEmptyRow();

    public void Write(Terminal terminal)
    {
        var buffer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(buffer),
            Ansi = terminal.Colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = terminal.OutIsTerminal ? terminal.Width : 1000;
        console.Profile.Capabilities.Unicode = terminal.OutIsTerminal;
        _table.Border = terminal.OutIsTerminal ? TableBorder.Rounded : TableBorder.None;
        console.Write(_table);
        foreach (string line in buffer.ToString().TrimEnd('\n').Split('\n'))
            terminal.Out.WriteLine(line.TrimEnd());
    }

    /// <summary>The text without characters that would steer a terminal: words come from files that anybody wrote.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
