using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Words with labels that a classifier is to learn.</summary>
internal sealed class LabelMeasure : Measure
{
    private readonly int _folds;
    private readonly ulong _seed;

    public LabelMeasure(string path, int folds, ulong seed)
        : base("labels", path, "accuracy", "macro F1")
    {
        OptionCheck.Range(nameof(folds), folds, 2, int.MaxValue);
        (_folds, _seed) = (folds, seed);
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        LabeledWords words = LabeledWords.Read(Path, vectors);
        var places = words.Ids.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        int[] given = new int[words.Ids.Count];
        var options = new ClassifierOptions { Seed = _seed };
        foreach ((LabeledWords train, LabeledWords test) in words.Folds(_folds, _seed))
        {
            VectorClassifier classifier = VectorClassifier.Train(vectors, train, options, cancellation: cancellation);
            foreach (int id in test.Ids)
                given[places[id]] = classifier.LikeliestOf(vectors[id]);
        }

        return new LabelAnswers(WordSubset.Names(vectors, words.Ids), words.Ids.Count + words.Unknown, words.Labels, [.. words.Classes], given);
    }
}
