using WasmBindgen.Components.Format;
using System.Text;

namespace WasmBindgen.Build.Tests;

/// <summary>Guests in the text format, compiled by the engine and read by the task.</summary>
internal static class Guests
{
    internal static byte[] Compile(string text) => Wat.Compile(Encoding.UTF8.GetBytes(text));

    internal static GuestText Read(byte[] guest)
    {
        using var file = new MemoryStream(guest);
        return GuestReader.Read(file);
    }

    /// <summary>The declarations of a module's type, without what is around them.</summary>
    internal static string[] Declarations(string fields) => Declarations(Compile($"(module {fields})"));

    /// <summary>The declarations of a module's type, without what is around them.</summary>
    internal static string[] Declarations(byte[] guest)
    {
        string[] lines = Read(guest).Wat!.Split('\n');
        Assert.Equal("(module", lines[0]);
        Assert.Equal([")", ""], lines[^2..]);
        Assert.All(lines[1..^2], line => Assert.StartsWith("  (", line, StringComparison.Ordinal));
        return [.. lines[1..^2].Select(line => line[2..])];
    }

    /// <summary>Why a guest cannot be read, and where.</summary>
    internal static InvalidGuestException Refusal(byte[] guest) =>
        Assert.Throws<InvalidGuestException>(() => Read(guest));
}
