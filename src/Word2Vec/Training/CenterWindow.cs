namespace Word2Vec.Training;

/// <summary>The contexts of one center: Begin … End − 1 without Center, which is its own place among them.</summary>
internal readonly record struct CenterWindow(int Begin, int Center, int End);
