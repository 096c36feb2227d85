using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// The Canonical ABI, ours beside the engine's own implementation of components: the same values through the same guest
/// must give the same bits, and the same bits, good or bad, the same values or a refusal.
/// </summary>
public sealed unsafe class ConformanceTests
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
    public void Every_shape_alone()
    {
        WitType text = Primitive.All[^1];
        WitType[] types =
        [
            .. Primitive.All,
            .. Primitive.All.Select(static one => new ListType(one)),
            .. Primitive.All.Select(static one => new OptionType(one)),
            new ResultType(null, null),
            new ResultType(Primitive.All[9], Primitive.All[8]), // f32 and u64 in one slot
            new ResultType(Primitive.All[9], Primitive.All[5]), // f32 and s32 in one slot
            new ResultType(Primitive.All[10], text),
            new RecordType("Single", [Primitive.All[2]]),
            new RecordType(null, [Primitive.All[2], Primitive.All[7], Primitive.All[0], text]),
            new RecordType("Wide", [.. Enumerable.Repeat(Primitive.All[6], 16)]),
            new RecordType("Wider", [.. Enumerable.Repeat(Primitive.All[6], 17)]),
            new VariantType("Enum300", new WitType?[300], isEnum: true),
            new VariantType("Enum255", new WitType?[255], isEnum: true),
            new VariantType("Enum256", new WitType?[256], isEnum: true),
            new VariantType(
                "Joined", [Primitive.All[5], Primitive.All[9], Primitive.All[10], null, text], isEnum: false),
            new FlagsType("Flags1", 1), new FlagsType("Flags8", 8), new FlagsType("Flags9", 9),
            new FlagsType("Flags17", 17), new FlagsType("Flags32", 32),
            new ListType(new ListType(new ListType(text))),
            new OptionType(new OptionType(new OptionType(text))),
        ];
        Run(types, seed: 0);
    }

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
        Assembly bindings = Bindings.Compile(types);
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
                        type.Values.NonEmptyListOf().Select(static values => (object?)values.Take(3).ToArray()),
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
        private readonly Component _component;
        private readonly Engine _engine = new();
        private readonly Module _module;
        private readonly Type _guestType;
        private readonly Linker _linker;
        private Instance? _instance;
        private Store _store;
        private object _guest;

        internal Pair(WitType type, Assembly bindings, int number)
        {
            _type = type;
            _component = new Component(GuestText.Component(type));
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
        internal void Lower(object? value)
        {
            Type clr = _guestType.GetMethod("H")!.GetParameters()[0].ParameterType;
            Reset();
            Assert.True(Send("h", _type, value));
            Call("H", _type.ToClr(clr, value));
            AssertSameMemory();
            Echo(value, clr);
        }

        /// <summary>The values as a list, and back again with some bytes changed.</summary>
        internal void LowerAndLift(object? values, Change[] changes)
        {
            var list = new ListType(_type);
            Reset();
            Assert.True(Send("f", list, values));
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

            // What the one lifts the other must: seen by lowering it again.
            byte* result = stackalloc byte[Component.ValueSize];
            new Span<byte>(result, Component.ValueSize).Clear();
            bool theirs = _component.TryCall("g", null, 0, result, 1);
            object? ours = Lift(out GuestMemoryException? fault);
            Assert.True(theirs == (fault is null), theirs ? $"only we refuse: {fault?.Message}" : "only we accept");
            if (!theirs)
            {
                Instantiate();
                return;
            }

            Reset();
            Assert.True(_component.TryCall("f", result, 1, null, 0));
            Component.DeleteValue(result);
            Call("F", ours);
            AssertSameMemory();
        }

        public void Dispose()
        {
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
        private void Echo(object? value, Type clr)
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
            Assert.True(Send("h", _type, value));
            Call("H", ((Array)list).GetValue(0));
            AssertSameMemory();
        }

        private void Instantiate()
        {
            _store?.Dispose();
            _store = new Store(_engine);
            _instance = _linker.Instantiate(_store, _module);
            _guest = Activator.CreateInstance(_guestType, _instance)!;
        }

        private void Reset()
        {
            Assert.True(_component.TryCall("reset", null, 0, null, 0));
            Call("Reset");
        }

        private void Poke(uint address, byte value)
        {
            byte* arguments = stackalloc byte[2 * Component.ValueSize];
            using var values = new ComponentValues();
            Primitive.All[6].Write(arguments, address, values);
            Primitive.All[2].Write(arguments + Component.ValueSize, value, values);
            Assert.True(_component.TryCall("poke", arguments, 2, null, 0));
            Call("Poke", address, value);
        }

        private bool Send(string function, WitType type, object? value)
        {
            using var values = new ComponentValues();
            return _component.TryCall(function, values.Box(type, value), 1, null, 0);
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
            byte* result = stackalloc byte[Component.ValueSize];
            Assert.True(_component.TryCall("dump", null, 0, result, 1));
            int count = (int)*(nint*)(result + 8);
            byte* items = *(byte**)(result + 16);
            var theirs = new byte[count];
            for (int i = 0; i < count; i++)
            {
                theirs[i] = items[(Component.ValueSize * i) + 8];
            }

            Component.DeleteValue(result);
            _instance!.GetFunction("dump")!.Call(); // leaves the same behind as theirs did
            Assert.Equal((uint)count, (uint)Call("End")!);
            byte[] ours = Memory.GetSpan(0, count).ToArray();
            int difference = theirs.AsSpan(GuestText.Arguments).CommonPrefixLength(ours.AsSpan(GuestText.Arguments))
                + GuestText.Arguments;
            Assert.True(
                difference == count,
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
