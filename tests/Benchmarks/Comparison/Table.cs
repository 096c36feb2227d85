using System.Globalization;

namespace WasmBindgen.Benchmarks;

/// <summary>The figures as text.</summary>
internal static class Table
{
    private const string Missing = "–";

    internal static void Print(Figure[] figures, int rounds)
    {
        string place = LoadedLibraries.AreFar ? "far" : "near";
        Write($"Nanoseconds a call, {rounds} rounds each: the least (median). The CLR and the engine are {place}.");
        Write($"");
        Console.WriteLine(
            $"| {"",-34} | {"C",17} | {"C#",17} | {"package",17} | {"C# / C",11} | {"package / C#",12} | "
                + $"{"B/call",9} | {"collections",11} |");
        Console.WriteLine(
            $"|{new string('-', 36)}|{new string('-', 19)}|{new string('-', 19)}|{new string('-', 19)}|"
                + $"{new string('-', 13)}|{new string('-', 14)}|{new string('-', 11)}|{new string('-', 13)}|");
        foreach (Figure figure in figures)
        {
            List<double> ours = figure.Bindings.Times;
            List<double>? theirs = figure.Package?.Times;
            string bytes = Pair(
                $"{figure.Bindings.BytesPerCall:F0}",
                figure.Package is { } column ? $"{column.BytesPerCall:F0}" : Missing);
            string collections = figure.CountsCollections
                ? Pair($"{figure.Bindings.Collections}", $"{figure.Package?.Collections}")
                : "";
            Console.WriteLine(
                $"| {figure.Title,-34} | {Times(figure.InC),17} | {Times(ours),17} | {Times(theirs),17} | "
                    + $"{Ratio(ours, figure.InC),11} | {Ratio(theirs, ours),12} | {bytes,9} | {collections,11} |");
        }

        Write($"");
        Write($"B/call and collections: of C# / of the package, collections in all rounds together.");
    }

    private static string Times(List<double>? times) =>
        times is null ? Missing : string.Create(CultureInfo.InvariantCulture, $"{times.Min():F1} ({Median(times):F1})");

    private static string Ratio(List<double>? of, List<double> to) =>
        of is null
            ? Missing
            : string.Create(CultureInfo.InvariantCulture, $"{of.Min() / to.Min():F2} ({Median(of) / Median(to):F2})");

    private static string Pair(string ours, string theirs) => $"{ours} / {theirs}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
