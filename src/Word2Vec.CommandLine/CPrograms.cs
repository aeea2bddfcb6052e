namespace Word2Vec.CommandLine;

/// <summary>
/// The programs that come with word2vec.c, as commands: <c>distance</c>, <c>word-analogy</c> and <c>compute-accuracy</c>; and <c>help</c>,
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
        _ => args,
    };

    private static string[] Accuracy(string vectors, string threshold) =>
        ["evaluate", vectors, "--analogies", "-", "--restrict", threshold];
}
