using Spectre.Console;

/// <summary>What became of a file: what to say of it, and the reason if it failed.</summary>
internal sealed record FileResult(string Path, string Outcome, string? Error = null);

/// <summary>Tells what happens: with colours and a progress bar on a terminal, in plain lines elsewhere.</summary>
internal static class Report
{
    private static bool IsTerminal => AnsiConsole.Profile.Out.IsTerminal;

    /// <summary>Formats the files one after the other, and returns how many failed.</summary>
    public static int Files(IReadOnlyList<string> paths, Func<string, FileResult> format)
    {
        List<FileResult> results = IsTerminal
            ? AnsiConsole.Progress().Start(context =>
            {
                ProgressTask task = context.AddTask("Formatting", maxValue: paths.Count);
                return Run(() => task.Increment(1));
            })
            : Run(static () => { });

        if (IsTerminal)
        {
            Table table = new Table().AddColumns("file", "outcome").RoundedBorder();
            foreach (FileResult result in results)
            {
                string colour = result.Error is null ? "green" : "red";
                table.AddRow(Markup.Escape(result.Path), $"[{colour}]{Markup.Escape(result.Outcome)}[/]");
            }

            AnsiConsole.Write(table);
        }

        foreach (FileResult result in results)
        {
            if (result.Error is not null)
            {
                Error($"{result.Path}: {result.Outcome}", result.Error);
            }
            else if (!IsTerminal)
            {
                Console.WriteLine($"{result.Path}: {result.Outcome}");
            }
        }

        return results.Count(static result => result.Error is not null);

        List<FileResult> Run(Action onDone) => [.. paths.Select(path =>
        {
            FileResult result = format(path);
            onDone();
            return result;
        })];
    }

    public static void Error(string title, string text)
    {
        if (IsTerminal)
        {
            AnsiConsole.Write(new Panel(Markup.Escape(text)).Header(Markup.Escape(title)).BorderColor(Color.Red));
        }
        else
        {
            Console.WriteLine(title);
            foreach (string line in text.Split('\n'))
            {
                Console.WriteLine($"  {line}".TrimEnd());
            }
        }
    }

    public static void Heading(string text)
    {
        if (IsTerminal)
        {
            AnsiConsole.Write(new Rule(Markup.Escape(text)).LeftJustified());
        }
        else
        {
            Console.WriteLine($"\n== {text}");
        }
    }
}
