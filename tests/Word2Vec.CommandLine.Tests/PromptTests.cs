using Word2Vec.Formats;
using Word2Vec.Queries;

namespace Word2Vec.CommandLine.Tests;

public class PromptTests
{
    private static ConsoleKeyInfo Letter(char c) => new(c, ConsoleKey.None, false, false, false);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);

    private static ConsoleKeyInfo Control(char letter) => new((char)(letter - 'A' + 1), (ConsoleKey)letter, false, false, true);

    // Letters are letters; < > ^ v are the arrows, | is Enter, \t Tab, ~ Backspace, # Delete, [ Home, ] End, and a capital is the letter
    // with Control.
    private static IEnumerable<ConsoleKeyInfo> Keys(string script) => script.Select(c => c switch
    {
        '<' => Key(ConsoleKey.LeftArrow),
        '>' => Key(ConsoleKey.RightArrow),
        '^' => Key(ConsoleKey.UpArrow),
        'v' => Key(ConsoleKey.DownArrow),
        '|' => Key(ConsoleKey.Enter),
        '\t' => Key(ConsoleKey.Tab),
        '~' => Key(ConsoleKey.Backspace),
        '#' => Key(ConsoleKey.Delete),
        '[' => Key(ConsoleKey.Home),
        ']' => Key(ConsoleKey.End),
        _ => char.IsAsciiLetterUpper(c) ? Control(c) : Letter(c),
    });

    private static Terminal TerminalTyping(string script, StringWriter screen, StringWriter? output = null)
    {
        var keys = new Queue<ConsoleKeyInfo>(Keys(script));
        return new Terminal
        {
            Out = output ?? new StringWriter(),
            Error = screen,
            InIsTerminal = true,
            ErrorIsTerminal = true,
            Width = 40,
            ReadKey = keys.Dequeue,
        };
    }

    [Theory]
    [InlineData("king|", "king")]
    [InlineData("kin<<x|", "kxin")]
    [InlineData("kinf~g|", "king")]
    [InlineData("xking[#|", "king")]
    [InlineData("ing[k]s|", "kings")]
    [InlineData("a bc dWx|", "a bc x")]
    [InlineData("abcU|", "")]
    [InlineData("abc<<K|", "a")]
    [InlineData("ingAkEs|", "kings")]
    [InlineData("k<D>|", "k")]
    [InlineData("quueCking|", "king")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Keys_edit_the_line(string script, string expected)
    {
        var editor = new LineEditor(TerminalTyping(script, new StringWriter()), _ => []);
        Assert.Equal(expected, editor.ReadLine("> "));
    }

    [Theory]
    [InlineData("one|two|^|", "two")]
    [InlineData("one|two|^^|", "one")]
    [InlineData("one|two|^^^^|", "one")]
    [InlineData("one|two|^^v|", "two")]
    [InlineData("one|two|dra^v|", "dra")]
    public void Arrows_walk_through_history(string script, string expected)
    {
        var editor = new LineEditor(TerminalTyping(script, new StringWriter()), _ => []);
        Assert.Equal($"one two {expected}", $"{editor.ReadLine("")} {editor.ReadLine("")} {editor.ReadLine("")}");
    }

    [Theory]
    [InlineData("D")]
    [InlineData("C")]
    public void Control_d_and_control_c_end(string script) =>
        Assert.Null(new LineEditor(TerminalTyping(script, new StringWriter()), _ => []).ReadLine("> "));

    [Fact]
    public void The_prompt_completes_words_answers_and_goes_on_after_errors()
    {
        using var tool = new Tool();
        using Vectors.WordVectors vectors = VectorFile.Open(tool.WriteVectors());
        StringWriter screen = new() { NewLine = "\n" }, output = new() { NewLine = "\n" };
        Terminal terminal = TerminalTyping("que\t|pX\t\t|zzz|king -man +wom\t|D", screen, output);
        Assert.Equal(0, new Prompt(terminal, new WordQueries(terminal, new VectorIndex(vectors), 1, json: true, LineSyntax.Expression)).Run());
        string[] answers = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, answers.Length);
        Assert.StartsWith("""{"positive":["queen"],"negative":[]""", answers[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"positive":["king","woman"],"negative":["man"]""", answers[1], StringComparison.Ordinal);
        Assert.Contains("\nprince  pear  plum\n", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("'zzz'", screen.ToString(), StringComparison.Ordinal);
    }
}
