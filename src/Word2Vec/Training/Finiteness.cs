using System.Globalization;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>Ends a training whose numbers have become infinite or not a number.</summary>
internal static class Finiteness
{
    private const double Explosion = 10;
    private const string Advice = "Start again with a lower --learning-rate.";

    /// <summary>Checks the loss of <paramref name="span"/>, which <paramref name="backend"/> has trained.</summary>
    public static void Check(TrainingLoss loss, TrainingSpan span, TrainingJob job, ITrainingBackend backend)
    {
        // The random rows of the start have a loss of (1 + negatives) · ln 2 a pair; rows that only grow have ever more.
        if (double.IsFinite(loss.Sum) && loss.Mean <= Explosion * (1 + job.Options.Negatives) * Math.Log(2))
            return;

        // The rows say more, where the device still gives them.
        DriverGuard.Try(backend.ReadWeights);
        string row = FirstBadRow(job.Weights) is int id ? $", and the vector of '{job.Corpus.Vocabulary.Words[id]}' is no longer a number" : "";
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: the loss is {loss.Mean:g4} in epoch {span.Epoch + 1} between the corpus positions {span.Start} and {span.End}, at the learning rate {Rate(job, span.Epoch, span.Start):g4}{row}. {Advice}"));
    }

    /// <summary>Checks all rows: the loss is from before each change, so what the last windows did shows in the rows alone.</summary>
    /// <param name="course">How far the training has come.</param>
    public static void Check(TrainingJob job, TrainingCourse course)
    {
        if (FirstBadRow(job.Weights) is not int id)
            return;
        string place = course.IsComplete ? "at the end of the last epoch" : $"in epoch {course.Epoch + 1} before the corpus position {course.Position}";
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: the vector of '{job.Corpus.Vocabulary.Words[id]}' is no longer a number {place}, at the learning rate {Rate(job, course.Epoch, course.Position):g4}. {Advice}"));
    }

    /// <summary>The first word one of whose vectors has a component that is infinite or not a number; null: none has.</summary>
    public static int? FirstBadRow(Weights weights)
    {
        for (int id = 0; id < weights.Rows; id++)
        {
            if (!VectorMath.IsFinite(weights.InputRow(id)) || !VectorMath.IsFinite(weights.OutputRow(id)))
                return id;
        }

        return null;
    }

    private static float Rate(TrainingJob job, int epoch, long position) =>
        new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length).At(epoch, position);
}
