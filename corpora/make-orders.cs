#:property PublishAot=false
// Makes orders.csv and orders-products.tsv:
//
//     dotnet run --file corpora/make-orders.cs [folder]
//
// They go into the folder, or beside this file if none is given. A row is an event: when, in which order, which product. Categories come in pairs that are used together (drills
// and drill bits), products of a category in two lines that fit each other; an order is about a pair, mostly about one line of it, and some have something else besides. Orders
// overlap in time, and one row in fifty arrives late. The bytes are the same on every machine: the only chance is SplitMix64 with a fixed seed.

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

const int Orders = 5000, LateBy = 40;

string target = args.Length > 0 ? args[0] : Path.GetDirectoryName(SourcePath())!;
Directory.CreateDirectory(target);
var random = new SplitMix64(19770401);
var shop = new Shop(random);
var rows = new List<(long Key, string Row)>();
for (int order = 0, minute = 0; order < Orders; order++)
{
    minute += random.Below(9);
    int time = minute;
    foreach (string product in shop.Order())
    {
        rows.Add(((long)(random.OneIn(50) ? time + LateBy : time) * 1_000_000 + rows.Count, $"{Time(time)},{10001 + order},{product}"));
        time += random.Below(3);
    }
}

Write("orders.csv", rows.OrderBy(row => row.Key).Select(row => row.Row).Prepend("timestamp,order,product"));
Write("orders-products.tsv", Shop.Truth());

string Time(int minutes) => new DateTime(2026, 3, 2, 6, 0, 0).AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

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

internal sealed class Shop(SplitMix64 random)
{
    private const int ProductsOfLine = 5, Lines = 2;

    /// <summary>What is used together: first what one needs one of, then what one needs several of.</summary>
    private static readonly string[][] s_pairs =
    [
        ["drill", "bit"], ["printer", "ink"], ["camera", "film"], ["lamp", "bulb"], ["tent", "peg"],
        ["razor", "blade"], ["pen", "refill"], ["stove", "pan"], ["bike", "tube"], ["brush", "paint"],
    ];

    /// <summary>What goes with everything, and sells best.</summary>
    private static readonly string[] s_extras = ["carrier-bag", "gift-wrap"];

    /// <summary>The products of an order, each once, in the order in which they are scanned.</summary>
    public IEnumerable<string> Order()
    {
        var products = new List<string>();
        for (int needs = random.OneIn(8) ? 2 : 1; needs > 0; needs--)
        {
            string[] pair = s_pairs[random.Below(s_pairs.Length)];
            int line = random.Below(Lines);
            for (int count = 1 + random.Below(2); count > 0; count--)
                products.Add(Product(pair[0], line));
            for (int count = 1 + random.Below(3); count > 0; count--)
                products.Add(Product(pair[1], random.OneIn(6) ? 1 - line : line));
        }

        if (random.OneIn(3))
            products.Add(Product(s_pairs[random.Below(s_pairs.Length)][random.Below(2)], random.Below(Lines)));
        products.AddRange(s_extras.Where(_ => random.OneIn(4)));
        return products.Distinct();
    }

    /// <summary>Product, what it is needed for, category, line. What goes with everything is needed for nothing, and left out.</summary>
    public static IEnumerable<string> Truth() =>
        s_pairs.SelectMany(pair => pair.Select(category => (Category: category, Need: string.Join('+', pair))))
            .SelectMany(of => Enumerable.Range(1, Lines * ProductsOfLine)
                .Select(number => $"{of.Category}-{number:00}\t{of.Need}\t{of.Category}\t{(number <= ProductsOfLine ? "a" : "b")}"));

    /// <summary>Low numbers of a line sell better: the lesser of two throws, so the shares are 9, 7, 5, 3 and 1 in 25.</summary>
    private string Product(string category, int line) =>
        $"{category}-{1 + line * ProductsOfLine + Math.Min(random.Below(ProductsOfLine), random.Below(ProductsOfLine)):00}";
}
