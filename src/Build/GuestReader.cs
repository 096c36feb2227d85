using WasmBindgen.Components.Format;
using WasmBindgen.Build.Core;
using WasmBindgen.Build.Wit;

namespace WasmBindgen.Build;

/// <summary>Turns a guest, a binary file, into text that the generator can read.</summary>
internal static class GuestReader
{
    private static readonly byte[] Magic = [0, (byte)'a', (byte)'s', (byte)'m'];

    private const int Preamble = 8;

    /// <param name="file">The whole guest; it can seek.</param>
    /// <exception cref="InvalidGuestException">It is neither a module nor a component.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static GuestText Read(Stream file)
    {
        long length = file.Length;
        byte[] preamble = GuestSections.Read(file, 0, (int)Math.Min(Preamble, length));
        if (!preamble.AsSpan().StartsWith(Magic))
        {
            throw new InvalidGuestException(0, "it does not begin with \\0asm, as binary files do");
        }

        if (preamble.Length < Preamble)
        {
            throw new InvalidGuestException(length, "it ends too early");
        }

        (int version, int layer) = (preamble[4] | (preamble[5] << 8), preamble[6] | (preamble[7] << 8));
        switch (version, layer)
        {
            case (1, 0):
                CoreModule module = ModuleReader.Read(file, Preamble, length);
                return new GuestText(ModuleWriter.Write(module), Worlds([.. module.ComponentTypes.Select(
                    static section => (section.Offset, (Stream)new MemoryStream(section.Content)))]));
            case (13, 1):
                return new GuestText(Wat: null, Worlds([(0, file)]));
            default:
                throw new InvalidGuestException(4, $"it is of version {version} and layer {layer}, which is not known");
        }
    }

    /// <summary>The WIT of a component, or of the component types that a core module has.</summary>
    private static string? Worlds(IReadOnlyList<(long Offset, Stream Component)> components)
    {
        if (components.Count == 0)
        {
            return null;
        }

        var document = new WitDocument();
        var names = new TypeNames();
        var documentation = new WitDocumentation();
        foreach ((long offset, Stream component) in components)
        {
            try
            {
                (ComponentDefinition definition, IReadOnlyList<byte[]> packageDocs) = ComponentReader.Read(component);
                string package = WitDecoder.Decode(definition, document, names);
                foreach (byte[] section in packageDocs)
                {
                    documentation.Add(section, package);
                }
            }
            catch (InvalidGuestException exception)
            {
                throw new InvalidGuestException(offset + exception.Offset, exception.Message);
            }
            catch (InvalidDataException exception)
            {
                throw new InvalidGuestException(offset: null, exception.Message);
            }
        }

        try
        {
            return WitWriter.Write(document, names, documentation);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidGuestException(offset: null, exception.Message);
        }
    }
}
