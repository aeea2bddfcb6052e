using System.Diagnostics;
using System.Globalization;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Trains weights on an encoded corpus.</summary>
public static class Trainer
{
    /// <summary>Trains <paramref name="weights"/> on <paramref name="corpus"/> with a backend of <paramref name="device"/>.</summary>
    /// <param name="weights">The rows to start from (<see cref="Weights.Initialize"/> makes fresh ones) and to change.</param>
    /// <param name="progress">Told after each span, on the calling thread.</param>
    /// <param name="observer">Told before and after each epoch, on the calling thread, while the clock stands still.</param>
    /// <exception cref="Word2VecException">
    /// The device failed, a value became infinite or not a number, or no two words stood beside each other in a sentence.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TrainingSummary Train(
        EncodedCorpus corpus, TrainingOptions options, Weights weights, TrainingDevice device,
        IProgress<TrainingProgress>? progress = null, IEpochObserver? observer = null, CancellationToken cancellation = default)
    {
        long begin = Stopwatch.GetTimestamp();
        using ITrainingBackend backend = device.CreateBackend(new TrainingJob(corpus, options, weights));
        TimeSpan setUp = Stopwatch.GetElapsedTime(begin);
        var clock = new ProgressClock(corpus, options, progress);
        var losses = new List<TrainingLoss>();
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            observer?.BeginEpoch(epoch);
            clock.Start();
            losses.Add(TrainEpoch(corpus, epoch, backend, clock, cancellation));
            clock.Stop();
            observer?.EndEpoch(new TrainedEpoch(epoch, losses[^1], clock.Elapsed, ReadWeights));
        }

        CheckLearned(losses);
        begin = Stopwatch.GetTimestamp();
        backend.ReadWeights();
        TimeSpan readBack = Stopwatch.GetElapsedTime(begin);
        CheckFinite(weights, corpus.Vocabulary.Words);
        return new TrainingSummary(losses, clock.Elapsed, corpus.Counts.TextTokens * options.Epochs, backend.Description)
        {
            SetUp = setUp,
            ReadBack = readBack,
            Costs = backend.Costs,
        };

        Weights ReadWeights()
        {
            backend.ReadWeights();
            return weights;
        }
    }

    private static TrainingLoss TrainEpoch(
        EncodedCorpus corpus, int epoch, ITrainingBackend backend, ProgressClock clock, CancellationToken cancellation)
    {
        TrainingLoss loss = default;
        foreach (TrainingSpan span in Spans(corpus, epoch, backend.PreferredSpan))
        {
            cancellation.ThrowIfCancellationRequested();
            loss += backend.Train(span, cancellation);

            // A backend may leave a span half done when it is cancelled; that is no result.
            cancellation.ThrowIfCancellationRequested();
            CheckFinite(loss, span, clock.Rate(span));
            clock.Report(span, loss);
            corpus.Release(span.Start, span.End);
        }

        return loss;
    }

    /// <summary>Cuts an epoch into spans of about <paramref name="length"/> positions that start and end between sentences.</summary>
    internal static IEnumerable<TrainingSpan> Spans(EncodedCorpus corpus, int epoch, int length)
    {
        for (long start = 0; start < corpus.Length;)
        {
            long end = corpus.SentenceStart(start + length);
            yield return new TrainingSpan(epoch, start, end);
            start = end;
        }
    }

    /// <summary>One word a line, or next to nothing left after subsampling: the rows would be the random ones of the start.</summary>
    private static void CheckLearned(List<TrainingLoss> losses)
    {
        if (losses.TrueForAll(loss => loss.Pairs == 0))
            throw new Word2VecException(ErrorKind.Input,
                "Nothing could be learned: no two words of the corpus stood beside each other in a sentence. A line is a sentence; put "
                + "more words on one, give more text, or try --subsampling 0 or a lower --min-count.");
    }

    /// <summary>The loss is from before each change, so what the last windows did shows in the rows alone.</summary>
    private static void CheckFinite(Weights weights, WordIndex words)
    {
        for (int id = 0; id < weights.Rows; id++)
        {
            if (VectorMath.IsFinite(weights.InputRow(id)) && VectorMath.IsFinite(weights.OutputRow(id)))
                continue;
            throw new Word2VecException(ErrorKind.Training,
                $"The training diverged: the vector of '{words[id]}' is no longer a number. Start again with a lower --learning-rate.");
        }
    }

    private static void CheckFinite(TrainingLoss loss, TrainingSpan span, float rate)
    {
        if (double.IsFinite(loss.Sum))
            return;
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: the loss is {loss.Sum} in epoch {span.Epoch + 1} between the corpus positions {span.Start} and {span.End}, at the learning rate {rate:g4}. Start again with a lower --learning-rate."));
    }
}
