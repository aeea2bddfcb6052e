namespace Word2Vec.Training;

/// <summary>How far a training has come: where the next span starts, and the losses before it. With the weights, all that it takes to go on.</summary>
internal sealed class TrainingCourse
{
    private readonly long _length;
    private readonly TrainingLoss[] _losses;

    /// <summary>The course of a training that has not begun.</summary>
    /// <param name="epochs">The epochs of the training.</param>
    /// <param name="length">The positions of the corpus.</param>
    public TrainingCourse(int epochs, long length)
        : this(length, 0, 0, new TrainingLoss[epochs])
    {
    }

    /// <summary>The course of a training that has come to <paramref name="position"/> of <paramref name="epoch"/>.</summary>
    /// <param name="losses">The loss of each epoch so far; they are taken over, not copied.</param>
    public TrainingCourse(long length, int epoch, long position, TrainingLoss[] losses) =>
        (_length, Epoch, Position, _losses) = (length, epoch, position, losses);

    /// <summary>The epoch of the next span, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Where the next span starts; 0 at the start and after a whole epoch.</summary>
    public long Position { get; private set; }

    /// <summary>Whether no span is left.</summary>
    public bool IsComplete => _length == 0 || Epoch == _losses.Length;

    /// <summary>The loss of each epoch so far.</summary>
    public IReadOnlyList<TrainingLoss> Losses => _losses;

    /// <summary>Goes past <paramref name="span"/>; returns the loss of its epoch so far.</summary>
    public TrainingLoss Add(TrainingSpan span, TrainingLoss loss)
    {
        (Epoch, Position) = span.End == _length ? (span.Epoch + 1, 0) : (span.Epoch, span.End);
        return _losses[span.Epoch] += loss;
    }

    /// <summary>The same course, apart from this one.</summary>
    public TrainingCourse Copy() => new(_length, Epoch, Position, [.. _losses]);

    /// <summary>Whether <paramref name="other"/> has come as far.</summary>
    public bool IsAt(TrainingCourse other) => (Epoch, Position) == (other.Epoch, other.Position);
}
