using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Symbols;

/// <summary>
/// The warnings that generated code would get for using obsolete or experimental names. The author got the same
/// warnings where the class uses these names, and has dealt with them there.
/// </summary>
internal sealed class NamedWarnings
{
    private static readonly string[] s_obsolete = ["CS0612", "CS0618"];
    private static readonly string[] s_null = ["CS8600", "CS8601", "CS8604"];

    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    internal IEnumerable<string> Ids => _ids;

    internal void Add(params string[] ids) => _ids.UnionWith(ids);

    /// <summary>Adds the warnings for a method, and for all types in its signature.</summary>
    internal void AddMethod(IMethodSymbol method)
    {
        AddMarks(method);
        AddAll(method.GetReturnTypeAttributes());
        AddType(method.ReturnType);
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            AddAll(parameter.GetAttributes());
            AddType(parameter.Type);
        }
    }

    /// <summary>Adds the warnings for a type, its type arguments and the types and assembly that contain it.</summary>
    internal void AddType(ITypeSymbol? type)
    {
        if (type is IArrayTypeSymbol array)
        {
            AddType(array.ElementType);
        }

        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None } named || !_seen.Add(named))
        {
            return;
        }

        AddMarks(named);
        AddMarks(named.ContainingAssembly);
        AddMarks(named.ContainingModule);
        AddType(named.ContainingType);
        foreach (ITypeSymbol argument in named.TypeArguments)
        {
            AddType(argument);
        }

        if (named.DelegateInvokeMethod is { } invoke)
        {
            AddMethod(invoke);
        }
    }

    /// <summary>Adds the warnings for the members of a type whose objects generated code creates and reads.</summary>
    internal void AddMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is { SpecialType: SpecialType.None }; part = part.BaseType)
        {
            AddType(part);
            foreach (ISymbol member in part.GetMembers())
            {
                AddMarks(member);
                if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
                {
                    AddMethod(constructor);
                }
                else if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } nested
                    && nested.BaseType is { } parent
                    && SymbolEqualityComparer.Default.Equals(parent, type))
                {
                    AddMembers(nested); // a case
                }
            }
        }
    }

    private void AddMarks(ISymbol? symbol)
    {
        if (symbol is not null)
        {
            AddAll(symbol.GetAttributes());
        }
    }

    private void AddAll(ImmutableArray<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            switch (attribute.AttributeClass)
            {
                case { } type when type.IsSystemType(nameof(ObsoleteAttribute)):
                    Add(s_obsolete); // a generated member that uses it may be obsolete itself
                    AddId(
                        attribute.NamedArguments.FirstOrDefault(
                            static argument => argument.Key == "DiagnosticId").Value);
                    break;
                case
                {
                    ContainingNamespace:
                    {
                        Name: "CodeAnalysis",
                        ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: nameof(System) },
                    },
                } type:
                    if (type.Name == "ExperimentalAttribute")
                    {
                        AddId(attribute.ConstructorArguments.FirstOrDefault());
                    }
                    else if (type.Name.Contains("Null"))
                    {
                        Add(s_null); // says more about null than the type does
                    }

                    break;
            }
        }
    }

    private void AddId(TypedConstant id)
    {
        if (id is { Kind: TypedConstantKind.Primitive, Value: string name } && SyntaxFacts.IsValidIdentifier(name))
        {
            _ids.Add(name);
        }
    }
}
