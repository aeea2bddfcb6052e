using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Training;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>The options of a training that begins with vectors.</summary>
internal sealed class FineTuningOptionSet
{
    private const string All = "all";

    private readonly Option<string?> _from = CommandOptions.Text(
        "--from", "Begin with these vectors, of any format that convert reads, in place of random ones; --size is theirs", "VECTORS");
    private readonly Option<string?> _freeze = CommandOptions.Text(
        "--freeze", $"Keep these vectors of --from as they are: {All}, or a file with a word a line", $"{All}|FILE");
    private readonly Option<bool> _dropAbsent =
        CommandOptions.Switch("--drop-absent", "Leave out the words of --from that are not in the corpus; otherwise they stay as they are");

    public void AddTo(Command command)
    {
        command.Add(_from);
        command.Add(_freeze);
        command.Add(_dropAbsent);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_from) is null && (result.GetResult(_freeze) is not null || result.GetResult(_dropAbsent) is { Implicit: false }))
                result.AddError("--freeze and --drop-absent say what becomes of the vectors of --from, which is missing; give it too, or leave them out");
        });
    }

    /// <summary>The files that are read; an empty name where there is none.</summary>
    public IEnumerable<string> Inputs(ParseResult parsed) => [Path(parsed) ?? "", FrozenFile(parsed) ?? ""];

    /// <summary>The file of the vectors; null: the training begins with random ones.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_from);

    /// <summary>What the training begins with, whose vectors the caller disposes; null: with random vectors.</summary>
    public FineTuning? Read(ParseResult parsed, string[] corpus)
    {
        if (Path(parsed) is not { } path)
            return null;
        if (path == "-" && corpus.Contains("-"))
            throw new Word2VecException(ErrorKind.Usage, "Standard input (-) is named twice, as corpus and as --from; it can be read once. Name a file instead.");
        string[] frozen = FrozenFile(parsed) is { } file ? TextFile.ReadLines(file, "a word on each line") : [];
        return new FineTuning(VectorFile.Open(path))
        {
            KeepsAbsent = !parsed.GetValue(_dropAbsent),
            FreezesAll = parsed.GetValue(_freeze) == All,
            FrozenWords = [.. frozen.Select(line => line.Trim()).Where(line => line.Length > 0)],
        };
    }

    /// <summary>
    /// <paramref name="options"/> with the size of the vectors that are begun with, unless another one <paramref name="isGiven"/>.
    /// </summary>
    public static TrainingOptions WithSize(TrainingOptions options, WordVectors from, bool isGiven, string path)
    {
        if (isGiven && options.VectorSize != from.Size)
            throw new Word2VecException(ErrorKind.Usage, $"--size is {options.VectorSize}, but the vectors of --from {path} have {from.Size} components; " +
                $"leave --size out or give {from.Size}.");
        TrainingOptions own = options with { VectorSize = from.Size };
        own.Validate();
        return own;
    }

    private string? FrozenFile(ParseResult parsed) => parsed.GetValue(_freeze) is { } text && text != All ? text : null;
}
