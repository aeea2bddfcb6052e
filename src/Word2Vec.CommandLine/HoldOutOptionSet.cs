using System.CommandLine;

namespace Word2Vec.CommandLine;

/// <summary>The options that keep a share of what is written back, to ask for it later.</summary>
/// <param name="share">What <c>--hold-out</c> does.</param>
/// <param name="file">Where what is held out goes.</param>
internal sealed class HoldOutOptionSet(string share, string file)
{
    private readonly Option<double> _share = CommandOptions.Number("--hold-out", share, 0.0);
    private readonly Option<string?> _file = CommandOptions.Text("--held-out-file", file, "FILE");

    /// <summary>Both of them.</summary>
    public IReadOnlyList<Option> All => [_share, _file];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_share) != 0 != result.GetResult(_file) is not null)
                result.AddError("--hold-out and --held-out-file go together; give both");
        });
    }

    /// <summary>The share, above 0 and below 1, or 0 where nothing is held out; and the file that it goes to, null then.</summary>
    public (double Share, string? File) Read(ParseResult parsed)
    {
        (double part, string? path) = (parsed.GetValue(_share), parsed.GetValue(_file));
        if (path is not null && part is not (> 0 and < 1))
            throw new Word2VecException(ErrorKind.Usage, FormattableString.Invariant($"The option --hold-out is {part}; it must lie between 0 and 1."));
        return (part, path);
    }
}
