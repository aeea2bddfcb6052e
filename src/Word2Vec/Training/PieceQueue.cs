namespace Word2Vec.Training;

/// <summary>Cuts a span into pieces of whole sentences and hands them to threads, each of which takes the next one when it is done with its own.</summary>
/// <param name="pieceLength">Positions of a piece, about.</param>
/// <param name="workers">What trains a piece, one for each thread.</param>
internal sealed class PieceQueue(TrainingJob job, int pieceLength, IReadOnlyList<Func<TrainingSpan, TrainingLoss>> workers)
{
    /// <summary>Trains <paramref name="span"/>; with one thread the pieces come in order.</summary>
    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long nextPiece = span.Start;
        var losses = new TrainingLoss[workers.Count];
        if (workers.Count == 1)
            TakePieces(0);
        else
            Parallel.For(0, workers.Count, new ParallelOptions { MaxDegreeOfParallelism = workers.Count }, TakePieces);
        return losses.Aggregate((a, b) => a + b);

        void TakePieces(int worker)
        {
            TrainingLoss loss = default;
            while (!cancellation.IsCancellationRequested)
            {
                long end = Interlocked.Add(ref nextPiece, pieceLength), start = end - pieceLength;
                if (start >= span.End)
                    break;
                var piece = new TrainingSpan(span.Epoch, start == span.Start ? start : job.Corpus.SentenceStart(start),
                    Math.Min(span.End, job.Corpus.SentenceStart(end)));
                loss += workers[worker](piece);
            }

            losses[worker] = loss;
        }
    }
}
