namespace Word2Vec.CommandLine;

/// <summary>
/// word2vec.c's spellings of the options, turned into this tool's before anything is parsed: <c>-size 200</c> is <c>--size 200</c>. A line
/// that begins with one of them and names no command means <c>train</c>, so that a command line of word2vec.c works as it is.
/// </summary>
internal static class CSpellings
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["-output"] = "--output",
        ["-size"] = "--size",
        ["-window"] = "--window",
        ["-sample"] = "--subsampling",
        ["-negative"] = "--negatives",
        ["-threads"] = "--threads",
        ["-iter"] = "--epochs",
        ["-min-count"] = "--min-count",
        ["-alpha"] = "--learning-rate",
        ["-save-vocab"] = "--save-vocabulary",
    };

    private static readonly HashSet<string> TrainingCommands = ["train", "demo", "benchmark", "vocab"];

    public static IReadOnlyList<string> Translate(IReadOnlyList<string> args)
    {
        IReadOnlyList<string> full = args.Count > 0 && IsSpelling(args[0]) ? ["train", .. args] : args;
        if (full.Count == 0 || !TrainingCommands.Contains(full[0]))
            return full;
        List<string> translated = [full[0]];
        for (int next = 1; next < full.Count;)
            next += TranslateOne(full, next, translated);
        return translated;
    }

    private static bool IsSpelling(string arg) =>
        Names.ContainsKey(arg) || arg is "-train" or "-binary" or "-cbow" or "-hs" or "-debug" or "-classes" or "-read-vocab";

    // Returns how many arguments it used.
    private static int TranslateOne(IReadOnlyList<string> args, int index, List<string> translated)
    {
        string arg = args[index];
        if (!IsSpelling(arg))
        {
            translated.Add(arg);
            return 1;
        }

        if (Names.TryGetValue(arg, out string? name))
        {
            translated.Add(name);
            return 1;
        }

        string value = index + 1 < args.Count
            ? args[index + 1]
            : throw new Word2VecException(ErrorKind.Usage, $"The option {arg} takes a value; it is the last argument.");
        translated.AddRange(TranslateValue(arg, value));
        return 2;
    }

    private static string[] TranslateValue(string option, string value) => (option, value) switch
    {
        ("-train", _) => [value],
        ("-binary", "0") => ["--format", "text"],
        ("-binary", "1") => ["--format", "binary"],
        ("-cbow", "0") or ("-hs", "0") or ("-classes", "0") or ("-debug", _) => [],
        ("-cbow", "1") => throw Missing("-cbow 1", "continuous bag of words is not there", "-cbow 0"),
        ("-hs", "1") => throw Missing("-hs 1", "hierarchical softmax is not there", "-hs 0"),
        ("-classes", _) => throw Missing($"-classes {value}", "word classes are not there", "-classes 0"),
        ("-read-vocab", _) =>
            throw Missing("-read-vocab", "the vocabulary is always counted from the corpus", "--min-count and --max-vocabulary"),
        _ => throw new Word2VecException(ErrorKind.Usage, $"The option {option} is {value}; it must be 0 or 1."),
    };

    private static Word2VecException Missing(string given, string why, string instead) =>
        new(ErrorKind.Usage, $"{given}: {why}; only skip-gram with negative sampling can be trained. Use {instead}.");
}
