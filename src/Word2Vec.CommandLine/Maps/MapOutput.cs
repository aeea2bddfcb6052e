using Word2Vec.Analysis;
using Word2Vec.Formats;

namespace Word2Vec.CommandLine.Maps;

/// <summary>A file that a map is written to, in the form that its ending says.</summary>
internal sealed class MapOutput
{
    private const int PictureDimensions = 2;

    private readonly string _ending;
    private readonly VectorFormat _format;

    public MapOutput(string path, int dimensions)
    {
        (Path, _ending) = (path, System.IO.Path.GetExtension(path).ToLowerInvariant());
        if (_ending is ".svg" or ".html" or ".htm" && dimensions != PictureDimensions)
            throw new Word2VecException(ErrorKind.Usage,
                $"The output {path} is a picture, which takes --dimensions {PictureDimensions}; the option is {dimensions}.");
        if (!IsOurs)
            _format = FormatNames.Choose(null, path);
    }

    public string Path { get; }

    private bool IsOurs => _ending is ".svg" or ".html" or ".htm" or ".tsv" or ".csv" or ".json";

    public void Write(WordMap map, IReadOnlyList<string?>? groups, string title, int labels)
    {
        if (!IsOurs)
        {
            VectorFile.Save(map.Vectors, Path, new VectorWriteOptions { Format = _format });
            return;
        }

        var text = new StringWriter { NewLine = "\n" };
        if (_ending is ".svg")
            new MapDrawing(map.Vectors) { Title = title, Groups = groups, Labels = labels }.WriteSvg(text);
        else if (_ending is ".html" or ".htm")
            new MapDrawing(map.Vectors) { Title = title, Groups = groups }.WriteHtml(text);
        else if (_ending is ".json")
            text.WriteLine(MapTable.Json(map, groups));
        else
            MapTable.Write(map, groups, _ending is ".csv" ? "," : "\t", text);
        TextFile.Replace(Path, text.ToString());
    }
}
