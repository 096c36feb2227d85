using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>A <c>[WasmImport]</c> class: symbol to model and diagnostics. A method with a problem is left out of the model.</summary>
internal static class ImportParser
{
    /// <summary>The names of a thunk's own parameters and locals.</summary>
    private static readonly string[] ThunkLocals = ["host", "caller", "slots", "count", "result", "outcome", "exception", "memory", "parameters", "area", "call", "handles", "Allocation"];

    internal static ImportClass? Parse(INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
    {
        TypeDeclaration? declaration = TypeParser.Parse(type, "WasmImport", sink, out bool fits, cancellation);
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
        var thunkNames = new HashSet<string>(StringComparer.Ordinal) { "Allocation", "Define", "Main" }; // the last of which the compiler would take for the program's entry point
        thunkNames.UnionWith(ShapeLikeParameters(type));
        var marshallers = new Marshallers(thunkNames, type);
        var functions = new List<HostFunction>();
        string? resource = ResourceName(type, naming);
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(method => IsHostFunction(method) || (resource is not null && IsConstructor(method))))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ParseFunction(method, naming, resource, ofClass, wasmNames, thunkNames, marshallers, sink) is { } function)
            {
                functions.Add(function);
            }
        }

        if (resource is not null && declaration is not null && !type.IsStatic)
        {
            functions.Add(Drop(resource, ofClass, thunkNames));
        }

        if (declaration is null || !fits)
        {
            return null;
        }

        return new ImportClass(declaration, module, type.IsStatic || resource is not null, TypeParser.UniqueType("Thunks", TypeParser.TakenNames(type), type), TypeParser.Allocation(type), functions.ToEquatableArray(), IsAddToTaken(type));
    }

    /// <summary>Whether the class cannot have a method <c>AddTo(Linker)</c> beside its own members.</summary>
    private static bool IsAddToTaken(INamedTypeSymbol type) => type.Name == "AddTo" || type.GetMembers("AddTo")
        .Any(static member => !member.IsGenerated() && member is not IMethodSymbol { Parameters: not [{ Type.Name: "Linker" }] });

    /// <summary>The parameters whose locals in a thunk would hide the struct for a type, if that had the same name.</summary>
    private static IEnumerable<string> ShapeLikeParameters(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .SelectMany(static method => method.Parameters)
        .Select(static parameter => parameter.Name)
        .Where(static name => name.StartsWith("Wit", StringComparison.Ordinal));

    /// <summary>Public ordinary methods that the class itself declares. Nobody means Dispose for the guest.</summary>
    internal static bool IsHostFunction(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsOverride: false, IsImplicitlyDeclared: false }
        && !(method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true })
        && !method.IsGenerated()
        && !method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "UnmanagedCallersOnlyAttribute") // which C# cannot call
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    /// <summary>The same for a method of any class.</summary>
    internal static bool IsHostFunctionOfBinding(IMethodSymbol method) =>
        method.ContainingType.FindAttribute("WasmImportAttribute") is not null && IsHostFunction(method);

    /// <summary>The name of the resource that the class is for its guests; null if it is none.</summary>
    private static string? ResourceName(INamedTypeSymbol type, NamingPolicy naming) =>
        type.FindAttribute("WasmResourceAttribute") is not { } attribute ? null
        : attribute.ConstructorArguments is [{ Value: string name }] ? name
        : Names.Apply(naming, type.Name);

    private static bool IsConstructor(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Constructor, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false, ContainingType.IsAbstract: false }
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    /// <summary>A method's name for the guest, which for one of a resource tells what it is (Component Model, Explainer, import names).</summary>
    private static string? WasmName(IMethodSymbol method, NamingPolicy naming, string? resource) =>
        resource is null || method.FindAttribute("WasmNameAttribute") is not null ? Names.WasmName(method, naming)
        : method.MethodKind == MethodKind.Constructor ? $"[constructor]{resource}"
        : $"[{(method.IsStatic ? "static" : "method")}]{resource}.{Names.WasmName(method, naming)}";

    /// <summary>What every resource has: the guest tells that it needs a handle no more.</summary>
    private static HostFunction Drop(string resource, Interrupts ofClass, HashSet<string> thunkNames) => new(
        "",
        $"[resource-drop]{resource}",
        Names.Unique("Drop", thunkNames),
        CallTarget.Drop,
        IsObsolete: false,
        new[] { new HostParameter("handle", "handle", "", ScalarMarshaller.For(SpecialType.System_Int32), null) }.ToEquatableArray(),
        Result: null,
        Outcome.Result,
        ofClass.Any,
        Catches(ofClass, []));

    private static HostFunction? ParseFunction(
        IMethodSymbol method,
        NamingPolicy naming,
        string? resource,
        Interrupts ofClass,
        Dictionary<string, ISymbol> wasmNames,
        HashSet<string> thunkNames,
        Marshallers marshallers,
        DiagnosticSink sink)
    {
        string? wasmName = WasmName(method, naming, resource);
        bool fits = TypeParser.CheckName(method, wasmName, wasmNames, sink) & TypeParser.CheckMethod(method, sink);

        bool isConstructor = method.MethodKind == MethodKind.Constructor;
        bool isOnSelf = resource is not null && !isConstructor && !method.IsStatic;
        ITypeSymbol? returned = Awaited(method, out bool isAsync);
        Outcome outcome = ParseOutcome(returned, out ITypeSymbol? resultType, out ITypeSymbol? returnedError);
        if (isConstructor)
        {
            resultType = method.ContainingType;
            fits &= CheckRequired(method, sink);
        }

        Marshaller? result = null;
        if (resultType is not null)
        {
            result = marshallers.For(method, resultType, Direction.ToGuest);
            if (result is null && fits)
            {
                sink.Report(Descriptors.ReturnType, method, method.Name, method.ReturnType.ToDisplayString(), ", or mark the method [WasmIgnore]", marshallers.Reason);
            }

            fits &= result is not null;
        }
        else if (Marshallers.SaysHowResultCrosses(method))
        {
            sink.Report(Descriptors.ReturnType, method, method.Name, method.ReturnType.ToDisplayString(), ", or mark the method [WasmIgnore]", " (an attribute says how, and there is no result)");
            fits = false;
        }

        var locals = new HashSet<string>(ThunkLocals, StringComparer.Ordinal);
        var parameters = new List<HostParameter>();
        if (isOnSelf)
        {
            string self = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            parameters.Add(new HostParameter(
                "self", Names.Unique("self", locals), "", new ResourceMarshaller($"global::WasmBindgen.Borrow<{self}>", self, IsBorrow: true), null));
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            fits &= ParseParameter(parameter, locals, parameters, marshallers, sink);
        }

        fits &= TypeParser.CheckReferences(method, parameters.Select(static parameter => (parameter.Name, parameter.Value)), marshallers.CanSpill, ", or mark the method [WasmIgnore]", sink);
        Interrupts interrupts = ParseInterrupts(method, ofClass, sink, returnedError);
        List<(ITypeSymbol Type, int Code)> errnos = ParseErrnos(method, ParseInterrupts(method, new Interrupts(false, []), DiagnosticSink.None), result, sink);
        bool returnsZero = result is null && errnos.Count > 0;
        return !fits ? null : new HostFunction(
            Names.Escape(method.Name),
            wasmName!,
            Names.Unique(isConstructor ? "New" : Names.Escape(method.Name), thunkNames),
            isConstructor ? CallTarget.Constructor : method.IsStatic ? CallTarget.Type : isOnSelf ? CallTarget.Self : CallTarget.Host,
            Obsolete.Is(method),
            parameters.ToEquatableArray(),
            returnsZero ? ScalarMarshaller.For(SpecialType.System_Int32) : result,
            outcome,
            interrupts.Any,
            Catches(interrupts, errnos),
            returnsZero,
            TypeParser.Fuel(method),
            isAsync);
    }

    /// <summary>Whether a constructor leaves nothing unset that C# wants to be set with it.</summary>
    private static bool CheckRequired(IMethodSymbol constructor, DiagnosticSink sink)
    {
        if (RecordShape.SetsRequired(constructor) || !RecordShape.Required(constructor.ContainingType).Any())
        {
            return true;
        }

        string name = constructor.ContainingType.Name;
        sink.Report(Descriptors.ReturnType, constructor, name, name, ", or mark the constructor [WasmIgnore]", " (no guest sets its required members: give the constructor [SetsRequiredMembers])");
        return false;
    }

    /// <summary>What a method returns in the end; null for nothing.</summary>
    internal static ITypeSymbol? Awaited(IMethodSymbol method, out bool isAsync)
    {
        isAsync = method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" } task && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
        return method.ReturnsVoid ? null
            : !isAsync ? method.ReturnType
            : ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
    }

    /// <summary>Takes a return type apart: what the guest gets, and what it may be aborted with instead.</summary>
    private static Outcome ParseOutcome(ITypeSymbol? returned, out ITypeSymbol? result, out ITypeSymbol? error)
    {
        (result, error) = (returned, null);
        if (returned is not INamedTypeSymbol { TypeArguments: [.., var last] arguments } type)
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
        string? injected = parameter.RefKind is RefKind.Ref or RefKind.Out ? null : Injected(parameter.Type);
        Marshaller? value = injected is null ? marshallers.For(parameter, Direction.FromGuest) : null;
        if (value is null && parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            TypeParser.ReportByReference(parameter, sink);
            return false;
        }

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
            parameter.Name, Names.Unique(Names.Escape(parameter.Name), locals), Modifier(parameter.RefKind), value, injected));
        return true;
    }

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.None => "",
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        _ => "in ",
    };

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

    /// <summary>The catch clauses: what is a number for the guest, and what aborts it. C# wants derived types before their bases.</summary>
    private static EquatableArray<Catch> Catches(Interrupts interrupts, List<(ITypeSymbol Type, int Code)> errnos)
    {
        // Without numbers in between, a clause behind one for a base type says nothing new.
        IEnumerable<ITypeSymbol> aborting = errnos.Count > 0 ? interrupts.Types
            : interrupts.Any ? []
            : interrupts.Types.Where(type => !interrupts.Types.Exists(other => !Same(type, other) && DerivesFrom(type, part => Same(part, other))));
        return errnos.Select(static errno => (errno.Type, Errno: (int?)errno.Code))
            .Concat(aborting.Where(type => !errnos.Exists(errno => Same(errno.Type, type)) && !type.IsSystemType(nameof(Exception))).Select(static type => (Type: type, Errno: (int?)null)))
            .OrderByDescending(static one => Depth(one.Type))
            .Select(static one => new Catch(one.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), one.Errno))
            .Distinct()
            .ToEquatableArray();

        static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

        static int Depth(ITypeSymbol type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
    }

    /// <summary>The exceptions that are numbers for the guest.</summary>
    private static List<(ITypeSymbol Type, int Code)> ParseErrnos(IMethodSymbol method, Interrupts ofMethod, Marshaller? result, DiagnosticSink sink)
    {
        var errnos = new List<(ITypeSymbol, int)>();
        foreach (AttributeData attribute in method.GetAttributes().Where(static attribute => attribute.AttributeClass.IsRuntimeType("ErrnoAttribute")))
        {
            if (attribute is not { AttributeClass.TypeArguments: [{ TypeKind: not TypeKind.Error } error], ConstructorArguments: [{ Value: int code }] })
            {
                continue;
            }

            if (result is not (null or ScalarMarshaller { Type: "int" }))
            {
                sink.Report(Descriptors.ErrnoReturn, attribute, method, method.Name);
            }
            else if (errnos.Exists(other => SymbolEqualityComparer.Default.Equals(other.Item1, error))
                || ofMethod.Types.Exists(other => SymbolEqualityComparer.Default.Equals(other, error)))
            {
                sink.Report(Descriptors.ErrnoTwice, attribute, method, error.Name, method.Name);
            }
            else if (TypeParser.IsFileLocal(error))
            {
                sink.Report(Descriptors.FileLocal, attribute, method, error.Name);
            }
            else
            {
                errnos.Add((error, code));
            }
        }

        return errnos;
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
