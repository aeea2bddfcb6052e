using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>What else belongs to a basket of items, as a table or a line of JSON.</summary>
internal static class BasketAnswer
{
    public static void Write(Host host, WordVectors vectors, IReadOnlyList<string> typed, int count, bool json)
    {
        string[] basket = [.. typed.SelectMany(word => Items(word, vectors)).Distinct()];
        var recommender = new BasketRecommender(vectors);
        IReadOnlyList<Neighbor> found = recommender.Recommend(basket, count);
        string[] unknown = [.. basket.Where(item => !vectors.Words.TryGetId(item, out _))];
        if (unknown.Length > 0)
            host.Error.WriteLine($"note: without {ResultTable.Printable(string.Join(", ", unknown))}, which has no vector");
        string score = recommender.UsesOutputVectors ? "score" : "similarity";
        if (json)
        {
            host.Out.WriteLine(ToJson([.. basket.Except(unknown)], found, score));
            return;
        }

        var table = new ResultTable("item", "#" + score);
        foreach (Neighbor neighbor in found)
            table.Add(neighbor.Word, Neighbors.Text(neighbor.Similarity));
        table.Write(host.Terminal);
    }

    // A comma may be part of an item's own name.
    private static string[] Items(string word, WordVectors vectors) =>
        vectors.Words.TryGetId(word, out _) ? [word] : word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string ToJson(string[] basket, IReadOnlyList<Neighbor> found, string score) => Json.Write(indented: false, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStrings("basket", basket);
        writer.WriteStartArray("items");
        foreach (Neighbor neighbor in found)
        {
            writer.WriteStartObject();
            writer.WriteString("item", neighbor.Word);
            writer.WriteFinite(score, neighbor.Similarity);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
