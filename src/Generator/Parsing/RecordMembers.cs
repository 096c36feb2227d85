using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The fields of a type that crosses as a record, and how an object is made of them.</summary>
/// <param name="Construction">How it is made.</param>
/// <param name="All">
/// The fields: the member that has each, its type, and the parameter that makes it, if it is made by one.
/// </param>
internal sealed record RecordMembers(
    Construction Construction, IReadOnlyList<(ISymbol Member, ITypeSymbol Type, IParameterSymbol? Parameter)> All)
{
    /// <param name="type">The type.</param>
    /// <param name="user">The class whose generated part makes it.</param>
    /// <returns>Null when the type is no record, or has nothing in it.</returns>
    internal static RecordMembers? Find(INamedTypeSymbol type, INamedTypeSymbol user)
    {
        if (type.IsTupleType)
        {
            return type.TupleElements.Length < 2 ? null
                : new RecordMembers(
                    Construction.Tuple,
                    [.. type.TupleElements.Select(
                        static element => ((ISymbol)element, element.Type, (IParameterSymbol?)null))]);
        }

        if (type.IsAbstract
            || type.IsRefLikeType
            || !(type.IsRecord || type.FindAttribute("WasmRecordAttribute") is not null))
        {
            return null;
        }

        RecordMembers? constructed = ByConstructor(type, user);
        RecordMembers? initialised = ByInitializer(type, user);
        return type.IsRecord ? constructed ?? initialised : initialised ?? constructed;
    }

    /// <summary>
    /// Whether the type is a struct that lies in memory as its members do one after the other. Of a type of another
    /// assembly, or of several parts, it is not known what fields it has in which order.
    /// </summary>
    internal bool IsSequential(INamedTypeSymbol type) =>
        type is { IsUnmanagedType: true, IsTupleType: false, DeclaringSyntaxReferences.Length: 1 }
        && !type.GetAttributes().Any(IsOtherLayout)
        && type.GetMembers()
            .OfType<IFieldSymbol>()
            .Where(static field => !field.IsStatic)
            .Select(static field => field.AssociatedSymbol ?? field)
            .SequenceEqual(All.Select(static member => member.Member), SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether making an object or taking it apart runs the user's code, so that neither can be done by copying bytes.
    /// </summary>
    internal bool HasCode(INamedTypeSymbol type) => Construction == Construction.Constructor
        ? !All.All(static member =>
            member.Member.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is ParameterSyntax)
        : type.InstanceConstructors.Any(
            static constructor => constructor is { Parameters.IsEmpty: true, IsImplicitlyDeclared: false })
            || !All.All(static member =>
                member.Member is IFieldSymbol
                || (member.Member.DeclaringSyntaxReferences is [var reference] && IsAutomatic(reference.GetSyntax())));

    private static bool IsAutomatic(SyntaxNode property) =>
        property is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors }
            && accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null });

    internal static bool IsOtherLayout(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() switch
    {
        "System.Runtime.CompilerServices.InlineArrayAttribute" => true,
        "System.Runtime.InteropServices.StructLayoutAttribute" =>
            attribute.ConstructorArguments is not [{ Value: (int)LayoutKind.Sequential }]
                || attribute.NamedArguments.Any(static argument => argument.Key is "Pack" or "Size"),
        _ => false,
    };

    /// <summary>Whether a case of a variant has nothing in it, and can be made of nothing.</summary>
    internal static bool IsEmpty(INamedTypeSymbol type, INamedTypeSymbol user) =>
        !type.IsAbstract
            && !Required(type).Any()
            && type.InstanceConstructors.Any(
                constructor => constructor.Parameters.IsEmpty && IsOpen(constructor, user));

    /// <summary>
    /// By the constructor of which every parameter shows in a property of its name, as those of a positional record do.
    /// </summary>
    private static RecordMembers? ByConstructor(INamedTypeSymbol type, INamedTypeSymbol user) =>
        type.InstanceConstructors
            .Where(constructor => IsOpen(constructor, user) && constructor.Parameters.Length > 0)
            .Where(static constructor =>
                constructor.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In))
            .Where(constructor => SetsRequired(constructor) || !Required(type).Any())
            .OrderByDescending(static constructor => constructor.Parameters.Length)
            .Select(constructor => constructor.Parameters
                .Select(parameter => (Member: MemberFor(type, parameter), parameter.Type, Parameter: parameter))
                .ToArray())
            .Where(static members => members.All(static member => member.Member is not null))
            .Select(static members => new RecordMembers(
                Construction.Constructor,
                [.. members.Select(
                    static member => (member.Member!, member.Type, (IParameterSymbol?)member.Parameter))]))
            .FirstOrDefault();

    /// <summary>
    /// The member that shows a parameter, by the parameter's own name or by one that differs in case.
    /// </summary>
    private static ISymbol? MemberFor(INamedTypeSymbol type, IParameterSymbol parameter) =>
        MemberFor(type, parameter, StringComparison.Ordinal)
            ?? MemberFor(type, parameter, StringComparison.OrdinalIgnoreCase);

    private static ISymbol? MemberFor(INamedTypeSymbol type, IParameterSymbol parameter, StringComparison comparison)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            foreach (ISymbol member in part.GetMembers())
            {
                if (string.Equals(member.Name, parameter.Name, comparison)
                    && !hidden.Contains(member.Name)
                    && TypeOf(member) is { } memberType
                    && SymbolEqualityComparer.Default.Equals(memberType, parameter.Type))
                {
                    return member;
                }
            }

            hidden.UnionWith(part.GetMembers().Select(static member => member.Name));
        }

        return null;
    }

    /// <summary>
    /// By an object initializer: everything public that can be both read and set, those of base types first.
    /// </summary>
    private static RecordMembers? ByInitializer(INamedTypeSymbol type, INamedTypeSymbol user)
    {
        if (!type.IsValueType && !type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.IsEmpty && IsOpen(constructor, user)))
        {
            return null;
        }

        var members = new List<(ISymbol, ITypeSymbol, IParameterSymbol?)>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            members.InsertRange(0, part.GetMembers()
                .Where(static member =>
                    member is IFieldSymbol { IsReadOnly: false }
                        or IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public, IsOverride: false })
                .Select(static member => (member, TypeOf(member)))
                .Where(static pair => pair.Item2 is not null)
                .Select(static pair => (pair.member, pair.Item2!, (IParameterSymbol?)null)));
        }

        bool setsRequired = Required(type).All(
            required => members.Exists(member => SymbolEqualityComparer.Default.Equals(member.Item1, required)));
        // an initializer cannot reach what `new` hides
        bool isHidden = members.Select(static member => member.Item1.Name).Distinct().Count() < members.Count;
        return members.Count == 0 || !setsRequired || isHidden
            ? null
            : new RecordMembers(Construction.Initializer, members);
    }

    /// <summary>The members that every object initializer must set.</summary>
    internal static IEnumerable<ISymbol> Required(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            foreach (ISymbol member in part.GetMembers().Where(static member =>
                member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true, IsOverride: false }))
            {
                yield return member;
            }
        }
    }

    /// <summary>Whether a constructor is meant for others, and the class is one of them.</summary>
    private static bool IsOpen(IMethodSymbol constructor, INamedTypeSymbol user) =>
        constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            && Accessible.CanUse(user, constructor);

    internal static bool SetsRequired(IMethodSymbol constructor) => constructor.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ToDisplayString() == "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");

    /// <summary>The type of a public instance field or property.</summary>
    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } => null,
        IFieldSymbol field => field.Type,
        IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property =>
            property.Type,
        _ => null,
    };
}
