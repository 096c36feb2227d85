using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using static WasmBindgen.Generator.Tests.DiagnosticTest;

namespace WasmBindgen.Generator.Tests;

/// <summary>Each diagnostic: its id, where it is, and that its message says what to do.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public Task WBG0001_class_that_is_not_partial() => ReportsAsync(
        "[WasmImport] class 'Env' cannot be completed by the generator: declare 'Env' as partial",
        """
        using WasmBindgen;
        [WasmImport("env")] public sealed class {|WBG0001:Env|} { public void A() { } }
        [WasmExport] public sealed class {|WBG0001:Guest|} { }
        """);

    /// <summary>The compiler runs no analyzer then, so the generator tells it.</summary>
    [Fact]
    public async Task WBG0001_class_with_partial_members_that_is_not_partial()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            "[WasmBindgen.WasmExport] public sealed class Guest { public partial int A(); }"));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(
            ("WBG0001", "[WasmExport] class 'Guest' cannot be completed by the generator: declare 'Guest' as partial"),
            (error.Id, error.GetMessage(null)));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output));
    }

    [Fact]
    public Task WBG0001_outer_type_that_is_not_partial() => ReportsAsync(
        "declare 'Outer' as partial",
        """
        using WasmBindgen;
        public class Outer { [WasmImport("env")] public sealed partial class {|WBG0001:Env|} { public void A() { } } }
        """);

    [Fact]
    public Task WBG0002_struct() => ReportsAsync(
        "[WasmImport] does not work on the struct 'Env': make it a class",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial struct {|WBG0002:Env|} { public void A() { } }
        [WasmImport("env")] public partial record struct {|WBG0002:Record|} { public void A() { } }
        [WasmExport] public partial struct {|WBG0002:Guest|} { }
        """);

    /// <summary>Where the attribute cannot be, the compiler says so.</summary>
    [Fact]
    public async Task WBG0002_is_not_said_of_other_types()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            """
            using WasmBindgen;
            [WasmImport("env")] public partial interface IEnv { void A(); }
            [WasmExport] public enum E { }
            [WasmExport] public delegate void D();
            """));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output));
    }

    [Fact]
    public Task WBG0003_generic_class() => ReportsAsync(
        "[WasmImport] class 'Env' is generic or nested in a generic type: move the binding to a class without type "
            + "parameters",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial class {|WBG0003:Env|}<T> { public void A() { } }
        public partial class Outer<T>
        {
            [WasmImport("env")] public partial class {|WBG0003:Env|} { public void A() { } }
            [WasmExport] public partial class {|WBG0003:Guest|} { }
        }
        """);

    [Fact]
    public Task WBG0004_generic_method() => ReportsAsync(
        "Method 'A' is generic: give it concrete types, or mark it [WasmIgnore]",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial class Env { public void {|WBG0004:A|}<T>() { } }
        [WasmExport] public partial class Guest { public partial void {|WBG0004:B|}<T>(); }
        """);

    [Fact]
    public Task WBG0005_return_by_reference() => ReportsAsync(
        "Method 'A' returns by reference: return the value, or mark it [WasmIgnore]",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            private int _field;
            public ref int {|WBG0005:A|}() => ref _field;
            public ref readonly int {|WBG0005:B|}() => ref _field;
        }
        [WasmExport] public partial class Guest { public partial ref int {|WBG0005:C|}(); }
        """);

    [Fact]
    public Task WBG0006_async_void() => ReportsAsync(
        "Method 'A' is async void: let it return a Task, for which the guest waits, or mark it [WasmIgnore]",
        """
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env { public async void {|WBG0006:A|}() => await Task.Yield(); }
        """);

    [Fact]
    public Task WBG0007_static_guest() => ReportsAsync(
        "'A' is static: make it an instance member of an instance class",
        """
        using WasmBindgen;
        [WasmExport] public static partial class {|WBG0007:Everything|} { }
        [WasmExport] public partial class Guest { public static partial void {|WBG0007:A|}(); public static partial int {|WBG0007:B|} { get; } }
        """);

    [Fact]
    public Task WBG0008_interrupts_where_no_guest_calls() => ReportsAsync(
        "[Interrupts] on 'A' has no effect: put it on a public method of a [WasmImport] class, or on the class",
        """
        using System;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env : IDisposable
        {
            [Interrupts] private void {|WBG0008:A|}() { }
            [Interrupts, WasmIgnore] public void {|WBG0008:B|}() { }
            [Interrupts] public override string {|WBG0008:ToString|}() => "";
            [Interrupts] public void {|WBG0008:Dispose|}() { }
        }
        [WasmExport] public partial class Guest { [Interrupts<Exception>] public partial void {|WBG0008:C|}(); }
        [WasmExport, Interrupts] public partial class {|WBG0008:Other|} { }
        [Interrupts] public class {|WBG0008:NoBinding|} { [Interrupts] public void {|WBG0008:D|}() { } }
        """);

    [Fact]
    public Task WBG0021_options_of_wit_without_wit() => ReportsAsync(
        "Async of 'Env' has no effect without WIT: name that by Wit, or remove the option",
        """
        using WasmBindgen;
        [WasmImport("env", Async = true)] public partial class {|WBG0021:Env|} { public void Log() { } }
        [WasmImport("a:b/c", World = "w", Naming = Naming.KebabCase)]
        public partial class {|WBG0021:Named|} { public void Log() { } }
        [WasmExport("a:b/d", Skip = ["x"])] public partial class {|WBG0021:Guest|} { public partial void Run(); }
        [WasmExport(Cancellable = true)] public partial class {|WBG0021:Other|} { public partial void Run(); }
        [WasmExport(Prefix = "a")] public partial class Fine { public partial void Run(); }
        """);

    [Fact]
    public Task WBG0202_prefixes_that_are_not_Unicode() => ReportsAsync(
        "The wasm name given to 'A' is null or holds an unpaired surrogate",
        """
        using WasmBindgen;
        [WasmImport("env", Prefix = "\ud83d")] public partial class Env { public void {|WBG0202:A|}() { } }
        [WasmExport(Prefix = "\ud83d")] public partial class Guest { public partial void {|WBG0202:A|}(); }
        """);

    [Fact]
    public Task WBG0020_methods_for_guests_that_are_not_public() => ReportsAsync(
        "'A' has [WasmName], but is no host function, since it is not public: make it public, or remove the attribute",
        """
        using System;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            [WasmName("a")] private void {|WBG0020:A|}() { }
            [Errno<Exception>(1)] internal void {|WBG0020:B|}() { }
            [Fuel(1)] protected static void {|WBG0020:C|}() { }
            [WasmTag<Exception>("env", "tag")] void {|WBG0020:D|}() { }
            [WasmMemory("other")] void {|WBG0020:E|}(string text) { }
            [return: Packed] string {|WBG0020:F|}() => "";
            void {|WBG0020:G|}([CString] string text) { }
            private partial void {|WBG0020:H|}();
            [WasmIgnore, WasmName("i")] void I() { }
            [Obsolete] void J() { }
            [WasmName("k")] public void K() { }
        }
        public partial class Env { [WasmName("h")] private partial void H() { } }
        public class Other { [WasmName("a")] void A() { } }
        """);

    [Fact]
    public Task WBG0009_file_local_class() => ReportsAsync(
        "Class 'Env' is file-local: make it internal",
        """
        using WasmBindgen;
        [WasmImport("env")] file partial class {|WBG0009:Env|} { public void A() { } }
        file partial class Outer { [WasmExport] public partial class {|WBG0009:Guest|} { } }
        """);

    [Fact]
    public Task WBG0009_file_local_interrupt() => ReportsAsync(
        "Class 'Stop' is file-local: make it internal",
        """
        using System;
        using WasmBindgen;
        file class Stop : Exception;
        internal class Failure<T> : Exception;
        [WasmImport("env")] internal partial class Env
        {
            [{|WBG0009:Interrupts<Stop>|}] public void A() { }
            [{|WBG0009:Interrupts<Failure<Stop>>|}] public void B() { }
        }
        """);

    [Fact]
    public Task WBG0010_constructor_in_the_way() => ReportsAsync(
        "Class 'Guest' declares a primary constructor or one that takes an Instance: remove it, the generator writes "
            + "`Guest(Instance instance)`",
        """
        using WasmBindgen;
        [WasmExport] public partial class {|WBG0010:Guest|} { public Guest(Instance instance) { } }
        [WasmExport] public partial class {|WBG0010:Primary|}(int a) { public int A => a; }
        [WasmExport] public partial record {|WBG0010:Record|}(int A);
        """);

    [Fact]
    public Task WBG0011_property_of_another_shape() => ReportsAsync(
        "use `get` and `set` for a global, `get` alone for a Memory, Table, Global or Function, no `init` and no "
            + "indexer",
        """
        using WasmBindgen;
        [WasmExport] public partial class Guest
        {
            public partial int {|WBG0011:A|} { get; init; }
            public partial Memory {|WBG0011:B|} { get; set; }
            public partial ref int {|WBG0011:C|} { get; }
            public partial int {|WBG0011:this|}[int i] { get; }
        }
        """);

    [Fact]
    public Task WBG0012_both_sides() => ReportsAsync(
        "Class 'Both' has both [WasmImport] and [WasmExport]: make it two classes",
        """
        using WasmBindgen;
        [WasmImport("env"), WasmExport] public partial class {|WBG0012:Both|} { public void A() { } }
        """);

    [Fact]
    public Task WBG0013_ignored_result() => ReportsAsync(
        "The result of 'Run' is ignored, and with it whatever ended the guest: read it, call Unwrap() to throw the "
            + "error, or assign it to _",
        """
        using System;
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmExport] public partial class Guest
        {
            public partial GuestResult Run(); public partial GuestResult<int> Add(int a); public partial int Throws();
            public partial Task<GuestResult> RunLater(); public partial Task ThrowLater(); public Guest? Other { get; set; }
            public partial Result<Unit, string> Save(); public partial Task<Result<int, string>> SaveLater();
        }
        public static class Program
        {
            public static void Use(Guest guest, Guest? other)
            {
                {|WBG0013:guest.Run()|};
                {|WBG0013:guest.Add(1)|};
                {|WBG0013:other?.Run()|};
                Action ignore = () => {|WBG0013:guest.Run()|};
                {|WBG0013:other?.Other?.Run()|};
                guest.Throws();
                guest.Run().Unwrap();
                _ = guest.Run();
                if (guest.Add(2).IsOk) { ignore(); }
                {|WBG0013:guest.Save()|};
                guest.Save().Unwrap();
                Elsewhere();
            }

            private static Result<int, string> Elsewhere() => 1;

            public static async Task UseAsync(Guest guest)
            {
                {|WBG0013:await guest.RunLater()|};
                {|WBG0013:await guest.RunLater().ConfigureAwait(false)|};
                {|WBG0013:await guest.SaveLater()|};
                await guest.ThrowLater().ConfigureAwait(false);
                _ = await guest.RunLater();
                (await guest.RunLater()).Unwrap();
            }

            public static GuestResult Pass(Guest guest) => guest.Run();
        }
        """);

    [Fact]
    public Task WBG0014_timeouts_that_are_not_positive() => ReportsAsync(
        "The [Timeout] of 'A' is not positive: give it a number of milliseconds above 0, or remove it",
        """
        using WasmBindgen;
        [WasmExport] public partial class Guest
        {
            [Timeout(0)] public partial void {|WBG0014:A|}();
            [Timeout(-1)] public partial void {|WBG0014:B|}();
            [Timeout(1)] public partial void C();
        }
        """);

    [Fact]
    public Task WBG0018_other_members_named_AddTo() => ReportsAsync(
        "The generator cannot write `AddTo(Linker)` in 'Field', since something there or around it has that name: "
            + "rename that",
        """
        using WasmBindgen;
        [WasmImport("env")] public static partial class {|WBG0018:Field|} { public static readonly int AddTo = 1; public static void A() { } }
        [WasmImport("env")] public static partial class {|WBG0018:Method|} { [WasmIgnore] public static void AddTo(Linker linker) { } public static void A() { } }
        [WasmImport("env")] public static partial class {|WBG0018:AddTo|} { public static void A() { } }
        [WasmResource, WasmImport("env")] public sealed partial class {|WBG0018:Resource|} { public static class AddTo { } }
        [WasmImport("env")] public static partial class Overload { public static int AddTo(int a) => a; [WasmImport("in")] public static partial class {|WBG0018:Inner|} { public static void A() { } } }
        [WasmImport("env")] public static partial class Outer { public static void A() { } [WasmImport("in")] public static partial class Inner { public static void A() { } } }
        """);

    [Fact]
    public Task WBG0016_undeclared_errors() => ReportsAsync(
        "'A' throws 'Quota' and does not declare it, so that the call site gets a HostFunctionException: add "
            + "[Interrupts<Quota>] to the method",
        """
        using System;
        using System.IO;
        using System.Threading;
        using WasmBindgen;
        public class Quota : Exception { }
        public class Disk : Quota { }
        public class Of<T> : Exception { }
        [WasmImport("env")] public partial class Env
        {
            private readonly Quota _quota = new();
            public void A() => {|WBG0016:throw new Quota()|};
            public int B(int a) => a > 0 ? a : {|WBG0016:throw new Disk()|};
            public void C(int a) { if (a > 0) { {|WBG0016:throw _quota;|} } {|WBG0016:throw new IOException();|} }
            [Interrupts<Quota>] public void D(int a) { if (a > 0) { throw new Disk(); } {|WBG0016:throw new IOException();|} }
            [Errno<IOException>(5)] public int E() => throw new FileNotFoundException();
            [WasmTag<Quota>("env", "quota")] public int T() => throw new Disk();
            [Interrupts] public void F() => throw new Quota();
            public void G(int a) { try { throw new Disk(); } catch (Quota) { } try { {|WBG0016:throw new Disk();|} } catch (Quota) when (a > 0) { } }
            public void H() { try { } catch (Quota e) { throw e; } catch { throw; } finally { {|WBG0016:throw new Quota();|} } }
            public void I(CancellationToken token) { Action later = () => throw new Quota(); Local(); throw new OperationCanceledException(token); void Local() => throw new Quota(); }
            public void J() => throw new ArgumentOutOfRangeException();
            public void K() => throw new ObjectDisposedException("");
            public void L() { try { {|WBG0016:throw new Disk();|} } catch (Quota) { Helper(); throw; } }
            public void S() { try { throw new Disk(); } catch (Quota) { try { Helper(); } catch { throw; } } }
            public void M() => {|WBG0016:throw new OperationCanceledException()|};
            public void Q() => {|WBG0016:throw new Of<int>()|};
            /// <exception cref="Of{T}">Of some type.</exception>
            public void R() => Helper();
            /// <exception cref="Quota">Often.</exception>
            /// <exception cref="ArgumentException">Never.</exception>
            public void {|WBG0016:N|}() => Helper();
            /// <exception cref="Quota">Often.</exception>
            [Interrupts<Quota>] public void O() => Helper();
            [WasmIgnore] public void P() => throw new Quota();
            private static void Helper() => throw new Quota();
        }
        [WasmImport("env"), Interrupts<Quota>] public partial class ByClass { public void A() => throw new Disk(); }
        public class Other { public void A() => throw new Quota(); }
        """);

    [Fact]
    public Task WBG0101_tokens_that_are_not_last() => ReportsAsync(
        "Parameter 'token' of 'A' has type 'System.Threading.CancellationToken', which cannot cross",
        """
        using System.Threading;
        using WasmBindgen;
        [WasmExport] public partial class Guest { public partial void A(CancellationToken {|WBG0101:token|}, int a); public partial void B(int a, CancellationToken token); }
        """);

    [Fact]
    public Task WBG0101_parameter_types() => ReportsAsync(
        "Parameter 'c' of 'E' has type 'System.Span<string>', which cannot cross between host and guest (only numbers, "
            + "and structs of public fields or properties of such, can be viewed where they lie: take an array): "
            + "use a scalar, string, list, record, tuple, option, result or variant, or mark the method [WasmIgnore]",
        """
        using WasmBindgen;
        public enum Empty { }
        [WasmImport("env")] public partial class Env
        {
            public void A(object[] {|WBG0101:a|}) { }
            public void B(int a, char {|WBG0101:b|}, decimal {|WBG0101:c|}, nint {|WBG0101:d|}, nint? {|WBG0101:e|}, params char[] {|WBG0101:f|}) { }
            public unsafe void C(int* {|WBG0101:a|}, Empty {|WBG0101:b|}, System.Type {|WBG0101:c|}, dynamic {|WBG0101:d|}, (int, char) {|WBG0101:e|}) { }
            public void D(int[,] {|WBG0101:a|}, Unit {|WBG0101:b|}, Result<Unit, object> {|WBG0101:c|}, Endless {|WBG0101:d|}, NoCases {|WBG0101:e|}, Plain {|WBG0101:f|}) { }
            public void G(Half {|WBG0101:a|}, Plainly {|WBG0101:b|}) { }
            public void F([WasmMarshaller(typeof(Endless))] System.Uri {|WBG0101:a|}, Borrow<Plain> {|WBG0101:b|}, System.Uri[] {|WBG0101:c|}) { }
            public void E(System.ReadOnlySpan<bool> {|WBG0101:a|}, System.ReadOnlySpan<char> {|WBG0101:b|}, System.Span<string> {|WBG0101:c|}) { }
        }
        public sealed record Endless(int Value, Endless? Next);
        [WasmVariant] public abstract record NoCases;
        [WasmVariant] public abstract record Half { public sealed record A : Half; public abstract record B(int C) : Half; }
        [WasmVariant] public abstract class Plainly { public sealed class A : Plainly { } }
        public struct Plain { public int A; }
        [WasmExport] public partial class Guest { public partial void A(System.Type {|WBG0101:a|}, Memory {|WBG0101:b|}, Caller {|WBG0101:c|}); }
        """);

    [Fact]
    public Task WBG0101_keys_that_WIT_does_not_have() => ReportsAsync(
        "Parameter 'a' of 'B' has type 'System.Collections.Generic.Dictionary<double, int>', which cannot cross between "
            + "host and guest (the key of a dictionary is a bool, an integer, a Rune or a string): use a scalar, "
            + "string, list, record, tuple, option, result or variant, or mark the method [WasmIgnore]",
        """
        using System.Collections.Generic;
        using WasmBindgen;
        public enum Colour { Red }
        [WasmImport("env")] public partial class Env
        {
            public void A(Dictionary<bool, int> a, IReadOnlyDictionary<string, Dictionary<ulong, int[]>> b) { }
            public void B(Dictionary<double, int> {|WBG0101:a|}, IReadOnlyDictionary<int[], int> {|WBG0101:b|}) { }
            public void C(Dictionary<Colour, int> {|WBG0101:a|}, Dictionary<string, object> {|WBG0101:b|}) { }
            public void D(IDictionary<string, int> {|WBG0101:a|}, SortedDictionary<string, int> {|WBG0101:b|}) { }
        }
        """);

    [Fact]
    public Task WBG0102_return_types() => ReportsAsync(
        "'F' returns 'WasmBindgen.Borrow<Ticket>[]', which cannot cross between host and guest (what is lent cannot "
            + "outlive the call: return the resource itself): "
            + "use void, a scalar, string, list, record, tuple, option, result or variant, or mark the method "
            + "[WasmIgnore]",
        """
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            public System.Uri {|WBG0102:A|}() => null!;
            public async Task<Task> {|WBG0102:B|}() { await Task.Yield(); return Task.CompletedTask; }
            public Memory {|WBG0102:C|}(Memory memory) => memory;
            public Interruptible<char, int> {|WBG0102:D|}() => 'a';
            public Borrow<Ticket>[] {|WBG0102:F|}() => [];
            public GuestResult<int> {|WBG0102:E|}() => 1;
        }
        [WasmResource] public sealed class Ticket;
        [WasmExport] public partial class Guest { public partial System.ReadOnlySpan<int> {|WBG0102:A|}(); public partial GuestResult<char> {|WBG0102:B|}(); public partial Interrupt<int> {|WBG0102:C|}(); }
        """);

    [Fact]
    public Task WBG0103_interrupts_that_cannot_be_thrown() => ReportsAsync(
        "[Interrupts<Code>] on 'A' can never happen: 'Code' cannot be thrown, derive it from System.Exception, or "
            + "return an Interrupt<Code>",
        """
        using WasmBindgen;
        public enum Code { A }
        [WasmImport("env")] public partial class Env { [{|WBG0103:Interrupts<Code>|}] public void A() { } }
        [WasmImport("env"), {|WBG0103:Interrupts<string>|}] public partial class Whole { public void A() { } public void B() { } }
        """);

    [Fact]
    public Task WBG0104_parameters_by_reference() => ReportsAsync(
        "Parameter 'a' of 'A' is passed by 'ref': pass it by value or by 'in'",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            public void A(ref string {|WBG0104:a|}, in int b, ref int c, out double d) => d = 0;
            public void B(out string {|WBG0104:a|}, ref bool {|WBG0104:b|}, ref Memory {|WBG0104:c|}) => a = "";
        }
        [WasmExport] public partial class Guest { public partial void A(out int {|WBG0104:a|}, ref int {|WBG0104:b|}); }
        [WasmExport, GuestAllocator("malloc")] public partial class Leaking { public partial void A(out int {|WBG0104:a|}); }
        [WasmExport, GuestAllocator("malloc", "free")] public partial class Plain { public partial int A(out int a, ref string {|WBG0104:b|}, ref P c); }
        [WasmRecord] public struct P { public int X; public double Y; }
        """);

    [Fact]
    public Task WBG0106_errnos_of_other_results() => ReportsAsync(
        "'C' has [Errno], but returns something else than void or int: change the return type, or interrupt the guest "
            + "with [Interrupts]",
        """
        using System;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            [Errno<Exception>(1)] public void A() { }
            [Errno<Exception>(-1)] public Interruptible<int, string> B() => 1;
            [{|WBG0106:Errno<Exception>(1)|}] public string C() => "";
            [{|WBG0106:Errno<Exception>(1)|}] public long D() => 1;
        }
        """);

    [Fact]
    public Task WBG0015_errors_declared_twice() => ReportsAsync(
        "'ArgumentException' is declared more than once on 'B': either [Errno<ArgumentException>] with one number, "
            + "[WitError<ArgumentException>] with one case, [WasmTag<ArgumentException>] with one tag, or "
            + "[Interrupts<ArgumentException>]",
        """
        using System;
        using WasmBindgen;
        [WasmImport("env"), Interrupts<ArgumentException>] public partial class Env
        {
            [Errno<ArgumentException>(1), Interrupts<Exception>] public void A() { }
            [{|WBG0015:Errno<ArgumentException>(1)|}, Interrupts<ArgumentException>] public void B() { }
            [Errno<ArgumentException>(1), {|WBG0015:Errno<ArgumentException>(2)|}] public void C() { }
            [WasmTag<ArgumentException>("env", "tag"), Interrupts<Exception>] public void D() { }
            [{|WBG0015:WasmTag<ArgumentException>("env", "tag")|}, Interrupts<ArgumentException>] public void E() { }
            [{|WBG0015:WasmTag<ArgumentException>("env", "tag")|}, Errno<ArgumentException>(1)] public void F() { }
            [WasmTag<ArgumentException>("env", "tag"), {|WBG0015:WasmTag<ArgumentException>("env", "other")|}] public void G() { }
            [WitError<ArgumentException>, Interrupts<Exception>] public Result<int, string> H() => 1;
            [{|WBG0015:WitError<ArgumentException>|}, Interrupts<ArgumentException>] public Result<int, string> I() => 1;
            [WitError<ArgumentException>, {|WBG0015:WitError<ArgumentException>|}] public Result<int, string> J() => 1;
            [{|WBG0015:WitError<WitException<int>>|}] public Result<int, string> K() => 1;
            [Interrupts<WitException<string>>] public Result<int, string> {|WBG0015:L|}() => 1;
            [Interrupts<WitException<int>>] public Result<int, string> M() => 1;
        }
        """);

    [Fact]
    public Task WBG0415_errors_that_results_do_not_have() => ReportsAsync(
        "[WitError<IOException>]: 'Error' has no case 'no-entri' without a payload: did you mean 'no-entry'?",
        """
        using System;
        using System.IO;
        using WasmBindgen;
        public enum Error { NoEntry, Denied }
        [Flags] public enum Bits { One = 1 }
        [WasmVariant] public abstract record Fault { public record Closed : Fault; public record Full(int Left) : Fault; }
        [WasmImport("env"), {|WBG0415:WitError<ArgumentException>("closed")|}] public partial class Env
        {
            [WitError<IOException>("no-entry")] public Result<int, Error> A() => 1;
            [{|WBG0415:WitError<IOException>("no-entri")|}] public Result<int, Error> B() => 1;
            [{|WBG0415:WitError<IOException>("elsewhere")|}] public Result<int, Error> C() => 1;
            [{|WBG0415:WitError<IOException>|}] public Result<int, Error> D() => 1;
            [WitError<ArgumentException>, WitError<IOException>] public Result<int, string> E() => 1;
            [WitError<ArgumentException>, {|WBG0415:WitError<IOException>("no-entry")|}] public Result<int, string> F() => 1;
            [WitError<IOException>("closed")] public Result<int, Fault> G() => 1;
            [{|WBG0415:WitError<IOException>("full")|}] public Result<int, Fault> H() => 1;
            [{|WBG0415:WitError<IOException>("no-entry")|}] public int I() => 1;
            [{|WBG0415:WitError<IOException>("one")|}, Interrupts<ArgumentException>] public Result<int, Bits> J() => default;
        }
        [WasmImport("other"), {|WBG0415:WitError<IOException>("no-entry")|}] public partial class Other
        {
            public int A() => 1;
        }
        """);

    [Fact]
    public Task WBG0105_property_types() => ReportsAsync(
        "Property 'A' has type 'string', which no export has: use a bool, an integer, a float, a Rune, an enum, "
            + "object, Memory, SharedMemory, Table, Global or Function",
        """
        using WasmBindgen;
        [WasmExport] public partial class Guest
        {
            public partial string {|WBG0105:A|} { get; set; }
            public partial int? {|WBG0105:B|} { get; }
            public partial Memory? {|WBG0105:C|} { get; }
            public partial Instance {|WBG0105:D|} { get; }
        }
        """);

    [Fact]
    public Task WBG0201_names_taken_twice() => ReportsAsync(
        "'Env.Add(int)' and 'Env.Add(int, int)' are both named \"add\" for the guest: rename one, or give it a name "
            + "with [WasmName]",
        """
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            public void Add(int a) { }
            public void {|WBG0201:Add|}(int a, int b) { }
            public void {|WBG0201:add|}() { }
            [WasmName("add")] public void {|WBG0201:Other|}() { }
        }
        [WasmExport] public partial class Guest
        {
            public partial void Run();
            public partial int {|WBG0201:run|} { get; set; }
            [WasmName("run")] public partial GuestResult TryRun();
        }
        """);

    [Fact]
    public Task WBG0019_allocators_that_the_host_cannot_call() => ReportsAsync(
        "The parameters in \"malloc(bytes)\" are not ones that the host can pass: use each of size, alignment, "
            + "old_address, old_size at most once, and size always",
        """
        using WasmBindgen;
        [WasmExport, GuestAllocator("malloc(bytes)")] public partial class {|WBG0019:A|} { }
        [WasmExport, GuestAllocator("malloc(alignment)")] public partial class {|WBG0019:B|} { }
        [WasmExport, GuestAllocator("malloc(size, size)")] public partial class {|WBG0019:C|} { }
        [WasmExport, GuestAllocator("malloc()")] public partial class {|WBG0019:D|} { }
        [WasmExport, GuestAllocator("malloc", "free(size)")] public partial class {|WBG0019:E|} { }
        [WasmImport("env"), GuestAllocator("malloc", "free(address, old_size)")] public partial class {|WBG0019:F|} { public void A() { } }
        [WasmExport, GuestAllocator("malloc( size ,alignment )", "free (size,address)")] public partial class G { }
        [WasmExport, GuestAllocator("odd(name", "free)")] public partial class H { }
        """);

    [Fact]
    public Task WBG0202_names_that_are_no_text() => ReportsAsync(
        "The wasm name given to 'A' is null or holds an unpaired surrogate: use a name that can be written in UTF-8",
        """
        using WasmBindgen;
        [WasmImport(null!)] public partial class {|WBG0202:NoModule|} { public void A() { } }
        [WasmImport("\ud800")] public partial class {|WBG0202:HalfModule|} { public void A() { } }
        [WasmImport("env")] public partial class Env
        {
            [WasmName("\udc00\ud800")] public void {|WBG0202:A|}() { }
            [WasmName(null!)] public void {|WBG0202:B|}() { }
            [WasmName("\ud83d\ude00")] public void Smile() { }
        }
        [WasmExport] public partial class Guest { [WasmName("x\ud800")] public partial int {|WBG0202:A|} { get; } }
        [WasmImport("env")] public partial class Tags
        {
            [{|WBG0202:WasmTag<System.IO.IOException>(null!, "x")|}] public void A() { }
            [{|WBG0202:WasmTag<System.IO.IOException>("x", "\ud800")|}] public void B() { }
        }
        [WasmExport(Memory = "\ud800")] public partial class {|WBG0202:HalfMemory|} { }
        [WasmImport("env", Memory = "\ud800")] public partial class {|WBG0202:HalfHostMemory|} { public void A() { } }
        [WasmExport, GuestAllocator("\ud800")] public partial class {|WBG0202:HalfAllocator|} { }
        [WasmExport, GuestAllocator(null!)] public partial class {|WBG0202:NoAllocator|} { }
        [WasmExport, GuestAllocator("a", Module = "\ud800")] public partial class {|WBG0202:HalfOrigin|} { }
        [WasmExport] public partial class Memories
        {
            [WasmMemory(null!)] public partial void {|WBG0202:A|}(string text);
            [WasmMemory("\ud800")] public partial void {|WBG0202:B|}(string text);
        }
        """);

    [Fact]
    public Task WBG0301_project_without_unsafe_code() => LacksAsync(
        GeneratorTest.CSharp13,
        allowsUnsafe: false,
        "WBG0301: The bindings of 'Env' use pointers: set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task WBG0302_project_in_an_older_language(bool allowsUnsafe) => LacksAsync(
        new CSharpParseOptions(LanguageVersion.CSharp11),
        allowsUnsafe,
        "WBG0302: The bindings of 'Env' are written in C# 12: set <LangVersion>12</LangVersion> or newer in the "
            + "project");

    /// <summary>A project that binds nothing may be as it likes.</summary>
    [Fact]
    public void WBG0301_is_not_said_without_bindings() => Assert.Empty(GeneratorRun.Of(GeneratorTest.Compile(
        GeneratorTest.CSharp13, GeneratorTest.Library.WithAllowUnsafe(false),
        "namespace A { public class B { public class C { } } }")).Diagnostics);

    /// <summary>What a project lacks is said once, nothing else is, and no analyzer is needed for it.</summary>
    private static async Task LacksAsync(CSharpParseOptions parse, bool allowsUnsafe, string error)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            parse,
            GeneratorTest.Library.WithAllowUnsafe(allowsUnsafe),
            $$"""
            using System.Threading;
            using System.Threading.Tasks;
            using WasmBindgen;
            public static partial class Program
            {
                public static Linker Link(Linker linker) => linker.Define(new Env()).DefinePerStore<Env>();
                [WasmImport("env")] public sealed partial class Env { public string A(int[] values) => ""; }
            }
            [WasmImport("env")] public static partial class Static { public static void A(string text) { } }
            [WasmExport] public sealed partial class Guest
            {
                public partial string A(in int value, string text);
                public partial GuestResult<int> B(CancellationToken token);
                internal partial Task<string> C(int value);
                {{(parse.LanguageVersion >= LanguageVersion.CSharp13 ? "public partial int Counter { get; private set; } public partial Memory Memory { get; }" : "")}}
            }
            """));
        Microsoft.CodeAnalysis.Diagnostic said = Assert.Single(run.Diagnostics);
        Assert.Equal(error, $"{said.Id}: {said.GetMessage(null)}");
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, said.Severity);
        Assert.DoesNotContain(
            run.Output.GetDiagnostics(),
            static diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output));
        GeneratorTest.AssertIncremental(run);
    }

    [Fact]
    public Task Several_at_once() => ReportsAsync(
        "is generic",
        """
        using WasmBindgen;
        file struct Outer<T> { [WasmImport("env"), WasmExport] public static class {|WBG0001,WBG0001,WBG0001,WBG0001,WBG0003,WBG0003,WBG0007,WBG0009,WBG0009,WBG0012:Env|} { } }
        """);

    [Fact]
    public async Task Members_with_problems_are_left_out_alone()
    {
        GeneratorRun run = await ReportsAsync(
            "'System.Uri'",
            """
            using WasmBindgen;
            [WasmImport("env")] public sealed partial class Env
            {
                public void First() { }
                public void Bad(System.Uri {|WBG0101:text|}) { }
                public System.Uri {|WBG0102:Worse|}() => null!;
                public void Last() { }
            }
            [WasmExport] public sealed partial class Guest
            {
                public partial void First();
                public partial System.Uri {|WBG0102:Bad|}();
                public partial string {|WBG0105:Worse|} { get; }
                public partial int Last { get; }
            }
            """);
        Assert.Equal(2, run.Files.Count);
        Assert.All(run.Files.Values, static text =>
        {
            Assert.Contains("\"first\"", text, StringComparison.Ordinal);
            Assert.Contains("\"last\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"bad\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"worse\"", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task WBG0107_types_that_another_generator_makes()
    {
        const string Binding =
            """
            using System;
            using System.Collections.Generic;
            using WasmBindgen;
            namespace Demo;
            public record Point(Gen X);
            [WasmVariant] public abstract record Choice { public record A(Deep.GenRec R) : Choice; }
            [WasmImport("env")] public sealed partial class Env
            {
                public void A(Gen m, int n) { }
                public GenRec B() => null!;
                public void C(Point p, List<Gen[]> q, Gen? r, Choice s) { }
                public void D(ref GenStruct m) { }
                [Interrupts<GenEx>] public void E() { }
                [Errno<GenEx>(1)] public void F() { }
                public void G(Func<Gen> g) { }
                public void H([WasmMarshaller(typeof(GenMarshaller))] Uri u) { }
                public int Ok(int a) => a;
            }
            [WasmExport] public sealed partial class Guest { public partial int I(Gen m); public partial Gen J(); public partial Gen K { get; } public partial int Ok(int a); }
            """;
        const string Made =
            """
            namespace Demo;
            public enum Gen { A, B }
            public record GenRec(int X);
            public record struct GenStruct(int X);
            public class GenEx : System.Exception;
            public class GenMarshaller : WasmBindgen.IWasmMarshaller<System.Uri, string> { public static string ToGuest(System.Uri value) => ""; public static System.Uri FromGuest(string value) => null!; }
            namespace Deep { public record GenRec(int X); }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Binding));
        Assert.All(run.Diagnostics, static error => Assert.Equal("WBG0107", error.Id));
        Assert.Equal(
            [
                "m Gen", "B GenRec", "p Gen", "q Gen", "r Gen", "s Deep.GenRec", "m GenStruct", "E GenEx", "F GenEx",
                "g Gen", "u GenMarshaller", "m Gen", "J Gen", "K Gen",
            ],
            run.Diagnostics.OrderBy(static error => error.Location.SourceSpan.Start).Select(static error =>
                string.Join(" ", error.GetMessage(null).Split('\'').Where(static (_, i) => i is 1 or 3))));
        Assert.All(run.Diagnostics, static error => Assert.Equal("File0.cs", error.Location.GetLineSpan().Path));
        Assert.All(run.Files.Values, static text => Assert.Contains("\"ok\"", text, StringComparison.Ordinal));

        // Later the types are there, and the analyzer finds nothing wrong.
        Compilation later = run.Output.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(Made, GeneratorTest.CSharp13, "Made.g.cs"));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(later));
        Assert.Empty(GeneratorRun.Of(GeneratorTest.Compile(Binding, Made)).Diagnostics);
    }

    private const string LeavesOut =
        """
        using System; using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env { public void Wait(DateTime t) { } public void Twice(int a) { } public void Twice(int a, int b) { } public int Ok(int a) => a; }
        [WasmExport] public sealed partial class Guest { public partial int Wait(DateTime t); public partial int Ok(int a); }
        [WasmImport("x")] public sealed class Whole { public void A() { } }
        """;

    private static readonly string[] s_leftOut = ["WBG0001 Whole", "WBG0101 t", "WBG0101 t", "WBG0201 Twice"];

    /// <summary>
    /// Each member that is left out is one error, whatever the file says and whoever tries to silence it.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("// <auto-generated/>\n")]
    [InlineData("#pragma warning disable\n")]
    [InlineData("#pragma warning disable WBG0001, WBG0101, WBG0201\n")]
    [InlineData("", "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"WasmBindgen\", \"WBG0101\")] ")]
    public async Task What_is_left_out_is_an_error_in_any_case(string before, string attribute = "")
    {
        CSharpCompilation compilation = GeneratorTest.Compile(before + LeavesOut
            .Replace("[WasmImport(\"env\")]", attribute + "[WasmImport(\"env\")]", StringComparison.Ordinal)
            .Replace("public partial int Wait", attribute + "public partial int Wait", StringComparison.Ordinal));
        CompilationOptions silent = compilation.Options.WithSpecificDiagnosticOptions(
            s_leftOut.Select(static error => error[..7])
                .Distinct()
                .ToImmutableDictionary(static id => id, static _ => ReportDiagnostic.Suppress));
        foreach (CompilationOptions options in (CompilationOptions[])[compilation.Options, silent])
        {
            GeneratorRun run = GeneratorRun.Of((CSharpCompilation)compilation.WithOptions(options));
            ImmutableArray<Diagnostic> analyzers = await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output);
            Assert.Equal(s_leftOut, Shown(run.Diagnostics.AddRange(analyzers)));
        }
    }

    /// <summary>Then it is the generator that says the same in the same place.</summary>
    [Fact]
    public async Task What_is_left_out_is_an_error_without_analyzers()
    {
        CSharpCompilation compilation = GeneratorTest.Compile("#pragma warning disable\n" + LeavesOut);
        GeneratorRun run = GeneratorRun.Of(compilation);
        GeneratorDriver driver = GeneratorRun.Driver(compilation, trackSteps: false)
            .WithUpdatedAnalyzerConfigOptions(new WithoutAnalyzers())
            .RunGeneratorsAndUpdateCompilation(compilation, out _, out ImmutableArray<Diagnostic> reported);
        Assert.NotNull(driver);
        Assert.Equal(s_leftOut, Shown(reported));
        ImmutableArray<Diagnostic> others = await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output);
        Assert.Equal(
            others.Select(Text).Order(StringComparer.Ordinal), reported.Select(Text).Order(StringComparer.Ordinal));

        static string Text(Diagnostic diagnostic) =>
            $"{diagnostic} {diagnostic.Descriptor.HelpLinkUri} {diagnostic.Descriptor.Title}";
    }

    private static IEnumerable<string> Shown(IEnumerable<Diagnostic> errors) => errors
        .Where(static error => error is { Severity: DiagnosticSeverity.Error, IsSuppressed: false })
        .Select(static error => $"{error.Id} {error.GetMessage(null).Split('\'')[1]}")
        .Select(static text => text.Replace("Env.Twice(int)", "Twice", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private sealed class WithoutAnalyzers : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = "true";
                return key == "build_property.WasmBindgenSkipsAnalyzers";
            }
        }
    }

    [Fact]
    public async Task Pragmas_silence_warnings()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            """
            using WasmBindgen;
            [WasmImport("env")] public sealed partial class Env
            {
            #pragma warning disable WBG0008
                [Interrupts] private void Idle() { }
            #pragma warning restore WBG0008
            }
            """));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output));
    }

    /// <summary>The compiler says what is wrong; a generator that fails besides would hide it.</summary>
    [Fact]
    public async Task Code_that_does_not_compile_is_coped_with()
    {
        string[] sources =
        [
            """[WasmBindgen.WasmImport("env")] public partial class Env { public void A() { } } [WasmBindgen.WasmImport("env")] partial class Env { }""",
            """[WasmBindgen.WasmExport] public partial class Env { } [WasmBindgen.WasmExport] partial class Env { }""",
            """[WasmBindgen.WasmImport] public partial class Env { public void A() { } }""",
            """[WasmBindgen.WasmImport(1)] public partial class Env { [WasmBindgen.WasmName] public void A() { } [WasmBindgen.WasmName(1, 2)] public void B() { } }""",
            """[WasmBindgen.WasmImport("env", Naming = "x")] public partial class Env { [WasmBindgen.Interrupts<Nope>, WasmBindgen.Interrupts<>] public Nope A(Nope a, in) => 1; }""",
            """[WasmBindgen.WasmImport("env")] public partial class { public void () { } public int }""",
            """[WasmBindgen.WasmImport("env")] public partial class Env { public void A() { } public void A() { } }""",
            """[WasmBindgen.WasmExport] public partial class Guest { public partial A(int); public partial int B { ; public partial int C { get set }; partial }""",
            """[WasmBindgen.WasmExport] public partial class Guest : Guest { public partial int A(int a, int a); }""",
            """[WasmBindgen.WasmImport("env")] public partial interface IEnv { void A(); }""",
            """[WasmBindgen.WasmExport] public enum E { } [WasmBindgen.WasmExport] public delegate void D();""",
        ];
        foreach (string source in sources)
        {
            GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source));
            Assert.DoesNotContain(
                await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output),
                static diagnostic => diagnostic.Id == "AD0001");
        }
    }

    /// <summary>
    /// The compiler asks no analyzer while a partial member has no other part: each one that is refused has one all the
    /// same.
    /// </summary>
    [Fact]
    public async Task A_refused_member_of_a_guest_class_does_not_hide_its_diagnostic()
    {
        GeneratorRun run = await ReportsAsync(
            "which cannot cross",
            """
            #nullable enable
            using System;
            using WasmBindgen;
            [WasmExport] public partial class Guest
            {
                public partial void Fine(int a);
                public partial int A(TimeSpan {|WBG0101:time|});
                internal partial (DateTime? From, object? @class) {|WBG0102:B|}(scoped ReadOnlySpan<DateTime> {|WBG0101:s|}, params object[] {|WBG0101:all|});
                public partial T {|WBG0004:C|}<T>(in T {|WBG0101:a|}) where T : class, new();
                public static partial ref readonly int {|WBG0005,WBG0007:D|}(ref int {|WBG0104:a|});
                [Timeout(0)] public partial void {|WBG0014:E|}();
                public partial void {|WBG0201:fine|}();
                public partial Uri? {|WBG0105:G|} { get; private set; }
                public partial Memory {|WBG0011:H|} { get; set; }
                public partial ref int {|WBG0011:I|} { get; }
                public partial int {|WBG0011:this|}[int a, object? b] { get; }
                public static partial int {|WBG0007:J|} { get; }
            }
            public partial class Outer<T> where T : class
            {
                [WasmExport] public partial class {|WBG0003:Guest|}<U> where U : T { public partial int A(int a); }
            }
            [WasmExport] public partial struct {|WBG0002:Value|} { public partial int A(int a); }
            [WasmExport] public partial class {|WBG0010:Primary|}(Instance instance) { public partial int A(int a); public Instance B => instance; }
            [WasmExport, WasmImport("env")] public partial class {|WBG0012:Both|} { public partial int A(int a); }
            """);
        Assert.DoesNotContain(
            GeneratorTest.CompilerDiagnostics(run.Output), static diagnostic => diagnostic.Id is "CS8795" or "CS9248");
    }

    [Fact]
    public Task WBG0102_attributes_that_say_nothing_or_too_much() => ReportsAsync(
        "([CString] and [Utf16] exclude each other)",
        """
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmImport("env")] public partial class Env
        {
            [return: CString] public void {|WBG0102:A|}([CString, Utf16] string {|WBG0101:text|}) { }
            [return: Packed, MultiValue] public string {|WBG0102:B|}() => "";
            [return: MultiValue] public Task {|WBG0102:C|}() => Task.CompletedTask;
            [return: Packed, Utf16] public string D() => "";
        }
        [WasmExport] public partial class Guest { [return: MultiValue] public partial void {|WBG0102:A|}(); }
        """);

    [Fact]
    public Task WBG0101_values_that_memories_of_64_bits_do_not_have() => ReportsAsync(
        "(of a [Memory64] class, only UTF-8 strings, and arrays, spans, pointers and references of numbers or structs "
            + "of such, can be in memory)",
        """
        using System;
        using System.Collections.Generic;
        using WasmBindgen;
        public record Named(string Name, int Age);
        public record struct Point(int X, int Y);
        [Memory64, WasmImport("env")] public partial class Env
        {
            public void A(List<int> {|WBG0101:a|}, string? {|WBG0101:b|}, Named {|WBG0101:c|}, string[] {|WBG0101:d|}, [CString] string {|WBG0101:e|}, Point f, int? g) { }
            public string {|WBG0102:B|}() => "";
            public Point {|WBG0102:C|}() => default;
            [return: Packed] public string {|WBG0102:D|}() => "";
            [return: MultiValue] public Point E() => default;
            public void F(Vector16 {|WBG0101:v|}, int {|WBG0101:last|}) { }
        }
        public record struct Vector16(int A, int B, int C, int D, int E, int F, int G, int H, int I, int J, int K, int L, int M, int N, int O, int P);
        [Memory64, WasmExport] public partial class Guest
        {
            public partial ReadOnlyMemory<byte> {|WBG0102:A|}();
            public partial int? {|WBG0102:B|}(GuestPointer<Point> p);
        }
        """);

    [Fact]
    public Task WBG0101_values_that_AssemblyScript_does_not_have() => ReportsAsync(
        "(of an [AssemblyScript] class, only strings, and arrays of numbers, bool or strings, can be in memory)",
        """
        using WasmBindgen;
        [AssemblyScript, WasmImport("env")] public partial class Env
        {
            public void A((int, int) {|WBG0101:a|}, int[][] {|WBG0101:b|}, int? {|WBG0101:c|}, int[,] {|WBG0101:d|}, object[] {|WBG0101:e|}) { }
            public int B(string a, int[]? b, bool c, object d, System.Text.Rune e) => 0;
        }
        """);

    [Fact]
    public Task WBG0101_an_array_for_AssemblyScript_of_an_unsaid_kind() => ReportsAsync(
        "(say with [ScriptArray], here or on the class, which of AssemblyScript's arrays the guest takes)",
        """
        using WasmBindgen;
        [AssemblyScript, WasmExport] public partial class Guest
        {
            public partial int[] A(int[] {|WBG0101:a|}, [ScriptArray(ScriptArrayKind.StaticArray)] int[] b);
        }
        """);

    [Fact]
    public Task WBG0101_an_array_that_AssemblyScript_does_not_have() => ReportsAsync(
        "(AssemblyScript has no ",
        """
        using WasmBindgen;
        [AssemblyScript, ScriptArray(ScriptArrayKind.TypedArray), WasmExport] public partial class Guest
        {
            public partial void A(bool[] {|WBG0101:a|}, [ScriptArray(ScriptArrayKind.ArrayBuffer)] string[] {|WBG0101:b|}, [ScriptArray((ScriptArrayKind)9)] int[] {|WBG0101:c|});
        }
        """);

    [Fact]
    public Task WBG0101_the_kind_of_an_array_from_AssemblyScript() => ReportsAsync(
        "([ScriptArray] is for an array that the host passes to the guest)",
        """
        using WasmBindgen;
        [AssemblyScript, WasmImport("env")] public partial class Env
        {
            public void A([ScriptArray(ScriptArrayKind.Array)] int[] {|WBG0101:a|}, [ScriptArray(ScriptArrayKind.Array)] string {|WBG0101:b|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_an_AssemblyScript_class_of_64_bits() => ReportsAsync(
        "([AssemblyScript] and [Memory64] exclude each other)",
        """
        using WasmBindgen;
        [AssemblyScript, Memory64, WasmExport] public partial class Guest { public partial void Greet(string {|WBG0101:name|}); }
        """);

    [Fact]
    public Task WBG0101_values_that_wasm_bindgen_does_not_have() => ReportsAsync(
        "(of a [RustWasmBindgen] class, only numbers, strings, objects, arrays and spans of them, and pointers can "
            + "cross)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmExport] public partial class Guest
        {
            public partial void A((int, string) {|WBG0101:pair|});
            public partial void B(bool[] {|WBG0101:flags|});
            public partial void C(Option<string> {|WBG0101:text|});
        }
        """);

    [Fact]
    public Task WBG0101_options_of_wasm_bindgen() => ReportsAsync(
        "(an option of wasm-bindgen is only the same everywhere for numbers of 64 bits)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmExport] public partial class Guest
        {
            public partial void A(int? {|WBG0101:number|}, long? other);
        }
        """);

    [Fact]
    public Task WBG0101_what_is_lent_as_a_reference() => ReportsAsync(
        "(without an object heap, guests hold references: take the object itself)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmExport] public partial class Guest
        {
            public partial void A(Borrow<object> {|WBG0101:value|});
        }
        """);

    [Fact]
    public Task WBG0101_arrays_of_objects_from_wasm_bindgen() => ReportsAsync(
        "(only a result of a guest's function, or what the host passes, is an array of objects)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmImport("wbg")] public partial class Env
        {
            public void A(string[] {|WBG0101:values|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_encodings_of_wasm_bindgen() => ReportsAsync(
        "(the strings of a [RustWasmBindgen] class are UTF-8)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmImport("wbg")] public partial class Env
        {
            public void A([Utf16] string {|WBG0101:text|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_wasm_bindgen_and_AssemblyScript() => ReportsAsync(
        "([RustWasmBindgen] and [AssemblyScript] exclude each other)",
        """
        using WasmBindgen;
        [RustWasmBindgen, AssemblyScript, WasmExport] public partial class Guest
        {
            public partial void A(string {|WBG0101:text|});
        }
        """);

    [Fact]
    public Task WBG0102_results_of_wasm_bindgen_in_another_way() => ReportsAsync(
        "([RustWasmBindgen] and [Packed] exclude each other)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmExport] public partial class Guest
        {
            [return: Packed] public partial string {|WBG0102:A|}();
        }
        """);

    [Fact]
    public Task WBG0102_errors_of_wasm_bindgen() => ReportsAsync(
        "(an error of wasm-bindgen is an object)",
        """
        using WasmBindgen;
        [RustWasmBindgen, WasmExport] public partial class Guest
        {
            public partial Result<string, int> {|WBG0102:A|}();
        }
        """);

    [Fact]
    public Task WBG0104_references_to_AssemblyScript() => ReportsAsync(
        "",
        """
        using WasmBindgen;
        [AssemblyScript, GuestAllocator("malloc", "free"), WasmExport] public partial class Guest { public partial void Next(ref int {|WBG0104:value|}); }
        """);

    [Fact]
    public Task WBG0101_parameters_that_a_task_outlives() => ReportsAsync(
        "(the call goes on after the method has returned: take an array, or a parameter by value)",
        """
        using System;
        using System.Threading.Tasks;
        using WasmBindgen;
        [WasmExport] public partial class Guest
        {
            public partial Task A(ReadOnlySpan<byte> {|WBG0101:a|});
            public partial Task<int> B(in int {|WBG0101:a|}, byte[] b);
            public partial ValueTask {|WBG0102:C|}();
        }
        """);

    [Fact]
    public Task WBG0101_references_that_are_none() => ReportsAsync(
        "(its parameter 'arg' of type 'System.DateTime' cannot cross ('System.DateTime' has no form in WebAssembly))",
        """
        using System;
        using WasmBindgen;
        public delegate int ByReference(ref int a);
        [WasmImport("env")] public partial class Env
        {
            public void A(Func<DateTime, int> {|WBG0101:a|}, Func<Action> {|WBG0101:b|}, ByReference {|WBG0101:c|}, Func<int>[] {|WBG0101:d|}) { }
            public void B([ExternRef] int {|WBG0101:a|}, [TableIndex(null!)] Action {|WBG0101:b|}, (object, int) {|WBG0101:c|}) { }
            public void C([ExternRef] Uri? a, object b, [TableIndex] Func<int, Level>? c, Action<float> d, Func<string, object> e) { }
        }
        public enum Level { Low }
        [WasmExport] public partial class Guest { public partial object? A([TableIndex("\ud800")] Action {|WBG0101:a|}, Func<Action<int>> {|WBG0101:b|}, [TableIndex] Action c); }
        """);

    [Fact]
    public Task WBG0101_records_that_generated_code_cannot_make() => ReportsAsync(
        "'Required' cannot be made of what shows in it",
        """
        using WasmBindgen;
        [WasmRecord] public ref struct OnTheStack { public int A; }
        public record Required(int A) { public required int B { get; init; } }
        internal record Hidden { public int A { get; init; } internal required int B { get; init; } }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(OnTheStack {|WBG0101:a|}, Required {|WBG0101:b|}) { }
        }
        [WasmImport("env")] internal sealed partial class Other
        {
            public void B(Hidden {|WBG0101:a|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_variants_with_a_case_that_only_they_see() => ReportsAsync(
        "its case 'Hidden' cannot be named in 'Env'",
        """
        using WasmBindgen;
        [WasmVariant] public abstract record Choice { public sealed record Shown(int A) : Choice; private sealed record Hidden : Choice; }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(Choice {|WBG0101:a|}) { }
            public void B(Own a) { }
            [WasmVariant] public abstract record Own { public sealed record Shown(int A) : Own; internal sealed record Inner : Own; }
        }
        """);

    [Fact]
    public Task WBG0101_variants_with_a_case_that_generated_code_cannot_make() => ReportsAsync(
        "its case 'Odd' cannot be made of what shows in it",
        """
        using WasmBindgen;
        [WasmVariant] public abstract record First { public sealed record Odd : First { public Odd(int other) => A = other; public int A { get; } } }
        [WasmVariant] public abstract record Second { public abstract record Odd : Second { } }
        [WasmVariant] public abstract record Third { public sealed record Odd(int A) : Third { public required int B { get; init; } } }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(First {|WBG0101:a|}, Second {|WBG0101:b|}, Third {|WBG0101:c|}) { }
        }
        """);
}
