using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace WasmBindgen.Tests;

/// <summary>
/// What .ci/run changes around the tests: the .NET that they run on, and the culture. With the variable
/// WASMBINDGEN_TEST_CULTURE=U+2212, every thread's culture writes negative numbers with that sign, as Swedish does
/// where the system has all cultures.
/// </summary>
public sealed class Circumstances
{
    private static readonly string NegativeSign =
        Environment.GetEnvironmentVariable("WASMBINDGEN_TEST_CULTURE") == "U+2212" ? "\u2212" : "-";

    // CA2255: in a library's hands this would surprise its users, but tests have none.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void SetCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = NegativeSign;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = culture;
    }
#pragma warning restore CA2255

    [Fact]
    public void Culture() => Assert.Equal(NegativeSign + "1", (-1).ToString(CultureInfo.CurrentCulture));

    [Fact]
    public async Task Culture_of_other_threads()
    {
        string? text = null;
        var thread = new Thread(() => text = (-1).ToString(CultureInfo.CurrentCulture));
        thread.Start();
        thread.Join();
        Assert.Equal(NegativeSign + "1", text);
        Assert.Equal(NegativeSign + "1", await Task.Run(static () => (-1).ToString(CultureInfo.CurrentCulture)));
    }

    [Fact]
    public void Framework() => Assert.Contains(
        $"Version=v{Environment.Version.ToString(2)}",
        typeof(Circumstances).Assembly.GetCustomAttributes(false).OfType<TargetFrameworkAttribute>().Single()
            .FrameworkName,
        StringComparison.Ordinal);
}
