namespace Word2Vec.Formats;

/// <summary>A table as the database's schema lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Root">The page at which its b-tree begins; 0 for a virtual table.</param>
/// <param name="Sql">The statement that made it.</param>
internal sealed record SqliteTable(string Name, long Root, string Sql)
{
    private static readonly string[] Constraints = ["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"];

    /// <summary>Whether its rows lie in an index, which is not read.</summary>
    public bool IsWithoutRowId =>
        Sql[(Sql.LastIndexOf(')') + 1)..].Contains("WITHOUT", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tables of <paramref name="file"/>, those that SQLite keeps for itself left out.</summary>
    public static List<SqliteTable> All(SqliteFile file)
    {
        var tables = new List<SqliteTable>();
        var cursor = new SqliteCursor(file, "the schema", 1);
        var row = new SqliteRow(file, cursor);
        while (cursor.MoveNext())
        {
            row.Read();
            bool isTable = row[0].Kind == SqliteKind.Text && row.Text(row[0]) == "table";
            if (!isTable || row[1].Kind != SqliteKind.Text || row[3].Kind != SqliteKind.Integer || row[4].Kind != SqliteKind.Text)
                continue;
            var table = new SqliteTable(row.Text(row[1]), row.Integer(row[3]), row.Text(row[4]));
            if (!table.Name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
                tables.Add(table);
        }

        return tables;
    }

    /// <summary>The names of its columns in lower case, in order, as far as the statement is understood.</summary>
    public List<string> Columns()
    {
        var columns = new List<string>();
        int start = Sql.IndexOf('(') + 1, depth = 0;
        char quote = '\0';
        for (int i = start; i < Sql.Length && start > 0; i++)
        {
            char c = Sql[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"' or '`' or '[')
                quote = c == '[' ? ']' : c;
            else if (depth == 0 && c is (',' or ')'))
                AddColumn(Sql[start..i], columns);
            if (quote != '\0')
                continue;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            start = depth == 0 && c == ',' ? i + 1 : start;
            if (depth < 0)
                break;
        }

        return columns;
    }

    private static void AddColumn(string definition, List<string> columns)
    {
        string text = definition.Trim();
        bool isQuoted = text.Length > 1 && text[0] is ('"' or '`' or '[' or '\'');
        int end = isQuoted
            ? text.IndexOf(text[0] == '[' ? ']' : text[0], 1)
            : text.AsSpan().IndexOfAny(" \t\r\n(");
        string name = end < 0 ? text : text[(isQuoted ? 1 : 0)..end];
        if (isQuoted || !Constraints.Contains(name, StringComparer.OrdinalIgnoreCase))
            columns.Add(name.ToLowerInvariant());
    }
}
