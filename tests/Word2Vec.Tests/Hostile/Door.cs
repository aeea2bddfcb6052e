using Word2Vec.Analysis;
using Word2Vec.Corpora;
using Word2Vec.Evaluation;
using Word2Vec.Formats;
using Word2Vec.Tests.Corpora;
using Word2Vec.Tests.Shared;
using Word2Vec.Tests.Vectors;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Hostile;

/// <summary>One way by which bytes of a stranger come into the library: a kind of file, a good example of it and what opens it.</summary>
/// <param name="Name">What the tests call it.</param>
/// <param name="File">The name of the file that is damaged; others may lie beside it.</param>
/// <param name="Open">Opens what lies at the path and looks at all of it, in one of three ways: as it is, its beginning, as what it was said to be.</param>
internal sealed record Door(string Name, string File, Action<string, int> Open)
{
    /// <summary>The cuts of a good file that no reader can see, by the bytes that are missing; by default any, since a text has no length.</summary>
    public Func<int, bool> MayMiss { get; init; } = _ => true;

    /// <summary>Whether it has numbers of 32 and 64 bits, and their highest byte first; null: it has none.</summary>
    public bool? IsBigEndian { get; init; }

    /// <summary>Writes good files of this kind into a folder.</summary>
    public required Action<string> Prepare { get; init; }

    /// <summary>The formats whose header or footer says how much there is, with the last bytes that mean nothing.</summary>
    private static readonly Dictionary<VectorFormat, int> Measured = new()
    {
        [VectorFormat.Native] = 0, [VectorFormat.NumPy] = 0, [VectorFormat.Faiss] = 0, [VectorFormat.Safetensors] = 0, [VectorFormat.FastText] = 0,
        [VectorFormat.Sqlite] = 0, [VectorFormat.PgCopyBinary] = 0, [VectorFormat.Parquet] = 0, [VectorFormat.Word2VecBinary] = 1,
    };

    /// <summary>All doors: every format, what lies beside a format, and the other files that are read.</summary>
    public static IReadOnlyList<Door> All { get; } = [.. Formats(), .. Subwords(), .. Companions(), .. Packed(), .. Others()];

    private static IEnumerable<Door> Formats()
    {
        foreach (VectorFormatInfo info in VectorFile.Formats)
        {
            string file = $"v{info.Endings[0]}";
            bool isMeasured = Measured.TryGetValue(info.Format, out int most);
            yield return new Door(info.Name, file, (path, way) => OpenVectors(path, way, info.Format))
            {
                Prepare = folder => VectorFile.Save(Example(), Path.Combine(folder, file), info.Format),
                MayMiss = missing => !isMeasured || missing <= most,
                IsBigEndian = isMeasured ? info.Format is VectorFormat.Sqlite or VectorFormat.PgCopyBinary : null,
            };
        }
    }

    private static IEnumerable<Door> Subwords()
    {
        foreach ((string file, VectorFormat format) in new[] { ("s.w2v", VectorFormat.Native), ("s.ftbin", VectorFormat.FastText) })
        {
            yield return new Door($"{format} with n-grams", file, (path, way) => OpenVectors(path, way, format))
            {
                Prepare = folder => VectorFile.Save(MadeSubwords.Of(["the", "größe", "of"], 3, new Ngrams(2, 3, 11)), Path.Combine(folder, file)),
                MayMiss = _ => false,
                IsBigEndian = false,
            };
        }
    }

    private static IEnumerable<Door> Companions()
    {
        foreach ((string name, string file, string beside) in new[] { ("words of numpy", "v.npy", "v.words.txt"), ("words of faiss", "v.faiss", "v.words.txt"),
            ("words of projector", "v.tsv", "v.metadata.tsv") })
        {
            yield return new Door(name, beside, (path, way) => OpenVectors(Path.Combine(Path.GetDirectoryName(path)!, file), way % 2, null))
            {
                Prepare = folder => VectorFile.Save(Example(), Path.Combine(folder, file)),
            };
        }
    }

    private static IEnumerable<Door> Packed()
    {
        foreach (VectorFormatInfo info in VectorFile.Formats)
        {
            string file = $"v{info.Endings[0]}.gz";
            yield return new Door($"{info.Name} in gzip", file, (path, way) => OpenVectors(path, way, info.Format))
            {
                Prepare = folder => VectorFile.Save(Example(), Path.Combine(folder, file), info.Format),
                MayMiss = _ => false,
            };
        }
    }

    private static IEnumerable<Door> Others()
    {
        const string Counts = "the 120\nof 77\nström 12\n\"x\" 5\nlast 1\n";
        yield return new Door("vocabulary", "words.txt", (path, _) => VocabularyFile.Read(path)) { Prepare = Text("words.txt", Counts) };
        const string Joined = "#word2vec phrases 1\n#joiner _\n#tokenizer text\n#connectors of the\n1\t120.5\t70\tnew york\n1\t99\t7\tbank of america\n2\t8e2\t5\tnew_york times\n";
        yield return new Door("phrases", "phrases.txt", (path, _) => Assert.InRange(Phrases.Read(path).Join(["new", "of"]).Count, 1, 2))
        {
            Prepare = Text("phrases.txt", Joined),
        };
        const string Questions = "# capitals\n: capital-common\nAthens Greece Oslo Norway\nRome Italy Oslo Norway\n: gram1-plural\nbird birds cat cats\n";
        yield return new Door("analogies", "q.txt", (path, way) => Ask(way, vectors => AnalogyEvaluation.Evaluate(vectors, path)))
        {
            Prepare = Text("q.txt", Questions),
        };
        const string Labels = "w1\tred\nw2\tblue\nwé3\tred\nabsent\tgreen\n";
        const string Pairs = "word 1,word 2,score\ntiger,cat,7.35\nbook,paper,7.46\nking,cabbage,0.23\n";
        yield return new Door("pairs", "p.csv", (path, way) => Ask(way, vectors => SimilarityEvaluation.Evaluate(vectors, path)))
        {
            Prepare = Text("p.csv", Pairs),
        };
        yield return new Door("edge list", "g.txt", (path, way) => Walk(Graph.Read(CorpusSource.From(path), way == 1, way == 2)))
        {
            Prepare = Text("g.txt", "# made by hand\na b 1\nb ström 2.5 x\nström a 1e-3\na a 7\nb a 1\n"),
        };
        yield return new Door("encoded corpus", "c.ids", (path, _) => OpenCorpus(path))
        {
            Prepare = folder => Encode(folder, "c.ids"),
            MayMiss = _ => false,
            IsBigEndian = false,
        };
        yield return new Door("checkpoint", "v.bin.checkpoint-1", (path, _) => OpenCheckpoint(path))
        {
            Prepare = folder => Interrupt(Path.Combine(folder, "v.bin.checkpoint-1")),
            MayMiss = _ => false,
            IsBigEndian = false,
        };
        yield return new Door("classifier", "model.json", (path, _) => OpenClassifier(path))
        {
            Prepare = folder => Classifier().Save(Path.Combine(folder, "model.json")),
        };
        yield return new Door("labels", "labels.tsv", (path, _) => LabeledWords.Read(path, Example())) { Prepare = Text("labels.tsv", Labels) };
        yield return new Door("projector configuration", "projector_config.pbtxt", (path, _) => SaveBeside(path))
        {
            Prepare = folder => VectorFile.Save(Example(), Path.Combine(folder, "other.tsv")),
        };
    }

    private static Action<string> Text(string name, string content) => folder => System.IO.File.WriteAllText(Path.Combine(folder, name), content);

    /// <summary>Small, because the time is in the number of files, and most of the damage should hit what describes the rows.</summary>
    private static WordVectors Example()
    {
        var random = new Random(3);
        float[] rows = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle() * 2 - 1)];
        return new WordVectors(WordIndex.From(Enumerable.Range(0, 12).Select(i => $"w{(i % 3 == 0 ? "é" : "")}{i}")), 5, rows);
    }

    // Recognised by its content, in part, and as what it was said to be, so that damage of the mark does not hide the rest.
    private static void OpenVectors(string path, int way, VectorFormat? format)
    {
        VectorReadOptions options = (way % 3) switch
        {
            0 => new VectorReadOptions(),
            1 => new VectorReadOptions { Limit = 3 },
            _ => new VectorReadOptions { Format = format },
        };
        using WordVectors vectors = VectorFile.Open(path, options);
        Assert.True(vectors is { Count: > 0, Size: > 0 });
        for (int id = 0; id < vectors.Count; id++)
        {
            Assert.True(Array.TrueForAll(vectors.CopyRow(id), float.IsFinite));
            Assert.True(vectors.Words.TryGetId(vectors.Words.Bytes(id), out int first) && first <= id);
        }

        Assert.True(vectors.Counts is null || vectors.Counts.Count == vectors.Count);
        Assert.All(vectors.Metadata, pair => Assert.NotNull(pair.Value));
        var any = new float[vectors.Size];
        if (vectors.Subwords is { } subwords && subwords.TryGetVector("unbekannt"u8, any))
            Assert.True(Array.TrueForAll(any, float.IsFinite));
    }

    private static void Ask(int way, Action<WordVectors> ask)
    {
        string[] words = ["athens", "Greece", "Oslo", "Norway", "tiger", "cat", "book", "paper"];
        ask(new WordVectors(WordIndex.From(words), 2, [.. Enumerable.Range(0, 16).Select(i => MathF.Sin(i + way))]));
    }

    private static void Walk(Graph graph)
    {
        Assert.True(graph.NodeCount > 0);
        Assert.NotEqual("", Graphs.Text(graph, new WalkOptions { Walks = 1, Length = 3, Threads = 1, Return = 0.5 }));
    }

    private static void Encode(string folder, string name)
    {
        string cache = Path.Combine(folder, "cache"), text = Path.Combine(folder, "c.txt");
        System.IO.File.WriteAllBytes(text, Corpus.RandomText(seed: 10, length: 300));
        CorpusEncoder.Encode(CorpusSource.From(text), new CorpusOptions { MinimumCount = 1 }, cache).Dispose();
        System.IO.File.Copy(Directory.GetFiles(cache).Single(), Path.Combine(folder, name));
    }

    private static TrainingJob Job()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200, words: 8, longest: 9);
        var options = new TrainingOptions { VectorSize = 5, Epochs = 2 };
        return new TrainingJob(corpus, options, new Weights(corpus.Vocabulary.Count, options.VectorSize));
    }

    private static void Interrupt(string path)
    {
        TrainingJob job = Job();
        job.Weights.Initialize(seed: 4);
        CheckpointHeader header = CheckpointHeader.Of(job);
        (header.Sequence, header.Epoch, header.Position) = (1, 1, job.Corpus.SentenceStart(100));
        CheckpointFile.Write(path, header, [new TrainingLoss(3.5, 20), default], job.Weights);
        Release(job);
    }

    private static void OpenCheckpoint(string path)
    {
        TrainingJob job = Job();
        try
        {
            Assert.Equal(1, CheckpointFile.Read(path, job).Course.Epoch);
        }
        finally
        {
            Release(job);
        }
    }

    private static void Release(TrainingJob job)
    {
        job.Weights.Dispose();
        job.Corpus.Dispose();
    }

    private static void OpenClassifier(string path)
    {
        VectorClassifier classifier = VectorClassifier.Open(path);
        Assert.All(classifier.Weights, row => Assert.True(row.Count == classifier.Size + 1 && row.All(double.IsFinite)));
        Assert.Equal(classifier.Labels.Count, classifier.Weights.Count);
    }

    private static VectorClassifier Classifier()
    {
        WordVectors vectors = Example();
        return VectorClassifier.Train(vectors, LabeledWords.From(Enumerable.Range(0, vectors.Count).Select(id => (id, id % 2 == 0 ? "even" : "odd"))));
    }

    // What stands in the configuration of other tables stays, so that it is read when a table is written.
    private static void SaveBeside(string path) => VectorFile.Save(Example(), Path.Combine(Path.GetDirectoryName(path)!, "v.tsv"));

    private static void OpenCorpus(string path)
    {
        using EncodedCorpus corpus = EncodedCorpusFile.Open(path);
        Assert.Equal(EncodedCorpus.SentenceEnd, corpus.Ids(corpus.Length - 1, 1)[0]);
    }
}
