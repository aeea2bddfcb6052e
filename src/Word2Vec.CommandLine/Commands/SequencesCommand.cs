using System.CommandLine;
using System.Text;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Corpora;
using Word2Vec.Numerics;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec sequences</c>: events of a table, such as scans, clicks or purchases, as sentences: one for each order, visit or customer.</summary>
internal sealed class SequencesCommand : ToolCommand
{
    private readonly Argument<string[]> _events = new("EVENTS")
    {
        Description = "CSV tables with names in the first row, plain or .gz, or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = CommandOptions.Text("--output", "Where the sequences go, one a line; - is standard output", "FILE", "-o");
    private readonly Option<string?> _group = CommandOptions.Text("--group", "The column whose value says what belongs together: an order, a visit, a customer", "NAME");
    private readonly Option<string?> _item = CommandOptions.Text("--item", "The column of what was bought, seen or scanned", "NAME");
    private readonly Option<string?> _sort =
        CommandOptions.Text("--sort", "The column of the time, by which a sequence goes; numbers or dates that begin with the year [default: as they come]", "NAME");
    private readonly Option<bool> _grouped =
        CommandOptions.Switch("--grouped", "The rows of a group stand together: write each sequence at once, in little memory");
    private readonly HoldOutOptionSet _holdOut = new("Write this share of the sequences, drawn, elsewhere", "Where these go, for evaluate --baskets");
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Which ones are held out follows from it", 1ul);
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write what was counted as JSON");

    public SequencesCommand(Host host)
        : base(host, "sequences", "Make sentences of events: the items of each order, visit or customer, as text to train on.")
    {
        _output.Required = _group.Required = _item.Required = true;
        Add(_events);
        foreach (Option option in (Option[])[_output, _group, _item, _sort, _grouped])
            Add(option);
        _holdOut.AddTo(this);
        foreach (Option option in (Option[])[_seed, _quiet, _json])
            Add(option);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec sequences orders.csv --group order --item product -o baskets.txt",
        "word2vec sequences clicks.csv.gz --group visit --item page --sort time -o - | word2vec train - -o pages.bin",
        "word2vec sequences orders.csv --group order --item product -o baskets.txt --hold-out 0.2 --held-out-file held-out.txt",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "White space in an item becomes _, so that it stays one word. Unless --grouped is given, all events are held in memory: 20 bytes each and\n"
            + "their names once.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string[] inputs = parsed.GetRequiredValue(_events);
        string output = parsed.GetRequiredValue(_output)!;
        (double share, string? heldOutFile) = _holdOut.Read(parsed);
        bool toStandardOutput = output == VectorOutput.StandardOutput;
        VectorInput.CheckOutput(toStandardOutput ? null : output, inputs);
        VectorInput.CheckOutput(heldOutFile, [.. inputs, output]);
        CancellationToken cancellation = Host.StopGracefully(toStandardOutput ? "the sequences are incomplete" : $"nothing was written, {output} is as it was");
        var events = new EventTable(
            CorpusSource.From(inputs), parsed.GetRequiredValue(_group)!, parsed.GetRequiredValue(_item)!, parsed.GetValue(_sort), parsed.GetValue(_grouped));
        var writer = new SequenceWriter(share, parsed.GetValue(_seed));
        if (toStandardOutput && heldOutFile is null)
            writer.Write(events.Sequences(cancellation), Host.Terminal.OutBytes, null);
        else if (toStandardOutput)
            AtomicFile.Write(heldOutFile!, held => writer.Write(events.Sequences(cancellation), Host.Terminal.OutBytes, held));
        else if (heldOutFile is null)
            AtomicFile.Write(output, file => writer.Write(events.Sequences(cancellation), file, null));
        else
            WriteBoth(events, writer, output, heldOutFile, cancellation);
        Report(parsed, events, writer, output, heldOutFile);
        return ExitCodes.Success;
    }

    // Both take their names when both are complete; what is held out waits in memory, being the smaller part.
    private static void WriteBoth(EventTable events, SequenceWriter writer, string output, string heldOutFile, CancellationToken cancellation)
    {
        using var held = new MemoryStream();
        AtomicFile.Write(
        [
            (output, file => writer.Write(events.Sequences(cancellation), file, held)),
            (heldOutFile, file => held.WriteTo(file)),
        ]);
    }

    private void Report(ParseResult parsed, EventTable events, SequenceWriter writer, string output, string? heldOutFile)
    {
        if (!parsed.GetValue(_quiet))
        {
            Host.Error.WriteLine(FormattableString.Invariant($"events      {events.Events:N0} of {events.Items:N0} different items"));
            if (events.Changed > 0)
                Host.Error.WriteLine(FormattableString.Invariant($"items       {events.Changed:N0} events had white space in the item, in place of which it has _ now"));
            Host.Error.WriteLine(FormattableString.Invariant(
                $"sequences   {writer.Kept:N0}{(heldOutFile is null ? "" : $" and {writer.HeldOut:N0} held out")}, {events.Events / (double)Math.Max(1, writer.Kept + writer.HeldOut):F1} items each"));
            Host.Error.WriteLine($"written     {(output == VectorOutput.StandardOutput ? "to standard output" : output)}{(heldOutFile is null ? "" : " and " + heldOutFile)}");
        }

        if (parsed.GetValue(_json))
            Host.Out.WriteLine(Json.Write(indented: true, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("events", events.Events);
                json.WriteNumber("items", events.Items);
                json.WriteNumber("sequences", writer.Kept);
                json.WriteNumber("held-out", writer.HeldOut);
                json.WriteString("output", output);
                json.WriteEndObject();
            }));
    }

    /// <summary>Writes sequences as lines, a drawn share of them elsewhere.</summary>
    private sealed class SequenceWriter(double share, ulong seed)
    {
        private readonly DrawKey _key = DrawKey.From(seed, 0, 0);

        public long Kept { get; private set; }

        public long HeldOut { get; private set; }

        public void Write(IEnumerable<IEnumerable<string>> sequences, Stream output, Stream? heldOut)
        {
            using var kept = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            using var held = new StreamWriter(heldOut ?? Stream.Null, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            foreach (IEnumerable<string> sequence in sequences)
            {
                bool isHeldOut = heldOut is not null && _key.Draw(Kept + HeldOut) < share * 4294967296.0;
                StreamWriter target = isHeldOut ? held : kept;
                target.Write(string.Join(' ', sequence));
                target.Write('\n');
                (Kept, HeldOut) = (Kept + (isHeldOut ? 0 : 1), HeldOut + (isHeldOut ? 1 : 0));
            }
        }
    }
}
