using System.Globalization;
using Word2Vec.Corpora;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What came out of a training.</summary>
/// <param name="Device">What trained to the end.</param>
/// <param name="Memory">What it was expected to take.</param>
/// <param name="Failure">How another device failed before; null: none did.</param>
internal sealed record TrainedVectors(
    WordVectors Vectors, TrainingSummary Summary, TrainingDevice Device, MemoryEstimate Memory, DeviceFailure? Failure = null)
{
    /// <summary>The checkpoint that it went on from; null: none.</summary>
    public Checkpoint? Resumed { get; init; }
}

/// <summary>
/// Text to vectors: reads the corpus, trains on the device that was chosen, and falls back to the CPU where that is allowed.
/// </summary>
internal sealed class TrainingRun(Host host, bool quiet, CancellationToken cancellation) : IDisposable
{
    private const long LeastCountingMemory = 8_000_000;

    private readonly ProgressView _progress = new(host.Terminal, quiet);
    private CorpusOptions? _corpusOptions;

    /// <summary>Whether the output vectors are kept with the others.</summary>
    public bool KeepOutput { get; init; }

    /// <summary>What the training begins with; null: random vectors.</summary>
    public FineTuning? From { get; init; }

    /// <summary>Reads the text of <paramref name="source"/>, or its encoded copy in <paramref name="cacheFolder"/>.</summary>
    public EncodedCorpus Read(CorpusSource source, CorpusOptions options, string? cacheFolder) => Read(() => source, options, cacheFolder);

    /// <summary>The same of what <paramref name="open"/> opens, such as a graph with its walks, which is let go when it is read.</summary>
    public EncodedCorpus Read(Func<CorpusSource> open, CorpusOptions options, string? cacheFolder)
    {
        _corpusOptions = options;
        try
        {
            return Encode(open, options, cacheFolder);
        }
        finally
        {
            _progress.Clear();
            ProcessMemory.ReturnUnused();
        }
    }

    // Nothing but this method knows the source, so that its memory goes back with the rest of what the reading left.
    private EncodedCorpus Encode(Func<CorpusSource> open, CorpusOptions options, string? cacheFolder)
    {
        CorpusSource source = open();
        return CorpusEncoder.Encode(source, options with { CountingMemory = CountingMemory() }, cacheFolder, _progress, cancellation);
    }

    // A quarter is left for what sorts the words when all are counted. What a small text takes is part of the program.
    private long CountingMemory() => Math.Max(LeastCountingMemory, (host.Memory().Bytes - MemoryEstimate.Program) / 4 * 3);

    /// <summary>What training with <paramref name="options"/> takes, and what there is; a copy for checkpoints only where there is room for it.</summary>
    public MemoryCheck Memory(EncodedCorpus corpus, TrainingOptions options, DeviceChoice choice, bool hasCheckpoints = false)
    {
        AvailableMemory available = host.Memory();
        MemoryCheck withCopy = Check(hasCheckpoints);
        return withCopy.Fits || !hasCheckpoints ? withCopy : Check(false);

        MemoryCheck Check(bool copy)
        {
            MemoryEstimate training = MemoryEstimate.Of(corpus, options, _corpusOptions?.MaximumSentenceLength ?? 0,
                copiesToHost: !(choice.Device.IsGpu || IsOwn(choice.Device)), keepsCopy: MayFallBackLater(choice), copiesForCheckpoints: copy);
            return new MemoryCheck(From?.Estimate(training, corpus.Vocabulary.Words, KeepOutput) ?? training, available) { KeepsAbsent = From?.KeepsAbsent == true };
        }
    }

    /// <summary>Trains, from the beginning or from a checkpoint.</summary>
    /// <param name="observer">Looks at the training between its epochs.</param>
    /// <param name="checkpoints">Where the training is kept; null: nowhere.</param>
    /// <exception cref="Word2VecException">Among others: the rows do not fit into the memory; none was allocated.</exception>
    public TrainedVectors Train(
        EncodedCorpus corpus, TrainingOptions options, DeviceChoice choice, IEpochObserver? observer = null, Checkpoints? checkpoints = null)
    {
        try
        {
            return TrainOn(corpus, options, choice, observer, checkpoints);
        }
        catch (Word2VecException e) when (e.Kind == ErrorKind.Device && choice.FallbackFromStart && !_progress.TrainingHasBegun)
        {
            var failure = new DeviceFailure(choice.Device.Id, e.Message);
            Warn(failure);
            return TrainOn(corpus, options, new DeviceChoice(host.Devices.Cpu, choice.Reason) { Failure = failure }, observer, checkpoints);
        }
        catch (Word2VecException e) when (e.Kind == ErrorKind.Device && e.InnerException is not null && choice.Advice.Length > 0)
        {
            // A driver's own words carry no advice.
            throw new Word2VecException(ErrorKind.Device, $"{e.Message} {choice.Advice}", e);
        }
    }

    private static bool IsOwn(TrainingDevice device) => device is CpuDevice or PlainDevice;

    private static bool MayFallBackLater(DeviceChoice choice) => choice.FallbackAnytime && !IsOwn(choice.Device);

    private void Report(Checkpoint? from)
    {
        if (from is not null)
            Remember(from);
        if (quiet)
            return;
        _progress.Clear();
        host.Error.WriteLine(from is null
            ? "resuming    from the beginning: there is no checkpoint"
            : string.Create(CultureInfo.InvariantCulture, $"resuming    from {from.Path}, {100 * from.Fraction:F1} %, epoch {from.Epoch + 1}"));
    }

    public void Dispose() => _progress.Dispose();

    private void Remember(Checkpoint saved)
    {
        string kept = string.Create(CultureInfo.InvariantCulture, $"the first {100 * saved.Fraction:F1} % of the training are kept in {saved.Path}");
        host.WhatIsLeft = $"{kept}; the same command with --resume goes on from there";
        host.WayOn = $"{char.ToUpperInvariant(kept[0])}{kept[1..]}; the same command with --resume goes on from there.";
    }

    private void Warn(string problem)
    {
        _progress.Clear();
        host.Error.WriteLine($"warning: {problem.ReplaceLineEndings(" ")}");
    }

    private void Warn(DeviceFailure failure)
    {
        _progress.Clear();
        string place = failure.Fraction > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"from {100 * failure.Fraction:F1} %, epoch {failure.Epoch + 1}, where its weights last came back whole")
            : "from the beginning";
        host.Error.WriteLine($"warning: {failure.Reason.ReplaceLineEndings(" ")} Training on the CPU {place}.");
    }

    private TrainedVectors TrainOn(
        EncodedCorpus corpus, TrainingOptions options, DeviceChoice choice, IEpochObserver? observer, Checkpoints? checkpoints)
    {
        _progress.Epochs = options.Epochs;
        MemoryCheck memory = Memory(corpus, options, choice, checkpoints is not null);
        Checkpoint? resumed = null;
        checkpoints = checkpoints is null ? null : checkpoints with
        {
            InBackground = memory.Estimate.Checkpoint > 0,
            Resumed = from => Report(resumed = from),
            Saved = Remember,
            Warned = Warn,
        };
        TrainingFallback? fallback = MayFallBackLater(choice) ? new TrainingFallback(host.Devices.Cpu, Warn) : null;
        memory.Refuse(corpus.Vocabulary, options);
        Weights weights = From?.Start(corpus, options) ?? SkipGram.Fresh(corpus, options);
        try
        {
            TrainingSummary summary = Trainer.Train(corpus, options, weights, choice.Device, _progress, observer, fallback, checkpoints, cancellation);
            WordVectors trained = SkipGram.Vectors(corpus, weights, options, _corpusOptions, KeepOutput), vectors = From?.Finish(trained) ?? trained;
            TrainingDevice device = summary.Failure is null ? choice.Device : host.Devices.Cpu;
            return new TrainedVectors(vectors, summary, device, memory.Estimate, summary.Failure ?? choice.Failure) { Resumed = resumed };
        }
        catch
        {
            weights.Dispose();
            throw;
        }
        finally
        {
            _progress.Clear();
        }
    }
}
