using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>The result of one section of an analogy file.</summary>
public sealed record AnalogySection(string Name, int Correct, int Asked, int Total);

/// <summary>The result of an analogy file.</summary>
public sealed record AnalogyResult(IReadOnlyList<AnalogySection> Sections)
{
    /// <summary>Questions answered correctly.</summary>
    public int Correct => Sections.Sum(section => section.Correct);

    /// <summary>Questions whose four words are known.</summary>
    public int Asked => Sections.Sum(section => section.Asked);

    /// <summary>All questions of the file.</summary>
    public int Total => Sections.Sum(section => section.Total);

    /// <summary>The share of the asked questions that was answered correctly, 0 … 1.</summary>
    public double Accuracy => Asked == 0 ? 0 : (double)Correct / Asked;
}

/// <summary>Google-format analogies: sections that start with ':', lines of four words; 3CosAdd with the question's words excluded.</summary>
public static class AnalogyEvaluation
{
    /// <summary>Asks the questions of <paramref name="path"/> among the first <paramref name="restrict"/> words (0: all).</summary>
    public static AnalogyResult Evaluate(WordVectors vectors, string path, int restrict = 30_000) => throw new NotImplementedException();
}
