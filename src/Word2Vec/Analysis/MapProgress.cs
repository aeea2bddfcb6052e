namespace Word2Vec.Analysis;

/// <summary>How far <see cref="WordMap.Find"/> is.</summary>
/// <param name="Stage">What is being done: <c>neighbors</c> or <c>layout</c>.</param>
/// <param name="Done">Rows or iterations that are done.</param>
/// <param name="Total">Rows or iterations of this stage.</param>
/// <param name="Loss">The loss when it was last measured; NaN before, and where there is none.</param>
public readonly record struct MapProgress(string Stage, int Done, int Total, double Loss);
