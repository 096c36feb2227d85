using System.Globalization;

namespace WasmBindgen.Components.Tests;

/// <summary>How many random types a test takes: more where WASMBINDGEN_TEST_TYPES says so, for hours of looking.</summary>
internal static class RandomTypes
{
    internal static int Count { get; } = int.Parse(
        Environment.GetEnvironmentVariable("WASMBINDGEN_TEST_TYPES") ?? "10", CultureInfo.InvariantCulture);
}
