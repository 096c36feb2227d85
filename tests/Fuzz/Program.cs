using WasmBindgen.Fuzz;

// No coverage guides it: SharpFuzz needs AFL or libFuzzer's driver, which most machines that build this do not have.
const string Help = """
    Tries what guests, uploads and careless callers might do, until the time is over.

    --seconds N   how long (default 60), split between the parts
    --seed S      where the random numbers begin (default: another one each time)
    --only NAME   one part: guests, damage, misuse or components
    --input I     one input of that part, as a failure names it
    """;

var settings = new Settings(60, Random.Shared.Next(), null, null, null);
for (int i = 0; i < args.Length; i++)
{
    string? value = i + 1 < args.Length ? args[i + 1] : null;
    switch (args[i])
    {
        case "--seconds" when int.TryParse(value, out int seconds) && seconds > 0:
            settings = settings with { Seconds = seconds };
            break;
        case "--seed" when int.TryParse(value, out int seed):
            settings = settings with { Seed = seed };
            break;
        case "--only" when Array.IndexOf(Worker.Parts, value) >= 0:
            settings = settings with { Only = value };
            break;
        case "--input" when long.TryParse(value, out long input):
            settings = settings with { Input = input };
            break;
        case "--worker" when value is not null: // the program starts itself: a crash must leave somebody to tell of it
            settings = settings with { Progress = value };
            break;
        default:
            Console.WriteLine(Help);
            return args[i] is "-h" or "--help" ? 0 : 2;
    }

    i++;
}

if (settings.Input is not null && settings.Only is null)
{
    Console.WriteLine(Help);
    return 2;
}

return settings.Progress is null ? Watcher.Run(settings) : new Worker(settings).Run();
