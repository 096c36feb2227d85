using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What [WasmImport] and [WasmExport] classes have in common: the type that the generated part continues.</summary>
internal static class TypeParser
{
    /// <param name="type">The type.</param>
    /// <param name="attribute">The attribute that it has, for messages.</param>
    /// <param name="sink">Gets the diagnostics.</param>
    /// <param name="fits">Whether it can be a binding.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null when the generator could not add to the type.</returns>
    internal static TypeDeclaration? Parse(INamedTypeSymbol type, string attribute, DiagnosticSink sink, out bool fits, CancellationToken cancellation)
    {
        bool canAdd = true;
        fits = true;
        if (type.TypeKind != TypeKind.Class)
        {
            sink.Report(Descriptors.NotClass, type, attribute, type.Name);
            fits = false;
        }

        if (IsFileLocal(type))
        {
            sink.Report(Descriptors.FileLocal, type, type.Name);
            canAdd = false;
        }

        var outer = new Stack<string>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (!IsPartial(part, cancellation))
            {
                sink.Report(Descriptors.NotPartial, type, attribute, type.Name, part.Name);
                canAdd = false;
            }

            if (!SymbolEqualityComparer.Default.Equals(part, type))
            {
                outer.Push(Declaration(part));
            }
        }

        if (IsGeneric(type))
        {
            sink.Report(Descriptors.GenericClass, type, attribute, type.Name);
            fits = false;
        }

        fits &= canAdd;
        return !canAdd ? null : new TypeDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(EscapedName),
            outer.ToEquatableArray(),
            Declaration(type),
            Names.Escape(type.Name),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            type.ToDisplayString());
    }

    /// <summary>What every bound method must fulfil, import or export.</summary>
    internal static bool CheckMethod(IMethodSymbol method, DiagnosticSink sink)
    {
        if (method.IsVararg)
        {
            const string ArgList = "__arglist";
            sink.Report(Descriptors.ParameterType, method, ArgList, method.Name, ArgList, "", " (nobody knows which types it has)");
            return false;
        }

        DiagnosticDescriptor? problem =
            method.IsGenericMethod ? Descriptors.GenericMethod
            : method.ReturnsByRef || method.ReturnsByRefReadonly ? Descriptors.RefReturn
            : method.IsAsync && method.ReturnsVoid ? Descriptors.AsyncVoid
            : null;
        if (problem is not null)
        {
            sink.Report(problem, method, method.Name);
        }

        return problem is null;
    }

    /// <summary>Reports what would have to lie in memory and cannot, since there are more core parameters than are passed in slots.</summary>
    internal static bool CheckReferences(IMethodSymbol method, IEnumerable<(string Name, Marshaller? Value)> parameters, bool canSpill, string advice, DiagnosticSink sink)
    {
        var values = parameters.Where(static parameter => parameter.Value is not null).ToArray();
        if (values.Sum(static parameter => parameter.Value!.Flat.Count) <= Flattening.MaxParameters)
        {
            return true;
        }

        HashSet<string> names = [.. values.Where(parameter => !canSpill || !parameter.Value!.CanSpill).Select(static parameter => parameter.Name)];
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => names.Contains(parameter.Name)))
        {
            const string Reason = " (more than 16 core parameters lie in memory, where it cannot)";
            sink.Report(Descriptors.ParameterType, parameter, parameter.Name, method.Name, parameter.Type.ToDisplayString(), advice, Reason);
        }

        return names.Count == 0;
    }

    internal static void ReportByReference(IParameterSymbol parameter, DiagnosticSink sink, string advice = "") => sink.Report(
        Descriptors.ParameterByReference, parameter, parameter.Name, parameter.ContainingSymbol.Name, parameter.RefKind.ToString().ToLowerInvariant(), advice);

    /// <summary>Whether what the host has a guest allocate for a call is freed after it. What AssemblyScript allocates are objects of its own.</summary>
    internal static bool FreesArguments(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute") is { ConstructorArguments: [_, { Value: string }] } && type.FindAttribute("AssemblyScriptAttribute") is null;

    /// <summary>The arguments that make the <c>GuestAllocation</c> of a class; null for the Canonical ABI's.</summary>
    internal static string? Allocation(INamedTypeSymbol type) =>
        type.FindAttribute("AssemblyScriptAttribute") is not null ? "\"__new\", \"__unpin\", \"__pin\""
        : type.FindAttribute("Memory64Attribute") is not null ? $"{Allocator(type) ?? "\"cabi_realloc\", isRealloc: true"}, is64Bit: true"
        : Allocator(type);

    private static string? Allocator(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute") is not { ConstructorArguments: [{ Value: string allocate }, var free] } attribute ? null
        : free.Value is not string name ? SymbolDisplay.FormatLiteral(allocate, quote: true)
        : $"{SymbolDisplay.FormatLiteral(allocate, quote: true)}, {SymbolDisplay.FormatLiteral(name, quote: true)}"
            + (attribute.NamedArguments.Any(static argument => argument is { Key: "FreeTakesLength", Value.Value: true }) ? ", freeTakesLength: true" : "");

    /// <summary>The <c>[Fuel]</c> of a method; 0 if it has none.</summary>
    internal static ulong Fuel(IMethodSymbol method) =>
        method.FindAttribute("FuelAttribute") is { ConstructorArguments: [{ Value: ulong units }] } ? units : 0;

    /// <summary>Reports names that are taken twice or are no names.</summary>
    internal static bool CheckName(ISymbol member, string? name, Dictionary<string, ISymbol> taken, DiagnosticSink sink, bool isExport = false)
    {
        if (name is null || HasUnpairedSurrogate(name))
        {
            sink.Report(Descriptors.InvalidName, member, member.Name);
            return false;
        }

        if (taken.TryGetValue(name, out ISymbol? other))
        {
            // Nobody names the same export twice by mistake: an int Run() may have a GuestResult<int> TryRun() beside it.
            if (isExport && (HasName(member) || HasName(other)))
            {
                return true;
            }

            sink.Report(Descriptors.DuplicateName, member, name, Shown(other), Shown(member));
            return false;
        }

        taken.Add(name, member);
        return true;

        static bool HasName(ISymbol symbol) => symbol.FindAttribute("WasmNameAttribute") is not null;

        static string Shown(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
    }

    /// <summary>The names that members of a type have, its base types' included, and so what an added member cannot have.</summary>
    internal static HashSet<string> TakenNames(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { type.Name };
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            names.UnionWith(part.GetMembers().Where(static member => !member.IsGenerated()).Select(static member => member.Name));
        }

        return names;
    }

    /// <summary>A name for a type that is nested in a class, which hides no type that the class's author may mean by it; takes it.</summary>
    internal static string UniqueType(string name, HashSet<string> taken, INamedTypeSymbol user)
    {
        Compilation? compilation = (user.ContainingAssembly as ISourceAssemblySymbol)?.Compilation;
        while (compilation?.ContainsSymbolsWithName(name, SymbolFilter.Type) == true || !taken.Add(name))
        {
            name += "_";
        }

        return name;
    }

    internal static bool HasUnpairedSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return true;
            }
        }

        return false;
    }

    private static SymbolDisplayFormat EscapedName { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences.Any(
        reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether generated code, which is in another file, cannot name a type.</summary>
    internal static bool IsFileLocal(ITypeSymbol type) =>
        type is INamedTypeSymbol named
        && (named.IsFileLocal || (named.ContainingType is { } outer && IsFileLocal(outer)) || named.TypeArguments.Any(IsFileLocal));

    /// <summary>Whether code in a class may use a symbol, apart from what it inherits.</summary>
    internal static bool CanUse(INamedTypeSymbol user, ISymbol symbol)
    {
        for (ISymbol? part = symbol; part is not null; part = part.ContainingType)
        {
            bool canUse = part.DeclaredAccessibility switch
            {
                Accessibility.Public or Accessibility.NotApplicable => true,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => IsFriend(part.ContainingAssembly, user.ContainingAssembly),
                _ => IsInside(user, part.ContainingType),
            };
            if (!canUse)
            {
                return false;
            }
        }

        return true;

        static bool IsFriend(IAssemblySymbol owner, IAssemblySymbol user) =>
            SymbolEqualityComparer.Default.Equals(owner, user) || owner.GivesAccessTo(user);

        static bool IsInside(INamedTypeSymbol? inner, INamedTypeSymbol? outer) =>
            inner is not null && (SymbolEqualityComparer.Default.Equals(inner, outer) || IsInside(inner.ContainingType, outer));
    }

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsGenericType)
            {
                return true;
            }
        }

        return false;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        string parameters = type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(static parameter => Names.Escape(parameter.Name)))}>";
        return $"partial {keyword} {Names.Escape(type.Name)}{parameters}";
    }
}
