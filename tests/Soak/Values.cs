using static WasmBindgen.Soak.Scene;

namespace WasmBindgen.Soak;

/// <summary>Calls that return: what goes in must come back.</summary>
internal static class Values
{
    internal static readonly (string Name, int Weight, Action<Scene> Run)[] Scenarios =
    [
        ("numbers", 40, Numbers), ("strings", 20, Strings), ("records", 10, Records), ("options", 10, Options),
        ("results", 10, Results), ("variants", 10, Variants), ("spans", 10, Spans), ("globals", 5, Globals),
        ("memory", 5, Memories), ("resources", 10, Resources), ("externref", 10, References),
        ("callbacks", 10, Callbacks), ("table index", 10, TableIndices), ("recursion", 10, Recursion),
        ("asynchronous host", 10, AsynchronousHost), ("asynchronous guest", 5, AsynchronousGuest),
        ("memory64", 5, Wide), ("AssemblyScript", 5, Script),
    ];

    private static void Numbers(Scene scene)
    {
        int left = scene.Random.Next(), right = scene.Random.Next();
        Equal(unchecked(left + right), scene.Guest.Add(left, right));
        Equal((0.5 * left) + 2, scene.Guest.Scale(0.5, left, Colour.Blue));
    }

    private static void Strings(Scene scene)
    {
        string text = Text(scene.Random, scene.Random.Next(2000));
        Equal(text.ToUpperInvariant(), scene.Guest.Text(text));
    }

    private static void Records(Scene scene)
    {
        Person[] people = [.. Enumerable.Range(0, scene.Random.Next(20)).Select(i => new Person(
            Text(scene.Random, 10), i, i % 2 == 0 ? null : "a@b", new byte[i]))];
        Check(people.Reverse<Person>().SequenceEqual(scene.Guest.People(people)), "other people");
    }

    private static void Options(Scene scene)
    {
        string? text = scene.Random.Next(2) == 0 ? null : Text(scene.Random, 30);
        Equal(text, scene.Guest.Maybe(text));
    }

    private static void Results(Scene scene)
    {
        Result<string, Colour> value = scene.Random.Next(2) == 0
            ? Result<string, Colour>.Ok(Text(scene.Random, 30)) : Result<string, Colour>.Error(Colour.Green);
        Equal(value, scene.Guest.Outcome(value));
    }

    private static void Variants(Scene scene)
    {
        Figure figure = scene.Random.Next(3) switch
        {
            0 => new Figure.Nothing(),
            1 => new Figure.Circle(scene.Random.NextSingle()),
            _ => new Figure.Text(Text(scene.Random, 5), Colour.Red),
        };
        Equal(figure, scene.Guest.Draw(figure));
    }

    private static void Spans(Scene scene)
    {
        int[] values = new int[scene.Random.Next(1000)];
        Array.Fill(values, 3);
        Equal(3 * values.Length, scene.Guest.Sum(values));
    }

    private static void Globals(Scene scene)
    {
        long total = scene.Random.NextInt64();
        scene.Guest.Total = total;
        Equal(total, scene.Guest.Total);
    }

    private static void Memories(Scene scene)
    {
        int number = scene.Random.Next();
        scene.Guest.Memory.Write(128, number);
        Equal(number, BitConverter.ToInt32(scene.Guest.Memory.GetSpan(128, 4)));
    }

    private static void Resources(Scene scene)
    {
        int times = scene.Random.Next(1, 10);
        Equal(10 + (3 * times), scene.Guest.Count(times));
        if (!scene.IsForgotten && scene.Random.Next(4) == 0)
        {
            scene.Guest.KeepCounter(1); // disposed when the store is
        }
    }

    private static void References(Scene scene)
    {
        object value = new();
        Check(ReferenceEquals(value, scene.Guest.Echo(value)), "another object");
        Check(scene.Guest.Echo(null) is null, "an object from null");
        if (scene.Random.Next(20) == 0)
        {
            scene.Store.CollectReferences();
        }
    }

    private static void Callbacks(Scene scene)
    {
        int number = scene.Random.Next(1000);
        Equal(number + 5, scene.Guest.Apply(number, 5));
        Equal(number - 5, scene.Guest.Minus()(number, 5));
    }

    private static void TableIndices(Scene scene) => Equal(4, scene.Guest.ApplyAt(2, 7, 3));

    private static void Recursion(Scene scene)
    {
        int depth = scene.Random.Next(30);
        Equal(depth + 1, scene.Guest.Dive(depth));
    }

    private static void AsynchronousHost(Scene scene) => Equal(8, scene.Guest.Later(7));

    private static void AsynchronousGuest(Scene scene)
    {
        Task<int>[] tasks = [.. Enumerable.Range(0, 3).Select(scene.Guest.LaterOnItsThread)];
        Equal(6, Task.WhenAll(tasks).GetAwaiter().GetResult().Sum());
    }

    private static void Wide(Scene scene)
    {
        string text = Text(scene.Random, 50);
        Equal(text.ToUpperInvariant(), new WideGuest(scene.Generation.Wide.Instantiate(scene.Store)).Upper(text));
    }

    private static void Script(Scene scene)
    {
        var guest = new ScriptGuest(scene.Generation.Script.Instantiate(scene.Store));
        int[] numbers = [.. Enumerable.Range(0, scene.Random.Next(300))];
        Equal(numbers.Sum(), guest.SumOfArray(numbers));
        Equal(numbers.Sum(), guest.SumOfTyped(numbers));
        Check(guest.WordsOf(3) is ["n0", "n1", "n4"], "other words");
    }

    private static string Text(Random random, int length) =>
        string.Create(length, random, static (text, random) => random.GetItems("abcdefäöü€", text));
}
