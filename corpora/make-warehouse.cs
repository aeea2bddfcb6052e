#:property PublishAot=false
// Makes warehouse.txt and warehouse-families.tsv:
//
//     dotnet run --file corpora/make-warehouse.cs [folder]
//
// They go into the folder, or beside this file if none is given. A line is one picking tour as a scanner records it: who scans, the
// stations visited and what was scanned at each, where the cart went. A family of products lies at two stations, a station holds half a
// family, four families share an aisle; a tour often visits both stations of a family and mostly stays in one aisle. One scan in twenty
// is of something that lies elsewhere. The bytes are the same on every machine: the only chance is SplitMix64 with a fixed seed.

using System.Runtime.CompilerServices;
using System.Text;

string target = args.Length > 0 ? args[0] : Path.GetDirectoryName(SourcePath())!;
Directory.CreateDirectory(target);
var warehouse = new Warehouse();
var picker = new Picker(warehouse, new SplitMix64(20131016));
Write("warehouse.txt", Enumerable.Range(0, 6000).Select(_ => picker.Tour()));
Write("warehouse-families.tsv", warehouse.Truth());

void Write(string name, IEnumerable<string> lines) =>
    File.WriteAllText(Path.Combine(target, name), string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));

static string SourcePath([CallerFilePath] string path = "") => path;

/// <summary>Steele, Lea and Flood's SplitMix64: the same numbers everywhere, which System.Random does not promise.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public int Below(int count)
    {
        ulong z = _state += 0x9e3779b97f4a7c15ul;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ul;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebul;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)count, out _);
    }

    public bool OneIn(int count) => Below(count) == 0;
}

internal sealed record Station(string Name, string Family, string[] Products);

internal sealed class Warehouse
{
    public const int ProductsAtStation = 6;

    /// <summary>The families, an aisle a row.</summary>
    private static readonly string[][] s_aisles =
    [
        ["tea-green", "tea-black", "tea-herbal", "coffee"],
        ["juice", "water", "lemonade", "cocoa"],
        ["pasta", "rice", "flour", "sugar"],
        ["honey", "jam", "chocolate", "biscuit"],
        ["soap", "shampoo", "toothpaste", "lotion"],
        ["candle", "battery", "bulb", "detergent"],
    ];

    /// <summary>The stations of each aisle in the order in which one walks past them: two a family.</summary>
    public Station[][] Aisles { get; } = [.. s_aisles.Select((families, aisle) => families.SelectMany((family, at) => new[]
    {
        Stock(family, aisle, 2 * at, 1),
        Stock(family, aisle, 2 * at + 1, 1 + ProductsAtStation),
    }).ToArray())];

    private static Station Stock(string family, int aisle, int at, int first) =>
        new(
            $"station-{(char)('a' + aisle)}{at + 1:00}",
            family,
            [.. Enumerable.Range(first, ProductsAtStation).Select(n => $"{family}-{n:00}")]);

    /// <summary>Token, family, station: every product, and every station as a token of the family that lies there.</summary>
    public IEnumerable<string> Truth() => Aisles.SelectMany(aisle => aisle).SelectMany(station =>
        station.Products.Prepend(station.Name).Select(token => $"{token}\t{station.Family}\t{station.Name}"));
}

internal sealed class Picker(Warehouse warehouse, SplitMix64 random)
{
    private static readonly string[] s_incidents =
        ["rescan", "short", "recount", "label-unreadable", "quantity-2", "quantity-3", "quantity-6"];

    /// <summary>A tour of two to five stops: each at the family's other station (2i and 2i + 1) or onward, mostly in one aisle.</summary>
    public string Tour()
    {
        var events = new List<string> { "tour-start", $"scanner-{1 + random.Below(20):00}" };
        int aisle = random.Below(warehouse.Aisles.Length);
        int at = random.Below(warehouse.Aisles[aisle].Length);
        for (int stops = 2 + random.Below(4); stops > 0; stops--)
        {
            Visit(warehouse.Aisles[aisle][at], events);
            aisle = random.OneIn(6) ? random.Below(warehouse.Aisles.Length) : aisle;
            at = random.OneIn(2) ? at ^ 1 : (at + 1 + random.Below(2)) % warehouse.Aisles[aisle].Length;
        }
        events.Add($"dock-{1 + random.Below(4)}");
        events.Add("tour-end");
        return string.Join(' ', events);
    }

    private void Visit(Station station, List<string> events)
    {
        events.Add(station.Name);
        for (int scans = 2 + random.Below(5); scans > 0; scans--)
        {
            string product = Product(random.OneIn(20) ? AnyStation() : station);
            if (product != events[^1])
                events.Add(product);
            if (random.OneIn(8))
                events.Add(s_incidents[random.Below(s_incidents.Length)]);
        }
    }

    private Station AnyStation()
    {
        Station[] aisle = warehouse.Aisles[random.Below(warehouse.Aisles.Length)];
        return aisle[random.Below(aisle.Length)];
    }

    /// <summary>Low numbers sell better: the lesser of two throws, so the shares are 11, 9, 7, 5, 3 and 1 in 36.</summary>
    private string Product(Station station) =>
        station.Products[Math.Min(random.Below(Warehouse.ProductsAtStation), random.Below(Warehouse.ProductsAtStation))];
}
