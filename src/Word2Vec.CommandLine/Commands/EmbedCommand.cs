using System.CommandLine;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec embed</c>: vectors of texts from the vectors of their words, or by latent semantic analysis.</summary>
internal sealed class EmbedCommand : ToolCommand
{
    private const string FromTexts = "texts", FromVectors = "vectors";

    private readonly Argument<string> _vectors =
        new("VECTORS") { Description = "A file of word vectors of any format; with --method lsa there is none" };
    private readonly Argument<string[]> _texts = new("TEXTS")
    {
        Description = "Files, folders or - for standard input, each plain or .gz; none: standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Where the vectors go, a format by its ending; - is standard output", "FILE", "-o");
    private readonly Option<string?> _method = CommandOptions.ChoiceWithDefault(
        "--method", "How the vectors of a text's words become one", "mean", "sum", "max", "tfidf", "sif", "lsa");
    private readonly Option<string?> _layout = CommandOptions.Choice(
        "--texts", "What a text is: a line, a file, or a row of a table; default: by ending, folders by file", TextLayout.Kinds);
    private readonly Option<string?> _column = CommandOptions.Text("--column", "The column of a table that has the text [default: text]", "NAME");
    private readonly Option<string?> _id = CommandOptions.Text("--id", "The column of a table that names the text [default: its number]", "NAME");
    private readonly Option<string?> _tokenizer = CommandOptions.Choice(
        "--tokenizer", "How text becomes words [default: as the vectors were trained, else text]", "whitespace", "text");
    private readonly Option<string?> _frequencies = CommandOptions.Text(
        "--frequencies", "tfidf, sif: how often words occur, from 'texts', 'vectors' or a file of words and counts [default: tfidf texts; sif " +
        "vectors, else texts]", "FROM");
    private readonly Option<double> _smoothing = CommandOptions.Number("--smoothing", "sif: words with a larger share count less than half", 1e-3);
    private readonly Option<bool> _leaveOut = CommandOptions.Switch("--leave-out-unknown", "Leave out texts without a known word, else zeros");
    private readonly Option<bool> _noSubwords = CommandOptions.Switch(
        "--no-subwords", "Leave out words that are not in the vocabulary, else they have the vector of their n-grams, where VECTORS have them");
    private readonly Option<int> _size = CommandOptions.Number("--size", "lsa: components of each vector", 100);
    private readonly Option<int> _minimumCount = CommandOptions.Number("--min-count", "lsa: leave out words that fewer texts hold", 1);
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "lsa: what the random start is derived from", 1UL);
    private readonly Option<string?> _wordsOutput = CommandOptions.Text("--words-output", "lsa: where the vectors of the words go", "FILE");
    private readonly Option<string?> _format = FormatNames.Option("--format", "The output's format, where its ending does not say it");
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write what was embedded as JSON");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public EmbedCommand(Host host)
        : base(host, "embed", "Make vectors of texts: sentences, reviews, documents.")
    {
        _output.Required = true;
        Add(_vectors);
        Add(_texts);
        foreach (Option option in (Option[])
            [
                _output, _method, _layout, _column, _id, _tokenizer, _frequencies, _smoothing, _leaveOut, _noSubwords, _size, _minimumCount, _seed, _wordsOutput,
                _format, _json, _quiet,
            ])
            Add(option);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec embed reviews.bin reviews.txt -o lines.npy",
        "word2vec embed reviews.bin mails/ -o mails.w2v --method sif",
        "word2vec embed reviews.bin tickets.csv -o tickets.w2v --column body --id number --method tfidf",
        "word2vec embed --method lsa --size 100 reviews.txt -o lsa.w2v --words-output lsa-words.w2v",
        "zcat reviews.txt.gz | word2vec embed reviews.bin -o lines.npy",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "The result is a file of vectors whose words are the texts' ids: a line's number, a file's name, a column. Files that end in .csv,\n"
            + ".tsv and .jsonl are tables. OUTPUT.json keeps how the texts were embedded, for most-similar --text.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string output = parsed.GetRequiredValue(_output)!;
        bool isLatent = parsed.GetValue(_method) == "lsa";
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_format), output);
        string[] texts = Texts(parsed, isLatent);
        var target = new VectorOutput(Host.Terminal, output, format);
        target.Check();
        CheckOutputs(parsed, output, texts);
        CancellationToken cancellation = Host.StopGracefully(target.WhatIsLeft);
        var layout = new TextLayout(parsed.GetValue(_layout), parsed.GetValue(_column), parsed.GetValue(_id));
        using var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet));
        using var source = new TextSource(texts, layout, Host.Terminal.In, progress);
        using WordVectors? words = isLatent ? null : VectorFile.Open(parsed.GetRequiredValue(_vectors));
        TextEmbedder embedder = words is null ? Learn(parsed, source, progress, cancellation) : Embedder(parsed, words, source, cancellation);
        string? wordsFile = isLatent ? parsed.GetValue(_wordsOutput) : parsed.GetRequiredValue(_vectors);
        var ids = new TextIds(format);
        EmbeddedDocuments embedded = DocumentVectors.Embed(embedder.Named(wordsFile), source.Documents("embedding").Select(ids.Fit), null, cancellation);
        using WordVectors vectors = embedded.Vectors;
        progress.Clear();
        target.Save(vectors);
        if (!target.IsStandardOutput)
            DocumentRecord.Save(output, texts, vectors.Metadata);
        Report(parsed, embedded, ids, output, format);
        return ExitCodes.Success;
    }

    private string[] Texts(ParseResult parsed, bool isLatent)
    {
        string[] texts = [.. isLatent ? [parsed.GetRequiredValue(_vectors)] : (string[])[], .. parsed.GetValue(_texts) ?? []];
        return texts.Length > 0 ? texts : [VectorOutput.StandardOutput];
    }

    private void CheckOutputs(ParseResult parsed, string output, string[] texts)
    {
        string[] inputs = [.. texts, parsed.GetRequiredValue(_vectors)];
        foreach (string path in (string[])[output, parsed.GetValue(_wordsOutput) ?? VectorOutput.StandardOutput])
        {
            if (path == VectorOutput.StandardOutput)
                continue;
            OutputCheck.NotAnInput(path, inputs);
            OutputCheck.Writable(path);
        }
    }

    private TextEmbedder Learn(ParseResult parsed, TextSource source, ProgressView progress, CancellationToken cancellation)
    {
        var options = new LatentSemanticsOptions
        {
            Size = parsed.GetValue(_size),
            MinimumCount = parsed.GetValue(_minimumCount),
            Seed = parsed.GetValue(_seed),
            Tokenizer = DocumentRecord.Parse(parsed.GetValue(_tokenizer)) ?? TokenizerKind.Text,
        };
        LatentVectors learned = LatentSemantics.Learn(source.Documents("reading").Select(document => document.Text), options, progress, cancellation);
        TextEmbedder embedder = learned.Embedder;
        progress.Clear();
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant(
                $"lsa         {embedder.Vectors.Count:N0} words; {options.Size} components keep {learned.Share:P1} of the matrix"));
        if (parsed.GetValue(_wordsOutput) is { } words)
            VectorFile.Save(embedder.Vectors, words, cancellation: cancellation);
        return embedder;
    }

    private TextEmbedder Embedder(ParseResult parsed, WordVectors words, TextSource source, CancellationToken cancellation)
    {
        string vectors = parsed.GetRequiredValue(_vectors);
        var options = new TextEmbeddingOptions
        {
            Method = Enum.Parse<TextMethod>(parsed.GetValue(_method)!, ignoreCase: true),
            Tokenizer = DocumentRecord.Parse(parsed.GetValue(_tokenizer)) ?? DocumentRecord.TokenizerOf(words, vectors) ?? TokenizerKind.Text,
            Smoothing = parsed.GetValue(_smoothing),
            LeaveOutUnknown = parsed.GetValue(_leaveOut),
            ComposeUnknown = !parsed.GetValue(_noSubwords),
        };
        options.Validate();
        if (options.Method is not (TextMethod.TfIdf or TextMethod.Sif))
            return new TextEmbedder(words, options);
        IEnumerable<string> texts = source.Documents("counting").Select(document => document.Text);
        string from = parsed.GetValue(_frequencies) ?? (options.Method == TextMethod.Sif && words.Counts is not null ? FromVectors : FromTexts);
        WordFrequencies frequencies = from switch
        {
            FromVectors => WordFrequencies.OfVectors(words),
            FromTexts when options.Method == TextMethod.TfIdf => WordFrequencies.TextsWith(words, texts, options.Tokenizer, cancellation),
            FromTexts => WordFrequencies.OfTexts(words, texts, options.Tokenizer, cancellation),
            _ => WordFrequencies.OfVocabulary(words, VocabularyFile.Read(from)),
        };
        return new TextEmbedder(words, options, frequencies);
    }

    private void Report(ParseResult parsed, EmbeddedDocuments embedded, TextIds ids, string output, VectorFormat format)
    {
        if (ids.Repeated is { } repeated)
            Host.Error.WriteLine(
                $"warning: the id '{ResultTable.Printable(repeated)}' is that of several texts; a search by it finds the first one.");
        if (!parsed.GetValue(_quiet))
        {
            if (ids.Changed > 0)
                Host.Error.WriteLine(FormattableString.Invariant(
                    $"ids         {ids.Changed:N0} changed: _ in place of white space, a number in place of nothing"));
            double known = 100.0 * embedded.KnownWords / Math.Max(1, embedded.Words);
            Host.Error.WriteLine(FormattableString.Invariant(
                $"embedded    {embedded.Texts:N0} texts of {embedded.Words:N0} words, {known:F1} % of them known"));
            string fate = parsed.GetValue(_leaveOut) ? "were left out" : "are zeros, which are like nothing";
            if (embedded.WithoutKnownWord > 0)
                Host.Error.WriteLine(FormattableString.Invariant($"unknown     {embedded.WithoutKnownWord:N0} texts without a known word {fate}"));
            Host.Error.WriteLine(FormattableString.Invariant(
                $"written     {output}: {embedded.Vectors.Count:N0} vectors of {embedded.Vectors.Size} components ({FormatNames.Describe(format)})"));
        }

        if (parsed.GetValue(_json))
            Host.Out.WriteLine(ToJson(embedded, output));
    }

    private static string ToJson(EmbeddedDocuments embedded, string output) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("output", output);
        writer.WriteString("method", embedded.Embedder.Options.Method.ToString().ToLowerInvariant());
        writer.WriteNumber("texts", embedded.Texts);
        writer.WriteNumber("vectors", embedded.Vectors.Count);
        writer.WriteNumber("size", embedded.Vectors.Size);
        writer.WriteNumber("without-known-word", embedded.WithoutKnownWord);
        writer.WriteNumber("words", embedded.Words);
        writer.WriteNumber("known-words", embedded.KnownWords);
        writer.WriteEndObject();
    });
}
