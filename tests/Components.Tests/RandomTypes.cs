using System.Globalization;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// How much of what there is to test a run takes: guests take time to compile. With WASMBINDGEN_TEST_TYPES=100, all of
/// the cases that are listed, and as many random types.
/// </summary>
internal static class RandomTypes
{
    private const int CasesPerType = 6;

    internal static int Count { get; } = int.Parse(
        Environment.GetEnvironmentVariable("WASMBINDGEN_TEST_TYPES") ?? "10", CultureInfo.InvariantCulture);

    /// <summary>Some of the cases, from the first to the last.</summary>
    internal static IReadOnlyList<T> Some<T>(IReadOnlyList<T> cases)
    {
        int most = Count * CasesPerType;
        return cases.Count <= most
            ? cases
            : [.. Enumerable.Range(0, most).Select(i => cases[(int)((long)i * cases.Count / most)])];
    }
}
