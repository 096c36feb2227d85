using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>
/// A <c>[WasmImport]</c> class: symbol to model and diagnostics. A method with a problem is left out of the model.
/// </summary>
internal static class ImportParser
{
    internal static ImportClass? Parse(
        INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
    {
        TypeDeclaration? declaration = ClassParser.Parse(type, "WasmImport", sink, out bool fits, cancellation);
        string? module = attribute.ConstructorArguments is [{ Value: string name }] ? name : null;
        if (module is null || Names.HasUnpairedSurrogate(module))
        {
            sink.Report(Descriptors.InvalidName, type, type.Name);
            return null;
        }

        MemberNaming naming = Names.NamingOf(attribute, Names.PolicyOf(module));
        Interrupts ofClass = InterruptParser.Parse(type, new Interrupts(Any: false, []), sink);
        ImmutableArray<ISymbol> members = type.GetMembers();
        var wasmNames = new Dictionary<string, ISymbol>(members.Length, StringComparer.Ordinal);
        // Main the compiler would take for the program's entry point.
        var thunkNames = new TakenNames(["Allocation", "Define", "Main", .. StructLikeParameters(members)]);
        var shapes = new ShapeFinder(thunkNames, type, cancellation);
        var tags = new TagParser(thunkNames, shapes);
        List<(ITypeSymbol, ThrownTag)> tagsOfClass = tags.Parse(type, [], sink);
        var errors = new WitErrorParser(type, sink);
        var functions = new List<HostFunction>(members.Length);
        string? resource = ResourceName(type, naming.Policy);
        foreach (ISymbol member in members)
        {
            cancellation.ThrowIfCancellationRequested();
            if (member is IMethodSymbol method
                && (HostMethods.IsHostFunction(method) || (resource is not null && HostMethods.IsConstructor(method)))
                && ParseFunction(
                    method,
                    naming,
                    resource,
                    ofClass,
                    tags.Parse(method, tagsOfClass, sink),
                    errors,
                    wasmNames,
                    thunkNames,
                    shapes,
                    sink) is { } function)
            {
                functions.Add(function);
            }
        }

        errors.End();
        if (resource is not null && declaration is not null && !type.IsStatic)
        {
            functions.Add(Drop(resource, ofClass, thunkNames));
        }

        bool isStatic = type.IsStatic || resource is not null;
        Allocation? allocation =
            AllocationParser.ForResults(AllocationParser.Parse(type, sink, ref fits), results: []);
        string? memory = attribute.Named("Memory");
        fits &= MemberChecks.CheckOptionalName(type, memory, sink);
        bool isAddToTaken = IsAddToTaken(type);
        if (isStatic && isAddToTaken)
        {
            sink.Report(Descriptors.AddToTaken, type, type.Name);
            fits = false;
        }

        if (declaration is null || !fits)
        {
            return null;
        }

        declaration = ClassParser.WithWarnings(declaration, type, shapes.Warnings);
        return new ImportClass(
            declaration,
            module,
            isStatic,
            TakenNames.Of(type).UniqueType("Thunks"),
            allocation,
            memory,
            functions.ToEquatableArray(),
            isAddToTaken);
    }

    /// <summary>
    /// Whether the class cannot have a method <c>AddTo(Linker)</c> beside its own members, or would hide one of the
    /// types around it, which its author may mean.
    /// </summary>
    internal static bool IsAddToTaken(INamedTypeSymbol type)
    {
        if (type.Name == "AddTo"
            || type.GetMembers("AddTo").Any(static member =>
                !member.IsGenerated() && member is not IMethodSymbol { Parameters: not [{ Type.Name: "Linker" }] }))
        {
            return true;
        }

        for (INamedTypeSymbol? around = type.ContainingType; around is not null; around = around.ContainingType)
        {
            for (INamedTypeSymbol? part = around; part is not null; part = part.BaseType)
            {
                if (part.GetMembers("AddTo").Any(static member => !member.IsGenerated()))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// The parameters whose locals in a thunk would hide the struct for a type, if that had the same name.
    /// </summary>
    private static IEnumerable<string> StructLikeParameters(ImmutableArray<ISymbol> members) =>
        members.OfType<IMethodSymbol>()
        .SelectMany(static method => method.Parameters)
        .Select(static parameter => parameter.Name)
        .Where(static name => name.StartsWith("Wit", StringComparison.Ordinal));

    /// <summary>The name of the resource that the class is for its guests; null if it is none.</summary>
    private static string? ResourceName(INamedTypeSymbol type, NamingPolicy naming) =>
        type.FindAttribute("WasmResourceAttribute") is not { } attribute ? null
        : attribute.ConstructorArguments is [{ Value: string name }] ? name
        : Names.Apply(naming, type.Name);

    /// <summary>
    /// A method's name for the guest, which for one of a resource tells what it is (Component Model, Explainer, import
    /// names).
    /// </summary>
    private static string? WasmName(IMethodSymbol method, MemberNaming naming, string? resource) =>
        resource is null || method.FindAttribute("WasmNameAttribute") is not null ? Names.WasmName(method, naming)
        : method.MethodKind == MethodKind.Constructor ? $"[constructor]{resource}"
        : $"[{(method.IsStatic ? "static" : "method")}]{resource}.{Names.WasmName(method, naming)}";

    /// <summary>What every resource has: the guest tells that it needs a handle no more.</summary>
    private static HostFunction Drop(string resource, Interrupts ofClass, TakenNames thunkNames) => new(
        "",
        $"[resource-drop]{resource}",
        thunkNames.Unique("Drop"),
        CallTarget.Drop,
        IsObsolete: false,
        new[] { new HostParameter("handle", "handle", "", ScalarShape.Int, null) }.ToEquatableArray(),
        Result: null,
        Outcome.Result,
        ofClass.Any,
        InterruptParser.Catches(ofClass, [], [], []));

    private static HostFunction? ParseFunction(
        IMethodSymbol method,
        MemberNaming naming,
        string? resource,
        Interrupts ofClass,
        List<(ITypeSymbol Type, ThrownTag Tag)> tags,
        WitErrorParser witErrors,
        Dictionary<string, ISymbol> wasmNames,
        TakenNames thunkNames,
        ShapeFinder shapes,
        DiagnosticSink sink)
    {
        shapes.Warnings.AddMethod(method);
        string? wasmName = WasmName(method, naming, resource);
        bool fits = MemberChecks.CheckName(method, wasmName, wasmNames, sink)
            & MemberChecks.CheckMethod(method, sink)
            & MemberChecks.CheckMemory(method, sink, out string? memory);

        bool isConstructor = method.MethodKind == MethodKind.Constructor;
        bool isOnSelf = resource is not null && !isConstructor && !method.IsStatic;
        ITypeSymbol? returned = HostMethods.Awaited(method, out bool isAsync);
        Outcome outcome = ParseOutcome(returned, out ITypeSymbol? resultType, out ITypeSymbol? returnedError);
        if (isConstructor)
        {
            resultType = method.ContainingType;
            fits &= CheckRequired(method, sink);
        }

        Shape? result = null;
        if (resultType is not null)
        {
            Found found = shapes.Of(method, resultType, Direction.ToGuest);
            result = found.Shape;
            if (result is null && fits)
            {
                MemberChecks.ReportResult(method, found, ", or mark the method [WasmIgnore]", sink);
            }

            fits &= result is not null;
        }
        else if (ShapeFinder.SaysHowResultCrosses(method))
        {
            Found nothing = Found.Refused(" (an attribute says how, and there is no result)");
            MemberChecks.ReportResult(method, nothing, ", or mark the method [WasmIgnore]", sink);
            fits = false;
        }

        ImmutableArray<IParameterSymbol> declared = method.Parameters;
        var parameters = new List<HostParameter>(declared.Length + 1);
        if (isOnSelf)
        {
            string self = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            parameters.Add(new HostParameter(
                "self",
                "self",
                "",
                new ResourceShape($"global::WasmBindgen.Borrow<{self}>", self, IsBorrow: true),
                null));
        }

        foreach (IParameterSymbol parameter in declared)
        {
            fits &= ParseParameter(parameter, parameters, shapes, sink);
        }

        fits &= MemberChecks.CheckReferences(
            method,
            parameters.Select(static parameter => (parameter.Name, parameter.Value)),
            shapes.CanSpill,
            ", or mark the method [WasmIgnore]",
            sink);
        Interrupts interrupts = InterruptParser.Parse(method, ofClass, sink, returnedError);
        List<(ITypeSymbol Type, int Code)> errnos = InterruptParser.ParseErrnos(method, result, sink);
        List<(ITypeSymbol Type, string Error)> errors = witErrors.Parse(method, resultType, result);
        foreach (ITypeSymbol interrupt in interrupts.Types)
        {
            shapes.Warnings.AddType(interrupt);
        }

        foreach ((ITypeSymbol type, _) in tags)
        {
            shapes.Warnings.AddType(type);
        }

        foreach ((ITypeSymbol type, _) in errnos)
        {
            shapes.Warnings.AddType(type);
        }

        foreach ((ITypeSymbol type, _) in errors)
        {
            shapes.Warnings.AddType(type);
        }

        bool returnsZero = result is null && errnos.Count > 0;
        return !fits ? null : new HostFunction(
            CSharp.Escape(method.Name),
            wasmName!,
            thunkNames.Unique(isConstructor ? "New" : CSharp.Escape(method.Name)),
            isConstructor
                ? CallTarget.Constructor
                : method.IsStatic ? CallTarget.Type
                : isOnSelf ? CallTarget.Self
                : CallTarget.Host,
            Obsolete.Is(method),
            parameters.ToEquatableArray(),
            returnsZero ? ScalarShape.Int : result,
            outcome,
            interrupts.Any,
            InterruptParser.Catches(interrupts, errnos, tags, errors),
            returnsZero,
            MemberChecks.Fuel(method),
            isAsync,
            memory);
    }

    /// <summary>Whether a constructor leaves nothing unset that C# wants to be set with it.</summary>
    private static bool CheckRequired(IMethodSymbol constructor, DiagnosticSink sink)
    {
        if (RecordMembers.SetsRequired(constructor) || !RecordMembers.Required(constructor.ContainingType).Any())
        {
            return true;
        }

        string name = constructor.ContainingType.Name;
        sink.Report(
            Descriptors.ReturnType,
            constructor,
            name,
            name,
            ", or mark the constructor [WasmIgnore]",
            " (no guest sets its required members)",
            "give the constructor [SetsRequiredMembers]");
        return false;
    }

    /// <summary>Takes a return type apart: what the guest gets, and what it may be aborted with instead.</summary>
    internal static Outcome ParseOutcome(ITypeSymbol? returned, out ITypeSymbol? result, out ITypeSymbol? error)
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

    private static bool ParseParameter(
        IParameterSymbol parameter,
        List<HostParameter> parameters,
        ShapeFinder shapes,
        DiagnosticSink sink)
    {
        string? injected = parameter.RefKind is RefKind.Ref or RefKind.Out ? null : Injected(parameter.Type);
        Found found = injected is null ? shapes.Of(parameter, Direction.FromGuest) : default;
        Shape? value = found.Shape;
        if (value is null && found.Unseen is null && parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            MemberChecks.ReportByReference(parameter, sink);
            return false;
        }

        if (injected is null && value is null)
        {
            MemberChecks.ReportParameter(parameter, found, ", or mark the method [WasmIgnore]", sink);
            return false;
        }

        parameters.Add(new HostParameter(
            parameter.Name,
            HostParameter.LocalFor(CSharp.Escape(parameter.Name), parameters),
            Modifier(parameter.RefKind),
            value,
            injected,
            injected == "Guest" ? parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : null));
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
    internal static string? Injected(ITypeSymbol type) =>
        type.IsRuntimeType("Caller")
            || type.IsRuntimeType("Memory")
            || type.IsRuntimeType("Store")
            || type.IsCancellationToken()
            ? type.Name
            : type.FindAttribute("WasmExportAttribute") is not null ? "Guest"
            : null;
}
