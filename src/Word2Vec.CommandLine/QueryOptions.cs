namespace Word2Vec.CommandLine;

/// <summary>The ranges of the options that queries share.</summary>
internal static class QueryOptions
{
    public static int Count(int value) => Check("--count", value, 1, 1_000_000);

    public static int Restrict(int value) => Check("--restrict", value, 0, int.MaxValue);

    public static int Check(string option, int value, int lowest, int highest) => value >= lowest && value <= highest
        ? value
        : throw new Word2VecException(ErrorKind.Usage, $"The option {option} is {value}; it must lie between {lowest} and {highest}.");
}
