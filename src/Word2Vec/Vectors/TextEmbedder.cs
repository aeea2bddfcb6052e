using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>
/// Makes vectors of texts from the vectors of their words. Any number of threads may use one at once. <see cref="DocumentVectors"/> embeds many
/// texts, and learns from them what <see cref="TextMethod.Sif"/> needs.
/// </summary>
public sealed class TextEmbedder
{
    private readonly Tokenizer _tokenizer;
    private readonly float[]? _weights;
    private readonly float _unknownWeight = 1;
    private readonly float[]? _component;

    /// <summary>Makes texts into vectors with <paramref name="vectors"/>, which stay the caller's.</summary>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="frequencies">
    /// How often words occur, for the methods that weigh them; null: the counts that the vectors came with.
    /// </param>
    /// <exception cref="Word2VecException">An option is out of its range, or frequencies are needed and there are none.</exception>
    public TextEmbedder(WordVectors vectors, TextEmbeddingOptions? options = null, WordFrequencies? frequencies = null)
        : this(vectors, options ?? new TextEmbeddingOptions(), frequencies, null)
    {
    }

    internal TextEmbedder(WordVectors vectors, TextEmbeddingOptions options, WordFrequencies? frequencies, float[]? component)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options.Validate();
        if (frequencies is not null && frequencies.Counts.Count != vectors.Count)
            throw new ArgumentException($"Frequencies of {frequencies.Counts.Count} words are not those of {vectors.Count}.", nameof(frequencies));
        (Vectors, Frequencies, _component) = (vectors, frequencies, component);
        Options = options with { Tokenizer = options.Tokenizer ?? TokenizerOf(vectors) };
        _tokenizer = new Tokenizer(Options.Tokenizer.Value);
        if (options.Method is TextMethod.TfIdf or TextMethod.Sif or TextMethod.Lsa)
        {
            frequencies ??= WordFrequencies.OfVectors(vectors);
            _weights = Weigh(frequencies, options);
            _unknownWeight = Weight(0, frequencies.Total, options);
        }
    }

    /// <summary>The vectors of the words.</summary>
    public WordVectors Vectors { get; }

    /// <summary>How texts become vectors, with the tokenizer that was chosen.</summary>
    public TextEmbeddingOptions Options { get; }

    /// <summary>What all texts have in common and is taken away from each, of length 1; empty where nothing is.</summary>
    public ReadOnlySpan<float> Component => _component;

    /// <summary>What the vectors of the words are called, such as their file; null: they have no name.</summary>
    public string? VectorsName { get; private init; }

    /// <summary>The frequencies that were given; null: none were.</summary>
    internal WordFrequencies? Frequencies { get; }

    /// <summary>
    /// Writes the vector of <paramref name="text"/> to <paramref name="target"/>, of <see cref="WordVectors.Size"/> floats, and returns how many
    /// of its words have vectors; if none has, zeros.
    /// </summary>
    public int Embed(string text, Span<float> target) => Embed(text, target, out _);

    /// <summary>The same, which also says how many words the text has (<paramref name="words"/>), with those that have no vector.</summary>
    public int Embed(string text, Span<float> target, out long words) => Embed(text, target, new List<int>(), out words);

    /// <summary>The vector of <paramref name="text"/>.</summary>
    public float[] Embed(string text)
    {
        var target = new float[Vectors.Size];
        Embed(text, target);
        return target;
    }

    // Each known word is there as often as it occurs; composed vectors lie one after another.
    private void Combine(ReadOnlySpan<int> ids, ReadOnlySpan<float> composed, Span<float> target)
    {
        target.Clear();
        if (ids.IsEmpty && composed.IsEmpty)
            return;
        if (Options.Method == TextMethod.Max)
            Greatest(ids, composed, target);
        else
            Sum(ids, composed, target);
        float divisor = Divisor(ids, composed.Length / Vectors.Size);
        if (divisor != 1)
            TensorPrimitives.Multiply(target, 1 / divisor, target);
        if (_component is not null)
            RemoveComponent(target, _component);
        GC.KeepAlive(Vectors);
    }

    internal int Embed(string text, Span<float> target, List<int> ids, out long words)
    {
        ids.Clear();
        if (Vectors.Subwords is not { } subwords || !Options.ComposeUnknown)
        {
            words = _tokenizer.FindIds(text, Vectors.Words, ids);
            Combine(CollectionsMarshal.AsSpan(ids), [], target);
            return ids.Count;
        }

        var composed = new List<float>();
        var vector = new float[Vectors.Size];
        words = _tokenizer.FindIds(text, Vectors.Words, ids, word =>
        {
            if (subwords.TryGetVector(word, vector))
                composed.AddRange(vector);
        });
        Combine(CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(composed), target);
        return ids.Count + composed.Count / Vectors.Size;
    }

    /// <summary>The same with a name for the vectors of the words, which travels with the vectors of texts (<see cref="EmbedderRecord"/>).</summary>
    public TextEmbedder Named(string? vectorsName) => new(Vectors, Options, Frequencies, _component) { VectorsName = vectorsName };

    /// <summary>The same that takes <paramref name="component"/> away from each text.</summary>
    internal TextEmbedder Without(float[] component) => new(Vectors, Options, Frequencies, component) { VectorsName = VectorsName };

    internal static void RemoveComponent(Span<float> vector, ReadOnlySpan<float> component) =>
        VectorMath.AddScaled(vector, -VectorMath.Dot(vector, component), component);

    internal static TokenizerKind TokenizerOf(WordVectors vectors) =>
        vectors.Metadata.GetValueOrDefault("corpus.tokenizer") == "whitespace" ? TokenizerKind.Whitespace : TokenizerKind.Text;

    private static float[] Weigh(WordFrequencies frequencies, TextEmbeddingOptions options)
    {
        var weights = new float[frequencies.Counts.Count];
        for (int id = 0; id < weights.Length; id++)
            weights[id] = Weight(frequencies.Counts[id], frequencies.Total, options);
        return weights;
    }

    private static float Weight(long count, double total, TextEmbeddingOptions options) => (float)(options.Method == TextMethod.Sif
        ? options.Smoothing / (options.Smoothing + count / total)
        : Math.Log((1 + total) / (1 + count)) + 1);

    private void Greatest(ReadOnlySpan<int> ids, ReadOnlySpan<float> composed, Span<float> target)
    {
        target.Fill(float.NegativeInfinity);
        foreach (int id in ids)
            TensorPrimitives.Max(target, Vectors[id], target);
        for (; !composed.IsEmpty; composed = composed[Vectors.Size..])
            TensorPrimitives.Max(target, composed[..Vectors.Size], target);
    }

    private void Sum(ReadOnlySpan<int> ids, ReadOnlySpan<float> composed, Span<float> target)
    {
        for (; !composed.IsEmpty; composed = composed[Vectors.Size..])
            VectorMath.AddScaled(target, _unknownWeight, composed[..Vectors.Size]);
        foreach (int id in ids)
        {
            if (_weights is null)
                TensorPrimitives.Add(target, Vectors[id], target);
            else
                VectorMath.AddScaled(target, _weights[id], Vectors[id]);
        }
    }

    private float Divisor(ReadOnlySpan<int> ids, int composed) => Options.Method switch
    {
        TextMethod.Mean or TextMethod.Sif => ids.Length + composed,
        TextMethod.TfIdf => (float)(SumOfWeights(ids) + (double)_unknownWeight * composed),
        TextMethod.Lsa => (float)Math.Sqrt(SumOfSquares(ids)),
        _ => 1,
    };

    private double SumOfWeights(ReadOnlySpan<int> ids)
    {
        double sum = 0;
        foreach (int id in ids)
            sum += _weights![id];
        return sum;
    }

    private double SumOfSquares(ReadOnlySpan<int> ids)
    {
        int[] sorted = ArrayPool<int>.Shared.Rent(ids.Length);
        ids.CopyTo(sorted);
        Array.Sort(sorted, 0, ids.Length);
        double sum = 0, weight = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            weight += _weights![sorted[i]];
            if (i + 1 < ids.Length && sorted[i + 1] == sorted[i])
                continue;
            sum += weight * weight;
            weight = 0;
        }

        ArrayPool<int>.Shared.Return(sorted);
        return sum;
    }
}
