namespace Word2Vec.CommandLine;

/// <summary>
/// The programs that come with word2vec.c, as commands: <c>distance</c>, <c>word-analogy</c>, <c>compute-accuracy</c> and <c>word2phrase</c>; and <c>help</c>,
/// which people try first.
/// </summary>
internal static class CPrograms
{
    // As many answers as distance and word-analogy show.
    private const string Shown = "40";

    public static IReadOnlyList<string> Translate(IReadOnlyList<string> args) => args switch
    {
        ["help"] => ["--help"],
        ["help", var command] => [command, "--help"],
        ["distance", var vectors] => ["most-similar", vectors, "--count", Shown],
        ["word-analogy", var vectors] => ["analogy", vectors, "--count", Shown],
        ["compute-accuracy", var vectors] => Accuracy(vectors, "0"),
        ["compute-accuracy", var vectors, var threshold] => Accuracy(vectors, threshold),
        ["word2phrase", ..] => ["phrases", .. Phrases([.. args.Skip(1)])],
        _ => args,
    };

    private static IEnumerable<string> Phrases(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "-train")
                continue;
            if (args[i] != "-debug" || i + 1 == args.Length)
                yield return args[i] is "-output" or "-threshold" or "-min-count" ? '-' + args[i] : args[i];
            else if (args[++i] == "0")
                yield return "--quiet";
        }
    }

    private static string[] Accuracy(string vectors, string threshold) =>
        ["evaluate", vectors, "--analogies", "-", "--restrict", threshold];
}
