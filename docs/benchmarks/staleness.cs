#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Trains as many threads would at the worst moment: N virtual threads take their units (windows, or tiles of windows with shared negatives) in lock step.
// All of a step's changes come from the rows as they were before it; then all are added ("delayed"), or of each row only the change of the last thread
// that has one ("lost"). With PRIVATE hot rows a thread changes copies of the most frequent words' rows; every MERGE steps their changes are added up, or
// averaged.
// One virtual thread with tiles of one window is the update that PlainBackend defines.
//   dotnet run -c Release --file docs/benchmarks/staleness.cs CORPUS OUTPUT threads=64 tile=1 negatives=5 lost=0 private=0 merge=16 average=0 epochs=5 seed=1
using System.Globalization;
using System.Numerics.Tensors;
using Word2Vec;
using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Training;
using Word2Vec.Words;

var settings = args.Skip(2).Select(arg => arg.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
int Setting(string name, int standard) => settings.GetValueOrDefault(name, standard);
int threads = Setting("threads", 1), tile = Setting("tile", 1), hot = Setting("private", 0), merge = Setting("merge", 16);
bool lost = Setting("lost", 0) == 1;
var options = new TrainingOptions { Negatives = Setting("negatives", 5), Epochs = Setting("epochs", 5), Seed = (ulong)Setting("seed", 1) };

using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(args[0]), new CorpusOptions(), null, null, default);
var weights = new Weights(corpus.Vocabulary.Count, options.VectorSize);
weights.Initialize(options.Seed);
var sampler = new Sampler(corpus.Vocabulary, options.SubsamplingThreshold, options.Window, options.Negatives, options.Seed);
var rate = new LearningRateSchedule(options.LearningRate, options.Epochs, corpus.Length);
var rows = new Rows(weights, threads, Math.Min(hot, corpus.Vocabulary.Count), Setting("average", 0) == 1);
var units = Enumerable.Range(0, threads).Select(thread => new Unit(thread, rows, corpus.Vocabulary.Count, options)).ToArray();
int step = 0;
for (int epoch = 0; epoch < options.Epochs; epoch++)
{
    var pieces = new Pieces(corpus, sampler.Epoch(epoch), tile);
    IEnumerator<List<Center>>[] streams = [.. units.Select(_ => pieces.Tiles().GetEnumerator())];
    (double loss, long pairs, long touched, long shared) = (0, 0, 0, 0);
    for (bool more = true; more; step++)
    {
        Unit[] active = [.. units.Where((_, thread) => streams[thread].MoveNext())];
        foreach (Unit unit in active)
            unit.Train(streams[unit.Thread].Current, pieces.Draws, rate.At(epoch, streams[unit.Thread].Current[0].Position), ref loss, ref pairs);
        foreach (Unit unit in active)
            (touched, shared) = (touched + unit.Touched, shared + unit.Write(lost, step));
        if (hot > 0 && step % merge == 0)
            rows.Merge();
        more = active.Length > 0;
    }

    rows.Merge();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(' ', args.Skip(2))}: epoch {epoch + 1}, loss {loss / pairs:F4}, {100.0 * shared / touched:F1} % of the changed rows were changed by an earlier thread of the same step"));
}

using var vectors = SkipGram.Vectors(corpus.Vocabulary.Words, weights);
vectors.Save(args[1]);

/// <summary>The rows as a thread sees them: the shared ones, but for private copies of the most frequent words' rows.</summary>
internal sealed class Rows
{
    private readonly Weights _weights;
    private readonly int _hot, _size;
    private readonly float[][] _copies;
    private readonly float _share;

    public Rows(Weights weights, int threads, int hot, bool average)
    {
        (_weights, _hot, _size, _share) = (weights, hot, weights.Size, average ? 1f / threads : 1f);
        _copies = [.. Enumerable.Range(0, threads).Select(_ => new float[2 * hot * weights.Size])];
        Stamps = new int[2 * weights.Rows];
        Array.Fill(Stamps, -1);
        Copy();
    }

    /// <summary>The step in which each row was last changed.</summary>
    public int[] Stamps { get; }

    public int Words => _weights.Rows;

    /// <summary>Row 0 … words − 1 is an input vector, what follows an output vector.</summary>
    public Span<float> Of(int thread, int row)
    {
        int id = row % Words, side = row / Words;
        if (id < _hot)
            return _copies[thread].AsSpan((side * _hot + id) * _size, _size);
        return side == 0 ? _weights.InputRow(id) : _weights.OutputRow(id);
    }

    public bool IsPrivate(int row) => row % Words < _hot;

    /// <summary>Adds all threads' changes, or their mean, to the shared rows and gives every thread the result.</summary>
    public void Merge()
    {
        for (int i = 0; i < 2 * _hot; i++)
        {
            Span<float> shared = Shared(i);
            float[] before = shared.ToArray();
            foreach (float[] copy in _copies)
            {
                for (int j = 0; j < _size; j++)
                    shared[j] += _share * (copy[i * _size + j] - before[j]);
            }
        }

        Copy();
    }

    private void Copy()
    {
        foreach (float[] copy in _copies)
        {
            for (int i = 0; i < 2 * _hot; i++)
                Shared(i).CopyTo(copy.AsSpan(i * _size));
        }
    }

    private Span<float> Shared(int i) => i < _hot ? _weights.InputRow(i) : _weights.OutputRow(i - _hot);
}

/// <summary>One thread's unit of update: its rows, how often each pair of them is a positive and a negative, and the changes that wait to be written.</summary>
internal sealed class Unit(int thread, Rows rows, int words, TrainingOptions options)
{
    private const int Room = 128;

    private readonly List<int> _inputs = [], _outputs = [];
    private readonly float[] _positives = new float[Room * Room], _negatives = new float[Room * Room];
    private readonly float[] _changes = new float[2 * Room * options.VectorSize];

    public int Thread => thread;

    public int Touched => _inputs.Count + _outputs.Count;

    public void Train(List<Center> centers, EpochDraws draws, float rate, ref double loss, ref long pairs)
    {
        Fill(centers, draws, ref pairs);
        int size = options.VectorSize;
        Array.Clear(_changes, 0, Touched * size);
        for (int i = 0; i < _inputs.Count; i++)
        {
            ReadOnlySpan<float> input = rows.Of(thread, _inputs[i]);
            for (int o = 0; o < _outputs.Count; o++)
            {
                (float positive, float negative) = (_positives[i * Room + o], _negatives[i * Room + o]);
                if (positive + negative == 0)
                    continue;
                ReadOnlySpan<float> output = rows.Of(thread, _outputs[o]);
                float dot = TensorPrimitives.Dot(input, output), sigmoid = LogisticFunction.Sigmoid(dot);
                loss += positive * LogisticFunction.MinusLogSigmoid(dot) + negative * LogisticFunction.MinusLogSigmoid(-dot);
                float gradient = rate * (positive * (1 - sigmoid) - negative * sigmoid);
                Add(i, gradient, output);
                Add(_inputs.Count + o, gradient, input);
            }
        }
    }

    /// <summary>Adds the changes to the rows; returns how many rows an earlier thread had changed in this step.</summary>
    public int Write(bool lost, int step)
    {
        int size = options.VectorSize, again = 0;
        for (int place = 0; place < Touched; place++)
        {
            int row = place < _inputs.Count ? _inputs[place] : _outputs[place - _inputs.Count];
            bool second = rows.Stamps[row] == step && !rows.IsPrivate(row);
            again += second ? 1 : 0;
            rows.Stamps[row] = step;
            if (second && lost)
                continue;
            Span<float> target = rows.Of(thread, row);
            TensorPrimitives.Add(target, _changes.AsSpan(place * size, size), target);
        }

        return again;
    }

    private void Fill(List<Center> centers, EpochDraws draws, ref long pairs)
    {
        for (int i = 0; i < _inputs.Count; i++)
        {
            Array.Clear(_positives, i * Room, _outputs.Count);
            Array.Clear(_negatives, i * Room, _outputs.Count);
        }

        _inputs.Clear();
        _outputs.Clear();

        // However many negatives a tile shares, each pair gets the weight of five.
        float weight = 5f / options.Negatives;
        int[] negatives = [.. Enumerable.Range(0, options.Negatives).Select(k => draws.Negative(centers[0].Position, k))];
        foreach (Center center in centers)
        {
            pairs += center.Contexts.Length;
            int output = PlaceOf(_outputs, words + center.Word);
            foreach (int context in center.Contexts)
            {
                int input = PlaceOf(_inputs, context);
                _positives[input * Room + output]++;
                foreach (int negative in negatives)
                {
                    if (negative != center.Word)
                        _negatives[input * Room + PlaceOf(_outputs, words + negative)] += weight;
                }
            }
        }
    }

    private static int PlaceOf(List<int> places, int row)
    {
        int place = places.IndexOf(row);
        if (place >= 0)
            return place;
        places.Add(row);
        return places.Count - 1;
    }

    private void Add(int place, float factor, ReadOnlySpan<float> row)
    {
        Span<float> change = _changes.AsSpan(place * options.VectorSize, options.VectorSize);
        TensorPrimitives.MultiplyAdd(row, factor, change, change);
    }
}
