using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// What guests do with handles, in any order: good ones, unknown, dropped and lent ones, and those of other types.
/// Every number of a handle, and every destructor, must be the engine's.
/// </summary>
public sealed class HandleTests
{
    private const int Sequences = 300;

    private static readonly FunctionType s_op =
        new([Primitive.Of("u32"), Primitive.Of("u32"), Primitive.Of("u32")], Primitive.Of("u32"));

    private static readonly FunctionType s_log = new([], new ListType(Primitive.Of("u32")));

    [Fact]
    public void Of_resources_of_the_guest_itself() => Run(
        new Guest(HandleText.Own, Import: null, ("op", s_op), ("log", s_log)), "op", "log", HandleText.OwnOperations);

    [Fact]
    public void Of_resources_of_another_guest() => Run(
        new Guest(HandleText.Composed, Import: null, ("consumer#op", s_op), ("producer#log", s_log)),
        "consumer#op",
        "producer#log",
        [.. HandleText.Operations, .. HandleText.Lending]);

    [Fact]
    public void Of_resources_of_the_host()
    {
        List<uint> theirs = [];
        void Define(OracleComponent component)
        {
            component.DefineResource(HandleText.Things, "r", 1, theirs.Add)
                .Define(HandleText.Things, "[constructor]r", static (_, arguments) =>
                    new WitValue.HostResource(1, (uint)((WitValue.Scalar)arguments[0]).Bits, IsOwned: true));
            component.Define(HandleText.Things, "[static]r.new-two", static (_, arguments) =>
            {
                uint rep = (uint)((WitValue.Scalar)arguments[0]).Bits;
                return new WitValue.Tuple([
                    new WitValue.HostResource(1, rep, IsOwned: true),
                    new WitValue.HostResource(1, rep + 1, IsOwned: true),
                ]);
            });
            foreach (string function in HandleText.Functions)
            {
                component.Define(HandleText.Things, function, static (_, arguments) => Sum(arguments));
            }
        }

        Run(
            new Guest(HandleText.OfHost, Import: null, ("op", s_op)),
            "op",
            log: null,
            HandleText.Operations,
            new Hosts(Define, static linker => Thing.AddTo(linker)),
            trapped =>
            {
                // After a trap the store is disposed, and with it what guests still own.
                Assert.Equal(theirs, trapped ? Thing.Dropped.Take(theirs.Count) : Thing.Dropped);
            },
            () =>
            {
                theirs.Clear();
                Thing.Dropped.Clear();
            });
    }

    private static uint Sum(IEnumerable<WitValue> values) => values.Aggregate(0u, static (sum, one) => one switch
    {
        WitValue.List list => Sum(list.Items),
        WitValue.Option { Payload: var payload } => payload is null ? 0 : Sum([payload]),
        _ => (sum * 100) + ((WitValue.HostResource)one).Rep,
    });

    private static void Run(
        Guest guest,
        string path,
        string? log,
        string[] operations,
        Hosts? also = null,
        Action<bool>? after = null,
        Action? before = null)
    {
        using var both = new Both(guest, Guest.Compile([guest]), 0, also: also);
        int[] making = [.. Enumerable.Range(0, operations.Length)
            .Where(i => operations[i].StartsWith("new", StringComparison.Ordinal))];
        int[] good = [.. Enumerable.Range(0, operations.Length).Where(i => !HandleText.Bad.Contains(operations[i]))];
        Gen<Step> one =
            from operation in Gen.Frequency(
                (4, Gen.Elements(making)),
                (12, Gen.Elements(good)),
                (1, Gen.Choose(0, operations.Length - 1)))
            from first in Numbers
            from second in Numbers
            select new Step(operation, first, second);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(1), FSharpOption<int>.None)));
        Prop.ForAll(
            Arb.From(
                Gen.Choose(1, 30).SelectMany(count => one.ArrayOf(count)),
                static steps => steps.Select((_, i) => (Step[])[.. steps[..i], .. steps[(i + 1)..]])),
            steps =>
            {
                both.Renew();
                before?.Invoke();
                List<(uint Number, string Kind, uint Rep)> live = [];
                foreach (Step step in steps)
                {
                    string name = operations[step.Operation];
                    string kind = name[^2] == '-' ? name[^1..] : "";
                    bool makes = making.Contains(step.Operation);
                    uint[] known = [.. live.Where(one => one.Kind == kind).Select(static one => one.Number)];
                    if (Choose(known, step.First, makes) is not { } first
                        || Choose(known, step.Second, makes) is not { } second)
                    {
                        continue;
                    }

                    both.AfterTrap = ours => AssertGoesOn(
                        ours,
                        [
                            .. live.Where(static one => one.Rep != HandleText.Failing).Select(static one => one.Number)
                                .Where(one => one != first && one != second),
                        ]);
                    Ending ending = both.Call(path, (uint)step.Operation, first, second);
                    after?.Invoke(ending.IsTrap);
                    if (ending.IsTrap)
                    {
                        break;
                    }

                    if (makes)
                    {
                        live.Add(((uint)((WitValue.Scalar)ending.Value!).Bits, kind, first));
                    }

                    live.RemoveAll(one => (one.Number == first && TakesFirst(name))
                        || (one.Number == second
                            && (name == "own-all" || name.EndsWith("-own", StringComparison.Ordinal))));
                    if (log is not null)
                    {
                        both.Call(log);
                    }
                }
            }).Check(config);

        // What the call that failed has not taken can be dropped: nothing is lent any more. And there can be more.
        void AssertGoesOn(OurInstance ours, uint[] untouched)
        {
            if (Array.IndexOf(operations, "drop") is var drop and >= 0)
            {
                Assert.All(untouched, number => ours.Call(path, (uint)drop, number, 0u));
            }

            Assert.NotEqual(0u, ours.Call(path, 0u, 1u, 0u));
        }
    }

    // Most are places in the list of what is a handle now; the others are numbers of handles, or of none.
    private static Gen<uint> Numbers => Gen.Frequency(
        (40, Gen.Choose(100, 199).Select(static place => (uint)place)),
        (1, Gen.Choose(0, 6).Select(static number => (uint)number)),
        (1, Gen.Elements(HandleText.Failing, 0x0fff_ffffu, 0x1000_0000u, 0x7fff_ffffu, uint.MaxValue)));

    /// <summary>The number, or of the handles that it is a place among, if there are any.</summary>
    private static uint? Choose(uint[] live, uint number, bool makes) =>
        makes || number is < 100 or >= 200 ? number
        : live.Length > 0 ? live[(number - 100) % live.Length]
        : null;

    private static bool TakesFirst(string operation) => operation == "take"
        || operation.StartsWith("drop-", StringComparison.Ordinal) || operation == "drop"
        || operation.StartsWith("own-", StringComparison.Ordinal);

    private sealed record Step(int Operation, uint First, uint Second);
}

/// <summary>The host's side of <see cref="HandleText.Things"/>.</summary>
[WasmResource("r")]
[WasmImport(HandleText.Things)]
internal sealed partial class Thing(uint rep) : IDisposable
{
    internal static List<uint> Dropped { get; } = [];

    private bool _isTaken;

    public uint Get() => rep;

    public static uint Take(Thing a) => a.Taken();

    public static uint OwnOwn(Thing a, Thing b) => (a.Taken() * 100) + b.Taken();

    public static uint OwnBorrow(Thing a, Borrow<Thing> b) => (a.Taken() * 100) + b.Value.Get();

    public static uint BorrowOwn(Borrow<Thing> a, Thing b) => (a.Value.Get() * 100) + b.Taken();

    public static uint BorrowBorrow(Borrow<Thing> a, Borrow<Thing> b) => (a.Value.Get() * 100) + b.Value.Get();

    public static (Thing First, Thing Second) NewTwo(uint rep) => (new(rep), new(rep + 1));

    public static uint OwnOption(Thing? a) => a?.Taken() ?? 0;

    public static uint OwnAll(Thing[] a) => a.Aggregate(0u, static (sum, one) => (sum * 100) + one.Taken());

    public static uint LendAll(Borrow<Thing>[] a) =>
        a.Aggregate(0u, static (sum, one) => (sum * 100) + one.Value.Get());

    public void Dispose()
    {
        if (!_isTaken)
        {
            Dropped.Add(rep);
        }
    }

    private uint Taken()
    {
        _isTaken = true;
        return rep;
    }
}
