using System.Globalization;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>Ends a training whose numbers have become infinite or not a number.</summary>
internal static class Finiteness
{
    private const double Explosion = 10;

    /// <summary>Checks the loss of <paramref name="span"/>, which <paramref name="backend"/> has trained.</summary>
    public static void Check(TrainingLoss loss, TrainingSpan span, TrainingJob job, ITrainingBackend backend)
    {
        // The random rows of the start have a loss of ln 2 for each sample or turn of a prediction; rows that only grow have ever more.
        double choices = job.Tree is { } tree ? 1 + tree.Longest : 1 + job.Options.Negatives;
        if (double.IsFinite(loss.Sum) && loss.Mean <= Explosion * choices * Math.Log(2))
            return;

        // The rows say more, where the device still gives them.
        DriverGuard.Try(backend.ReadWeights);
        string row = FirstBadRow(job) is { } bad ? $", and {bad} is no longer a number" : "";
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: the loss is {loss.Mean:g4} in epoch {span.Epoch + 1} between the corpus positions {span.Start} and {span.End}, at the learning rate {Rate(job, span.Epoch, span.Start):g4}{row}. {Advice(job.Options)}"));
    }

    /// <summary>Checks all rows: the loss is from before each change, so what the last windows did shows in the rows alone.</summary>
    /// <param name="course">How far the training has come.</param>
    public static void Check(TrainingJob job, TrainingCourse course)
    {
        if (FirstBadRow(job) is not { } bad)
            return;
        string place = course.IsComplete ? "at the end of the last epoch" : $"in epoch {course.Epoch + 1} before the corpus position {course.Position}";
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: {bad} is no longer a number {place}, at the learning rate {Rate(job, course.Epoch, course.Position):g4}. {Advice(job.Options)}"));
    }

    /// <summary>A row with a component that is infinite or not a number, for people: "the vector of 'word'"; null: there is none.</summary>
    public static string? FirstBadRow(TrainingJob job)
    {
        Weights weights = job.Weights;
        for (int id = 0; id < weights.InputRows; id++)
        {
            if (!VectorMath.IsFinite(weights.InputRow(id)))
                return id < weights.Rows ? WordVector(job, id) : $"the vector of bucket {id - weights.Rows} of n-grams";
        }

        for (int id = 0; id < weights.OutputRows; id++)
        {
            if (!VectorMath.IsFinite(weights.OutputRow(id)))
                return job.Options.OutputLayer == OutputLayer.HierarchicalSoftmax ? $"the vector of inner node {id}" : WordVector(job, id);
        }

        return null;
    }

    // Where few words follow each other again and again, as in walks around a hub, the changes of a tile add up to more than they do in text.
    private static string Advice(TrainingOptions options) =>
        $"Start again with a lower --learning-rate{(options.HasTiles && TileShape.Of(options).Centers > 1 ? ", or with --tile 1" : "")}.";

    private static string WordVector(TrainingJob job, int id) => $"the vector of '{job.Corpus.Vocabulary.Words[id]}'";

    private static float Rate(TrainingJob job, int epoch, long position) =>
        new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length).At(epoch, position);
}
