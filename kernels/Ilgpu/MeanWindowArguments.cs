using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What the kernel for windows whose input is a mean reads and changes.</summary>
internal struct MeanWindowArguments
{
    /// <summary>Rows, kept tokens and draws.</summary>
    public SpanArguments Span;

    /// <summary>The input rows that each word is the mean of, one word's behind the other's, and where each word's begin; one more start behind the last.</summary>
    public ArrayView<int> Rows, RowStarts;

    /// <summary>The same of the turns on the way to each word, 2 · inner node + code; not read without a tree.</summary>
    public ArrayView<int> Turns, TurnStarts;

    /// <summary>Scratch, a stretch of <see cref="MostTargets"/> a group: 2 · output row + 1 − label of each target of the window; −1: none.</summary>
    public ArrayView<int> Targets;

    /// <summary>Scratch, as long: how often each target counts, and the gradient of its dot product.</summary>
    public ArrayView<float> TargetWeights, Gradients;

    /// <summary>Scratch: a number for each thread.</summary>
    public ArrayView<float> Partials;

    /// <summary>Out: sum and its rounding error for each row of lanes.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: predictions of each group.</summary>
    public ArrayView<int> Pairs;

    /// <summary>How many negative samples of a prediction each negative of a window stands for.</summary>
    public float NegativeWeight;

    /// <summary>Targets of the widest window; negatives drawn for a window; threads that share a dot product.</summary>
    public int MostTargets, Negatives, Lanes;

    /// <summary>Not 0: the center is the input and its contexts are predicted; 0: the mean of the contexts is, and the center is predicted.</summary>
    public int CenterIsInput;

    /// <summary>Not 0: words are told by their turns; 0: from negative samples.</summary>
    public int HasTree;
}

/// <summary>A window: its center among the kept tokens and in the corpus, its first context, how many there are.</summary>
internal struct MeanWindow
{
    public int Center, First, Contexts;

    public long Position;

    /// <summary>Words that the input is the mean of.</summary>
    public static int Inputs(MeanWindowArguments a, MeanWindow window) => a.CenterIsInput != 0 ? 1 : window.Contexts;

    /// <summary>One of them.</summary>
    public static int Input(MeanWindowArguments a, MeanWindow window, int index) =>
        a.CenterIsInput != 0 ? a.Span.KeptWords[window.Center] : SpanArguments.ContextWord(a.Span, window.First, window.Center, index);

    /// <summary>Words that it predicts.</summary>
    public static int Predictions(MeanWindowArguments a, MeanWindow window) => a.CenterIsInput != 0 ? window.Contexts : 1;

    /// <summary>One of them.</summary>
    public static int Predicted(MeanWindowArguments a, MeanWindow window, int index) =>
        a.CenterIsInput != 0 ? SpanArguments.ContextWord(a.Span, window.First, window.Center, index) : a.Span.KeptWords[window.Center];
}
