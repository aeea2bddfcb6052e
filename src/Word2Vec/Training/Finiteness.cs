using System.Globalization;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Ends a training whose numbers have become infinite or not a number.</summary>
internal static class Finiteness
{
    /// <summary>Checks the loss of <paramref name="span"/>.</summary>
    public static void Check(TrainingLoss loss, TrainingSpan span, float rate)
    {
        if (double.IsFinite(loss.Sum))
            return;
        throw new Word2VecException(ErrorKind.Training, string.Create(CultureInfo.InvariantCulture,
            $"The training diverged: the loss is {loss.Sum} in epoch {span.Epoch + 1} between the corpus positions {span.Start} and {span.End}, at the learning rate {rate:g4}. Start again with a lower --learning-rate."));
    }

    /// <summary>Checks all rows: the loss is from before each change, so what the last windows did shows in the rows alone.</summary>
    public static void Check(Weights weights, WordIndex words)
    {
        for (int id = 0; id < weights.Rows; id++)
        {
            if (VectorMath.IsFinite(weights.InputRow(id)) && VectorMath.IsFinite(weights.OutputRow(id)))
                continue;
            throw new Word2VecException(ErrorKind.Training,
                $"The training diverged: the vector of '{words[id]}' is no longer a number. Start again with a lower --learning-rate.");
        }
    }
}
