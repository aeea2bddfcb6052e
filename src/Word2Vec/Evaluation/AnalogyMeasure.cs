using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>Google-format analogies.</summary>
internal sealed class AnalogyMeasure : Measure
{
    private readonly AnalogyQuestions _questions;
    private readonly int _restrict;
    private readonly bool _composeUnknown;

    public AnalogyMeasure(string path, int restrict, bool composeUnknown)
        : base("analogies", path, "accuracy")
    {
        OptionCheck.Range(nameof(restrict), restrict, 0, int.MaxValue);
        (_questions, _restrict, _composeUnknown) = (AnalogyQuestions.Read(path), restrict, composeUnknown);
    }

    internal override Answers Ask(WordVectors vectors, CancellationToken cancellation)
    {
        bool?[] right = [.. _questions.Ask(vectors, _restrict, _composeUnknown, progress: null, cancellation).SelectMany(section => section)];
        int[] asked = [.. Enumerable.Range(0, right.Length).Where(i => right[i] is not null)];
        return new MeanAnswers(QuestionFile.Keys(asked), right.Length, Array.ConvertAll(asked, i => right[i] == true ? 1.0 : 0));
    }
}
