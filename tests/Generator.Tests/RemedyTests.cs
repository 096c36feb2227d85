using static WasmBindgen.Generator.Tests.DiagnosticTest;

namespace WasmBindgen.Generator.Tests;

/// <summary>What the messages of WBG0101 and WBG0102 say to use instead of a type.</summary>
public sealed class RemedyTests
{
    private const string Marshaller = "say with [WasmMarshaller] how it crosses";
    private const string Record =
        "mark it [WasmRecord], or pass a reference to it with [ExternRef] or as a [WasmResource]";

    private const string Variant =
        "make it an abstract record with [WasmVariant] and nested cases, or pass a reference to it with [ExternRef]";

    [Theory]
    [InlineData("char", "use a Rune, or a string")]
    [InlineData("char?[]", "use a Rune, or a string")]
    [InlineData("nint", "use a GuestPointer<T> for an address, int or long for a number")]
    [InlineData("UIntPtr", "use a GuestPointer<T> for an address, int or long for a number")]
    [InlineData("int*", "use a GuestPointer<T>, or a Span<T>")]
    [InlineData("int[,]", "use an array of arrays")]
    [InlineData("dynamic", "use object")]
    [InlineData("object[]", "pass it by itself, as a parameter or result: it is an externref")]
    [InlineData("Action[]", "pass it by itself, as a parameter or result")]
    [InlineData("Empty", "give it a member")]
    [InlineData("decimal", $"use a double or a string, or {Marshaller}")]
    [InlineData("Half", $"use a float, or {Marshaller}")]
    [InlineData("Guid", $"use a string or byte[], or {Marshaller}")]
    [InlineData("DateTime", $"use a long, such as milliseconds, or {Marshaller}")]
    [InlineData("TimeSpan?", $"use a long, such as milliseconds, or {Marshaller}")]
    [InlineData("DateOnly", $"use a long, such as milliseconds, or {Marshaller}")]
    [InlineData("Uri", $"use a string, or {Marshaller}")]
    [InlineData("StringBuilder", $"use a string, or {Marshaller}")]
    [InlineData("Version", Marshaller)]
    [InlineData("FileStream", "use a byte[] or ReadOnlySpan<byte>, or wrap it in a [WasmResource] class")]
    [InlineData("SortedDictionary<string, int>", "use a Dictionary<TKey, TValue>")]
    [InlineData("ImmutableDictionary<string, int>", "use a Dictionary<TKey, TValue>")]
    [InlineData("HashSet<int>", "use T[], List<T> or ImmutableArray<T>")]
    [InlineData("IEnumerable<int>", "use T[], List<T> or ImmutableArray<T>")]
    [InlineData("Task<int>", "let the method itself return the task, of a type that can cross")]
    [InlineData(
        "CancellationToken[]",
        "take it as a parameter by value, which is the last one of a [WasmExport] method")]
    [InlineData("Memory[]", "only methods of a [WasmImport] class take it, by value")]
    [InlineData("Interrupt<int>", "only a method of a [WasmImport] class returns it")]
    [InlineData("GuestResult", "only a method of a [WasmExport] class returns it")]
    [InlineData("Unit", "leave it out, except in a Result")]
    [InlineData("Borrow<Plain>", "mark the class that is lent [WasmResource]")]
    [InlineData("Plain", Record)]
    [InlineData("Plain[]", Record)]
    [InlineData("Point", "mark it [WasmRecord], or make it a record struct")]
    [InlineData("Shape", Variant)]
    [InlineData("(int, IShape)", Variant)]
    public Task WBG0101_says_what_to_use(string type, string remedy) => ReportsAsync(
        $"{remedy}, or mark the method [WasmIgnore]",
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.IO;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env { public unsafe void A({{type}} {|WBG0101:a|}) { } }
        public enum Empty { }
        public class Plain { public int A { get; set; } }
        public struct Point { public int A; }
        public abstract class Shape { }
        public interface IShape { }
        """);

    [Fact]
    public Task WBG0101_says_where_a_token_goes() => ReportsAsync(
        ": take it as a parameter by value, which is the last one of a [WasmExport] method",
        """
        using System.Threading;
        using WasmBindgen;
        [WasmExport] public partial class Guest { public partial void A(CancellationToken {|WBG0101:token|}, int a); }
        """);

    [Fact]
    public Task WBG0101_says_who_takes_the_caller() => ReportsAsync(
        ": only methods of a [WasmImport] class take it, by value",
        """
        using WasmBindgen;
        [WasmExport] public partial class Guest { public partial void A(Caller {|WBG0101:caller|}); }
        """);

    [Fact]
    public Task WBG0102_says_what_to_return() => ReportsAsync(
        "'A' returns 'System.Guid', which cannot cross between host and guest ('System.Guid' has no form in "
            + $"WebAssembly): use a string or byte[], or {Marshaller}, or mark the method [WasmIgnore]",
        """
        using System;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env { public Guid {|WBG0102:A|}() => Guid.Empty; }
        """);

    [Fact]
    public Task WBG0102_says_that_only_the_method_itself_is_awaited() => ReportsAsync(
        ": let the method itself return the task, of a type that can cross",
        """
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmExport] public partial class Guest { public partial Task<int>[] {|WBG0102:A|}(); }
        """);
}
