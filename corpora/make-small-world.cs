#:property PublishAot=false
// Makes small-world.txt, small-world-questions.txt and small-world-pairs.tsv from small-world.grammar:
//
//     dotnet run --file corpora/make-small-world.cs [folder]
//
// They go into the folder, or beside this file if none is given. The bytes are the same on every machine: the only chance is SplitMix64
// with a fixed seed, and nothing depends on a hash order, a culture or the clock.
//
// The grammar, a directive a line:
//     list NAME a/b/c                       words that {NAME} chooses from, in every section
//     section NAME COUNT                    begins a section that yields COUNT sentences
//     columns A B ...  /  row a b/c ...     its table; a cell may hold several words; the last column is the row's group
//     kin GROUP a/b/c                       words that go with every row of the group: {kin}
//     variant NAME slot=a/b; slot=...       a form of the row (male, plural, past, ...) and what its slots choose from
//     say NAME: template                    a sentence of that variant; of each of them if NAME is all
//     question SECTION A B                  analogies "a b c d" over columns A and B of all pairs of rows
//     related SCORE A [near:|other:]B       word pairs of one row, of two rows of one group, or of two rows of different groups
// In a template {x} is a slot, a column of the row, or a list; {near:x} and {other:x} are x of another row, of the same or of a
// different group; (a|b) is either. Within a sentence a word is not chosen twice from the same choice where it can be avoided.

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

string here = Path.GetDirectoryName(SourcePath())!;
string target = args.Length > 0 ? args[0] : here;
Directory.CreateDirectory(target);
Grammar grammar = Grammar.Read(Path.Combine(here, "small-world.grammar"));
grammar.RequireDistinctWords();
var random = new SplitMix64(20130116);
Write("small-world.txt", new Storyteller(grammar, random).Tell());
Write("small-world-questions.txt", Truth.Questions(grammar));
Write("small-world-pairs.tsv", Truth.Pairs(grammar, random));

void Write(string name, IEnumerable<string> lines) =>
    File.WriteAllText(Path.Combine(target, name), string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));

static string SourcePath([CallerFilePath] string path = "") => path;

/// <summary>Steele, Lea and Flood's SplitMix64: the same numbers everywhere, which System.Random does not promise.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public int Below(int count)
    {
        ulong z = _state += 0x9e3779b97f4a7c15ul;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ul;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebul;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)count, out _);
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

internal sealed record Variant(string Name, Dictionary<string, string> Slots);

internal sealed record Relation(string Score, string First, string Second);

internal sealed class Section(string name, int sentences)
{
    public string Name => name;
    public int Sentences => sentences;
    public string[] Columns { get; set; } = [];
    public List<string[]> Rows { get; } = [];
    public Dictionary<string, string> Kin { get; } = [];
    public List<Variant> Variants { get; } = [];
    public List<(string Variant, string Template)> Templates { get; } = [];
    public List<(string Name, string First, string Second)> Questions { get; } = [];
    public List<Relation> Relations { get; } = [];

    public string Cell(int row, string column) => Rows[row][Array.IndexOf(Columns, column)];

    /// <summary>A row other than <paramref name="row"/>, of its group or of a different one.</summary>
    public int Another(int row, bool near, SplitMix64 random)
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Count).Where(r => r != row && (Rows[r][^1] == Rows[row][^1]) == near)];
        return rows[random.Below(rows.Length)];
    }
}

internal sealed class Grammar
{
    public Dictionary<string, string> Lists { get; } = [];
    public List<Section> Sections { get; } = [];

    public static Grammar Read(string path)
    {
        var grammar = new Grammar();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length > 0 && line[0] != '#')
                grammar.Add(line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
        }
        return grammar;
    }

    private void Add(string directive, string rest)
    {
        string[] words = rest.Split(' ');
        switch (directive)
        {
            case "list": Lists.Add(words[0], words[1]); break;
            case "section": Sections.Add(new Section(words[0], int.Parse(words[1], CultureInfo.InvariantCulture))); break;
            case "columns": Sections[^1].Columns = words; break;
            case "row" when words.Length == Sections[^1].Columns.Length: Sections[^1].Rows.Add(words); break;
            case "kin": Sections[^1].Kin.Add(words[0], words[1]); break;
            case "variant": Sections[^1].Variants.Add(new Variant(words[0], Slots(rest[words[0].Length..]))); break;
            case "say": Sections[^1].Templates.Add((rest[..rest.IndexOf(':')], rest[(rest.IndexOf(':') + 2)..])); break;
            case "question": Sections[^1].Questions.Add((words[0], words[1], words[2])); break;
            case "related": Sections[^1].Relations.Add(new(words[0], words[1], words[2])); break;
            default: throw new InvalidDataException($"small-world.grammar: cannot read '{directive} {rest}'.");
        }
    }

    private static Dictionary<string, string> Slots(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(slot => slot.Trim().Split('=')).ToDictionary(s => s[0], s => s[1]);

    /// <summary>Answers are unique only if no word stands in two cells, nor in a cell and in the frame of a sentence.</summary>
    public void RequireDistinctWords()
    {
        IEnumerable<string> cells = Sections.SelectMany(section => section.Rows).SelectMany(row => row[..^1])
            .SelectMany(cell => cell.Split('/'));
        IEnumerable<string> frames = Sections.SelectMany(section => section.Templates.Select(t => t.Template)
            .Concat(section.Variants.SelectMany(variant => variant.Slots.Values)).Concat(section.Kin.Values)).Concat(Lists.Values);
        IEnumerable<string> frameWords = frames.SelectMany(frame => frame.Split(' ', '/', '|', '(', ')')).Distinct();
        string[] twice = [.. cells.Concat(frameWords).GroupBy(word => word).Where(same => same.Count() > 1).Select(same => same.Key)];
        if (twice.Length > 0)
            throw new InvalidDataException($"small-world.grammar: give each word of a table one place; twice: {string.Join(", ", twice)}.");
    }
}

/// <summary>Turns templates into sentences.</summary>
internal sealed class Storyteller(Grammar grammar, SplitMix64 random)
{
    private readonly HashSet<string> _said = [];

    public List<string> Tell()
    {
        var sentences = new List<string>();
        foreach (Section section in grammar.Sections)
            Tell(section, sentences);
        random.Shuffle(sentences);
        return sentences;
    }

    /// <summary>Every row gets its turn in every variant, and within a variant every template comes equally often.</summary>
    private void Tell(Section section, List<string> sentences)
    {
        var turns = new List<(int Row, Variant Variant)>();
        foreach (Variant variant in section.Variants)
            turns.AddRange(Enumerable.Range(0, section.Rows.Count).Select(row => (row, variant)));
        for (int i = 0; i < section.Sentences; i++)
        {
            (int row, Variant variant) = turns[i % turns.Count];
            string[] templates = [.. section.Templates.Where(t => t.Variant == variant.Name || t.Variant == "all").Select(t => t.Template)];
            _said.Clear();
            sentences.Add(WithArticles(Render(templates[random.Below(templates.Length)], section, row, variant)));
        }
    }

    private static string WithArticles(string sentence)
    {
        string[] words = sentence.Split(' ');
        for (int i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] == "a" && "aeiou".Contains(words[i + 1][0]))
                words[i] = "an";
        }
        return string.Join(' ', words);
    }

    private string Render(string template, Section section, int row, Variant variant)
    {
        var sentence = new StringBuilder();
        for (int at = 0; at < template.Length; at++)
        {
            char open = template[at];
            if (open is not ('{' or '('))
            {
                sentence.Append(open);
                continue;
            }
            int end = template.IndexOf(open == '{' ? '}' : ')', at);
            string inside = template[(at + 1)..end];
            sentence.Append(open == '{' ? Fill(inside, section, row, variant) : Render(Choose(inside.Split('|')), section, row, variant));
            at = end;
        }
        return sentence.ToString();
    }

    private string Fill(string slot, Section section, int row, Variant variant)
    {
        if (slot.Split(':') is [var which, var rest])
            return Fill(rest, section, section.Another(row, which == "near", random), variant);
        string choices = variant.Slots.GetValueOrDefault(slot)
            ?? (slot == "kin" ? section.Kin[section.Rows[row][^1]]
                : section.Columns.Contains(slot) ? section.Cell(row, slot)
                : grammar.Lists[slot]);
        return Render(Choose(choices.Split('/')), section, row, variant);
    }

    private string Choose(string[] choices)
    {
        int start = random.Below(choices.Length);
        for (int i = 0; i < choices.Length; i++)
        {
            string choice = choices[(start + i) % choices.Length];
            if (_said.Add(choice))
                return choice;
        }
        return choices[start];
    }
}

/// <summary>What an embedding of the small world should know.</summary>
internal static class Truth
{
    public static IEnumerable<string> Questions(Grammar grammar)
    {
        foreach (Section section in grammar.Sections)
        {
            foreach ((string name, string first, string second) in section.Questions)
            {
                yield return $": {name}";
                string[] pairs = [.. Enumerable.Range(0, section.Rows.Count)
                    .Select(row => $"{section.Cell(row, first)} {section.Cell(row, second)}")];
                foreach (string a in pairs)
                {
                    foreach (string c in pairs.Where(pair => pair != a))
                        yield return $"{a} {c}";
                }
            }
        }
    }

    /// <summary>Each relation once a row, and as many pairs of words of different sections, which are not related.</summary>
    public static List<string> Pairs(Grammar grammar, SplitMix64 random)
    {
        var pairs = new List<string>();
        foreach (Section section in grammar.Sections)
        {
            foreach (Relation relation in section.Relations)
            {
                for (int row = 0; row < section.Rows.Count; row++)
                    pairs.Add(Pair(section, relation, row, random));
            }
        }
        for (int unrelated = pairs.Count; unrelated > 0; unrelated--)
        {
            int a = random.Below(grammar.Sections.Count);
            int b = (a + 1 + random.Below(grammar.Sections.Count - 1)) % grammar.Sections.Count;
            pairs.Add($"{AnyWord(grammar.Sections[a], random)}\t{AnyWord(grammar.Sections[b], random)}\t0.5");
        }
        return [.. pairs.Distinct()];
    }

    private static string Pair(Section section, Relation relation, int row, SplitMix64 random)
    {
        string[] second = relation.Second.Split(':');
        int other = second.Length == 1 ? row : section.Another(row, second[0] == "near", random);
        return $"{section.Cell(row, relation.First)}\t{section.Cell(other, second[^1])}\t{relation.Score}";
    }

    private static string AnyWord(Section section, SplitMix64 random) =>
        section.Rows[random.Below(section.Rows.Count)][random.Below(section.Variants.Count)];
}
