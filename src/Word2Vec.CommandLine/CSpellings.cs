using System.Globalization;

namespace Word2Vec.CommandLine;

/// <summary>
/// word2vec.c's spellings of the options, turned into this tool's before anything is parsed: <c>-size 200</c> is <c>--size 200</c>. A line
/// that begins with one of them and names no command is a line of word2vec.c: it trains with word2vec.c's defaults.
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
        ["-read-vocab"] = "--vocabulary",
    };

    private static readonly HashSet<string> Others = ["-train", "-binary", "-cbow", "-hs", "-debug", "-classes"];

    private static readonly HashSet<string> TrainingCommands = ["train", "demo", "benchmark", "vocab"];

    public static IReadOnlyList<string> Translate(IReadOnlyList<string> args)
    {
        IReadOnlyList<string> full = args.Count > 0 && IsSpelling(args[0]) ? Complete(args) : CPrograms.Translate(args);
        if (full.Count == 0 || !TrainingCommands.Contains(full[0]))
            return full;
        full = WithoutNegatives(full);
        List<string> translated = [full[0]];
        int next = 1;
        while (next < full.Count && full[next] != "--")
            next += TranslateOne(full, next, translated);

        // Behind -- a name is a name.
        return [.. translated, .. full.Skip(next)];
    }

    private static bool IsSpelling(string arg) => Names.ContainsKey(arg) || Others.Contains(arg);

    // word2vec.c writes text unless -binary 1 is given, whatever the file is called, and trains continuous bag of words unless -cbow 0 is.
    private static List<string> Complete(IReadOnlyList<string> args)
    {
        if (!args.Contains("-output") && args.Contains("-save-vocab"))
            return CountingOnly(args);
        List<string> line = ["train", .. args];
        foreach ((string flag, string value) in ((string, string)[])[("-cbow", "1"), ("-binary", "0")])
        {
            if (!args.Contains(flag))
                line.AddRange([flag, value]);
        }

        return line;
    }

    // word2vec.c trains hierarchical softmax and negative sampling together unless one of them is 0; here it is one of them.
    private static IReadOnlyList<string> WithoutNegatives(IReadOnlyList<string> args)
    {
        int softmax = IndexOf("-hs"), negatives = IndexOf("-negative");
        if (softmax < 0 || negatives < 0 || args[softmax + 1] != "1")
            return args;
        return args[negatives + 1] == "0"
            ? [.. args.Take(negatives), .. args.Skip(negatives + 2)]
            : throw new Word2VecException(ErrorKind.Usage,
                $"-hs 1 -negative {args[negatives + 1]}: hierarchical softmax and negative sampling cannot be trained together. Use -negative 0 or -hs 0.");

        int IndexOf(string flag)
        {
            int index = args.TakeWhile(arg => arg != "--").ToList().IndexOf(flag);
            return index + 1 < args.Count ? index : -1;
        }
    }

    // Without an output word2vec.c counts the words, saves them and ends.
    private static List<string> CountingOnly(IReadOnlyList<string> args)
    {
        List<string> counting = ["vocab"];
        for (int i = 0; i < args.Count; i++)
        {
            bool isLast = i + 1 == args.Count;
            if (args[i] == "-save-vocab")
                counting.Add("--output");
            else if (!IsSpelling(args[i]) || isLast || args[i] is "-train" or "-min-count" or "-read-vocab" or "-debug")
                counting.Add(args[i]);
            else
                i++;
        }

        return counting;
    }

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
        ("-cbow", "0") => ["--architecture", "skip-gram"],
        ("-cbow", "1") => ["--architecture", "cbow"],
        ("-hs", "1") => ["--hierarchical-softmax"],
        ("-hs", "0") or ("-classes", "0") => [],
        ("-debug", "0") => ["--quiet"],
        ("-debug" or "-classes", _) when !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            throw new Word2VecException(ErrorKind.Usage, $"The option {option} is '{value}'; it must be a whole number."),
        ("-debug", _) => [],
        ("-classes", _) => throw new Word2VecException(ErrorKind.Usage,
            $"-classes {value}: word classes are not there, only vectors are written. Use -classes 0, and cluster them with another tool."),
        _ => throw new Word2VecException(ErrorKind.Usage, $"The option {option} is {value}; it must be 0 or 1."),
    };
}
