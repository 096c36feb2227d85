using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using WasmBindgen.Components.Tests;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// The Canonical ABI, ours beside the engine's own implementation of components: the same values through the same guest
/// must give the same bits, and the same bits, good or bad, the same values or a refusal.
/// </summary>
public sealed class ConformanceTests
{
    private const int TypesPerSeed = 60;
    private const int ValuesPerType = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_types_and_values(int seed)
    {
        Run(WitTypes.Of().Sample(10, new Rnd((ulong)seed), TypesPerSeed), (ulong)seed);
    }

    /// <summary>
    /// Each shape inside each shape inside each shape: here two, and the third is the list that every type crosses in
    /// too.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Every_shape_in_every_other(int outer)
    {
        Func<WitType, WitType> around = WitTypes.Containers[outer];
        Run(
            [.. WitTypes.Containers.SelectMany(inner => WitTypes.Leaves.Select(leaf => around(inner(leaf))))],
            seed: (ulong)outer,
            valuesPerType: 4);
    }

    [Fact]
    public void Every_shape_alone() => Run(WitTypes.Alone, seed: 0);

    /// <summary>Without changes by the guest, which may make keys equal: to the engine it is a list.</summary>
    [Fact]
    public void Maps()
    {
        WitType[] keys = [.. Primitive.All[..9], Primitive.All[11], Primitive.All[12]];
        WitType[] values =
        [
            Primitive.All[0],
            Primitive.All[8],
            Primitive.All[12],
            new MapType(Primitive.All[12], new OptionType(Primitive.All[3])),
        ];
        Run(
            [
                .. keys.SelectMany(key => values.Select(value => new MapType(key, value))),
                new OptionType(new MapType(Primitive.All[2], Primitive.All[10])),
                new RecordType("HoldsMap", [Primitive.All[0], new MapType(Primitive.All[12], Primitive.All[2])]),
            ],
            seed: 0,
            changes: Arb.From(Gen.Constant(Array.Empty<Change>())));
    }

    /// <summary>Types are compiled together, so only values are made smaller when one fails.</summary>
    private static void Run(
        WitType[] types, ulong seed, int valuesPerType = ValuesPerType, Arbitrary<Change[]>? changes = null)
    {
        Assembly bindings = Bindings.Compile($"{Bindings.Declare(types)}\n{GuestText.Classes(types)}");
        Config config = Config.QuickThrowOnFailure.WithMaxTest(valuesPerType).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        for (int i = 0; i < types.Length; i++)
        {
            WitType type = types[i];
            var list = new ListType(type);
            using var pair = new Pair(type, bindings, i);
            try
            {
                Prop.ForAll(Arb.From(type.Values, type.Shrink), pair.Lower).Check(config);
                Prop.ForAll(
                    Arb.From(
                        type.Values.NonEmptyListOf().Select(
                            static values => (WitValue)new WitValue.List([.. values.Take(3)])),
                        list.Shrink),
                    changes ?? Change.Lists,
                    pair.LowerAndLift).Check(config);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"{type.CSharp}: {type.Wat} {type.Declare()}\n{exception.Message}", exception);
            }
        }
    }

    /// <summary>One type's guest twice: as a component, and as a core module with our bindings.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly WitType _type;
        private readonly OracleComponent _component;
        private readonly Engine _engine = new();
        private readonly Module _module;
        private readonly Type _guestType;
        private readonly Linker _linker;
        private OracleInstance? _theirs;
        private Instance? _instance;
        private Store _store;
        private object _guest;

        internal Pair(WitType type, Assembly bindings, int number)
        {
            _type = type;
            _component = new OracleComponent(GuestText.Component(type));
            _module = Module.FromText(_engine, "guest", $"(module {GuestText.Core(type, withImport: true)})");
            _guestType = bindings.GetType($"Guest{number}")!;
            _linker = new Linker(_engine).Define(
                (IWasmImports)Activator.CreateInstance(bindings.GetType($"Host{number}")!)!);
            _store = null!;
            _guest = null!;
            Instantiate();
        }

        private Memory Memory => (Memory)_guestType.GetProperty("Memory")!.GetValue(_guest)!;

        /// <summary>The value as a parameter: the same slots, and the same memory.</summary>
        internal void Lower(WitValue value)
        {
            Type clr = _guestType.GetMethod("H")!.GetParameters()[0].ParameterType;
            Reset();
            _theirs!.Call("h", value);
            Call("H", _type.ToClr(clr, value));
            AssertSameMemory();
            Echo(value, clr);
        }

        /// <summary>The values as a list, and back again with some bytes changed.</summary>
        internal void LowerAndLift(WitValue values, Change[] changes)
        {
            var list = new ListType(_type);
            Reset();
            _theirs!.Call("f", values);
            Call("F", list.ToClr(_guestType.GetMethod("F")!.GetParameters()[0].ParameterType, values));
            AssertSameMemory();
            uint length = (uint)Call("End")! - GuestText.Heap;
            foreach (Change change in changes.Where(_ => length > 0))
            {
                uint address = GuestText.Heap + (change.Where % length);
                foreach (byte one in change.What)
                {
                    Poke(address++, one);
                }
            }

            // What the one lifts the other must, also seen by lowering it again.
            object? ours = Lift(out GuestMemoryException? fault);
            WitValue theirs;
            try
            {
                theirs = _theirs.Call("g")!;
            }
            catch (OracleTrapException trap)
            {
                Assert.True(fault is not null, $"only they refuse: {trap.Reason}");
                Instantiate();
                return;
            }

            Assert.True(fault is null, $"only we refuse: {fault?.Message}");
            Assert.Equal(theirs, list.FromClr(ours));
            Reset();
            _theirs.Call("f", theirs);
            Call("F", ours);
            AssertSameMemory();
        }

        public void Dispose()
        {
            _theirs!.Dispose();
            _component.Dispose();
            _store.Dispose();
            _linker.Dispose();
            _module.Dispose();
            _engine.Dispose();
        }

        /// <summary>
        /// The value by way of a host method: lifted as a parameter, stored as a result, and lifted as one of the
        /// guest's.
        /// </summary>
        private void Echo(WitValue value, Type clr)
        {
            byte[] before = Memory.GetSpan(GuestText.Arguments, GuestText.Heap - GuestText.Arguments).ToArray();
            Function echo = _instance!.GetFunction("echo")!;
            WasmValue[] arguments = [.. echo.Type.Parameters.Select((type, i) => type.Kind switch
            {
                ValueKind.I32 => WasmValue.FromInt32(BitConverter.ToInt32(before, 8 * i)),
                ValueKind.I64 => WasmValue.FromInt64(BitConverter.ToInt64(before, 8 * i)),
                ValueKind.F32 => WasmValue.FromSingle(BitConverter.ToSingle(before, 8 * i)),
                _ => WasmValue.FromDouble(BitConverter.ToDouble(before, 8 * i)),
            })];
            WasmValue result = echo.Call(arguments)[0];
            if (_type.Flat.Count == 1)
            {
                Assert.Equal(arguments[0], result);
                return;
            }

            // The area as the one element of a list: what is lifted of it must lower to what was lowered before.
            Memory.Write(32, 512);
            Memory.Write(36, 1);
            object list = Lift(out GuestMemoryException? fault)!;
            Assert.Null(fault);
            Reset();
            _theirs!.Call("h", value);
            Call("H", ((Array)list).GetValue(0));
            AssertSameMemory();
        }

        private void Instantiate()
        {
            _theirs?.Dispose();
            _theirs = _component.Instantiate();
            _store?.Dispose();
            _store = new Store(_engine);
            _instance = _linker.Instantiate(_store, _module);
            _guest = Activator.CreateInstance(_guestType, _instance)!;
        }

        private void Reset()
        {
            _theirs!.Call("reset");
            Call("Reset");
        }

        private void Poke(uint address, byte value)
        {
            _theirs!.Call("poke", address, value);
            Call("Poke", address, value);
        }

        private object? Lift(out GuestMemoryException? fault)
        {
            fault = null;
            try
            {
                return Call("G");
            }
            catch (GuestMemoryException exception)
            {
                fault = exception;
                return null;
            }
        }

        private object? Call(string method, params object?[] arguments) =>
            _guestType.GetMethod(method)!.Invoke(_guest, BindingFlags.DoNotWrapExceptions, null, arguments, null);

        private void AssertSameMemory()
        {
            var dump = (WitValue.List)_theirs!.Call("dump")!;
            byte[] theirs = [.. dump.Items.Select(static one => (byte)((WitValue.Scalar)one).Bits)];
            _instance!.GetFunction("dump")!.Call(); // leaves the same behind as theirs did
            Assert.Equal((uint)theirs.Length, (uint)Call("End")!);
            byte[] ours = Memory.GetSpan(0, theirs.Length).ToArray();
            int difference = theirs.AsSpan(GuestText.Arguments).CommonPrefixLength(ours.AsSpan(GuestText.Arguments))
                + GuestText.Arguments;
            Assert.True(
                difference == theirs.Length,
                $"The memory differs at {difference}: theirs {theirs.ElementAtOrDefault(difference)}, ours "
                    + $"{ours.ElementAtOrDefault(difference)}.");
        }
    }

    /// <summary>Bytes that a guest puts over those of a value.</summary>
    private sealed record Change(uint Where, byte[] What)
    {
        /// <summary>Lengths, addresses and numbers of cases are 4 bytes wide and aligned, mostly.</summary>
        internal static Arbitrary<Change[]> Lists { get; } = Arb.From(
            Gen.Choose(0, 2).SelectMany(static count => One().ArrayOf(count)),
            static changes => changes.Select((_, i) => (Change[])[.. changes[..i], .. changes[(i + 1)..]]));

        private static Gen<Change> One() =>
            from place in Gen.Choose(0, 1 << 20)
            from mask in Gen.Elements(~0, ~3)
            from what in Gen.OneOf(
                Gen.Constant<byte[]>([0xff, 0xff, 0xff, 0xff]),
                Gen.Choose(0, 7).Select(static number => new byte[] { (byte)number, 0, 0, 0 }),
                Gen.Choose(GuestText.Heap, GuestText.Heap + 256).Select(BitConverter.GetBytes),
                Gen.Choose(0, 255).Select(static one => new[] { (byte)one }))
            select new Change((uint)(place & mask), what);

        public override string ToString() => $"{Convert.ToHexString(What)} at {Where}";
    }
}
