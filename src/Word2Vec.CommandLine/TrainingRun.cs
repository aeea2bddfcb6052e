using Word2Vec.Corpora;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What came out of a training.</summary>
/// <param name="Memory">What it was expected to take.</param>
internal sealed record TrainedVectors(WordVectors Vectors, TrainingSummary Summary, TrainingDevice Device, MemoryEstimate Memory);

/// <summary>
/// Text to vectors: reads the corpus, trains on the device that was chosen, and falls back to the CPU where that is allowed.
/// </summary>
internal sealed class TrainingRun(Host host, bool quiet, CancellationToken cancellation)
{
    private readonly ProgressView _progress = new(host.Terminal, quiet);
    private int _longestSentence;

    /// <summary>Reads the text of <paramref name="source"/>, or its encoded copy in <paramref name="cacheFolder"/>.</summary>
    public EncodedCorpus Read(CorpusSource source, CorpusOptions options, string? cacheFolder)
    {
        _longestSentence = options.MaximumSentenceLength;
        try
        {
            return CorpusEncoder.Encode(source, options, cacheFolder, _progress, cancellation);
        }
        finally
        {
            _progress.Clear();
            ProcessMemory.ReturnUnused();
        }
    }

    /// <summary>What training with <paramref name="options"/> takes, and what there is.</summary>
    public MemoryCheck Memory(EncodedCorpus corpus, TrainingOptions options, TrainingDevice device) => new(
        MemoryEstimate.Of(corpus, options, _longestSentence, copiesToHost: !(device.IsGpu || device is CpuDevice or PlainDevice)),
        host.Memory());

    /// <summary>Trains from the beginning.</summary>
    /// <param name="observer">Looks at the training between its epochs.</param>
    /// <exception cref="Word2VecException">Among others: the rows do not fit into the memory; none was allocated.</exception>
    public TrainedVectors Train(EncodedCorpus corpus, TrainingOptions options, DeviceChoice choice, IEpochObserver? observer = null)
    {
        try
        {
            return TrainOn(corpus, options, choice.Device, observer);
        }
        catch (Word2VecException exception) when (exception.Kind == ErrorKind.Device && MayFallBack(choice))
        {
            host.Error.WriteLine($"warning: {exception.Message} Training on the CPU from the beginning.");
            return TrainOn(corpus, options, host.Devices.Cpu, observer);
        }
    }

    private bool MayFallBack(DeviceChoice choice) =>
        choice.Device is not CpuDevice && (choice.FallbackAnytime || (choice.FallbackFromStart && !_progress.TrainingHasBegun));

    private TrainedVectors TrainOn(EncodedCorpus corpus, TrainingOptions options, TrainingDevice device, IEpochObserver? observer)
    {
        _progress.Epochs = options.Epochs;
        MemoryCheck memory = Memory(corpus, options, device);
        memory.Refuse(corpus.Vocabulary, options);
        var weights = new Weights(corpus.Vocabulary.Count, options.VectorSize);
        try
        {
            weights.Initialize(options.Seed);
            TrainingSummary summary = Trainer.Train(corpus, options, weights, device, _progress, observer, cancellation);
            WordVectors vectors = SkipGram.Vectors(corpus.Vocabulary.Words, weights);
            return new TrainedVectors(vectors, summary, device, memory.Estimate);
        }
        catch (Exception exception)
        {
            weights.Dispose();
            if (!IsDriverFailure(exception, device))
                throw;
            throw new Word2VecException(ErrorKind.Device, $"The device {device.Id} failed: {exception.Message}", exception);
        }
        finally
        {
            _progress.Clear();
        }
    }

    // A driver throws what it likes; on a graphics card everything unexpected is the device's failure.
    private static bool IsDriverFailure(Exception exception, TrainingDevice device) =>
        device is not (CpuDevice or PlainDevice)
            && exception is not (Word2VecException or OperationCanceledException or OutOfMemoryException);
}
