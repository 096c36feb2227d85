using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What the methods of one host class throw as WebAssembly exceptions.</summary>
/// <param name="names">The names of the class's thunks.</param>
/// <param name="shapes">The shapes of its values.</param>
internal sealed class TagParser(TakenNames names, ShapeFinder shapes)
{
    private readonly Dictionary<(string Exception, string Module, string Name), ThrownTag> _known = [];

    /// <summary>The exceptions that a method or class declares to throw, and those declared around it.</summary>
    internal List<(ITypeSymbol Type, ThrownTag Tag)> Parse(
        ISymbol owner, List<(ITypeSymbol Type, ThrownTag Tag)> around, DiagnosticSink sink)
    {
        ImmutableArray<AttributeData> attributes = owner.GetAttributes();
        if (attributes.IsEmpty)
        {
            return around;
        }

        var tags = new List<(ITypeSymbol Type, ThrownTag Tag)>();
        foreach (AttributeData attribute in attributes.Where(static attribute =>
            attribute.AttributeClass.IsRuntimeType("WasmTagAttribute")))
        {
            if (attribute.AttributeClass is not { TypeArguments: [{ } type] }
                || attribute.ConstructorArguments is not [var first, var second]
                || first.Kind == TypedConstantKind.Error
                || second.Kind == TypedConstantKind.Error)
            {
                continue; // the compiler says why
            }

            if (type.TypeKind == TypeKind.Error)
            {
                if (type.Name.Length > 0)
                {
                    sink.Report(Descriptors.UnseenType, attribute, owner, owner.Name, type.ToDisplayString());
                }
            }
            else if (first.Value is not string module
                || second.Value is not string name
                || Names.HasUnpairedSurrogate(module)
                || Names.HasUnpairedSurrogate(name))
            {
                sink.Report(Descriptors.InvalidName, attribute, owner, owner.Name);
            }
            else if (tags.Exists(other => Same(other.Type, type)) || IsDeclaredOtherwise(owner, type))
            {
                sink.Report(Descriptors.ErrnoTwice, attribute, owner, type.Name, owner.Name);
            }
            else if (Accessible.IsFileLocal(type))
            {
                sink.Report(Descriptors.FileLocal, attribute, owner, type.Name);
            }
            else
            {
                tags.Add((type, Find(type, module, name)));
            }
        }

        return [.. tags, .. around.Where(outer => !tags.Exists(tag => Same(tag.Type, outer.Type)))];
    }

    /// <summary>Whether the same attribute list says that the exception is a number, or an interrupt.</summary>
    private static bool IsDeclaredOtherwise(ISymbol owner, ITypeSymbol type) => owner.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { TypeArguments: [{ } other] } declaration
        && (declaration.IsRuntimeType("ErrnoAttribute") || declaration.IsRuntimeType("InterruptsAttribute"))
        && Same(other, type));

    private ThrownTag Find(ITypeSymbol type, string module, string name)
    {
        string exception = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (!_known.TryGetValue((exception, module, name), out ThrownTag? tag))
        {
            string identifier = CSharp.Escape(type.Name).TrimStart('@');
            tag = new ThrownTag(
                exception,
                module,
                name,
                names.Unique($"{identifier}Tag"),
                names.Unique($"Throw{identifier}"),
                Values(type));
            _known.Add((exception, module, name), tag);
        }

        return tag;
    }

    /// <summary>
    /// An exception's own properties, those of a base first; null if one has no form in WebAssembly, or if they need
    /// more slots than parameters may.
    /// </summary>
    private EquatableArray<TagValue>? Values(ITypeSymbol type)
    {
        var parts = new Stack<ITypeSymbol>();
        for (ITypeSymbol? part = type; part is not null && !IsOfSystem(part); part = part.BaseType)
        {
            parts.Push(part);
        }

        var values = new List<TagValue>();
        foreach (IPropertySymbol property in parts
            .SelectMany(static part => part.GetMembers().OfType<IPropertySymbol>())
            .Where(IsValue))
        {
            if (shapes.OfValue(property) is not { } shape)
            {
                return null;
            }

            shapes.Warnings.AddType(property.Type);
            values.Add(new TagValue(CSharp.Escape(property.Name), shape));
        }

        return values.Sum(static value => value.Shape.Flat.Count) <= Flattening.MaxParameters
            ? values.ToEquatableArray()
            : null;
    }

    private static bool IsValue(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, IsOverride: false }
        && property.DeclaredAccessibility == Accessibility.Public
        && property.GetMethod?.DeclaredAccessibility == Accessibility.Public
        && property.FindAttribute("WasmIgnoreAttribute") is null;

    private static bool IsOfSystem(ITypeSymbol type)
    {
        INamespaceSymbol? outermost = type.ContainingNamespace;
        while (outermost is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            outermost = outermost.ContainingNamespace;
        }

        return outermost?.Name == nameof(System);
    }

    private static bool Same(ITypeSymbol left, ITypeSymbol right) =>
        SymbolEqualityComparer.Default.Equals(left, right);
}
