using System.CommandLine;

namespace Word2Vec.CommandLine;

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption : Option<string?>
{
    public ChoiceOption(string name, string description, IReadOnlyList<string> choices, string? standard)
        : base(name)
    {
        Choices = choices;
        Description = description;
        HelpName = string.Join('|', choices);
        if (standard is not null)
            DefaultValueFactory = _ => standard;
        Validators.Add(result =>
        {
            string? found = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (found is not null && !choices.Contains(found))
                result.AddError($"The option {name} is '{found}'; {Expected}");
        });
    }

    public IReadOnlyList<string> Choices { get; }

    /// <summary>What it must be, for errors.</summary>
    public string Expected => $"it must be {string.Join(" or ", Choices)}";
}
