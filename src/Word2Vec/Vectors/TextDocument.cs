namespace Word2Vec.Vectors;

/// <summary>A text with the name under which its vector is found again.</summary>
/// <param name="Id">A line's number, a file's name, a key: anything that no other text is called.</param>
/// <param name="Text">The text.</param>
public readonly record struct TextDocument(string Id, string Text);
