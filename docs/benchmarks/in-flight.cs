#:property PublishAot=false
#:property Optimize=true
#:property AllowUnsafeBlocks=true
#:project ../../src/Word2Vec/Word2Vec.csproj
#:project ../../kernels/Word2Vec.Kernels.csproj
// Trains the models without tiles as a card would at the worst moment: so many windows in flight take their turns in lock step. All changes of a step come
// from the rows as they were before it; then all are added, each row's scaled as the kernels scale it (ConcurrencyPlan). One window in flight is the update
// that PlainWindowBackend defines. With safe=32 twice as many occurrences of a row in flight are taken to be safe, with safe=0 nothing is scaled.
//   dotnet run -c Release --file docs/benchmarks/in-flight.cs CORPUS OUTPUT model=cbow|hs|cbow-hs|subwords|cbow-subwords windows=2112 safe=16 size=100 epochs=5 seed=1
using System.Globalization;
using System.Numerics.Tensors;
using Word2Vec;
using Word2Vec.Corpora;
using Word2Vec.Kernels;
using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Training;
using Word2Vec.Words;

var settings = args.Skip(2).Select(arg => arg.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
int Setting(string name, int standard) => settings.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
string model = settings["model"];
int windows = Setting("windows", 1), safe = Setting("safe", (int)RowScales.SafeOccurrences);
var options = new TrainingOptions
{
    Architecture = model.StartsWith("cbow", StringComparison.Ordinal) ? TrainingArchitecture.Cbow : TrainingArchitecture.SkipGram,
    OutputLayer = model.EndsWith("hs", StringComparison.Ordinal) ? OutputLayer.HierarchicalSoftmax : OutputLayer.NegativeSampling,
    Subwords = model.EndsWith("subwords", StringComparison.Ordinal) ? new SubwordOptions { Buckets = 200_000 } : null,
    VectorSize = Setting("size", 100),
    Epochs = Setting("epochs", 5),
    Seed = (ulong)Setting("seed", 1),
};

using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(args[0]), new CorpusOptions(), null, null, default);
using var weights = new Weights(corpus.Vocabulary.Count, options);
weights.Initialize(options.Seed);
var job = new TrainingJob(corpus, options, weights);
var scales = Scales();
var rate = new LearningRateSchedule(options.LearningRate, options.Epochs, corpus.Length);
Flight[] flights = [.. Enumerable.Range(0, windows).Select(_ => new Flight(job, scales.Input, scales.Output))];
for (int epoch = 0; epoch < options.Epochs; epoch++)
{
    var pieces = new Pieces(corpus, job.Sampler.Epoch(epoch), 1);
    IEnumerator<List<Center>>[] streams = [.. flights.Select(_ => pieces.Tiles().GetEnumerator())];
    (double loss, long pairs) = (0, 0);
    for (bool more = true; more;)
    {
        Flight[] active = [.. flights.Where((_, i) => streams[i].MoveNext())];
        for (int i = 0, at = 0; i < flights.Length && at < active.Length; i++)
        {
            if (!ReferenceEquals(flights[i], active[at]))
                continue;
            Center center = streams[i].Current[0];
            active[at++].Train(center, pieces.Draws, rate.At(epoch, center.Position), ref loss, ref pairs);
        }

        foreach (Flight flight in active)
            flight.Land();
        more = active.Length > 0;
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', args.Skip(2))}: epoch {epoch + 1}, loss {loss / pairs:F4}"));
}

using var vectors = SkipGram.Vectors(corpus, weights, options);
vectors.Save(args[1]);

// The kernels' own factors; that more occurrences are safe is to them as if the rate were lower.
(float[] Input, float[] Output) Scales()
{
    if (windows == 1 || safe == 0)
        return (Ones(weights.InputRows), Ones(weights.OutputRows));
    var lower = new TrainingJob(corpus, options with { LearningRate = options.LearningRate * RowScales.SafeOccurrences / safe }, weights);
    var plan = new ConcurrencyPlan(lower, windows);
    if (plan.Windows != windows)
        throw new ArgumentException($"The kernels would have no more than {plan.Windows} windows in flight on this corpus.");
    return (plan.InputScales, plan.OutputScales);

    static float[] Ones(int rows) => [.. Enumerable.Repeat(1f, rows)];
}

/// <summary>One window in flight: what it is going to change, from the rows as it saw them.</summary>
internal sealed class Flight(TrainingJob job, float[] inputScales, float[] outputScales)
{
    private readonly WindowShape _shape = WindowShape.Of(job.Options);
    private readonly List<int[]> _inputs = [];
    private readonly List<(int Row, float Label, float Weight)> _targets = [];
    private float[] _inputChanges = [], _outputChanges = [];

    public void Train(Center center, EpochDraws draws, float rate, ref double loss, ref long pairs)
    {
        int[] predicted = _shape.CenterIsInput ? center.Contexts : [center.Word];
        FillInputs(center);
        FillTargets(predicted, draws, center.Position);
        pairs += _inputs.Count * predicted.Length;
        int size = job.Options.VectorSize;
        (_inputChanges, _outputChanges) = (new float[_inputs.Count * size], new float[_targets.Count * size]);
        var mean = new float[size];
        for (int i = 0; i < _inputs.Count; i++)
        {
            Array.Clear(mean);
            foreach (int row in _inputs[i])
                TensorPrimitives.Add(mean, job.Weights.InputRow(row), mean);
            TensorPrimitives.Divide(mean, _inputs[i].Length, mean);
            for (int t = 0; t < _targets.Count; t++)
            {
                (int row, float label, float weight) = _targets[t];
                ReadOnlySpan<float> output = job.Weights.OutputRow(row);
                float dot = TensorPrimitives.Dot(mean, output), gradient = rate * weight * (label - LogisticFunction.Sigmoid(dot));
                loss += weight * LogisticFunction.MinusLogSigmoid(label == 1 ? dot : -dot);
                Add(_inputChanges, i, gradient, output);
                Add(_outputChanges, t, gradient, mean);
            }
        }
    }

    /// <summary>Makes the changes.</summary>
    public void Land()
    {
        int size = job.Options.VectorSize;
        for (int t = 0; t < _targets.Count; t++)
            Change(job.Weights.OutputRow(_targets[t].Row), outputScales[_targets[t].Row], _outputChanges.AsSpan(t * size, size));
        for (int i = 0; i < _inputs.Count; i++)
        {
            foreach (int row in _inputs[i])
                Change(job.Weights.InputRow(row), inputScales[row], _inputChanges.AsSpan(i * size, size));
        }
    }

    private static void Change(Span<float> row, float scale, ReadOnlySpan<float> change) => TensorPrimitives.MultiplyAdd(change, scale, row, row);

    private void FillInputs(Center center)
    {
        _inputs.Clear();
        if (_shape.CenterIsInput)
            _inputs.Add([.. job.Rows[center.Word]]);
        else if (job.Options.Architecture == TrainingArchitecture.Cbow)
            _inputs.Add([.. center.Contexts.SelectMany(context => job.Rows[context].ToArray())]);
        else
            _inputs.AddRange(center.Contexts.Select(context => job.Rows[context].ToArray()));
    }

    private void FillTargets(int[] predicted, EpochDraws draws, long position)
    {
        _targets.Clear();
        foreach (int word in predicted)
        {
            if (job.Tree is null)
                _targets.Add((word, 1, 1));
            else
                _targets.AddRange(job.Tree.Path(word).ToArray().Select(turn => (turn >> 1, 1f - (turn & 1), 1f)));
        }

        for (int k = 0; k < _shape.Negatives; k++)
        {
            int negative = draws.Negative(position, k), others = predicted.Count(word => word != negative);
            if (others > 0)
                _targets.Add((negative, 0, others * _shape.NegativeWeight));
        }
    }

    private void Add(float[] changes, int place, float factor, ReadOnlySpan<float> row)
    {
        Span<float> change = changes.AsSpan(place * job.Options.VectorSize, job.Options.VectorSize);
        TensorPrimitives.MultiplyAdd(row, factor, change, change);
    }
}
