using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Tests;

/// <summary>
/// That the shapes of WIT are those that the generator finds for the C# types that it makes of it: then one family of
/// thunks serves both.
/// </summary>
public sealed class WitShapeTests
{
    // Resources are interfaces, and of lists of a fixed length users have none.
    public static TheoryData<int> Cases => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 19];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shapes_are_those_of_the_symbols(int number) => Compare(WitSet.Cases[number].Wit);

    [Fact]
    public void Maps_are_those_of_the_symbols() => Compare(
        "package a:b; interface i { record r { m: map<char, list<u8>> } "
            + "f: func(r: r, m: map<string, r>, o: option<map<u8, map<bool, s64>>>) -> map<u32, string>; }");

    private static void Compare(string wit)
    {
        WitPackages packages = WitSet.Resolve(wit);
        Declarations declarations = WitDeclarer.Declare(
            packages, [WitSurfaceTests.ImportsOf(packages)], WitOptions.Default).Declarations;
        CSharpCompilation compilation = GeneratorTest.Compile([.. declarations.Namespaces.Select(
            static space => WitTypeEmitter.Emit(space).Text)]);

        foreach (Contract contract in declarations.Namespaces.SelectMany(static space => space.Contracts))
        {
            INamedTypeSymbol type = compilation.GetTypeByMetadataName(contract.FullName["global::".Length..])!;
            foreach (DeclaredMethod method in contract.Methods)
            {
                IMethodSymbol symbol = type.GetMembers(method.Name).OfType<IMethodSymbol>().Single();
                var shapes = new ShapeFinder(TakenNames.Of(type), type, default);
                for (int i = 0; i < method.Parameters.Count; i++)
                {
                    Assert.Equal(
                        Text(shapes.Of(symbol.Parameters[i], Direction.FromGuest).Shape!),
                        Text(method.Parameters[i].Value));
                }

                if (method.Result is { } result)
                {
                    Assert.Equal(
                        Text(shapes.Of(symbol, symbol.ReturnType, Direction.ToGuest).Shape!), Text(result));
                }
            }
        }
    }

    [Fact]
    public void Maps_and_lists_of_a_fixed_length_are_laid_out_as_in_the_Canonical_ABI()
    {
        WitPackages packages = WitSet.Resolve(
            "package a:b; interface i { record r { a: list<u16, 3>, b: list<tuple<u8, u32>, 2>, c: map<u8, u64> } "
                + "f: func(r: r, m: map<string, char>) -> list<u8, 8>; }");
        DeclaredMethod method = WitDeclarer.Declare(packages, [WitSurfaceTests.ImportsOf(packages)], WitOptions.Default)
            .Declarations.Namespaces[0].Contracts[0].Methods[0];

        Shape record = method.Parameters[0].Value;
        Assert.Equal("I32 I32 I32 I32 I32 I32 I32 I32 I32", string.Join(" ", record.Flat));
        Assert.Equal(new(32, 4), record.Layout);
        Assert.Equal("I32 I32", string.Join(" ", method.Parameters[1].Value.Flat));
        Assert.Equal("I32 I32 I32 I32 I32 I32 I32 I32", string.Join(" ", method.Result!.Flat));
        Assert.Equal(new(8, 1), method.Result.Layout);
        Assert.True(
            CoreFunction.Of(method.Parameters.Select(static one => one.Value), method.Result, true).ResultSpills);
    }

    /// <summary>All that makes a difference, but for the names of structs, which a class gives them.</summary>
    private static string Text(Shape shape)
    {
        string own = shape switch
        {
            ListShape list => $"{list.Collection}",
            SpanShape span => $"{span.IsWritable}",
            OptionShape option => $"{option.Kind}",
            EnumShape number => $"{number.DisplayName} {number.Number} {string.Join(' ', number.Ranges)} {number.Bits} "
                + $"{number.Width} {number.IsNumberedFromZero}",
            RecordShape record => $"{record.IsReference} {record.IsSequential} {record.HasCode} {record.IsBlittable} "
                + Text(record.Fields),
            VariantShape variant => $"{variant.DisplayName} "
                + string.Join(' ', variant.Cases.Select(static one => $"{one.Name} {one.Type} {Text(one.Fields)}")),
            _ => "",
        };
        return $"{shape.GetType().Name}({shape.Type} {string.Join(' ', shape.Flat)} {shape.Layout} {own} "
            + $"{string.Join(' ', shape.Parts.Select(Text))})";
    }

    private static string Text(Fields fields) =>
        $"{fields.Construction} {string.Join(' ', fields.Items.Select(static one => $"{one.Name} {one.Member}"))}";
}
