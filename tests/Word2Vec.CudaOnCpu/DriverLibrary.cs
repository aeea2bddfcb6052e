using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Word2Vec.CudaOnCpu;

/// <summary>
/// A shared library for Linux on x64 whose functions jump to addresses in a table that the library exports, so that functions of this process can be found
/// under the names of a driver's.
/// </summary>
/// <remarks>ELF-64 (System V Application Binary Interface, gABI 4.1, chapters 4 and 5) with a System V hash table, and nothing that a linker does not need.</remarks>
internal static class DriverLibrary
{
    private const string Table = "cuda_on_cpu_table";
    private const int Page = 4096, HeaderBytes = 64, ProgramHeaderBytes = 56, SymbolBytes = 24, StubBytes = 8;

    /// <summary>Whether such a library can be loaded here.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Loads a library of that name, so that whoever loads the name from now on gets it.</summary>
    public static unsafe void Load(string name, IReadOnlyDictionary<string, nint> functions)
    {
        string[] names = [.. functions.Keys];
        string folder = Directory.CreateTempSubdirectory("cuda-on-cpu-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, Bytes(name, names));
            var table = (nint*)NativeLibrary.GetExport(NativeLibrary.Load(path), Table);
            for (int i = 0; i < names.Length; i++)
                table[i] = functions[names[i]];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The library: headers, hash table, symbols, names and code in one segment; the dynamic section and the table in another one.</summary>
    private static byte[] Bytes(string soname, string[] functions)
    {
        var names = new MemoryStream();
        names.WriteByte(0);
        int[] symbolNames = [.. functions.Append(Table).Append(soname).Select(name => AddName(names, name))];

        int symbols = functions.Length + 2;
        int hash = HeaderBytes + (4 * ProgramHeaderBytes), hashBytes = 4 * (2 + 1 + symbols);
        int symbolTable = Align(hash + hashBytes, 8), nameTable = symbolTable + (symbols * SymbolBytes);
        int code = Align(nameTable + (int)names.Length, 16), codeEnd = code + (functions.Length * StubBytes);
        int dynamic = Align(codeEnd, Page), dynamicBytes = 7 * 16, table = dynamic + dynamicBytes, end = table + (functions.Length * 8);

        var file = new byte[end];
        Span<byte> bytes = file;
        "\u007fELF"u8.CopyTo(bytes);
        (file[4], file[5], file[6]) = (2, 1, 1);
        Put(file, 16, 2, 3, 2, 62, 4, 1);
        Put(file, 32, 8, HeaderBytes);
        Put(file, 52, 2, HeaderBytes, 2, ProgramHeaderBytes, 2, 4);
        Segment(file, 0, type: 1, flags: 5, 0, codeEnd, Page);
        Segment(file, 1, type: 1, flags: 6, dynamic, end - dynamic, Page);
        Segment(file, 2, type: 2, flags: 6, dynamic, dynamicBytes, 8);
        Segment(file, 3, type: 0x6474e551, flags: 6, 0, 0, 16);

        // One bucket, whose chain goes through all symbols.
        Put(file, hash, 4, 1, 4, symbols, 4, 1);
        for (int i = 1; i < symbols - 1; i++)
            Put(file, hash + 12 + (4 * i), 4, i + 1);
        for (int i = 0; i < functions.Length; i++)
        {
            int stub = code + (i * StubBytes);
            Symbol(file, symbolTable, i + 1, symbolNames[i], kind: 0x12, stub, StubBytes);

            // jmp [rip + distance]
            (file[stub], file[stub + 1]) = (0xFF, 0x25);
            Put(file, stub + 2, 4, table + (8 * i) - (stub + 6));
        }

        Symbol(file, symbolTable, symbols - 1, symbolNames[^2], kind: 0x11, table, functions.Length * 8);
        names.ToArray().CopyTo(bytes[nameTable..]);

        // DT_SONAME, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL
        Put(file, dynamic, 8, 14, 8, symbolNames[^1], 8, 4, 8, hash, 8, 5, 8, nameTable, 8, 6, 8, symbolTable, 8, 10, 8, names.Length, 8, 11, 8, SymbolBytes, 8, 0);
        return file;
    }

    private static int AddName(MemoryStream names, string name)
    {
        int at = (int)names.Length;
        names.Write(Encoding.ASCII.GetBytes(name + '\0'));
        return at;
    }

    private static void Segment(byte[] file, int index, int type, int flags, int at, int length, int align) =>
        Put(file, HeaderBytes + (index * ProgramHeaderBytes), 4, type, 4, flags, 8, at, 8, at, 8, at, 8, length, 8, length, 8, align);

    // It has no section, but a number that says that the library defines it.
    private static void Symbol(byte[] file, int symbols, int index, int name, int kind, int at, int length) =>
        Put(file, symbols + (index * SymbolBytes), 4, name, 1, kind, 1, 0, 2, 1, 8, at, 8, length);

    /// <summary>Writes numbers one behind the other, each as its length in bytes and its value.</summary>
    private static void Put(byte[] file, int at, params long[] lengthsAndValues)
    {
        Span<byte> number = stackalloc byte[8];
        for (int i = 0; i < lengthsAndValues.Length; i += 2)
        {
            int length = (int)lengthsAndValues[i];
            BinaryPrimitives.WriteInt64LittleEndian(number, lengthsAndValues[i + 1]);
            number[..length].CopyTo(file.AsSpan(at));
            at += length;
        }
    }

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
