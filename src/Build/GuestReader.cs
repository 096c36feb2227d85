using WasmBindgen.Build.Core;

namespace WasmBindgen.Build;

/// <summary>Turns a guest, a binary file, into text that the generator can read.</summary>
internal static class GuestReader
{
    private static readonly byte[] Magic = [0, (byte)'a', (byte)'s', (byte)'m'];

    /// <param name="file">The whole guest; it can seek.</param>
    /// <exception cref="InvalidGuestException">It is neither a module nor a component.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static GuestText Read(Stream file)
    {
        const int Preamble = 8;
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
                return new GuestText(ModuleWriter.Write(module), Wit: null);
            default:
                throw new InvalidGuestException(4, $"it is of version {version} and layer {layer}, which is not known");
        }
    }
}
