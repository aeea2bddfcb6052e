#:property PublishAot=false
#:project ../../src/Word2Vec/Word2Vec.csproj
// Run it from anywhere: dotnet run --file docs/examples/train-and-query.cs
using Word2Vec;

string corpus = args.Length > 0 ? args[0] : "corpora/small-world.txt";
using var vectors = SkipGram.Train(corpus);
vectors.Save(Path.Combine(Path.GetTempPath(), "small-world.bin"));
foreach (var neighbor in vectors.MostSimilar(args.Length > 1 ? args[1] : "france", 5))
    Console.WriteLine($"{neighbor.Similarity:0.000}  {neighbor.Word}");
