using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The exceptions of one host class's methods that are errors in their results.</summary>
internal sealed class WitErrorParser
{
    private readonly INamedTypeSymbol _class;
    private readonly DiagnosticSink _sink;
    private readonly List<Declared> _ofClass;
    private readonly HashSet<(AttributeData, string Error)> _reported = [];
    private bool _isUsed;

    internal WitErrorParser(INamedTypeSymbol type, DiagnosticSink sink) =>
        (_class, _sink, _ofClass) = (type, sink, Find(type, sink));

    /// <summary>The exceptions of a method, and the error that each is as generated code says it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="resultType">What the guest gets.</param>
    /// <param name="result">How that crosses.</param>
    internal List<(ITypeSymbol Type, string Error)> Parse(
        IMethodSymbol method, ITypeSymbol? resultType, Shape? result)
    {
        if (_ofClass.Count == 0 && method.GetAttributes().IsEmpty)
        {
            return [];
        }

        List<Declared> ofMethod = Find(method, _sink);
        if (result is null && resultType is not null)
        {
            _isUsed = true; // perhaps: it is refused, as is told elsewhere
            return [];
        }

        if (HostFunction.ResultOf(result) is null
            || resultType is not INamedTypeSymbol { TypeArguments: [_, { } errorType] })
        {
            foreach (Declared declared in ofMethod)
            {
                _sink.Report(
                    Descriptors.WitError,
                    declared.Attribute,
                    method,
                    declared.Type.Name,
                    $"'{method.Name}' returns no Result");
            }

            return [];
        }

        _isUsed = true;
        if (InterruptsOf(method).FirstOrDefault(type => IsWitException(type, errorType)) is { } thrown)
        {
            _sink.Report(Descriptors.ErrnoTwice, method, thrown.Name, method.Name);
        }

        ITypeSymbol[] own = [.. ofMethod.Select(static declared => declared.Type).Concat(InterruptsOf(method))];
        var errors = new List<(ITypeSymbol, string)>();
        foreach (Declared declared in ofMethod.Concat(
            _ofClass.Where(outer => !own.Any(inner => Same(inner, outer.Type)))))
        {
            if (ErrorOf(errorType, declared.Name) is { } error)
            {
                errors.Add((declared.Type, error));
            }
            else if (_reported.Add((declared.Attribute, errorType.ToDisplayString())))
            {
                ReportNoCase(declared, method, errorType);
            }
        }

        return errors;
    }

    /// <summary>
    /// The exceptions of a method that is bound to WIT, those of its class included, and the names of the errors; empty
    /// for the exception's message.
    /// </summary>
    internal static List<(ITypeSymbol Type, string Error)> NamesOf(
        IMethodSymbol method, INamedTypeSymbol type, DiagnosticSink sink)
    {
        List<Declared> ofMethod = Find(method, sink);
        ITypeSymbol[] own = [.. ofMethod.Select(static declared => declared.Type).Concat(InterruptsOf(method))];
        return [.. ofMethod
            .Concat(Find(type, DiagnosticSink.None).Where(outer => !own.Any(inner => Same(inner, outer.Type))))
            .Select(static declared => (declared.Type, declared.Name ?? ""))];
    }

    /// <summary>Tells of attributes of the class that have no effect.</summary>
    internal void End()
    {
        foreach (Declared declared in _isUsed ? [] : _ofClass)
        {
            _sink.Report(
                Descriptors.WitError,
                declared.Attribute,
                _class,
                declared.Type.Name,
                $"no host function of '{_class.Name}' returns a Result");
        }
    }

    private static List<Declared> Find(ISymbol owner, DiagnosticSink sink)
    {
        var found = new List<Declared>();
        foreach (AttributeData attribute in owner.GetAttributes())
        {
            if (!attribute.AttributeClass.IsRuntimeType("WitErrorAttribute")
                || attribute.AttributeClass!.TypeArguments is not [{ } type]
                || attribute.ConstructorArguments is not [{ Kind: not TypedConstantKind.Error } name])
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
            else if (found.Exists(other => Same(other.Type, type))
                || type.IsRuntimeType("WitException")
                || InterruptsOf(owner).Any(other => Same(other, type)))
            {
                sink.Report(Descriptors.ErrnoTwice, attribute, owner, type.Name, owner.Name);
            }
            else if (Accessible.IsFileLocal(type))
            {
                sink.Report(Descriptors.FileLocal, attribute, owner, type.Name);
            }
            else
            {
                found.Add(new Declared(type, name.Value as string, attribute));
            }
        }

        return found;
    }

    private static IEnumerable<ITypeSymbol> InterruptsOf(ISymbol owner) => owner.GetAttributes()
        .Where(static attribute => attribute.AttributeClass.IsRuntimeType("InterruptsAttribute")
            || attribute.AttributeClass.IsRuntimeType("WasmTagAttribute"))
        .SelectMany(static attribute => attribute.AttributeClass!.TypeArguments);

    private static bool IsWitException(ITypeSymbol type, ITypeSymbol error) =>
        type.IsRuntimeType("WitException")
            && type is INamedTypeSymbol { TypeArguments: [{ } own] }
            && Same(own, error);

    /// <summary>The error of a name as generated code says it; null if there is none.</summary>
    private string? ErrorOf(ITypeSymbol type, string? name) =>
        name is null ? type.SpecialType == SpecialType.System_String ? CSharp.MessageOf : null
        : CasesOf(type).FirstOrDefault(one => one.Name == name).Error;

    private IEnumerable<(string Name, string Error)> CasesOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } && !type.GetAttributes().Any(static attribute =>
            attribute.AttributeClass.IsSystemType(nameof(FlagsAttribute))))
        {
            return type.GetMembers().OfType<IFieldSymbol>()
                .Where(static member => member.HasConstantValue)
                .Select(member => (NameOf(member), $"{FullName(type)}.{CSharp.Escape(member.Name)}"));
        }

        return type.FindAttribute("WasmVariantAttribute") is null ? [] : type.GetTypeMembers()
            .Where(one => Same(one.BaseType!, type)
                && RecordMembers.Find(one, _class) is null
                && RecordMembers.IsEmpty(one, _class))
            .Select(static one => (NameOf(one), $"new {FullName(one)}()"));

        static string NameOf(ISymbol symbol) => Names.Apply(NamingPolicy.KebabCase, symbol.Name);

        static string FullName(ITypeSymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    private void ReportNoCase(Declared declared, IMethodSymbol method, ITypeSymbol type)
    {
        string error = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string[] cases = [.. CasesOf(type).Select(static one => one.Name)];
        string? nearest = declared.Name is { } name ? NearestName.Of(name, cases) : null;
        _sink.Report(
            Descriptors.WitError,
            declared.Attribute,
            method,
            nearest is null ? null : ImmutableDictionary<string, string?>.Empty.Add("Case", nearest),
            declared.Type.Name,
            WitErrors.NoCase(error, declared.Name ?? "", cases));
    }

    private static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>What an attribute says.</summary>
    private sealed record Declared(ITypeSymbol Type, string? Name, AttributeData Attribute);
}
