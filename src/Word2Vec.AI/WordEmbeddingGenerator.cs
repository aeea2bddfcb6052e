using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.AI;

/// <summary>
/// Word vectors as an embedding generator of Microsoft.Extensions.AI. A word that the vectors know, spelt as there, has its vector; any other
/// text has the mean of the vectors of its words, each counted as often as it occurs. A word that was never seen has the vector of its n-grams
/// where the vectors have subwords (<see cref="WordEmbeddingOptions.ComposeUnknown"/>); else it does not count.
/// </summary>
/// <remarks>
/// Nothing is sent anywhere, and there is nothing to wait for: the work is done when <see cref="GenerateAsync"/> returns. Any number of threads
/// may ask at once. Disposing it must wait until they have their answers.
/// </remarks>
public sealed class WordEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The key in <see cref="UsageDetails.AdditionalCounts"/> of how many words of the texts have no vector.</summary>
    public const string UnknownWordsCount = "UnknownWords";

    private readonly WordVectors _vectors;
    private readonly WordEmbeddingOptions _options;
    private readonly TextEmbedder _embedder;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly bool _ownsVectors;
    private volatile bool _disposed;

    /// <summary>Makes embeddings of <paramref name="vectors"/>, which stay the caller's to dispose.</summary>
    public WordEmbeddingGenerator(WordVectors vectors, WordEmbeddingOptions? options = null)
        : this(vectors, options ?? new WordEmbeddingOptions(), ownsVectors: false)
    {
    }

    private WordEmbeddingGenerator(WordVectors vectors, WordEmbeddingOptions options, bool ownsVectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        (_vectors, _options, _ownsVectors) = (vectors, options, ownsVectors);
        _embedder = new TextEmbedder(vectors, new TextEmbeddingOptions { Tokenizer = options.Tokenizer, ComposeUnknown = options.ComposeUnknown });
        _metadata = new EmbeddingGeneratorMetadata("word2vec", providerUri: null, options.ModelId, vectors.Size);
    }

    /// <summary>Opens a file of vectors, of any format that <see cref="VectorFile.Open(string, VectorReadOptions?, CancellationToken)"/> reads; disposing the generator closes it.</summary>
    /// <exception cref="Word2VecException">The file is missing, damaged or of a format that is not known.</exception>
    public static WordEmbeddingGenerator Open(string path, WordEmbeddingOptions? options = null)
    {
        options ??= new WordEmbeddingOptions();
        options = options with { ModelId = options.ModelId ?? Path.GetFileName(path) };
        return new WordEmbeddingGenerator(VectorFile.Open(path), options, ownsVectors: true);
    }

    /// <summary>Makes an embedding of each of <paramref name="values"/>, in their order.</summary>
    /// <param name="options">
    /// Null, or what is asked for: <see cref="EmbeddingGenerationOptions.Dimensions"/> must be those of the vectors, which cannot be cut
    /// short, and <see cref="EmbeddingGenerationOptions.ModelId"/> these vectors.
    /// </param>
    /// <returns>
    /// The embeddings. Their usage counts words as input tokens, and those that have no vector under <see cref="UnknownWordsCount"/>.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is null or holds null.</exception>
    /// <exception cref="Word2VecException">
    /// The options ask for what these vectors are not, or no word of a text has a vector and <see cref="WordEmbeddingOptions.UnknownText"/> says
    /// to throw.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no result then.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
        try
        {
            return Task.FromResult(Generate(values, options, cancellationToken));
        }
        catch (OperationCanceledException e) when (e.CancellationToken == cancellationToken && cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
        }
        catch (Word2VecException e)
        {
            return Task.FromException<GeneratedEmbeddings<Embedding<float>>>(e);
        }
    }

    /// <summary>
    /// Answers with this generator, its <see cref="EmbeddingGeneratorMetadata"/> or its <see cref="WordVectors"/>, whichever
    /// <paramref name="serviceType"/> names; null for other types and for any key.
    /// </summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(WordVectors) ? _vectors : null;
    }

    /// <summary>Closes the file that it opened; vectors that it was given stay open.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_ownsVectors)
            _vectors.Dispose();
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellation)
    {
        Check(options);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        long words = 0, unknown = 0;
        foreach (string value in values)
        {
            cancellation.ThrowIfCancellationRequested();
            if (value is null)
                throw new ArgumentException($"Text number {embeddings.Count + 1} is null; give texts only.", nameof(values));
            float[] vector = Embed(value, out long length, out int known);
            words += length;
            unknown += length - known;
            embeddings.Add(new Embedding<float>(vector) { ModelId = _options.ModelId });
        }

        embeddings.Usage = new UsageDetails
        {
            InputTokenCount = words,
            TotalTokenCount = words,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UnknownWordsCount] = unknown },
        };
        return embeddings;
    }

    private void Check(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is int dimensions && dimensions != _vectors.Size)
            throw new Word2VecException(ErrorKind.Usage,
                $"Embeddings of {dimensions} dimensions were asked for and these vectors have {_vectors.Size}; " +
                "leave Dimensions out or train with that size.");
        if (options?.ModelId is string model && _options.ModelId is string own && model != own)
            throw new Word2VecException(ErrorKind.Usage,
                $"The model '{model}' was asked for and these vectors are '{own}'; leave ModelId out or open that model's file.");
    }

    // The text as a whole first: a word of the vocabulary may hold what the tokenizer would change or cut.
    private float[] Embed(string text, out long words, out int known)
    {
        float[] vector;
        if (_vectors.Words.TryGetId(text, out int id))
        {
            vector = _vectors.CopyRow(id);
            words = known = 1;
        }
        else
        {
            vector = new float[_vectors.Size];
            known = _embedder.Embed(text, vector, out words);
        }

        if (known == 0 && _options.UnknownText == UnknownText.Throw)
            throw Unknown(text);
        if (_options.Normalize && TensorPrimitives.Norm(vector) is > 0 and float length)
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private Word2VecException Unknown(string text)
    {
        string composed = _vectors.Subwords is not null && _options.ComposeUnknown ? ", and none that its n-grams can stand for" : "";
        return new Word2VecException(ErrorKind.UnknownWord,
            $"The text '{Shortened(text)}' holds none of the {_vectors.Count} words of these vectors{composed}; leave it out, or let UnknownText be Zeros.");
    }

    private static string Shortened(string text) => (text.Length <= 60 ? text : text[..60] + "…").ReplaceLineEndings(" ");
}
