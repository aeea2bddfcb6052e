using System.Text;

namespace Word2Vec.CommandLine;

/// <summary>
/// Edits one line at the keyboard, with the keys that shells have: arrows, history, completion of the word at the cursor.
/// </summary>
internal sealed class LineEditor(Terminal terminal, Func<string, IReadOnlyList<string>> complete)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _prompt = "";
    private string _draft = "";
    private int _cursor;
    private int _drawn;
    private int _place;

    /// <summary>Reads a line; null when the user has had enough: Ctrl-C or Ctrl-D on an empty line.</summary>
    public string? ReadLine(string prompt)
    {
        (_prompt, _cursor, _drawn, _place, _draft) = (prompt, 0, 0, _history.Count, "");
        _line.Clear();
        Draw();
        while (true)
        {
            ConsoleKeyInfo key = terminal.ReadKey();
            if (key.Key == ConsoleKey.Enter)
                return Finish();
            bool interrupts = IsControl(key, 'C', '\u0003');
            if (_line.Length == 0 && (interrupts || IsControl(key, 'D', '\u0004')))
            {
                terminal.Error.WriteLine();
                return null;
            }

            if (interrupts)
                Abandon();
            else
                Press(key);
            Draw();
        }
    }

    // As in a shell: the line stays on the screen, and a new one begins below.
    private void Abandon()
    {
        terminal.Error.WriteLine("^C");
        _line.Clear();
        (_cursor, _drawn, _place, _draft) = (0, 0, _history.Count, "");
    }

    private string Finish()
    {
        terminal.Error.WriteLine();
        string line = _line.ToString();
        if (line.Trim().Length > 0 && (_history.Count == 0 || _history[^1] != line))
            _history.Add(line);
        return line;
    }

    private void Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _cursor = Math.Max(0, _cursor - 1); break;
            case ConsoleKey.RightArrow: _cursor = Math.Min(_line.Length, _cursor + 1); break;
            case ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End: _cursor = _line.Length; break;
            case ConsoleKey.UpArrow: Recall(_place - 1); break;
            case ConsoleKey.DownArrow: Recall(_place + 1); break;
            case ConsoleKey.Backspace: Erase(_cursor - 1, _cursor); break;
            case ConsoleKey.Delete: Erase(_cursor, _cursor + 1); break;
            case ConsoleKey.Tab: Complete(); break;
            case ConsoleKey.Escape: Erase(0, _line.Length); break;
            default: PressLetter(key); break;
        }
    }

    private void PressLetter(ConsoleKeyInfo key)
    {
        if (IsControl(key, 'A', '\u0001'))
            _cursor = 0;
        else if (IsControl(key, 'E', '\u0005'))
            _cursor = _line.Length;
        else if (IsControl(key, 'U', '\u0015'))
            Erase(0, _cursor);
        else if (IsControl(key, 'K', '\u000b'))
            Erase(_cursor, _line.Length);
        else if (IsControl(key, 'W', '\u0017'))
            Erase(WordStart(), _cursor);
        else if (!char.IsControl(key.KeyChar))
            Insert(key.KeyChar.ToString());
    }

    private static bool IsControl(ConsoleKeyInfo key, char letter, char code) =>
        key.KeyChar == code || (key.Modifiers.HasFlag(ConsoleModifiers.Control) && key.Key == (ConsoleKey)letter);

    // The line stays on one row, which is what lets a carriage return redraw it.
    private void Insert(string text)
    {
        if (_prompt.Length + _line.Length + text.Length >= terminal.Width)
            return;
        _line.Insert(_cursor, text);
        _cursor += text.Length;
    }

    private void Erase(int start, int end)
    {
        (start, end) = (Math.Max(0, start), Math.Min(_line.Length, end));
        if (end <= start)
            return;
        _line.Remove(start, end - start);
        _cursor = start;
    }

    private void Recall(int place)
    {
        if (place < 0 || place > _history.Count)
            return;
        if (_place == _history.Count)
            _draft = _line.ToString();
        _place = place;
        _line.Clear().Append(place == _history.Count ? _draft : _history[place]);
        _cursor = _line.Length;
    }

    private void Complete()
    {
        int start = WordStart();
        if (start < _cursor && _line[start] is '+' or '-')
            start++;
        string prefix = _line.ToString(start, _cursor - start);
        if (prefix.Length == 0)
            return;
        IReadOnlyList<string> candidates = complete(prefix);
        if (candidates.Count == 0)
            return;
        string common = candidates.Aggregate(CommonPrefix);
        if (common.Length > prefix.Length)
            Insert(common[prefix.Length..]);
        if (candidates.Count == 1)
            Insert(" ");
        else if (common.Length <= prefix.Length)
            Offer(candidates);
    }

    private void Offer(IReadOnlyList<string> candidates)
    {
        terminal.Error.WriteLine();
        terminal.Error.WriteLine(string.Join("  ", candidates.Select(ResultTable.Printable)));
        _drawn = 0;
    }

    private static string CommonPrefix(string a, string b) => a[..a.AsSpan().CommonPrefixLength(b)];

    private int WordStart()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] == ' ')
            start--;
        while (start > 0 && _line[start - 1] != ' ')
            start--;
        return start;
    }

    private void Draw()
    {
        string text = _prompt + _line;
        int blanks = Math.Max(0, _drawn - text.Length);
        terminal.Error.Write("\r" + text + new string(' ', blanks) + new string('\b', blanks + _line.Length - _cursor));
        _drawn = text.Length;
    }
}
