using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>
/// A class that is bound to WIT: symbol to model and diagnostics. WIT says what its methods are; of those that its
/// author wrote, only what WIT cannot say is looked at.
/// </summary>
internal static class WitClassParser
{
    /// <summary>Whether an attribute binds its class to WIT, or to a guest that may have it.</summary>
    internal static bool IsBound(AttributeData attribute) =>
        attribute.AttributeClass.IsRuntimeType("WasmWorldAttribute")
        || attribute.Named("Wit") is not null;

    /// <summary>The options for WIT of an attribute that names neither WIT nor a guest that may have it.</summary>
    internal static IEnumerable<string> OptionsWithoutWit(AttributeData attribute) =>
        IsBound(attribute) || attribute.Named("Guest") is not null ? [] : attribute.NamedArguments
            .Select(static argument => argument.Key)
            .Where(static name => name is "World" or "Skip" or "Async" or "Cancellable");

    /// <param name="type">The class.</param>
    /// <param name="attribute">The attribute that binds it.</param>
    /// <param name="sink">Gets the diagnostics.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null if nothing can be generated for it.</returns>
    internal static WitClass? Parse(
        INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
    {
        string name = attribute.AttributeClass!.Name;
        WitSide side = name switch
        {
            "WasmImportAttribute" => WitSide.Import,
            "WasmExportAttribute" => WitSide.Export,
            _ => WitSide.World,
        };
        TypeDeclaration? declaration = ClassParser.Parse(
            type, name.Substring(0, name.Length - nameof(Attribute).Length), sink, out bool fits, cancellation);
        if (type.IsStatic && side != WitSide.Import)
        {
            sink.Report(Descriptors.StaticExport, type, type.Name);
            fits = false;
        }

        fits &= MemberChecks.CheckOneSide(type, sink);
        if (side != WitSide.Import && ExportParser.HasConstructorInTheWay(type, cancellation))
        {
            sink.Report(Descriptors.ConstructorExists, type, type.Name);
            fits = false;
        }

        string? given = attribute.ConstructorArguments is [{ Value: string argument }] ? argument : null;
        Allocation? allocation =
            AllocationParser.ForResults(AllocationParser.Parse(type, sink, ref fits), results: []);
        string? memory = attribute.Named("Memory");
        fits &= MemberChecks.CheckOptionalName(type, memory, sink);
        if (declaration is null || !fits)
        {
            return null;
        }

        Interrupts ofClass = InterruptParser.Parse(type, new Interrupts(Any: false, []), sink);
        var warnings = new NamedWarnings();
        var members = TakenNames.Of(type);
        AuthoredMethod[] methods = [.. MethodsOf(type, ofClass, warnings, sink, cancellation)];
        return new WitClass(
            ClassParser.WithWarnings(declaration, type, warnings),
            new WitTarget(
                declaration.FullName,
                declaration.Name,
                side,
                side == WitSide.World ? given : attribute.Named("Wit"),
                attribute.Named("Guest"),
                side == WitSide.World ? null : given,
                attribute.Named("World"),
                Accessible.IsVisible(type),
                Texts(attribute, "Skip"),
                Texts(attribute, "Own"))
            {
                IsAsync = attribute.NamedArguments.Any(static one => one is { Key: "Async", Value.Value: true }),
            },
            type.IsStatic,
            members.UniqueType("Thunks"),
            members.UniqueType("Slots"),
            ImportParser.IsAddToTaken(type),
            allocation,
            memory,
            attribute.NamedArguments.Any(static one => one is { Key: "Cancellable", Value.Value: true }),
            ofClass.Any,
            InterruptParser.Catches(ofClass, [], [], []),
            methods.ToEquatableArray(),
            type.GetTypeMembers()
                .Where(IsPart)
                .Select(nested => new NestedMethods(
                    nested.Name,
                    MethodsOf(nested, ofClass, warnings, sink, cancellation).ToEquatableArray()))
                .ToEquatableArray(),
            type.GetMembers()
                .Where(static member => !member.IsGenerated() && !member.IsImplicitlyDeclared)
                .Select(static member => member.Name)
                .Where(static name => name.Length > 0)
                .Distinct()
                .OrderBy(static name => name, StringComparer.Ordinal)
                .ToEquatableArray())
        {
            Members = side == WitSide.Import ? default : WitMemberParser.Of(type).ToEquatableArray(),
            IsAbstract = type.IsAbstract,
            IsRecord = type.IsRecord,
            Base = WitMemberParser.BaseOf(type),
        };
    }

    private static IEnumerable<AuthoredMethod> MethodsOf(
        INamedTypeSymbol type,
        Interrupts ofClass,
        NamedWarnings warnings,
        DiagnosticSink sink,
        CancellationToken cancellation)
    {
        foreach (IMethodSymbol method in Candidates(type))
        {
            cancellation.ThrowIfCancellationRequested();
            warnings.AddMethod(method);
            yield return Parse(method, type, ofClass, sink, cancellation);
        }
    }

    /// <summary>Whether a nested class may be that of an exported interface.</summary>
    internal static bool IsPart(INamedTypeSymbol nested) =>
        nested.TypeKind == TypeKind.Class && nested.Name.EndsWith("Exports", StringComparison.Ordinal);

    private static IEnumerable<IMethodSymbol> Candidates(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            foreach (IMethodSymbol method in part.GetMembers().OfType<IMethodSymbol>().Where(IsCandidate))
            {
                yield return method;
            }
        }
    }

    /// <summary>Whether a method may be one for a function of WIT.</summary>
    private static bool IsCandidate(IMethodSymbol method) =>
        method.ContainingType.SpecialType != SpecialType.System_Object
        && !method.IsImplicitlyDeclared
        && !method.IsGenerated()
        && (method.MethodKind == MethodKind.ExplicitInterfaceImplementation
            || (method.MethodKind == MethodKind.Ordinary
                && (method.DeclaredAccessibility == Accessibility.Public || method.IsPartialDefinition)));

    private static AuthoredMethod Parse(
        IMethodSymbol method,
        INamedTypeSymbol type,
        Interrupts ofClass,
        DiagnosticSink sink,
        CancellationToken cancellation)
    {
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            as MethodDeclarationSyntax;
        Interrupts interrupts = InterruptParser.Parse(method, ofClass, sink);
        int dot = method.Name.LastIndexOf('.');
        return new AuthoredMethod(
            method.Name.Substring(dot + 1),
            syntax is null ? "public" : ExportParser.Words(syntax.Modifiers),
            dot < 0 ? null : method.Name.Substring(0, dot),
            method.IsStatic,
            method.Parameters.Select(static parameter => new AuthoredParameter(
                CSharp.Escape(parameter.Name),
                ExportParser.Modifiers(parameter),
                ImportParser.Injected(parameter.Type),
                parameter.Type.FindAttribute("WasmExportAttribute") is null
                    ? null
                    : parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                Known(parameter.Type))).ToEquatableArray(),
            ReturnOf(method),
            interrupts.Any,
            InterruptParser.Catches(interrupts, [], [], WitErrorParser.NamesOf(method, type, sink)),
            method.FindAttribute("TimeoutAttribute") is { ConstructorArguments: [{ Value: int milliseconds }] }
                ? milliseconds
                : 0,
            MemberChecks.Fuel(method),
            MemberChecks.CheckMemory(method, sink, out string? memory) ? memory : null,
            Obsolete.Is(method),
            syntax is not null && ExportParser.IsDocumented(syntax),
            ExportParser.MarksOf(method))
        {
            Problem = (method.IsGenericMethod ? Descriptors.GenericMethod
                : method.ReturnsByRef || method.ReturnsByRefReadonly ? Descriptors.RefReturn
                : method.IsAsync && method.ReturnsVoid ? Descriptors.AsyncVoid
                : null)?.Id,
        };
    }

    private static AuthoredReturn ReturnOf(IMethodSymbol method)
    {
        ITypeSymbol? returned = HostMethods.Awaited(method, out bool isAsync);
        bool returnsErrors = returned.IsRuntimeType("GuestResult");
        if (returnsErrors)
        {
            returned = ((INamedTypeSymbol)returned!).TypeArguments.FirstOrDefault();
        }

        Outcome outcome = ImportParser.ParseOutcome(returned, out ITypeSymbol? result, out _);
        return new AuthoredReturn(
            isAsync ? method.ReturnType.Name : null,
            returnsErrors,
            outcome,
            result.IsRuntimeType("Result"),
            result is null,
            result is null ? null : Known(result));
    }

    /// <summary>
    /// A type as far as symbols tell it, with <c>…</c> for what is generated, of which they know nothing; null for one
    /// that is generated itself.
    /// </summary>
    private static string? Known(ITypeSymbol type) => type switch
    {
        _ when !WitTypeParser.HasError(type) => WitTypeParser.Text(type),
        IArrayTypeSymbol => "…[]",
        INamedTypeSymbol
        {
            TypeKind: not TypeKind.Error,
            IsTupleType: false,
            OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T,
        } => WitTypeParser.Text(type.OriginalDefinition).Split('<')[0] + "<…>",
        _ => null,
    };

    /// <summary>
    /// Where the methods of a class and of its nested classes are named, and then its members, in the order of the
    /// model.
    /// </summary>
    internal static EquatableArray<Place> PlacesOf(INamedTypeSymbol type) =>
        type.GetTypeMembers().Where(IsPart).Prepend(type)
            .SelectMany(static one => Candidates(one))
            .Concat(WitMemberParser.SymbolsOf(type).Select(static one => one.Symbol))
            .Select(static member => Place.Of(member.Locations[0]))
            .ToEquatableArray();

    private static EquatableArray<string> Texts(AttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.Key == name
            && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
        .SelectMany(static argument => argument.Value.Values)
        .Select(static value => value.Value as string)
        .OfType<string>()
        .ToEquatableArray();
}
