using System.Text;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>Words with labels, as far as they have vectors.</summary>
public sealed class LabeledWords
{
    // Far beyond any list of labels; a file of vectors given by mistake is not read to its end.
    private const long LargestFile = 1L << 30;
    private const string Expected = "a word, a tab and a label";

    private LabeledWords(IReadOnlyList<string> labels, IReadOnlyList<int> ids, IReadOnlyList<int> classes, int unknown) =>
        (Labels, Ids, Classes, Unknown) = (labels, ids, classes, unknown);

    /// <summary>The different labels in the order of their characters.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The ids of the labelled words.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The label of each of <see cref="Ids"/>, as its place in <see cref="Labels"/>.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>Words of the file that have no vector and were left out.</summary>
    public int Unknown { get; }

    /// <summary>
    /// Reads <paramref name="path"/>: on each line a word, a tab and a label (what follows another tab is passed over); or, for as many lines as there are
    /// vectors, the label of each, in their order. Empty lines are passed over; a word may come again with the same label.
    /// </summary>
    /// <exception cref="Word2VecException">The file is missing, a line is neither, a word has two labels, or no word has a vector (Input).</exception>
    public static LabeledWords Read(string path, WordVectors vectors)
    {
        string[] lines = Lines(path);
        bool inOrder = lines.Length == vectors.Count && !lines.Any(line => line.Contains('\t'));
        var found = new Dictionary<int, string>();
        int unknown = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 && !inOrder)
                continue;
            (string word, string label) = inOrder ? ("", lines[i]) : Parse(path, i + 1, lines[i]);
            if (!inOrder && !vectors.Words.TryGetId(word, out _))
                unknown++;
            else if (!found.TryAdd(inOrder ? i : IdOf(vectors, word), label) && found[IdOf(vectors, word)] != label)
                throw new Word2VecException(ErrorKind.Input, $"Line {i + 1} of '{path}' labels '{word}' {label}; a line before labels it " +
                    $"{found[IdOf(vectors, word)]}. One label a word was expected; remove one of the lines.");
        }

        if (found.Count == 0)
            throw new Word2VecException(ErrorKind.Input, $"'{path}' labels {unknown} words, none of which is among the {vectors.Count} words of the vectors; " +
                $"{Expected} were expected on each line. Are the words spelt as in the vectors?");
        return From(found.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)), unknown);
    }

    /// <summary>Takes ids of words with their labels.</summary>
    public static LabeledWords From(IEnumerable<(int Id, string Label)> words) => From(words, 0);

    /// <summary>
    /// Parts the words into <paramref name="folds"/> parts, each of which has the same share of every label as nearly as can be, and returns for each part
    /// the other words and its own. The draws follow from <paramref name="seed"/>.
    /// </summary>
    /// <exception cref="Word2VecException">There are fewer words than parts, or fewer than two parts (Usage).</exception>
    public IReadOnlyList<(LabeledWords Train, LabeledWords Test)> Folds(int folds, ulong seed = 1)
    {
        OptionCheck.Range("folds", folds, 2, Math.Max(2, Ids.Count));
        if (Ids.Count < folds)
            throw new Word2VecException(ErrorKind.Usage, $"{Ids.Count} labelled words cannot be parted into {folds} folds; label more words.");
        int[] order = Drawn(seed);
        var foldOf = new int[Ids.Count];
        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % folds;
        return [.. Enumerable.Range(0, folds).Select(fold => (Where(i => foldOf[i] != fold), Where(i => foldOf[i] == fold)))];
    }

    /// <summary>
    /// Holds back the share <paramref name="test"/>, 0 … 1, of every label, as nearly as can be. The draws follow from <paramref name="seed"/>.
    /// </summary>
    public (LabeledWords Train, LabeledWords Test) Split(double test, ulong seed = 1)
    {
        OptionCheck.Range("test", test, 0, 1);
        int[] order = Drawn(seed);
        var held = new bool[Ids.Count];
        // Along the words in the order of their labels every so manieth is held back.
        for (int i = 0; i < order.Length; i++)
            held[order[i]] = (long)((i + 1) * test + 0.5) > (long)(i * test + 0.5);
        return (Where(i => !held[i]), Where(i => held[i]));
    }

    private static LabeledWords From(IEnumerable<(int Id, string Label)> words, int unknown)
    {
        (int Id, string Label)[] all = [.. words];
        string[] labels = [.. all.Select(word => word.Label).Distinct().Order(StringComparer.Ordinal)];
        var places = labels.Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place);
        return new LabeledWords(labels, [.. all.Select(word => word.Id)], [.. all.Select(word => places[word.Label])], unknown);
    }

    // Label by label, the words of each in a drawn order.
    private int[] Drawn(ulong seed)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        return [.. Enumerable.Range(0, Ids.Count).OrderBy(i => Classes[i]).ThenBy(i => key.Draw(Ids[i])).ThenBy(i => i)];
    }

    private LabeledWords Where(Func<int, bool> taken)
    {
        int[] places = [.. Enumerable.Range(0, Ids.Count).Where(taken)];
        return new LabeledWords(Labels, [.. places.Select(i => Ids[i])], [.. places.Select(i => Classes[i])], 0);
    }

    private static int IdOf(WordVectors vectors, string word) => vectors.Words.TryGetId(word, out int id) ? id : -1;

    private static (string Word, string Label) Parse(string path, int number, string line)
    {
        string[] parts = line.Split('\t');
        if (parts.Length >= 2 && parts[0].Length > 0 && parts[1].Trim().Length > 0)
            return (parts[0], parts[1].Trim());
        string shown = new([.. line.Take(60).Select(c => char.IsControl(c) ? '\ufffd' : c)]);
        throw new Word2VecException(ErrorKind.Input, $"Line {number} of '{path}' is '{shown}'; {Expected} were expected (or a label alone on as many lines " +
            "as there are vectors). Correct the line.");
    }

    private static string[] Lines(string path)
    {
        if (!File.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"There is no file '{path}'; a file with {Expected} on each line was expected. Check the name and the folder.");
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is larger than {LargestFile} bytes; a file with {Expected} on each line was expected. " +
                    "Are these vectors or a corpus?");
            return File.ReadAllLines(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be read: {error.Message}", error);
        }
    }
}
