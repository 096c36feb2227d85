using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>
/// WBG0405, WBG0406 and WBG0407: says on the class which allocator, memory or module its guests have.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class GuestAttributeFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create("WBG0405", "WBG0406", "WBG0407");

    private protected override string? Title(Diagnostic diagnostic) =>
        Value(diagnostic, "Allocator") is { } allocator ? $"Add [GuestAllocator(\"{allocator}\")]"
        : Value(diagnostic, "Memory") is { } memory ? $"Set Memory = \"{memory}\""
        : Value(diagnostic, "Memory64") is not null ? "Add [Memory64]"
        : Value(diagnostic, "Module") is { } module ? $"Change the module to \"{module}\""
        : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic)
    {
        SyntaxNode found = root.FindNode(diagnostic.Location.SourceSpan);
        return found.FirstAncestorOrSelf<TypeDeclarationSyntax>();
    }

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        var type = (TypeDeclarationSyntax)node;
        if (Value(diagnostic, "Allocator") is { } allocator)
        {
            string[] names = Value(diagnostic, "Free") is { } free ? [allocator, free] : [allocator];
            return Find(type, "GuestAllocator") is null
                ? Attributes.Add(type, Attributes.GuestAllocator(names))
                : null;
        }

        if (Value(diagnostic, "Memory64") is not null)
        {
            return Find(type, "Memory64") is null ? Attributes.Add(type, Attributes.Memory64()) : null;
        }

        if ((Find(type, "WasmImport") ?? Find(type, "WasmExport")) is not { } binding)
        {
            return null;
        }

        if (Value(diagnostic, "Module") is { } module)
        {
            return binding.ArgumentList?.Arguments.FirstOrDefault() is { } first
                ? type.ReplaceNode(first.Expression, Attributes.Text(module).WithTriviaFrom(first.Expression))
                : null;
        }

        return binding.Named("Memory") is not null
            ? null
            : type.ReplaceNode(
                binding, binding.WithNamed("Memory", Attributes.Text(Value(diagnostic, "Memory")!)));
    }

    private static string? Value(Diagnostic diagnostic, string key) =>
        diagnostic.Properties.TryGetValue(key, out string? value) ? value : null;

    private static AttributeSyntax? Find(TypeDeclarationSyntax type, string name) => type.AttributeLists
        .SelectMany(static list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString().Split('.').Last() is var found
            && (found == name || found == name + nameof(Attribute)));
}
