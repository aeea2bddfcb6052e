using Word2Vec.Tests.Shared;

namespace Word2Vec.Tests.Hostile;

/// <summary>Tests that measure the process's memory run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>
/// What holds for every file that is read: damaged, it opens to something whose every part can be used, or gives an error of our own in one line; it
/// never takes more memory than twice its size and 64 MB; and a file that says how long it is never opens cut short.
/// </summary>
/// <remarks>tests/mutants.sh runs the same with more mutants and another seed, and writes down what it found.</remarks>
[Collection(Alone.Name)]
public sealed class HostileFileTests : IDisposable
{
    private const int DefaultMutants = 200, Crossings = 300;

    private static readonly int? Asked = Number("WORD2VEC_MUTANTS");
    private static readonly int Seed = Number("WORD2VEC_MUTANT_SEED") ?? 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-hostile-");

    public static TheoryData<string> Doors() => [.. Door.All.Select(door => door.Name)];

    public static TheoryData<string> DoorsWithNumbers() => [.. Door.All.Where(door => door.IsBigEndian is not null).Select(door => door.Name)];

    [Theory]
    [MemberData(nameof(Doors))]
    public void A_good_file_opens_in_every_way(string name)
    {
        (Door door, byte[] whole) = Prepare(name);
        using var trial = new Trial(door, _folder.FullName);
        for (int way = 0; way < 3; way++)
            Assert.True(trial.Opens(whole, "the whole file", way));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void Cut_at_any_length_it_is_refused_where_it_says_how_long_it_is(string name)
    {
        (Door door, byte[] whole) = Prepare(name);
        using var trial = new Trial(door, _folder.FullName);
        foreach ((string what, byte[] content) in Damage.Cuts(whole))
        {
            bool opens = trial.Opens(content, what, way: 0) | trial.Opens(content, what, way: 2);
            Assert.False(opens && !door.MayMiss(whole.Length - content.Length), $"{name} opened with {what}.");
        }
    }

    [Theory]
    [MemberData(nameof(DoorsWithNumbers))]
    public void No_number_in_a_header_or_a_footer_does_harm(string name)
    {
        (Door door, byte[] whole) = Prepare(name);
        using var trial = new Trial(door, _folder.FullName);
        var (random, isBig) = (new Random(Seed), door.IsBigEndian == true);
        foreach ((string what, byte[] content) in Damage.Numbered(whole, isBig).Concat(Damage.Crossed(whole, isBig, random, Crossings)))
            trial.Opens(content, what, trial.Count);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void Neither_mutants_nor_what_follows_the_end_do_harm(string name)
    {
        (Door door, byte[] whole) = Prepare(name);
        using var trial = new Trial(door, _folder.FullName);
        var random = new Random(Seed);
        foreach ((string what, byte[] content) in Damage.Appended(whole, random))
            trial.Opens(content, what, trial.Count);
        for (int i = 0; i < (Asked ?? DefaultMutants); i++)
            trial.Opens(Mutation.Of(whole, random), $"mutant {i} of seed {Seed}", trial.Count);
        if (Asked is not null)
            trial.Report(Environment.GetEnvironmentVariable("WORD2VEC_MUTANT_REPORT"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (Door Door, byte[] Whole) Prepare(string name)
    {
        Door door = Door.All.Single(door => door.Name == name);
        door.Prepare(_folder.FullName);
        return (door, File.ReadAllBytes(Path.Combine(_folder.FullName, door.File)));
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : null;
}
