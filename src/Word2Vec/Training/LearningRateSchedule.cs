namespace Word2Vec.Training;

/// <summary>The learning rate falls linearly over the positions of all epochs, to a ten-thousandth of where it started (word2vec.c's floor).</summary>
public readonly struct LearningRateSchedule
{
    private const double Floor = 1e-4;

    private readonly double _start, _length, _total;

    /// <summary>A schedule for <paramref name="epochs"/> epochs over a corpus of <paramref name="length"/> positions.</summary>
    public LearningRateSchedule(double start, int epochs, long length) =>
        (_start, _length, _total) = (start, length, Math.Max(1.0, (double)epochs * length));

    /// <summary>The rate of the window around <paramref name="position"/>.</summary>
    public float At(int epoch, long position) => (float)(_start * Math.Max(Floor, 1 - Fraction(epoch, position)));

    /// <summary>The share of all epochs' positions that lie before <paramref name="position"/>, 0 … 1.</summary>
    public double Fraction(int epoch, long position) => (epoch * _length + position) / _total;
}
