using System.Globalization;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec;

/// <summary>
/// What <see cref="WordVectors.Metadata"/> says of a training: <c>training.*</c> the options, <c>corpus.*</c> the text and how it was read.
/// Numbers are in invariant notation.
/// </summary>
public static class TrainingMetadata
{
    /// <summary>
    /// SHA-256 of the counts and checksums of the corpus's ids and vocabulary, in hexadecimal digits: the same for the same words in the same order,
    /// wherever the text lay.
    /// </summary>
    public const string CorpusFingerprint = "corpus.fingerprint";

    /// <summary>The entries for a training with <paramref name="options"/>.</summary>
    /// <param name="corpusOptions">How the text was read; null: it is not said.</param>
    public static IReadOnlyDictionary<string, string> Of(EncodedCorpus corpus, TrainingOptions options, CorpusOptions? corpusOptions = null)
    {
        var entries = new Dictionary<string, string>();
        Add("program", $"Word2Vec {typeof(TrainingMetadata).Assembly.GetName().Version?.ToString(3)}");
        AddModel();
        Add("training.size", options.VectorSize);
        Add("training.window", options.Window);
        Add("training.negatives", options.Negatives);
        Add("training.tile", options.Tile);
        Add("training.tile-negatives", options.TileNegatives);
        Add("training.subsampling", options.SubsamplingThreshold);
        Add("training.epochs", options.Epochs);
        Add("training.learning-rate", options.LearningRate);
        Add("training.seed", options.Seed);
        Add("training.threads", options.Threads);
        if (corpus.Fingerprint is { } fingerprint)
            Add(CorpusFingerprint, fingerprint);
        Add("corpus.text-tokens", corpus.Counts.TextTokens);
        Add("corpus.tokens", corpus.Counts.Tokens);
        Add("corpus.sentences", corpus.Counts.Sentences);
        if (corpusOptions is not null)
        {
            Add("corpus.tokenizer", corpusOptions.Tokenizer == TokenizerKind.Text ? "text" : "whitespace");
            Add("corpus.min-count", corpusOptions.MinimumCount);
            Add("corpus.max-vocabulary", corpusOptions.MaximumVocabulary);
            Add("corpus.max-sentence-length", corpusOptions.MaximumSentenceLength);
        }

        return entries;

        void AddModel()
        {
            Add("training.architecture", options.Architecture == TrainingArchitecture.Cbow ? "cbow" : "skip-gram");
            Add("training.output-layer", options.OutputLayer == OutputLayer.HierarchicalSoftmax ? "hierarchical-softmax" : "negative-sampling");
            if (options.Subwords is not { } subwords)
                return;
            Add("training.min-ngram", subwords.ShortestNgram);
            Add("training.max-ngram", subwords.LongestNgram);
            Add("training.buckets", subwords.Buckets);
        }

        void Add(string name, IConvertible value) => entries.Add(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
