using System.Buffers.Binary;
using System.Collections.Immutable;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Components;

/// <summary>
/// What is kept of a component besides its compiled modules: its binary without them, which takes little, and with
/// which it can be loaded again.
/// </summary>
internal sealed class ComponentImage
{
    private static ReadOnlySpan<byte> Magic => "WasmBindgen component 1\0"u8;

    private readonly int _length;
    private readonly (int Start, int Length)[] _modules;
    private readonly byte[] _rest;

    internal ComponentImage(byte[] bytes, ModuleDefinition[] modules)
    {
        _length = bytes.Length;
        _modules = [.. modules.Select(static module => ((int)module.Start, (int)module.Length)).Order()];
        using var rest = new MemoryStream();
        int end = 0;
        foreach ((int start, int length) in _modules)
        {
            rest.Write(bytes, end, start - end);
            end = start + length;
        }

        rest.Write(bytes, end, bytes.Length - end);
        _rest = rest.ToArray();
    }

    internal byte[] Write(ImmutableArray<Module> modules)
    {
        using var image = new MemoryStream();
        image.Write(Magic);
        WriteNumber(image, _length);
        WriteNumber(image, _modules.Length);
        foreach ((int start, int length) in _modules)
        {
            WriteNumber(image, start);
            WriteNumber(image, length);
        }

        image.Write(_rest);
        foreach (Module module in modules)
        {
            byte[] compiled = module.Serialize();
            WriteNumber(image, compiled.Length);
            image.Write(compiled);
        }

        return image.ToArray();
    }

    /// <returns>The binary, without its modules but as long as it was, and those compiled.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or something else.</exception>
    internal static (byte[] Binary, byte[][] Compiled) Read(ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith(Magic))
        {
            throw new InvalidDataException("the bytes are not what Component.Serialize has written in this version");
        }

        image = image[Magic.Length..];
        var binary = new byte[ReadNumber(ref image, int.MaxValue)];
        var compiled = new byte[ReadNumber(ref image, image.Length / 8)][];
        var modules = new (int Start, int Length)[compiled.Length];
        for (int i = 0; i < modules.Length; i++)
        {
            modules[i] = (ReadNumber(ref image, binary.Length), ReadNumber(ref image, binary.Length));
        }

        int end = 0;
        foreach ((int start, int length) in modules.Append((binary.Length, 0)))
        {
            if (start < end || start - end > image.Length)
            {
                throw Damaged();
            }

            image[..(start - end)].CopyTo(binary.AsSpan(end));
            image = image[(start - end)..];
            end = start + length;
        }

        for (int i = 0; i < compiled.Length; i++)
        {
            int length = ReadNumber(ref image, image.Length);
            if (length > image.Length)
            {
                throw Damaged();
            }

            compiled[i] = image[..length].ToArray();
            image = image[length..];
        }

        return (binary, compiled);
    }

    private static void WriteNumber(MemoryStream image, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        image.Write(bytes);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> image, int most)
    {
        int number = image.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(image);
        if (number < 0 || number > most)
        {
            throw Damaged();
        }

        image = image[sizeof(int)..];
        return number;
    }

    private static InvalidDataException Damaged() => new("the bytes are damaged");
}
