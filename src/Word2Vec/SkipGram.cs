using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec;

/// <summary>The short way in: train, save, most similar.</summary>
public static class SkipGram
{
    /// <summary>Reads the text at <paramref name="path"/> and trains on all processors.</summary>
    public static WordVectors Train(string path, TrainingOptions? options = null, CorpusOptions? corpusOptions = null) => throw new NotImplementedException();
}
