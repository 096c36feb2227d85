using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>Which methods are host functions.</summary>
internal static class HostMethods
{
    /// <summary>Public ordinary methods that the class itself declares. Nobody means Dispose for the guest.</summary>
    internal static bool IsHostFunction(IMethodSymbol method) =>
        method is
        {
            MethodKind: MethodKind.Ordinary,
            DeclaredAccessibility: Accessibility.Public,
            IsOverride: false,
            IsImplicitlyDeclared: false,
        }
        && !(method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true })
        && !method.IsGenerated()
        // which C# cannot call
        && !method.GetAttributes().Any(
            static attribute => attribute.AttributeClass?.Name == "UnmanagedCallersOnlyAttribute")
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    /// <summary>The same for a method of any class.</summary>
    internal static bool IsHostFunctionOfBinding(IMethodSymbol method) =>
        method.ContainingType.FindAttribute("WasmImportAttribute") is not null && IsHostFunction(method);

    /// <summary>Whether a method of a host class is no host function only because it is not public.</summary>
    internal static bool IsHidden(IMethodSymbol method) =>
        method is
        {
            MethodKind: MethodKind.Ordinary,
            DeclaredAccessibility: not Accessibility.Public,
            IsOverride: false,
        }
        && method.ContainingType.FindAttribute("WasmImportAttribute") is not null
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    /// <summary>An attribute by which the author meant a method for guests; null for none.</summary>
    internal static string? AttributeForGuests(IMethodSymbol method) => method.GetAttributes()
        .Concat(method.GetReturnTypeAttributes())
        .Concat(method.Parameters.SelectMany(static parameter => parameter.GetAttributes()))
        .Select(static attribute => attribute.AttributeClass)
        .Where(static type => type is not null && type.IsRuntimeType(type.Name))
        .Select(static type => type!.Name.Substring(0, type.Name.Length - nameof(Attribute).Length))
        .FirstOrDefault();

    /// <summary>A public constructor of a resource, with which guests make one.</summary>
    internal static bool IsConstructor(IMethodSymbol method) =>
        method is
        {
            MethodKind: MethodKind.Constructor,
            DeclaredAccessibility: Accessibility.Public,
            IsImplicitlyDeclared: false,
            ContainingType.IsAbstract: false,
        }
        && method.FindAttribute("WasmIgnoreAttribute") is null;

    /// <summary>What a method returns in the end; null for nothing.</summary>
    internal static ITypeSymbol? Awaited(IMethodSymbol method, out bool isAsync)
    {
        isAsync = method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" } task
            && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
        return method.ReturnsVoid ? null
            : !isAsync ? method.ReturnType
            : ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
    }
}
