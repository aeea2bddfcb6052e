using System.CommandLine;
using System.Globalization;
using System.Text;
using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary>
/// <c>word2vec classify</c>: with labels it trains a classifier and says how good it is; with a classifier it labels words, or is tested on labels.
/// </summary>
internal sealed class ClassifyCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string?> _labels = new("LABELS")
    {
        Description = "A word, a tab and its label a line; or a label for each vector, in their order",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _model = CommandOptions.Text("--model", "The classifier that labels the words, or that is tested on LABELS", "FILE");
    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Where the trained classifier goes (JSON); with --model, the words with their labels", "FILE", "-o");
    private readonly Option<int> _folds = CommandOptions.Number("--folds", "Test by training on all but one of N parts, each in turn; 0: do not", 5);
    private readonly Option<double> _test = CommandOptions.Number("--test", "Instead hold back this share of the words and test on it", 0.0, "X");
    private readonly Option<double> _penalty = CommandOptions.Number("--penalty", "How strongly large weights are held back (1/C of scikit-learn)", 1.0, "X");
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Decides which words are held back", 1ul);
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Take only the first N words; 0: all", 0);
    private readonly Option<string?> _words = VectorInput.Words();
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public ClassifyCommand(Host host)
        : base(host, "classify", "Learn labels from vectors, and label other words (logistic regression).")
    {
        Add(_vectors);
        Add(_labels);
        Add(_model);
        Add(_output);
        Add(_folds);
        Add(_test);
        Add(_penalty);
        Add(_seed);
        Add(_limit);
        Add(_words);
        Add(_json);
        Add(_quiet);
        Validators.Add(result =>
        {
            if (result.GetResult(_model) is null && result.GetResult(_labels)?.Tokens.Count is null or 0)
                result.AddError("LABELS is missing: give a file of labels to learn, or with --model a classifier that labels the words");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec classify reviews.bin labels.tsv -o model.json",
        "word2vec classify reviews.bin labels.tsv --test 0.2",
        "word2vec classify reviews.bin more-labels.tsv --model model.json",
        "word2vec classify reviews.bin --model model.json -o labelled.tsv",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_vectors);
        string? labels = parsed.GetValue(_labels), model = parsed.GetValue(_model), output = parsed.GetValue(_output);
        VectorInput.CheckOutput(output, [input, labels ?? "", model ?? ""]);
        using WordVectors vectors = VectorInput.Open(input, parsed.GetValue(_words), parsed.GetValue(_limit));
        LabeledWords? words = labels is null ? null : LabeledWords.Read(labels, vectors);
        if (words?.Unknown > 0 && !parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant($"{words.Unknown:N0} words of {labels} have no vector and are left out"));
        if (model is null)
            Train(parsed, vectors, words!, output);
        else
            Use(parsed, VectorClassifier.Open(model), vectors, words, output);
        return ExitCodes.Success;
    }

    private void Train(ParseResult parsed, WordVectors vectors, LabeledWords words, string? output)
    {
        var options = new ClassifierOptions { Penalty = parsed.GetValue(_penalty), Seed = parsed.GetValue(_seed) };
        double share = parsed.GetValue(_test);
        int folds = parsed.GetValue(_folds);
        CancellationToken cancellation = Host.StopGracefully("nothing was written");
        using var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet)) { PartName = "fold" };
        ClassifierScores? scores = share != 0 ? TestOnShare(vectors, words, share, options, progress, cancellation)
            : folds != 0 ? VectorClassifier.CrossValidate(vectors, words, folds, options, progress, cancellation) : null;

        // What is kept has seen all labels; the scores are those of classifiers that had not seen the words they were asked for.
        VectorClassifier classifier = VectorClassifier.Train(vectors, words, options, progress, cancellation);
        progress.Clear();
        if (output is not null)
            classifier.Save(output);
        if (scores is not null)
            ClassifierReport.Write(Host, scores, parsed.GetValue(_json));
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant($"trained on {words.Ids.Count:N0} words of {words.Labels.Count} labels in {classifier.Steps} steps") +
                (scores is null ? "" : share != 0 ? "; scores on words held back" : FormattableString.Invariant($"; scores by {folds}-fold cross-validation")) +
                (output is null ? "" : $"; written to {output}"));
    }

    private static ClassifierScores TestOnShare(
        WordVectors vectors, LabeledWords words, double share, ClassifierOptions options, ProgressView progress, CancellationToken cancellation)
    {
        (LabeledWords train, LabeledWords test) = words.Split(share, options.Seed);
        if (test.Ids.Count == 0)
            throw new Word2VecException(ErrorKind.Usage, FormattableString.Invariant(
                $"The share --test {share} of {words.Ids.Count} labelled words is less than a word; give a larger share or --folds."));
        return VectorClassifier.Train(vectors, train, options, progress, cancellation).Test(vectors, test);
    }

    private void Use(ParseResult parsed, VectorClassifier classifier, WordVectors vectors, LabeledWords? words, string? output)
    {
        if (words is not null)
            ClassifierReport.Write(Host, classifier.Test(vectors, words), parsed.GetValue(_json));
        if (words is not null && output is null)
            return;
        string text = Labelled(classifier, vectors, parsed.GetValue(_json));
        if (output is null)
            Host.Out.Write(text);
        else
            TextFile.Replace(output, text);
    }

    // A line for each word: word, label and probability, or an object with them.
    private static string Labelled(VectorClassifier classifier, WordVectors vectors, bool json)
    {
        var text = new StringBuilder();
        for (int id = 0; id < vectors.Count; id++)
        {
            Classification found = classifier.Classify(vectors[id]);
            string word = vectors.Words[id];
            if (!json)
                text.Append(CultureInfo.InvariantCulture, $"{ResultTable.Printable(word)}\t{ResultTable.Printable(found.Label)}\t{found.Probability:F4}");
            else
                text.Append(Json.Write(indented: false, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("word", word);
                    writer.WriteString("label", found.Label);
                    writer.WriteFinite("probability", found.Probability);
                    writer.WriteEndObject();
                }));
            text.Append('\n');
        }

        return text.ToString();
    }
}
