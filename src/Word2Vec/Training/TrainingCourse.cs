namespace Word2Vec.Training;

/// <summary>How far a training has come: where the next span starts, and the losses before it. With the weights, all that it takes to go on.</summary>
/// <param name="epochs">The epochs of the training.</param>
/// <param name="length">The positions of the corpus.</param>
internal sealed class TrainingCourse(int epochs, long length)
{
    private TrainingLoss[] _losses = new TrainingLoss[epochs];

    /// <summary>The epoch of the next span, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Where the next span starts; 0 at the start and after a whole epoch.</summary>
    public long Position { get; private set; }

    /// <summary>Whether no span is left.</summary>
    public bool IsComplete => length == 0 || Epoch == epochs;

    /// <summary>The loss of each epoch so far.</summary>
    public IReadOnlyList<TrainingLoss> Losses => _losses;

    /// <summary>Goes past <paramref name="span"/>; returns the loss of its epoch so far.</summary>
    public TrainingLoss Add(TrainingSpan span, TrainingLoss loss)
    {
        (Epoch, Position) = span.End == length ? (span.Epoch + 1, 0) : (span.Epoch, span.End);
        return _losses[span.Epoch] += loss;
    }

    /// <summary>The same course, apart from this one.</summary>
    public TrainingCourse Copy() => new(epochs, length) { Epoch = Epoch, Position = Position, _losses = [.. _losses] };
}
