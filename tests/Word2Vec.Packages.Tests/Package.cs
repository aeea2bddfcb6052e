using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Word2Vec.Packages.Tests;

/// <summary>What lies in a .nupkg or .snupkg.</summary>
internal sealed class Package
{
    private readonly Dictionary<string, byte[]> _files;
    private readonly XElement _metadata;

    public Package(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        _files = zip.Entries.ToDictionary(entry => entry.FullName, Read);
        string nuspec = Text(_files.Keys.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal)));
        _metadata = XDocument.Parse(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public IEnumerable<string> Files => _files.Keys;

    /// <summary>Each dependency with its range of versions as the nuspec writes it.</summary>
    public IEnumerable<string> Dependencies => _metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
        .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}");

    public XElement? Metadata(string name) => _metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    public byte[] Bytes(string file) => _files[file];

    /// <summary>A text file, without a byte order mark.</summary>
    public string Text(string file) => Encoding.UTF8.GetString(_files[file]).TrimStart('\uFEFF');

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
