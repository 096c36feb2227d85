using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Values whose bytes the guest that keeps them has changed, given to another or to the host: what the engine takes we
/// must, and refuse what it refuses.
/// </summary>
public sealed class ChangedMemoryTests
{
    private const int ValuesPerType = 12;

    public static IEnumerable<object[]> Pairs => ValueTests.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void From_guest_to_guest_or_host(string producer, string consumer)
    {
        WitType[] types = [.. WitTypes.Alone, .. WitTypes.Of().Sample(10, new Rnd(5), RandomTypes.Count)];
        var u32 = new FunctionType([], Primitive.Of("u32"));
        Both.ForEach(
            types,
            type => new Guest(
                ComponentText.PairOfKeepers(type, producer, consumer),
                Import: null,
                ("consumer#keep", new FunctionType([new ListType(type)], null)),
                ("consumer#give", new FunctionType([], new ListType(type))),
                ("producer#give", new FunctionType([], new ListType(type))),
                ("producer#poke", new FunctionType([Primitive.Of("u32"), Primitive.Of("u8")], null)),
                ("producer#next", u32)),
            (type, both) => Prop.ForAll(
                Arb.From(
                    Gen.Choose(0, 3).SelectMany(count => type.Values.ArrayOf(count))
                        .Select(static items => (WitValue)new WitValue.List(new(items))),
                    new ListType(type).Shrink),
                Arb.From(
                    Gen.Choose(0, 3).SelectMany(static count => Change.ArrayOf(count)),
                    static changes => changes.Select(
                        (_, i) => ((int, byte[])[])[.. changes[..i], .. changes[(i + 1)..]])),
                Arb.From(Gen.Elements("consumer#give", "consumer#give", "producer#give")),
                (value, changes, path) =>
                {
                    both.Renew();
                    both.Call("consumer#keep", value);
                    uint next = (uint)((WitValue.Scalar)both.Call("producer#next").Value!).Bits;
                    foreach ((int place, byte[] bytes) in changes.Where(_ => next > LibraryText.Heap))
                    {
                        uint address = LibraryText.Heap + ((uint)place % (next - LibraryText.Heap));
                        foreach (byte one in bytes)
                        {
                            both.Call("producer#poke", address++, one);
                        }
                    }

                    both.Call(path);
                })
                .Check(Config.QuickThrowOnFailure.WithMaxTest(ValuesPerType).WithQuietOnSuccess(true)
                    .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(6), FSharpOption<int>.None)))));
    }

    /// <summary>Lengths, addresses and numbers of cases are 4 bytes wide and aligned, mostly.</summary>
    private static Gen<(int Place, byte[] Bytes)> Change =>
        from place in Gen.Choose(0, 1 << 20)
        from mask in Gen.Elements(~0, ~3)
        from bytes in Gen.OneOf(
            Gen.Constant<byte[]>([0xff, 0xff, 0xff, 0xff]),
            Gen.Choose(0, 7).Select(static number => new byte[] { (byte)number, 0, 0, 0 }),
            Gen.Choose(0, 7).Select(static number => new byte[] { (byte)number, 0, 0, 0x80 }),
            Gen.Choose(LibraryText.Heap, LibraryText.Heap + 256).Select(BitConverter.GetBytes),
            Gen.Choose(0, 255).Select(static one => new[] { (byte)one }))
        select (place & mask, bytes);
}
