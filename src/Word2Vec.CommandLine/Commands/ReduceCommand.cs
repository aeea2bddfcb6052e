using System.CommandLine;
using Word2Vec.Analysis;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec reduce</c>: the same words with fewer components.</summary>
internal sealed class ReduceCommand : ToolCommand
{
    private readonly Argument<string> _input = new("INPUT") { Description = "A file of vectors, or - for standard input" };
    private readonly Argument<string> _output = new("OUTPUT") { Description = "The file to write, or - for standard output" };
    private readonly Option<int> _size = CommandOptions.Number("--size", "Components of the new vectors", 50);
    private readonly Option<string?> _method = CommandOptions.ChoiceWithDefault(
        "--method", "How the components are found; randomized suits vectors of thousands of components", "exact", "randomized");
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "randomized: what the search begins with follows from it", 1ul);
    private readonly Option<string?> _to = FormatNames.Option("--to", "The output's format, where its ending does not say it", "--format");
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Take only the first N words; 0: all", 0);
    private readonly Option<string?> _words = VectorInput.Words();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write what the components keep as JSON");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public ReduceCommand(Host host)
        : base(host, "reduce", "Write vectors of fewer components that keep as much of their variance as can be (PCA).")
    {
        Add(_input);
        Add(_output);
        Add(_size);
        Add(_method);
        Add(_seed);
        Add(_to);
        Add(_limit);
        Add(_words);
        Add(_json);
        Add(_quiet);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec reduce reviews.bin small.bin --size 50",
        "word2vec reduce embeddings.npy flat.npy --size 2",
        "word2vec reduce images.npy small.npy --size 50 --method randomized",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_input), path = parsed.GetRequiredValue(_output);
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_to), path);
        var output = new VectorOutput(Host.Terminal, path, format);
        output.Check();
        VectorInput.CheckOutput(output.IsStandardOutput ? null : path, [input]);
        CancellationToken cancellation = Host.StopGracefully(output.WhatIsLeft);
        using WordVectors vectors = VectorInput.Open(input, parsed.GetValue(_words), parsed.GetValue(_limit));
        int size = parsed.GetValue(_size);
        using var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet));
        PrincipalComponents components = parsed.GetValue(_method) == "exact" ? PrincipalComponents.Of(vectors, size, 0, progress, cancellation)
            : PrincipalComponents.Approximate(vectors, size, parsed.GetValue(_seed), 0, progress, cancellation);
        using WordVectors reduced = components.Apply(vectors);
        progress.Clear();
        output.Save(reduced);
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(ToJson(vectors, components));
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant(
                $"{reduced.Size} of {vectors.Size} components keep {components.Kept:P1} of the variance; {vectors.Count:N0} words written to {path} ") +
                $"({FormatNames.Describe(format)})");
        return ExitCodes.Success;
    }

    private static string ToJson(WordVectors vectors, PrincipalComponents components) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("words", vectors.Count);
        writer.WriteNumber("size-before", vectors.Size);
        writer.WriteNumber("size", components.Variances.Count);
        writer.WriteFinite("kept", components.Kept);
        writer.WriteFinite("variance", components.TotalVariance);
        writer.WriteStartArray("variances");
        foreach (double variance in components.Variances)
            writer.WriteNumberValue(variance);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
