using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What a host method declares to throw, and what that is for its guest.</summary>
internal static class InterruptParser
{
    /// <summary>The interrupts that a method or class declares, and those declared around it.</summary>
    internal static Interrupts Parse(
        ISymbol owner, Interrupts around, DiagnosticSink sink, ITypeSymbol? returnedError = null)
    {
        ImmutableArray<AttributeData> attributes = owner.GetAttributes();
        if (attributes.IsEmpty)
        {
            return around;
        }

        bool any = around.Any;
        List<ITypeSymbol> types = [.. around.Types];
        foreach (AttributeData attribute in attributes.Where(static attribute =>
            attribute.AttributeClass.IsRuntimeType("InterruptsAttribute")))
        {
            switch (attribute.AttributeClass!.TypeArguments)
            {
                case []:
                    any = true;
                    break;
                case [{ } error] when SymbolEqualityComparer.Default.Equals(error, returnedError):
                    break; // is returned, not thrown
                case [{ TypeKind: TypeKind.Error } error]:
                    if (error.Name.Length > 0)
                    {
                        sink.Report(Descriptors.UnseenType, attribute, owner, owner.Name, error.ToDisplayString());
                    }

                    break;
                case [{ } error] when !DerivesFrom(error, static type => type.IsSystemType(nameof(Exception))):
                    sink.Report(Descriptors.InterruptType, attribute, owner, error.Name, owner.Name);
                    break;
                case [{ } error] when Accessible.IsFileLocal(error):
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

    /// <summary>
    /// The catch clauses: what is a number or an error for the guest, and what aborts it. C# wants derived types before
    /// their bases.
    /// </summary>
    internal static EquatableArray<Catch> Catches(
        Interrupts interrupts,
        List<(ITypeSymbol Type, int Code)> errnos,
        List<(ITypeSymbol Type, ThrownTag Tag)> tags,
        List<(ITypeSymbol Type, string Error)> errors) =>
        interrupts.Types.Count + errnos.Count + tags.Count + errors.Count == 0
            ? default
            : InOrder(interrupts, errnos, tags, errors);

    // Methods that declare nothing, which are most, have no need of its closures.
    private static EquatableArray<Catch> InOrder(
        Interrupts interrupts,
        List<(ITypeSymbol Type, int Code)> errnos,
        List<(ITypeSymbol Type, ThrownTag Tag)> tags,
        List<(ITypeSymbol Type, string Error)> errors)
    {
        // Without others in between, a clause behind one for a base type says nothing new.
        IEnumerable<ITypeSymbol> aborting = errnos.Count + tags.Count + errors.Count > 0 ? interrupts.Types
            : interrupts.Any ? []
            : interrupts.Types.Where(type => !interrupts.Types.Exists(other => IsBelow(type, other)));
        List<(ITypeSymbol Type, ThrownTag? Tag)> others =
        [
            .. tags.Where(tag => !errnos.Exists(errno => Same(errno.Type, tag.Type))
                    && !errors.Exists(error => Same(error.Type, tag.Type)))
                .Select(static tag => (tag.Type, (ThrownTag?)tag.Tag)),
            .. aborting
                .Where(type => !errnos.Exists(errno => Same(errno.Type, type))
                    && !tags.Exists(tag => Same(tag.Type, type))
                    && !errors.Exists(error => Same(error.Type, type))
                    && !type.IsSystemType(nameof(Exception)))
                .Select(static type => (type, (ThrownTag?)null)),
        ];
        return errnos.Select(static errno => (errno.Type, Clause: new Catch(FullName(errno.Type), errno.Code)))
            .Concat(others.Select(
                static other => (other.Type, Clause: new Catch(FullName(other.Type), Errno: null, other.Tag))))
            .Concat(errors.Select(error => (error.Type, Clause: new Catch(
                FullName(error.Type),
                Errno: null,
                Error: new ResultError(error.Error, others
                    .Where(other => IsBelow(other.Type, error.Type))
                    .Select(static other => FullName(other.Type))
                    .Distinct()
                    .ToEquatableArray())))))
            .OrderByDescending(static one => Depth(one.Type))
            .Select(static one => one.Clause)
            .Distinct()
            .ToEquatableArray();

        static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

        static bool IsBelow(ITypeSymbol type, ITypeSymbol other) =>
            !Same(type, other) && DerivesFrom(type, part => Same(part, other));

        static int Depth(ITypeSymbol type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

        static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    /// <summary>The exceptions that are numbers for the guest.</summary>
    internal static List<(ITypeSymbol Type, int Code)> ParseErrnos(
        IMethodSymbol method, Shape? result, DiagnosticSink sink)
    {
        ImmutableArray<AttributeData> attributes = method.GetAttributes();
        if (attributes.IsEmpty)
        {
            return [];
        }

        var errnos = new List<(ITypeSymbol, int)>();
        Interrupts ofMethod = Parse(method, new Interrupts(Any: false, []), DiagnosticSink.None);
        foreach (AttributeData attribute in attributes.Where(static attribute =>
            attribute.AttributeClass.IsRuntimeType("ErrnoAttribute")))
        {
            if (attribute is not
                { AttributeClass.TypeArguments: [{ } error], ConstructorArguments: [{ Value: int code }] })
            {
                continue;
            }

            if (error.TypeKind == TypeKind.Error)
            {
                if (error.Name.Length > 0)
                {
                    sink.Report(Descriptors.UnseenType, attribute, method, method.Name, error.ToDisplayString());
                }
            }
            else if (result is not (null or ScalarShape { Type: "int" }))
            {
                sink.Report(Descriptors.ErrnoReturn, attribute, method, method.Name);
            }
            else if (errnos.Exists(other => SymbolEqualityComparer.Default.Equals(other.Item1, error))
                || ofMethod.Types.Exists(other => SymbolEqualityComparer.Default.Equals(other, error)))
            {
                sink.Report(Descriptors.ErrnoTwice, attribute, method, error.Name, method.Name);
            }
            else if (Accessible.IsFileLocal(error))
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
}

/// <summary>What a method may throw to interrupt its guest.</summary>
/// <param name="Any">Whether everything that it throws does.</param>
/// <param name="Types">The types that do.</param>
internal readonly record struct Interrupts(bool Any, List<ITypeSymbol> Types);
