using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <content>Delegates. What one takes and returns goes the other way than the delegate itself.</content>
internal sealed partial class ShapeFinder
{
    private Found Callback(
        INamedTypeSymbol type, IMethodSymbol signature, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        AttributeData? index = attributes.FirstOrDefault(
            static attribute => attribute.AttributeClass.IsRuntimeType("TableIndexAttribute"));
        string? table = index?.ConstructorArguments is [{ Value: string name }] ? name : null;
        if (index is not null && (table is null || Names.HasUnpairedSurrogate(table)))
        {
            return Refused(" ([TableIndex] names a table)");
        }

        if (_isInCallback)
        {
            return Refused(" (a delegate cannot take or return another)");
        }

        _isInCallback = true;
        Found found = direction == Direction.FromGuest
            ? GuestCallback(type, signature, table)
            : HostCallback(type, signature, table);
        _isInCallback = false;
        return found;
    }

    private Found GuestCallback(INamedTypeSymbol type, IMethodSymbol signature, string? table)
    {
        if (CallbackParts(signature, Direction.ToGuest, out Shape[] values, out Shape? result) is { } refused)
        {
            return refused;
        }

        (string structName, string className) = CallbackNames(type, table, Direction.FromGuest);
        var stub = new GuestFunctionStub(
            "public",
            "Invoke",
            type.Name,
            Field: "",
            signature.Parameters.Select((parameter, i) =>
                new StubParameter(Modifiers(parameter), CSharp.Escape(parameter.Name), values[i])).ToEquatableArray(),
            result,
            ReturnsErrors: false,
            Token: null,
            Timeout: 0,
            Fuel: 0,
            IsAsync: false,
            IsDocumented: true,
            Memory: null,
            Marks.None);
        stub = stub with { Field = stub.Core.IsPlain ? "Function" : "Canonical" };
        return new GuestCallbackShape(FullNameOf(type), DelegateOf(type), structName, className, table, stub)
        {
            IsObsolete = Obsolete.IsIn(type),
        };
    }

    private Found HostCallback(INamedTypeSymbol type, IMethodSymbol signature, string? table)
    {
        if (CallbackParts(signature, Direction.FromGuest, out Shape[] values, out Shape? result) is { } refused)
        {
            return refused;
        }

        (string structName, string className) = CallbackNames(type, table, Direction.ToGuest);
        var parameters = new List<HostParameter>();
        foreach (IParameterSymbol parameter in signature.Parameters)
        {
            parameters.Add(new HostParameter(
                parameter.Name,
                HostParameter.LocalFor(CSharp.Escape(parameter.Name), parameters),
                Modifiers(parameter),
                values[parameter.Ordinal],
                Injected: null));
        }

        var thunk = new HostFunction(
            "Invoke",
            type.Name,
            "Enter",
            CallTarget.Delegate,
            Obsolete.IsIn(type),
            parameters.ToEquatableArray(),
            result,
            Outcome.Result,
            InterruptsWithAny: true,
            Catches: default);
        return new HostCallbackShape(FullNameOf(type), DelegateOf(type), structName, className, table, thunk)
        {
            IsObsolete = thunk.IsObsolete,
        };
    }

    /// <returns>Why the function cannot be called; null if it can.</returns>
    private Found? CallbackParts(IMethodSymbol signature, Direction direction, out Shape[] values, out Shape? result)
    {
        values = new Shape[signature.Parameters.Length];
        result = null;
        foreach (IParameterSymbol parameter in signature.Parameters)
        {
            Found found = parameter.RefKind is RefKind.Ref or RefKind.Out ? Refused("") : Of(parameter, direction);
            if (found.Shape is not { } shape)
            {
                return Part($"its parameter '{parameter.Name}'", found, parameter.Type);
            }

            values[parameter.Ordinal] = shape;
        }

        if (!signature.ReturnsVoid)
        {
            Found found = signature.ReturnsByRef || signature.ReturnsByRefReadonly
                || (direction == Direction.ToGuest
                    && (signature.ReturnType.IsSystemType("Span") || signature.ReturnType.IsSystemType("ReadOnlySpan")))
                ? Refused("")
                : Of(
                    signature,
                    signature.ReturnType,
                    direction == Direction.ToGuest ? Direction.FromGuest : Direction.ToGuest);
            if (found.Shape is null)
            {
                return Part("its result", found, signature.ReturnType);
            }

            result = found.Shape;
        }

        bool fits = values.Sum(static value => value.Flat.Count) <= Flattening.MaxParameters
            || (CanSpill && values.All(static value => value.CanSpill));
        return fits ? (Found?)null : Refused(
            " (the parameters of the delegate take more than 16 slots, and not all of them can lie in memory)");

        static Found Part(string part, Found found, ITypeSymbol type) => found.Unseen is not null
            ? found
            : Refused($" ({part} of type '{type.ToDisplayString()}' cannot cross{found.Reason})");
    }

    private (string Struct, string Class) CallbackNames(INamedTypeSymbol type, string? table, Direction direction)
    {
        string fullName = FullNameOf(type);
        if (!_callbacks.TryGetValue((fullName, table, direction), out (string Struct, string Class) names))
        {
            names = (StructName(type), taken.UniqueType(type.Name + "Callback"));
            _callbacks.Add((fullName, table, direction), names);
        }

        return names;
    }

    private static string FullNameOf(INamedTypeSymbol type) => type.ToDisplayString(FullName);

    private static string DelegateOf(INamedTypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName);

    private static string Modifiers(IParameterSymbol parameter) => parameter.RefKind == RefKind.None ? "" : "in ";
}
