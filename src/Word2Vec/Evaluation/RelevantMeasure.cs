using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Words with the words that are right answers. What has no vector is left out.</summary>
internal sealed class RelevantMeasure : Measure
{
    private const string Expected = "a word and, behind tabs, the words that are relevant to it";

    private readonly List<string[]> _lines;
    private readonly int _depth;

    public RelevantMeasure(string path, int depth)
        : base("relevant", path, RankedAnswers.Names(depth))
    {
        OptionCheck.Range(nameof(depth), depth, 1, int.MaxValue);
        (_lines, _depth) = (Parse(path), depth);
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        var asked = new List<int>();
        var queries = new List<int>();
        var relevant = new List<HashSet<int>>();
        for (int line = 0; line < _lines.Count; line++)
        {
            int[] ids = [.. _lines[line].Select(word => QuestionFile.TryGetId(vectors.Words, word, out int id) ? id : -1)];
            var right = ids.Skip(1).Where(id => id >= 0 && id != ids[0]).ToHashSet();
            if (ids[0] < 0 || right.Count == 0)
                continue;
            asked.Add(line);
            queries.Add(ids[0]);
            relevant.Add(right);
        }

        int[] all = [.. Enumerable.Range(0, vectors.Count)];
        double[][] values = RankedAnswers.Of(vectors, queries, all, (query, id) => relevant[query].Contains(id), _depth, cancellation);
        return new MeanAnswers(QuestionFile.Keys(asked), _lines.Count, values);
    }

    private static List<string[]> Parse(string path)
    {
        var lines = new List<string[]>();
        foreach ((int number, string line) in QuestionFile.Lines(path, Expected))
        {
            string[] words = line.Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length < 2)
                throw QuestionFile.Malformed(path, number, line, Expected);
            lines.Add(words);
        }

        return lines.Count > 0 ? lines
            : throw new Word2VecException(ErrorKind.Input, $"'{path}' holds no questions; {Expected} were expected on each line.");
    }
}
