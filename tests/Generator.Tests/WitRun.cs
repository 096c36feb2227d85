using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Tests;

/// <summary>
/// The types of WIT, with thunks and stubs by their shapes, compiled and run. Of each interface's functions there is a
/// class <c>Host</c>, which the test writes, and a class <c>Guest</c>, whose methods call exports of their names; of
/// each resource a class <c>BucketFunctions</c> and the like.
/// </summary>
internal sealed class WitRun : IDisposable
{
    /// <summary>The beginning of the text that the test writes.</summary>
    internal const string Usings = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using A.B;
        using WasmBindgen;

        """;

    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly Assembly _assembly;

    internal WitRun(string wit, string source)
    {
        WitPackages packages = WitSet.Resolve(wit);
        Assert.Empty(packages.Errors);
        DeclaredNamespace space = WitDeclarer.Declare(
            packages, [WitSurfaceTests.ImportsOf(packages)], WitOptions.Default).Declarations.Namespaces[0];
        CSharpCompilation compilation = GeneratorTest.Compile(
            [WitTypeEmitter.Emit(space).Text, .. space.Contracts.SelectMany(Classes), source]);
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(
            static one => one.Severity >= DiagnosticSeverity.Warning && one.Id != "CS1591"));
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    public void Dispose() => _context.Unload();

    /// <summary>Calls a method of the test's class <c>Test</c>.</summary>
    internal object? Call(string method, params object?[] arguments) => _assembly.GetType("Test")!
        .GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>A guest that hands on what it gets; no result is one in memory.</summary>
    internal static string Guest(params (string Name, string Parameters, string Result)[] functions) =>
        Guest("", "", functions);

    /// <summary>A guest that hands on what it gets; no result is one in memory.</summary>
    internal static string Guest(
        string imports, string exports, params (string Name, string Parameters, string Result)[] functions)
    {
        var own = new StringBuilder();
        var handedOn = new StringBuilder();
        foreach ((string name, string parameters, string result) in functions)
        {
            bool isArea = result.Length == 0;
            int count = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            string arguments = string.Concat(Enumerable.Range(0, count)
                .Select(static i => string.Create(CultureInfo.InvariantCulture, $" (local.get {i})")));
            own.Append(CultureInfo.InvariantCulture, $"""(import "a:b/i" "{name}" (func ${name} (param {parameters}""")
                .AppendLine(isArea ? " i32)))" : $") (result {result})))");
            handedOn.AppendLine(
                CultureInfo.InvariantCulture,
                $"""
                (func (export "{name}") (param {parameters}) (result {(isArea ? "i32" : result)})
                  (call ${name}{arguments}{(isArea ? " (i32.const 1024)) (i32.const 1024)" : ")")})
                """);
        }

        return $"""
            (module
              {own}
              {imports}
              (memory (export "memory") 1)
              (global $next (mut i32) (i32.const 4096))
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
                (global.set $next (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
                (global.get $next)
                (global.set $next (i32.add (global.get $next) (local.get 3))))
              {handedOn}
              {exports})
            """;
    }

    private static IEnumerable<string> Classes(Contract contract)
    {
        bool isResource = contract.Resource is not null;
        string host = isResource ? contract.Name[1..] + "Functions" : "Host";
        HostFunction[] functions = [.. contract.Methods.Select(method => Function(contract, method))];
        yield return ImportEmitter.Emit(
            new ImportClass(
                Class(host, isResource ? contract.FullName : "global::" + host),
                contract.Module,
                isResource,
                "Thunks",
                Allocation: null,
                Memory: null,
                (isResource ? functions.Append(Drop(contract)) : functions).ToEquatableArray(),
                IsAddToTaken: false),
            host,
            new(AllowsUnsafe: true, IsCSharp12: true, HasOfficialPackage: false)).Text;
        if (!isResource)
        {
            yield return ExportEmitter.Emit(
                new ExportClass(
                    Class("Guest", "global::Guest"),
                    HasBoundBase: false,
                    "Slots",
                    Allocation: null,
                    Memory: null,
                    contract.Methods.Select(Stub).ToEquatableArray(),
                    default,
                    default,
                    IsBound: true,
                    Guest: null),
                "Guest",
                new(AllowsUnsafe: true, IsCSharp12: true, HasOfficialPackage: false)).Text;
        }
    }

    private static TypeDeclaration Class(string name, string fullName) =>
        new("", default, $"sealed partial class {name}", name, fullName, name);

    private static HostFunction Function(Contract contract, DeclaredMethod method) => new(
        method.Name,
        method.WasmName,
        method.Name,
        contract.Resource is null ? CallTarget.Host : CallTarget.Self,
        IsObsolete: false,
        (contract.Resource is null ? [] : new[] { Self(contract) })
            .Concat(method.Parameters.Select(
                static one => new HostParameter(one.Name, one.Name, "", one.Value, Injected: null)))
            .ToEquatableArray(),
        method.Result,
        Outcome.Result,
        InterruptsWithAny: false,
        Catches: default);

    private static HostParameter Self(Contract contract) => new(
        "self",
        "self",
        "",
        new ResourceShape($"global::WasmBindgen.Borrow<{contract.FullName}>", contract.FullName, IsBorrow: true),
        Injected: null);

    private static HostFunction Drop(Contract contract) => new(
        "",
        $"[resource-drop]{contract.Resource}",
        "Drop",
        CallTarget.Drop,
        IsObsolete: false,
        new[] { new HostParameter("handle", "handle", "", ScalarShape.Int, Injected: null) }.ToEquatableArray(),
        Result: null,
        Outcome.Result,
        InterruptsWithAny: false,
        Catches: default);

    private static GuestFunctionStub Stub(DeclaredMethod method) => new(
        "public",
        method.Name,
        method.WasmName,
        "_" + method.Name,
        method.Parameters.Select(static one => new StubParameter("", one.Name, one.Value)).ToEquatableArray(),
        method.Result,
        ReturnsErrors: false,
        Token: null,
        Timeout: 0,
        Fuel: 0,
        IsAsync: false,
        IsDocumented: true,
        Memory: null,
        Marks.None);
}
