using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>A <c>[WasmImport]</c> class: symbol to model and diagnostics. A method with a problem is left out of the model.</summary>
internal static class ImportParser
{
    /// <summary>The names of a thunk's own parameters and locals.</summary>
    private static readonly string[] ThunkLocals = ["host", "caller", "slots", "count", "result", "outcome", "exception", "memory", "parameters", "area"];

    internal static ImportClass? Parse(INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
    {
        TypeDeclaration? declaration = TypeParser.Parse(type, "WasmImport", sink, cancellation);
        string? module = attribute.ConstructorArguments is [{ Value: string name }] ? name : null;
        if (module is null || TypeParser.HasUnpairedSurrogate(module))
        {
            sink.Report(Descriptors.InvalidName, type, type.Name);
            return null;
        }

        // The name of a component's interface, such as wasi:io/streams, goes with the component's way of naming.
        NamingPolicy naming = Names.Policy(attribute, module.IndexOfAny([':', '/']) >= 0 ? NamingPolicy.KebabCase : NamingPolicy.SnakeCase);
        Interrupts ofClass = ParseInterrupts(type, new Interrupts(Any: false, []), sink);
        var wasmNames = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        var thunkNames = new HashSet<string>(StringComparer.Ordinal) { "Main" }; // which the compiler would take for the program's entry point
        var marshallers = new Marshallers(thunkNames);
        var functions = new List<HostFunction>();
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(IsHostFunction))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ParseFunction(method, naming, ofClass, wasmNames, thunkNames, marshallers, sink) is { } function)
            {
                functions.Add(function);
            }
        }

        if (declaration is null)
        {
            return null;
        }

        return new ImportClass(declaration, module, type.IsStatic, Names.Unique("Thunks", TypeParser.TakenNames(type)), functions.ToEquatableArray());
    }

    /// <summary>Public ordinary methods that the class itself declares. Nobody means Dispose for the guest.</summary>
    internal static bool IsHostFunction(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsOverride: false, IsImplicitlyDeclared: false }
        && !(method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true })
        && !method.IsGenerated()
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    private static HostFunction? ParseFunction(
        IMethodSymbol method, NamingPolicy naming, Interrupts ofClass, Dictionary<string, ISymbol> wasmNames, HashSet<string> thunkNames, Marshallers marshallers, DiagnosticSink sink)
    {
        string? wasmName = Names.WasmName(method, naming);
        bool fits = TypeParser.CheckName(method, wasmName, wasmNames, sink) & TypeParser.CheckMethod(method, sink);

        Outcome outcome = ParseOutcome(method, out ITypeSymbol? resultType, out ITypeSymbol? returnedError);
        Marshaller? result = null;
        if (resultType is not null)
        {
            result = marshallers.For(resultType, Direction.ToGuest);
            if (result is null && fits)
            {
                sink.Report(Descriptors.ReturnType, method, method.Name, method.ReturnType.ToDisplayString(), ", or mark the method [WasmIgnore]", marshallers.Reason);
            }

            fits &= result is not null;
        }

        var locals = new HashSet<string>(ThunkLocals, StringComparer.Ordinal);
        var parameters = new List<HostParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            fits &= ParseParameter(parameter, locals, parameters, marshallers, sink);
        }

        Interrupts interrupts = ParseInterrupts(method, ofClass, sink, returnedError);
        return !fits ? null : new HostFunction(
            Names.Escape(method.Name),
            wasmName!,
            Names.Unique(Names.Escape(method.Name), thunkNames),
            method.IsStatic,
            method.GetAttributes().Any(static attribute => attribute.AttributeClass.IsSystemType(nameof(ObsoleteAttribute))),
            parameters.ToEquatableArray(),
            result,
            outcome,
            interrupts.Any,
            CatchTypes(interrupts.Types));
    }

    /// <summary>Takes a return type apart: what the guest gets, and what it may be aborted with instead.</summary>
    private static Outcome ParseOutcome(IMethodSymbol method, out ITypeSymbol? result, out ITypeSymbol? error)
    {
        (result, error) = (method.ReturnsVoid ? null : method.ReturnType, null);
        if (method.ReturnType is not INamedTypeSymbol { TypeArguments: [.., var last] arguments } type)
        {
            return Outcome.Result;
        }

        if (type.IsRuntimeType("Interrupt"))
        {
            (result, error) = (null, last);
            return Outcome.Interrupt;
        }

        if (type.IsRuntimeType("Interruptible"))
        {
            (result, error) = (arguments.Length == 2 ? arguments[0] : null, last);
            return Outcome.ResultOrInterrupt;
        }

        return Outcome.Result;
    }

    private static bool ParseParameter(IParameterSymbol parameter, HashSet<string> locals, List<HostParameter> parameters, Marshallers marshallers, DiagnosticSink sink)
    {
        if (!TypeParser.CheckModifier(parameter, sink))
        {
            return false;
        }

        string? injected = Injected(parameter.Type);
        Marshaller? value = injected is null ? marshallers.For(parameter.Type, Direction.FromGuest) : null;
        if (injected is null && value is null)
        {
            sink.Report(
                Descriptors.ParameterType,
                parameter,
                parameter.Name,
                parameter.ContainingSymbol.Name,
                parameter.Type.ToDisplayString(),
                ", or mark the method [WasmIgnore]",
                marshallers.Reason);
            return false;
        }

        parameters.Add(new HostParameter(
            parameter.Name, Names.Unique(Names.Escape(parameter.Name), locals), parameter.RefKind != RefKind.None, value, injected));
        return true;
    }

    /// <summary>The call's own objects, which take no slot.</summary>
    private static string? Injected(ITypeSymbol type) =>
        type.IsRuntimeType("Caller") || type.IsRuntimeType("Memory") || type.IsRuntimeType("Store")
            ? type.Name
            : type.IsCancellationToken()
                ? type.Name
                : null;

    /// <summary>The interrupts that a method or class declares, and those declared around it.</summary>
    private static Interrupts ParseInterrupts(ISymbol owner, Interrupts around, DiagnosticSink sink, ITypeSymbol? returnedError = null)
    {
        bool any = around.Any;
        List<ITypeSymbol> types = [.. around.Types];
        foreach (AttributeData attribute in owner.GetAttributes().Where(static attribute => attribute.AttributeClass.IsRuntimeType("InterruptsAttribute")))
        {
            switch (attribute.AttributeClass!.TypeArguments)
            {
                case []:
                    any = true;
                    break;
                case [{ } error] when SymbolEqualityComparer.Default.Equals(error, returnedError):
                    break; // is returned, not thrown
                case [{ TypeKind: not TypeKind.Error } error] when !DerivesFrom(error, static type => type.IsSystemType(nameof(Exception))):
                    sink.Report(Descriptors.InterruptType, attribute, owner, error.Name, owner.Name);
                    break;
                case [{ } error] when TypeParser.IsFileLocal(error):
                    sink.Report(Descriptors.FileLocal, attribute, owner, error.Name);
                    break;
                case [{ } error]:
                    any |= error.IsSystemType(nameof(Exception));
                    types.Add(error);
                    break;
            }
        }

        return new Interrupts(any, types);
    }

    /// <summary>A catch clause behind one for a base type is an error in C#, and says nothing new.</summary>
    private static EquatableArray<string> CatchTypes(List<ITypeSymbol> types)
    {
        return types
            .Where(type => !types.Exists(other => !Same(type, other) && DerivesFrom(type, part => Same(part, other))))
            .Select(static type => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
            .Distinct()
            .ToEquatableArray();

        static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
    }

    private static bool DerivesFrom(ITypeSymbol type, Func<ITypeSymbol, bool> isWanted)
    {
        for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (isWanted(part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a method may throw to interrupt its guest.</summary>
    /// <param name="Any">Whether everything that it throws does.</param>
    /// <param name="Types">The types that do.</param>
    private readonly record struct Interrupts(bool Any, List<ITypeSymbol> Types);
}
