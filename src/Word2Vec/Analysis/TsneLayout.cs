using System.Numerics;
using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// t-SNE's descent: momentum and a gain for each coordinate, attraction exaggerated at first, as van der Maaten and Hinton (2008) have it;
/// the learning rate grows with the number of points (Belkina et al.: Automated optimized parameters for t-SNE, Nature Communications
/// 2019).
/// </summary>
internal sealed class TsneLayout(NeighborGraph affinities, MapPoints points, MapOptions options, ParallelOptions parallelism)
{
    private const float EarlyMomentum = 0.5f, Momentum = 0.8f, LeastGain = 0.01f;
    private const int LongestExaggeration = 250, MeasuredEvery = 50, LookedAtEvery = 10, Chunk = 4096;

    private readonly MapPoints _gradient = new(points.Count, points.Dimensions);
    private readonly MapPoints _steps = new(points.Count, points.Dimensions);
    private readonly MapPoints _gains = new(points.Count, points.Dimensions);

    /// <summary>Moves the points and returns the loss at the end.</summary>
    public double Run(Action<int, double>? done = null)
    {
        int iterations = options.IterationsFor(points.Count), exaggerated = Math.Min(LongestExaggeration, iterations / 4);
        float rate = (float)(options.LearningRate ?? Math.Max(points.Count / options.Exaggeration / 4, 50));
        using var gradient = new TsneGradient(affinities, points.Dimensions, parallelism);
        for (int d = 0; d < points.Dimensions; d++)
            _gains[d].AsSpan().Fill(1);
        double loss = double.NaN, start = Deviation(), exaggeration = options.Exaggeration;
        for (int i = 0; i < iterations; i++)
        {
            bool isEarly = i < exaggerated, measured = i % MeasuredEvery == 0;
            // Where no groups are to be told apart, so much attraction draws all points together until nothing is left of their
            // differences.
            if (isEarly && i % LookedAtEvery == 0 && Deviation() < start)
                exaggeration = Math.Max(1, exaggeration / 2);
            double found = gradient.Compute(points, _gradient, isEarly ? (float)exaggeration : 1, measured);
            loss = measured ? found : loss;
            Step(rate, isEarly ? EarlyMomentum : Momentum);
            done?.Invoke(i + 1, loss);
        }

        points.Center();
        loss = gradient.Compute(points, _gradient, 1, measured: true);
        return double.IsFinite(loss) ? loss : throw RanOver();
    }

    /// <summary>The error of a descent whose steps were too long.</summary>
    public static Word2VecException RanOver() => new(ErrorKind.Training, "The map ran over: its points flew apart or became no numbers. A smaller " +
        "learning rate, or none, was expected; lower it.");

    private double Deviation() =>
        Enumerable.Range(0, points.Dimensions).Max(d => TensorPrimitives.Norm<float>(points[d].AsSpan(0, points.Count)));

    private void Step(float rate, float momentum) => Parallel.For(0, Multiples.RoundUp(points.Count, Chunk) / Chunk, parallelism, chunk =>
    {
        for (int d = 0; d < points.Dimensions; d++)
        {
            Span<float> places = Part(points[d], chunk), gradient = Part(_gradient[d], chunk);
            Span<float> steps = Part(_steps[d], chunk), gains = Part(_gains[d], chunk);
            for (int i = 0; i < places.Length; i += Vector<float>.Count)
            {
                Vector<float> slope = new(gradient[i..]), step = new(steps[i..]), gain = new(gains[i..]);
                // A coordinate that goes on as before gains, one that turns back loses.
                Vector<int> goesOn = Vector.LessThan(slope * step, Vector<float>.Zero);
                gain = Vector.ConditionalSelect(goesOn, gain + new Vector<float>(0.2f), gain * new Vector<float>(0.8f));
                gain = Vector.Max(gain, new Vector<float>(LeastGain));
                step = step * momentum - slope * gain * rate;
                gain.CopyTo(gains[i..]);
                step.CopyTo(steps[i..]);
                (new Vector<float>(places[i..]) + step).CopyTo(places[i..]);
            }
        }
    });

    // A part in whole registers; what is no point moves nowhere that matters.
    private static Span<float> Part(float[] axis, int chunk) => axis.AsSpan(chunk * Chunk, Math.Min(Chunk, axis.Length - chunk * Chunk));
}
