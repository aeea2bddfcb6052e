namespace Word2Vec.Formats;

/// <summary>A column that has values, a leaf of the schema's tree.</summary>
/// <param name="Index">Its number among the columns, from 0, which is also that of its chunk in each row group.</param>
/// <param name="Place">Its name and those of the groups around it.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="IsText">Whether its bytes are said to be text.</param>
/// <param name="MostRepetition">How many of the groups around it repeat, itself included.</param>
/// <param name="MostDefinition">How many of them may be missing.</param>
internal sealed record ParquetColumn(int Index, ParquetPath Place, ParquetType Type, bool IsText, int MostRepetition, int MostDefinition)
{
    private const int Deepest = 32;

    /// <summary>The name of the column, also where its values lie deeper: <c>vector</c> of <c>vector.list.element</c>.</summary>
    public string Name => Place.First;

    /// <summary>The names from the root's child on, with dots between them, for people.</summary>
    public string Path => Place.ToString();

    /// <summary>Bytes of a value where each stands for itself, or of its length's; 0 for a type that is not read.</summary>
    public int Width => Type switch
    {
        ParquetType.Int32 or ParquetType.Float or ParquetType.ByteArray => 4,
        ParquetType.Int64 or ParquetType.Double => 8,
        _ => 0,
    };

    /// <summary>The columns of a schema, which lists its tree in depth-first order; null if the list is not a tree.</summary>
    public static List<ParquetColumn>? Of(IReadOnlyList<ThriftStruct> schema)
    {
        var columns = new List<ParquetColumn>();
        int at = 1;
        long children = schema.Count == 0 ? 0 : schema[0].Integer(5) ?? 0;
        for (long i = 0; i < children; i++)
        {
            if (!Add(schema, ref at, null, 0, 0, 0, columns))
                return null;
        }

        return at == schema.Count ? columns : null;
    }

    private static bool Add(
        IReadOnlyList<ThriftStruct> schema, ref int at, ParquetPath? parent, int repetition, int definition, int depth,
        List<ParquetColumn> columns)
    {
        if (at >= schema.Count || depth > Deepest)
            return false;
        ThriftStruct element = schema[at++];
        var path = new ParquetPath(parent, element.Text(4) ?? "");
        long kind = element.Integer(3) ?? 0, children = element.Integer(5) ?? 0;
        repetition += kind == ParquetFormat.Repeated ? 1 : 0;
        definition += kind == ParquetFormat.Required ? 0 : 1;
        if (element.Integer(1) is { } type)
        {
            bool isText = element.Integer(6) == ParquetFormat.ConvertedUtf8 ||
                element.Struct(10)?.Struct(ParquetFormat.LogicalString) is not null;
            columns.Add(new ParquetColumn(columns.Count, path, (ParquetType)type, isText, repetition, definition));
            return true;
        }

        for (long i = 0; i < children; i++)
        {
            if (!Add(schema, ref at, path, repetition, definition, depth + 1, columns))
                return false;
        }

        return true;
    }
}
