using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Words with labels, whose neighbours are to have the same.</summary>
internal sealed class RetrievalMeasure : Measure
{
    private readonly int _depth;

    public RetrievalMeasure(string path, int depth)
        : base("retrieval", path, RankedAnswers.Names(depth))
    {
        OptionCheck.Range(nameof(depth), depth, 1, int.MaxValue);
        _depth = depth;
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        LabeledWords words = LabeledWords.Read(Path, vectors);
        int[] members = new int[words.Labels.Count];
        foreach (int label in words.Classes)
            members[label]++;
        // A word that is alone with its label asks for nothing.
        int[] asked = [.. Enumerable.Range(0, words.Ids.Count).Where(i => members[words.Classes[i]] > 1)];
        if (asked.Length == 0)
            throw new Word2VecException(ErrorKind.Input, $"No two words of '{Path}' that have vectors have the same label; words are to find those " +
                "with their own label, so two or more of a label were expected.");
        int[] queries = Array.ConvertAll(asked, i => words.Ids[i]);
        double[][] values = RankedAnswers.Of(vectors, queries, words.Ids,
            (query, place) => words.Classes[place] == words.Classes[asked[query]], _depth, cancellation);
        return new MeanAnswers(WordSubset.Names(vectors, queries), words.Ids.Count + words.Unknown, values);
    }
}
