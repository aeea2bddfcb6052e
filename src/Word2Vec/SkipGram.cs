using System.Collections.ObjectModel;
using Word2Vec.Corpora;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec;

/// <summary>
/// The short way in: train, save, most similar. Skip-gram is the default, the options have its whole family. The rooms behind it (corpus, trainer, index)
/// give progress, devices and batches.
/// </summary>
public static class SkipGram
{
    /// <summary>Reads the text at <paramref name="path"/> once and trains on all processors.</summary>
    /// <param name="path">A file or a folder of files, plain or .gz, one sentence a line; <c>-</c> is standard input.</param>
    /// <param name="options">How to train; null: the defaults.</param>
    /// <param name="corpusOptions">How text becomes words and which are kept; null: the defaults.</param>
    /// <param name="device">What trains; null: the processor, with all its cores.</param>
    /// <param name="progress">Told on the calling thread while it trains, not while it reads.</param>
    /// <param name="from">
    /// What to begin with, and then the vector size where <paramref name="options"/> is null; the output vectors are kept where they were. Null: random vectors.
    /// </param>
    /// <exception cref="Word2VecException">The text, an option, the device or the training is at fault; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static WordVectors Train(
        string path, TrainingOptions? options = null, CorpusOptions? corpusOptions = null, TrainingDevice? device = null,
        IProgress<TrainingProgress>? progress = null, FineTuning? from = null, CancellationToken cancellation = default) =>
        Train(CorpusSource.From(path), options, corpusOptions, device, progress, from, cancellation);

    /// <summary>Reads <paramref name="source"/> once, such as walks through a graph (<see cref="CorpusSource.Walks"/>), and trains on all processors.</summary>
    /// <inheritdoc cref="Train(string, TrainingOptions, CorpusOptions, TrainingDevice, IProgress{TrainingProgress}, FineTuning, CancellationToken)"/>
    public static WordVectors Train(
        CorpusSource source, TrainingOptions? options = null, CorpusOptions? corpusOptions = null, TrainingDevice? device = null,
        IProgress<TrainingProgress>? progress = null, FineTuning? from = null, CancellationToken cancellation = default)
    {
        options ??= new TrainingOptions { VectorSize = from?.Base.Size ?? new TrainingOptions().VectorSize };
        options.Validate();
        using EncodedCorpus corpus = CorpusEncoder.Encode(
            source, corpusOptions ?? new CorpusOptions(), cacheFolder: null, progress: null, cancellation);
        Weights weights = from?.Start(corpus, options) ?? Fresh(corpus, options);
        try
        {
            Trainer.Train(corpus, options, weights, device ?? new CpuDevice(), progress, cancellation: cancellation);
            bool keepOutput = from?.Base.OutputVectors is not null && options.OutputLayer == OutputLayer.NegativeSampling;
            WordVectors trained = Vectors(corpus, weights, options, corpusOptions, keepOutput);
            return from?.Finish(trained) ?? trained;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Does what <see cref="Train(string, TrainingOptions, CorpusOptions, TrainingDevice, IProgress{TrainingProgress}, FineTuning, CancellationToken)"/> does on a thread of its own, for callers that must not wait: servers and windows.</summary>
    /// <param name="progress">Told on the training's thread; a <see cref="Progress{T}"/> hands it to the thread that made it.</param>
    /// <inheritdoc cref="Train(string, TrainingOptions, CorpusOptions, TrainingDevice, IProgress{TrainingProgress}, FineTuning, CancellationToken)"/>
    public static Task<WordVectors> TrainAsync(
        string path, TrainingOptions? options = null, CorpusOptions? corpusOptions = null, TrainingDevice? device = null,
        IProgress<TrainingProgress>? progress = null, FineTuning? from = null, CancellationToken cancellation = default) => Task.Factory.StartNew(
            () => Train(path, options, corpusOptions, device, progress, from, cancellation),
            cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>The input vectors of <paramref name="weights"/> as word vectors. The weights are disposed: their memory is given back or handed over.</summary>
    /// <exception cref="ArgumentException">There are not as many rows as words, or they have subwords, which the options are needed for.</exception>
    public static WordVectors Vectors(WordIndex words, Weights weights)
    {
        RequireRows(words, weights, null);
        return Take(words, weights, false, null, ReadOnlyDictionary<string, string>.Empty);
    }

    /// <summary>
    /// The same with what is known besides: how often each word stood in <paramref name="corpus"/>, and the options, so that a format with room for
    /// it keeps both (<see cref="TrainingMetadata"/> has the names).
    /// </summary>
    /// <param name="keepOutput">Also hands the output vectors over (<see cref="WordVectors.OutputVectors"/>).</param>
    /// <exception cref="Word2VecException">The output vectors are to be kept, but belong to the nodes of a tree and not to words.</exception>
    public static WordVectors Vectors(
        EncodedCorpus corpus, Weights weights, TrainingOptions options, CorpusOptions? corpusOptions = null, bool keepOutput = false)
    {
        RequireRows(corpus.Vocabulary.Words, weights, options.Subwords);
        if (keepOutput && options.OutputLayer == OutputLayer.HierarchicalSoftmax)
            throw new Word2VecException(ErrorKind.Usage, "The output vectors of hierarchical softmax belong to the nodes of its tree, not to words, and cannot "
                + "be kept with the vectors. Leave --output-vectors out, or train with negative sampling.");
        IReadOnlyDictionary<string, string> metadata = TrainingMetadata.Of(corpus, options, corpusOptions);
        long[] counts = corpus.Vocabulary.Counts.ToArray();
        return options.Subwords is { } subwords
            ? TakeMeans(corpus.Vocabulary.Words, weights, subwords, keepOutput, counts, metadata)
            : Take(corpus.Vocabulary.Words, weights, keepOutput, counts, metadata);
    }

    /// <summary>Writes the vectors atomically; .txt and .vec are word2vec text, .w2v a Word2Vec file, other names as <see cref="VectorFile.FormatOf"/> says.</summary>
    /// <exception cref="Word2VecException">The file could not be written; what was there before is untouched.</exception>
    public static void Save(this WordVectors vectors, string path) => VectorFile.Save(vectors, path);

    /// <summary>The words most similar to <paramref name="word"/>, best first. For many questions make one <see cref="VectorIndex"/>.</summary>
    /// <exception cref="Word2VecException">The word is not among the vectors; the message names the nearest spellings.</exception>
    public static IReadOnlyList<Neighbor> MostSimilar(this WordVectors vectors, string word, int count = 10) =>
        new VectorIndex(vectors).MostSimilar([word], null, count);

    /// <summary>
    /// The input vectors of <paramref name="weights"/> as word vectors, without a copy: for a look at a training that goes on. They are the weights'
    /// memory, change with it and end with it; disposing them leaves it alone. With <paramref name="subwords"/> they are means, and so a copy.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many rows as words and buckets.</exception>
    public static unsafe WordVectors View(WordIndex words, Weights weights, SubwordOptions? subwords = null)
    {
        RequireRows(words, weights, subwords);
        if (subwords is not null)
        {
            using SubwordVectors rows = Subwords(words, weights, subwords, owner: null);
            NativeBuffer<float> means = rows.Means();
            return new WordVectors(words, weights.Size, means.First, (long)weights.Size * sizeof(float), means);
        }

        return new WordVectors(words, weights.Size, weights.Input, (long)weights.Stride * sizeof(float), owner: null);
    }

    /// <summary>Weights as a training without anything to begin with begins.</summary>
    internal static Weights Fresh(EncodedCorpus corpus, TrainingOptions options)
    {
        var weights = new Weights(corpus.Vocabulary.Count, options);
        weights.Initialize(options.Seed);
        return weights;
    }

    private static unsafe WordVectors Take(
        WordIndex words, Weights weights, bool keepOutput, IReadOnlyList<long>? counts, IReadOnlyDictionary<string, string> metadata)
    {
        long stride = (long)weights.Stride * sizeof(float);
        if (!keepOutput)
            weights.FreeOutput();

        // More components than an array can hold stay where they are, and those that a second matrix belongs to.
        if (keepOutput || (long)weights.Rows * weights.Size > Array.MaxLength)
        {
            WordVectors? output = keepOutput ? new WordVectors(words, weights.Size, weights.Output, stride, weights) : null;
            return new WordVectors(words, weights.Size, weights.Input, stride, weights) { Counts = counts, Metadata = metadata, OutputVectors = output };
        }

        using (weights)
        {
            var rows = new float[weights.Rows * weights.Size];
            for (int id = 0; id < weights.Rows; id++)
                weights.InputRow(id).CopyTo(rows.AsSpan(id * weights.Size));
            return new WordVectors(words, weights.Size, rows) { Counts = counts, Metadata = metadata };
        }
    }

    /// <summary>The means as the vectors, and with them the rows that they are means of.</summary>
    private static unsafe WordVectors TakeMeans(
        WordIndex words, Weights weights, SubwordOptions options, bool keepOutput, IReadOnlyList<long>? counts, IReadOnlyDictionary<string, string> metadata)
    {
        if (!keepOutput)
            weights.FreeOutput();
        SubwordVectors subwords = Subwords(words, weights, options, weights);
        NativeBuffer<float> means = subwords.Means();
        return new WordVectors(words, weights.Size, means.First, (long)weights.Size * sizeof(float), means)
        {
            Counts = counts,
            Metadata = metadata,
            Subwords = subwords,
            OutputVectors = keepOutput ? new WordVectors(words, weights.Size, weights.Output, (long)weights.Stride * sizeof(float), weights) : null,
        };
    }

    private static unsafe SubwordVectors Subwords(WordIndex words, Weights weights, SubwordOptions options, IDisposable? owner) => new(
        words, new Ngrams(options.ShortestNgram, options.LongestNgram, options.Buckets), weights.Size,
        weights.Input, weights.Input + (long)weights.Rows * weights.Stride, (long)weights.Stride * sizeof(float), owner);

    private static void RequireRows(WordIndex words, Weights weights, SubwordOptions? subwords)
    {
        long rows = words.Count + (long)(subwords?.Buckets ?? 0);
        if (words.Count != weights.Rows || rows != weights.InputRows)
            throw new ArgumentException($"{words.Count} words need {rows} rows; there are {weights.InputRows}, of {weights.Rows} words.", nameof(weights));
    }
}
