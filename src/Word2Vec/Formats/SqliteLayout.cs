namespace Word2Vec.Formats;

/// <summary>Where a database has its words and vectors.</summary>
/// <param name="Table">The table.</param>
/// <param name="Word">The column of words, from 0.</param>
/// <param name="Vector">The column of vectors.</param>
/// <param name="Count">The column of counts; −1 if there is none.</param>
/// <param name="Size">Components of each vector.</param>
internal sealed record SqliteLayout(SqliteTable Table, int Word, int Vector, int Count, int Size)
{
    private static readonly string[] TableNames = ["vectors", "embeddings"];

    /// <summary>Finds the table, by its first row: one called vectors or embeddings if it will do, else the first that does.</summary>
    /// <exception cref="Word2VecException">There is none.</exception>
    public static SqliteLayout Choose(SqliteFile file, List<SqliteTable> tables)
    {
        foreach (SqliteTable table in tables.OrderByDescending(table => TableNames.Contains(table.Name, StringComparer.OrdinalIgnoreCase)))
        {
            if (table.Root != 0 && !table.IsWithoutRowId && Of(file, table) is { } layout)
                return layout;
        }

        throw None(file, tables);
    }

    private static SqliteLayout? Of(SqliteFile file, SqliteTable table)
    {
        var cursor = new SqliteCursor(file, $"table {table.Name}", table.Root);
        if (!cursor.MoveNext())
            return null;
        var row = new SqliteRow(file, cursor);
        row.Read();
        List<string> names = table.Columns();
        int word = Pick(ColumnNames.Words, column => row[column].Kind == SqliteKind.Text);
        int vector = Pick(ColumnNames.Vectors, column =>
            row[column] is { Kind: SqliteKind.Blob, Length: > 0 } blob && blob.Length % sizeof(float) == 0 &&
            blob.Length / sizeof(float) <= Array.MaxLength);
        int count = names.IndexOf(ColumnNames.Count);
        return word < 0 || vector < 0 ? null : new SqliteLayout(table, word, vector, count, (int)(row[vector].Length / sizeof(float)));

        int Pick(IReadOnlyList<string> preferred, Func<int, bool> fits)
        {
            IEnumerable<int> columns = Enumerable.Range(0, row.Columns).Where(fits);
            return columns.OrderByDescending(column => column < names.Count && preferred.Contains(names[column])).FirstOrDefault(-1);
        }
    }

    private static Word2VecException None(SqliteFile file, List<SqliteTable> tables)
    {
        const int Shown = 5;
        string names = tables.Count == 0
            ? "it holds no table"
            : $"it holds {string.Join(", ", tables.Take(Shown).Select(table => table.Name))}{(tables.Count > Shown ? ", …" : "")}";
        bool isVirtual = tables.Exists(table => table.Root == 0);
        return file.Error("has no table with a column of text and one of blobs of 32-bit floats in its first row: " + names + (isVirtual
            ? ". The rows of a virtual table (vec0) lie in chunks; make a plain table of it: create table vectors as select word, " +
                "vector from …"
            : "; make one: create table vectors(id integer primary key, word text, vector blob)"));
    }
}
