using System.Collections.Concurrent;
using System.Text;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>Makes vectors of many texts: word vectors whose words are the texts' ids, for any format, search or grouping.</summary>
public static unsafe class DocumentVectors
{
    /// <summary>
    /// Goes through <paramref name="documents"/> once, on all processors. With <see cref="TextMethod.Sif"/> it then takes away the direction that
    /// the vectors of all texts have in common: the greatest eigenvector of the sum of their outer products.
    /// </summary>
    /// <param name="progress">Told how many texts are done, now and then.</param>
    /// <returns>The vectors in the order of the texts, and what can embed more texts in the same way. They take the memory of the vectors alone.</returns>
    /// <exception cref="Word2VecException">There is no text, or none has a known word.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EmbeddedDocuments Embed(
        TextEmbedder embedder, IEnumerable<TextDocument> documents, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(documents);
        int size = embedder.Vectors.Size;
        var rows = new NativeBuffer<float>(1024L * size);
        try
        {
            var run = new Run(embedder, rows);
            foreach (TextDocument[] batch in TextBatches.Of(documents, document => document.Text.Length))
            {
                cancellation.ThrowIfCancellationRequested();
                run.Add(batch);
                progress?.Report(run.Texts);
            }

            run.Check();
            if (embedder.Options.Method == TextMethod.Sif && embedder.Component.IsEmpty)
                embedder = RemoveCommon(embedder, rows.First, run.Kept, cancellation);
            var vectors = new WordVectors(run.Ids.Build(), size, rows.First, (long)size * sizeof(float), rows)
            {
                Metadata = EmbedderRecord.Of(embedder),
            };
            return new EmbeddedDocuments(vectors, embedder)
            {
                Texts = run.Texts, WithoutKnownWord = run.WithoutKnownWord, Words = run.Words, KnownWords = run.KnownWords,
            };
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private static TextEmbedder RemoveCommon(TextEmbedder embedder, float* rows, int count, CancellationToken cancellation)
    {
        int size = embedder.Vectors.Size;
        if (DominantEigenvector.Of(GramMatrix.Of(rows, count, size, cancellation), size) is not { } direction)
            return embedder;
        float[] component = Array.ConvertAll(direction, value => (float)value);
        for (int i = 0; i < count; i++)
            TextEmbedder.RemoveComponent(new Span<float>(rows + (long)i * size, size), component);
        return embedder.Without(component);
    }

    /// <summary>The rows that are there so far.</summary>
    private sealed class Run(TextEmbedder embedder, NativeBuffer<float> rows)
    {
        private readonly int _size = embedder.Vectors.Size;

        public WordIndex.Builder Ids { get; } = new();

        public int Kept => Ids.Count;

        public long Texts { get; private set; }

        public long WithoutKnownWord { get; private set; }

        public long Words { get; private set; }

        public long KnownWords { get; private set; }

        public void Add(TextDocument[] batch)
        {
            rows.Reserve((Kept + (long)batch.Length) * _size);
            var known = new int[batch.Length];
            var words = new long[batch.Length];
            int first = Kept;
            Parallel.ForEach(Partitioner.Create(0, batch.Length), range =>
            {
                var ids = new List<int>();
                for (int i = range.Item1; i < range.Item2; i++)
                    known[i] = embedder.Embed(batch[i].Text, Row(first + i), ids, out words[i]);
            });
            for (int i = 0; i < batch.Length; i++)
                Keep(batch[i], first + i, known[i], words[i]);
        }

        /// <summary>Throws where there is nothing that could be told from anything else.</summary>
        public void Check()
        {
            if (Texts == 0)
                throw new Word2VecException(ErrorKind.Input, "There is no text to embed; give one or more that are not empty.");
            if (WithoutKnownWord == Texts)
                throw new Word2VecException(ErrorKind.Input, $"None of the {Words} words of {Texts} texts is among the {embedder.Vectors.Count} " +
                    $"words of these vectors; was the other tokenizer meant (here: {embedder.Options.Tokenizer})?");
        }

        // Rows move up where texts before them are left out.
        private void Keep(TextDocument document, int row, int known, long words)
        {
            Texts++;
            Words += words;
            KnownWords += known;
            WithoutKnownWord += known == 0 ? 1 : 0;
            if (known == 0 && embedder.Options.LeaveOutUnknown)
                return;
            if (row != Kept)
                Row(row).CopyTo(Row(Kept));
            if (!Ids.TryAdd(Encoding.UTF8.GetBytes(document.Id)))
                throw new Word2VecException(ErrorKind.Input, $"The ids of {Texts} texts have more than {Array.MaxLength} bytes; use shorter ones.");
        }

        private Span<float> Row(int id) => new(rows.First + (long)id * _size, _size);
    }
}
