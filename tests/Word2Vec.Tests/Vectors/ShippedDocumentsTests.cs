using Word2Vec.Queries;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

/// <summary>Texts of a shipped corpus whose topic is known: what was scanned at one station of the warehouse is of one family, mostly.</summary>
public sealed class ShippedDocumentsTests
{
    private static readonly string Folder = Path.Combine(House.Root, "corpora");

    // The texts share words with others of their family, so that counting words would do. What word vectors add is seen in the nearest text
    // without a word in common.
    [Fact]
    public void Texts_are_nearest_to_texts_of_their_family_also_without_a_word_in_common()
    {
        (TextDocument[] texts, string[] families) = Pieces();
        using WordVectors words = SkipGram.Train(Path.Combine(Folder, "warehouse.txt"), new TrainingOptions { Threads = 1 });
        (TextMethod, double)[] expected = [(TextMethod.Mean, 0.95), (TextMethod.TfIdf, 0.95), (TextMethod.Sif, 0.85)];
        foreach ((TextMethod method, double least) in expected)
        {
            var embedder = new TextEmbedder(words, new TextEmbeddingOptions { Method = method, Tokenizer = TokenizerKind.Whitespace });
            using WordVectors documents = DocumentVectors.Embed(embedder, texts).Vectors;
            Assert.InRange(ShareOfFamily(documents, texts, families, mayShareWords: true), 0.98, 1);
            Assert.InRange(ShareOfFamily(documents, texts, families, mayShareWords: false), least, 1);
        }
    }

    [Fact]
    public void Latent_semantics_brings_families_together()
    {
        (TextDocument[] texts, string[] families) = Pieces();
        var options = new LatentSemanticsOptions { Size = 24, Tokenizer = TokenizerKind.Whitespace };
        LatentVectors learned = LatentSemantics.Learn(texts.Select(text => text.Text), options);
        using WordVectors documents = DocumentVectors.Embed(learned.Embedder, texts).Vectors;
        Assert.InRange(ShareOfFamily(documents, texts, families, mayShareWords: true), 0.95, 1);
    }

    private static double ShareOfFamily(WordVectors documents, TextDocument[] texts, string[] families, bool mayShareWords)
    {
        HashSet<string>[] words = [.. texts.Select(text => text.Text.Split(' ').ToHashSet())];
        IReadOnlyList<IReadOnlyList<Neighbor>> nearest = new VectorIndex(documents).MostSimilarBatch([.. texts.Select(text => text.Id)], texts.Length);
        int right = nearest.Select((found, i) => (i, Other: found.First(one => mayShareWords || !words[i].Overlaps(words[one.Id])).Id))
            .Count(pair => families[pair.i] == families[pair.Other]);
        return (double)right / texts.Length;
    }

    private static (TextDocument[] Texts, string[] Families) Pieces()
    {
        Dictionary<string, string> familyOf = File.ReadLines(Path.Combine(Folder, "warehouse-families.tsv"))
            .Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]);
        var pieces = new List<(string Family, List<string> Words)>();
        foreach (string word in File.ReadLines(Path.Combine(Folder, "warehouse.txt")).Take(300).SelectMany(line => line.Split(' ')))
        {
            if (word.StartsWith("station-", StringComparison.Ordinal))
                pieces.Add((familyOf[word], []));
            else if (pieces.Count > 0 && familyOf.ContainsKey(word))
                pieces[^1].Words.Add(word);
        }

        pieces.RemoveAll(piece => piece.Words.Count < 3);
        return ([.. pieces.Select((piece, i) => new TextDocument($"{i}", string.Join(' ', piece.Words)))], [.. pieces.Select(piece => piece.Family)]);
    }
}
