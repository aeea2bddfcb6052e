using Word2Vec.Corpora;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Tables of events, and the sequences that they make.</summary>
/// <param name="time">The column of the time; null: events follow each other as they stand there.</param>
/// <param name="isGrouped">Whether the rows of a group stand together.</param>
internal sealed class EventTable(CorpusSource source, string group, string item, string? time, bool isGrouped)
{
    private readonly EventSequences _collected = new();
    private readonly EventTimes _times = new();
    private readonly string? _time = time;
    private string? _group;

    /// <summary>Rows that were read.</summary>
    public long Events { get; private set; }

    /// <summary>Different items.</summary>
    public int Items => _collected.Items;

    /// <summary>Rows whose item was changed to be one word.</summary>
    public long Changed { get; private set; }

    /// <summary>Reads the tables, once, and returns the items of each group.</summary>
    public IEnumerable<IEnumerable<string>> Sequences(CancellationToken cancellation)
    {
        foreach ((string groupName, string itemName, long key) in Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (isGrouped && _group is not null && _group != groupName)
            {
                foreach (IEnumerable<string> sequence in _collected.All())
                    yield return sequence;
                _collected.Clear();
            }

            _group = groupName;
            _collected.Add(groupName, itemName, key);
            Events++;
        }

        foreach (IEnumerable<string> sequence in _collected.All())
            yield return sequence;
        if (Events == 0)
            throw new Word2VecException(ErrorKind.Input, $"{source.Name} has no events below its first row; rows with the columns '{group}' and '{item}' were expected.");
    }

    private IEnumerable<(string Group, string Item, long Time)> Rows()
    {
        List<(string, string)> columns = [(group, "--group"), (item, "--item")];
        if (_time is not null)
            columns.Add((_time, "--sort"));
        foreach (CorpusEntry entry in source.Entries)
        {
            using StreamReader file = source.OpenText(entry);
            foreach ((int line, string[] fields) in CsvColumns.Read(file, entry.Name, CsvColumns.Delimiter(entry.Path), columns))
            {
                string place = $"{entry.Name}, line {line}", name = fields[1].Trim();
                if (name.Length == 0 || fields[0].Trim().Length == 0)
                    throw new Word2VecException(ErrorKind.Input, $"{place}: the {(name.Length == 0 ? "item" : "group")} is empty; correct the row, or leave it out.");
                string word = WordNames.Fit(name);
                Changed += word == name ? 0 : 1;
                yield return (fields[0].Trim(), word, _time is null ? 0 : _times.Key(fields[2], place));
            }
        }
    }
}
