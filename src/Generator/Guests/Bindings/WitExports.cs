using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>The calls of what guests export, of classes that are bound to WIT.</summary>
internal static class WitExports
{
    /// <summary>The property of a handle's class that has its functions.</summary>
    internal const string Functions = "__Functions";

    private const string Token = "cancellationToken";

    /// <summary>The exports that a class shows: those of one interface, or of a world.</summary>
    internal static ExportClass Of(WitClass type, WitBound bound)
    {
        DeclaredGuest guest = bound.Guest!;
        DeclaredExport? only = type.Target.Interface is null ? null : guest.Exports.FirstOrDefault();
        if (type.Target.Interface is not null)
        {
            return Class(type, type.Type, type.Methods, only?.Methods ?? default, only) with
            {
                Error = bound.Error,
                Handles = only?.Handles ?? default,
            };
        }

        return Class(type, type.Type, type.Methods, guest.Functions, null, OthersOf(guest)) with
        {
            Error = bound.Error,
            Parts = guest.Exports.Select(export => new ExportPart(
                export.Property,
                export.Name,
                Class(
                    type,
                    type.Type with
                    {
                        Declaration = $"partial class {export.Class}",
                        Name = export.Class,
                        FullName = $"{type.Type.FullName}.{export.Class}",
                        DisplayName = $"{type.Type.DisplayName}.{export.Class}",
                    },
                    type.Nested.FirstOrDefault(nested => nested.Class == export.Class)?.Methods ?? default,
                    export.Methods,
                    export) with
                {
                    Handles = export.Handles,
                })).ToEquatableArray(),
        };
    }

    /// <summary>What a world's class has beside its functions.</summary>
    private static string[] OthersOf(DeclaredGuest guest) =>
    [
        .. guest.Exports.SelectMany(static export => new[] { export.Property, export.Class }),
        .. WitIdentifiers.OfWorld,
    ];

    private static ExportClass Class(
        WitClass type,
        TypeDeclaration declaration,
        EquatableArray<AuthoredMethod> methods,
        EquatableArray<DeclaredMethod> functions,
        DeclaredExport? export,
        params string[] others)
    {
        var taken = new HashSet<string>(type.Taken, StringComparer.Ordinal) { type.SlotsName };
        taken.UnionWith(functions.SelectMany(static function => function.Parameters)
            .Select(static parameter => parameter.Name));
        taken.UnionWith(methods.SelectMany(static method => method.Parameters)
            .Select(static parameter => parameter.Name));
        HashSet<string> members = new(functions.Select(static function => function.Name), StringComparer.Ordinal);
        members.UnionWith(methods.Select(static method => method.Name));
        members.UnionWith(type.Taken);
        members.UnionWith(type.Members.Select(static member => member.Name));
        members.UnionWith(others);
        string slots = type.SlotsName;
        while (members.Contains(slots))
        {
            slots += "_";
        }

        DeclaredMethod[] fitting = [.. functions.Where(function =>
            MethodFor(function, methods) is not { } by || WitFit.Fits(function, by))];
        string? contract = fitting.Length == functions.Count ? export?.Contract : null;
        GuestFunctionStub[] stubs = [.. fitting.Select(function =>
            Stub(
                type,
                function,
                MethodFor(function, methods),
                export?.Name,
                GuestMembers.Field(function.Name, taken)) with
            {
                Presence = Presence(function, members),
            })];
        return new ExportClass(
            declaration,
            HasBoundBase: type.Base == BaseClass.Bound && declaration == type.Type,
            slots,
            type.Allocation,
            type.Memory,
            stubs.ToEquatableArray(),
            default,
            default,
            IsBound: true,
            Guest: null)
        {
            Contract = contract,
            Forwards = contract is null ? default : WitMembers.Forwards(
                contract,
                functions,
                export!.Absent,
                methods,
                function => MethodFor(function, methods)
                    ?? (type.IsCancellable || function.ContractName is not null
                        ? Generated(function, type.IsCancellable)
                        : null),
                isHost: false),
        };
    }

    private static AuthoredMethod? MethodFor(DeclaredMethod function, IEnumerable<AuthoredMethod> methods) =>
        WitMembers.MethodFor(function, methods.Where(static method => method.IsPartial));

    private static GuestFunctionStub Stub(
        WitClass type, DeclaredMethod function, AuthoredMethod? by, string? name, string field)
    {
        by ??= type.IsCancellable ? Generated(function, isCancellable: true) : null;
        bool isAsync = by?.Return.Task is not null;
        AuthoredParameter[] passed = [.. by?.Passed ?? []];
        return new GuestFunctionStub(
            by?.Modifiers ?? "public",
            Keywords.Escape(function.Name),
            name is null ? function.WasmName : $"{name}#{function.WasmName}",
            field,
            function.Parameters.Select((parameter, i) => new StubParameter(
                by is null ? "" : passed[i].Modifiers,
                by is null ? parameter.Name : passed[i].Name,
                WitSignature.ValueOf(parameter, isAsync))).ToEquatableArray(),
            function.Result,
            by?.Return.ReturnsErrors == true,
            by?.Parameters.FirstOrDefault(static parameter => parameter.Injected == "CancellationToken")?.Name,
            by?.Timeout ?? 0,
            by?.Fuel ?? 0,
            isAsync,
            by?.IsDocumented == true,
            by?.Memory,
            by?.Marks ?? Marks.None,
            function.Docs,
            by is not null && ContractMember.ThrowsFor(function, by));
    }

    /// <summary>The method that is generated, which has a token where all take one.</summary>
    private static AuthoredMethod Generated(DeclaredMethod function, bool isCancellable)
    {
        string token = Token;
        while (function.Parameters.Any(parameter => parameter.Name == token))
        {
            token += "_";
        }

        return new AuthoredMethod(
            function.Name,
            "public",
            null,
            IsStatic: false,
            function.Parameters.Select(static parameter => new AuthoredParameter(parameter.Name, "", null, null))
                .Concat(isCancellable ? [new AuthoredParameter(token, "", "CancellationToken", null)] : [])
                .ToEquatableArray(),
            new AuthoredReturn(null, false, Outcome.Result, function.Result is ResultShape, function.Result is null),
            InterruptsWithAny: false,
            default,
            Timeout: 0,
            Fuel: 0,
            Memory: null,
            IsObsolete: false,
            IsDocumented: false,
            Marks.None);
    }

    /// <summary>The methods of a guest's resource, each on the object.</summary>
    internal static EquatableArray<GuestFunctionStub> OfHandle(HandleClass handle)
    {
        var taken = new HashSet<string>(handle.Methods.Select(static method => method.Name), StringComparer.Ordinal);
        return handle.Methods.Select(method => OfHandle(handle, method, Presence(method, taken))).ToEquatableArray();
    }

    private static GuestFunctionStub OfHandle(HandleClass handle, DeclaredMethod method, string? presence) =>
        new(
            "public",
            Keywords.Escape(method.Name),
            method.WasmName,
            $"{Functions}.{method.Name}",
            method.Parameters
                .Select(static parameter => new StubParameter("", parameter.Name, parameter.Value))
                .Prepend(new StubParameter("", "this", new ResourceShape(
                    $"global::WasmBindgen.Borrow<{handle.FullName}>", handle.FullName, IsBorrow: true, IsGuests: true)))
                .ToEquatableArray(),
            method.Result,
            ReturnsErrors: false,
            Token: null,
            Timeout: 0,
            Fuel: 0,
            IsAsync: false,
            IsDocumented: false,
            Memory: null,
            Marks.None,
            method.Docs,
            IsOnSelf: true)
        {
            Presence = presence,
        };

    /// <summary>The property for a function that guests of earlier versions lack; null for another.</summary>
    private static string? Presence(DeclaredMethod function, HashSet<string> taken)
    {
        if (!function.IsLater)
        {
            return null;
        }

        string name = "Has" + function.Name;
        while (!taken.Add(name))
        {
            name += WitIdentifiers.Property;
        }

        return name;
    }
}
