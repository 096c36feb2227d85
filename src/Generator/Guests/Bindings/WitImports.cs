using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>The host functions of classes that are bound to WIT.</summary>
internal static class WitImports
{
    /// <summary>A <c>[WasmImport]</c> class, which is the host's side of one interface.</summary>
    internal static ImportClass Of(WitClass type, WitBound bound)
    {
        DeclaredImport? import = bound.Guest!.Imports.FirstOrDefault();
        string module = import?.Module ?? bound.Guest.Resources.FirstOrDefault()?.Module ?? type.Target.Interface!;
        Contract? contract = bound.ContractOf(import);
        var names = ThunkNames();
        IEnumerable<HostFunction> own = contract?.Methods
            .Select(method => (Method: method, By: WitMembers.MethodFor(method, type.Methods)))
            .Where(one => one.By is { } by
                ? WitFit.Fits(one.Method, by)
                : !type.IsStatic) // which has no other way to it
            .Select(one => Function(type, bound, one.Method, contract.FullName, one.By, one.Method.Name, names))
            ?? [];
        return new ImportClass(
            type.Type,
            module,
            type.IsStatic,
            type.ThunksName,
            type.Allocation,
            type.Memory,
            own.Concat(ResourceFunctions(type, bound, module, names)).ToEquatableArray(),
            type.IsAddToTaken)
        {
            Contract = type.IsStatic ? null : contract?.FullName,
            Forwards = contract is null || type.IsStatic ? default : WitMembers.Forwards(
                contract.FullName,
                contract.Methods,
                contract.Absent,
                type.Methods,
                method => WitMembers.MethodFor(method, type.Methods),
                isHost: true),
            Error = bound.Error,
        };
    }

    /// <summary>The modules that a world imports, the host object being its record <c>Imports</c>.</summary>
    internal static EquatableArray<ImportClass> OfWorld(WitClass type, WitBound bound)
    {
        DeclaredGuest guest = bound.Guest!;
        TypeDeclaration host = type.Type with { FullName = $"{type.Type.FullName}.Imports" };
        var taken = new TakenNames(guest.Imports.Select(static import => import.Property));
        return guest.Imports.Select(static import => import.Module)
            .Concat(guest.Resources.Select(static resource => resource.Module))
            .Distinct()
            .Select(module =>
            {
                DeclaredImport? import = guest.Imports.FirstOrDefault(one => one.Module == module);
                Contract? contract = bound.ContractOf(import);
                var names = ThunkNames();
                IEnumerable<HostFunction> own = contract?.Methods.Select(method =>
                    Function(type, bound, method, null, null, $"{import!.Property}.{method.Name}", names)) ?? [];
                return new ImportClass(
                    host,
                    module,
                    IsStatic: contract is null,
                    taken.Unique($"{import?.Property ?? WitIdentifiers.Pascal(LabelOf(module))}Thunks"),
                    type.Allocation,
                    type.Memory,
                    own.Concat(ResourceFunctions(type, bound, module, names)).ToEquatableArray(),
                    IsAddToTaken: false)
                {
                    Contract = contract is not null && WitPaths.Normal(contract.Module) == WitPaths.Normal(module)
                        ? contract.FullName
                        : null,
                };
            })
            .ToEquatableArray();
    }

    // Main the compiler would take for the program's entry point.
    private static TakenNames ThunkNames() => new(["Allocation", "Define", "Main"]);

    /// <summary>The name of an interface, without package and version.</summary>
    private static string LabelOf(string module)
    {
        string label = module.Substring(module.IndexOf('/') + 1);
        int at = label.IndexOf('@');
        return (at < 0 ? label : label.Substring(0, at)).TrimStart('$');
    }

    /// <summary>
    /// The methods of a module's resources, which are called on their objects, and the end of each handle.
    /// </summary>
    private static IEnumerable<HostFunction> ResourceFunctions(
        WitClass type, WitBound bound, string module, TakenNames names) => bound.Guest!.Resources
        .Where(resource => resource.Module == module)
        .SelectMany(resource => bound.ContractOf(resource).Methods
            .Select(method => Function(type, bound, method, null, null, method.Name, names, resource))
            .Append(new HostFunction(
                "",
                $"[resource-drop]{resource.Name}",
                names.Unique("Drop"),
                CallTarget.Drop,
                IsObsolete: false,
                new[] { new HostParameter("handle", "handle", "", ScalarShape.Int, null) }.ToEquatableArray(),
                Result: null,
                Outcome.Result,
                type.InterruptsWithAny,
                type.Catches,
                Contract: resource.Contract)));

    private static HostFunction Function(
        WitClass type,
        WitBound bound,
        DeclaredMethod method,
        string? contract,
        AuthoredMethod? by,
        string name,
        TakenNames names,
        DeclaredResource? self = null)
    {
        bool isAsync = by is null ? method.Token is not null : by.Return.Task is not null;
        var parameters = new List<HostParameter>();
        if (self?.Contract is { } resource)
        {
            string borrowed = $"global::WasmBindgen.Borrow<{resource}>";
            parameters.Add(new HostParameter(
                "self", "self", "", new ResourceShape(borrowed, resource, IsBorrow: true), null));
        }

        int next = 0;
        foreach (AuthoredParameter parameter in by?.Parameters ?? default)
        {
            parameters.Add(parameter.Injected is { } injected
                ? new HostParameter(
                    parameter.Name.TrimStart('@'),
                    HostParameter.LocalFor(parameter.Name, parameters),
                    Modifier(parameter),
                    null,
                    injected,
                    parameter.Guest)
                : Parameter(method.Parameters[next++], parameters, parameter.Name, Modifier(parameter), isAsync));
        }

        foreach (DeclaredParameter parameter in method.Parameters.Skip(next))
        {
            parameters.Add(Parameter(parameter, parameters, parameter.Name, "", isAsync));
        }

        if (by is null && method.Token is { } token)
        {
            parameters.Add(new HostParameter(
                token, HostParameter.LocalFor(token, parameters), "", null, "CancellationToken"));
        }

        return new HostFunction(
            name,
            method.WasmName,
            names.Unique(method.Name),
            self is not null ? CallTarget.Self : by?.IsStatic == true ? CallTarget.Type : CallTarget.Host,
            by?.IsObsolete == true,
            parameters.ToEquatableArray(),
            method.Result,
            by?.Return.Outcome ?? Outcome.Result,
            by?.InterruptsWithAny ?? type.InterruptsWithAny,
            by is null ? type.Catches : WitErrors.Resolve(by.Catches, method, bound.Errors),
            Fuel: by?.Fuel ?? 0,
            IsAsync: isAsync,
            Memory: by?.Memory,
            Contract: by is { Contract: null } ? null : contract,
            Throws: by is not null && ContractMember.ThrowsFor(method, by));
    }

    /// <summary>What an argument needs of a parameter's modifiers.</summary>
    private static string Modifier(AuthoredParameter parameter) =>
        parameter.Modifiers.EndsWith("in ", StringComparison.Ordinal) ? "in " : "";

    private static HostParameter Parameter(
        DeclaredParameter parameter,
        List<HostParameter> others,
        string local,
        string modifiers,
        bool isAsync = false) => new(
            parameter.Name.TrimStart('@'),
            HostParameter.LocalFor(Keywords.Escape(local.TrimStart('@')), others),
            modifiers,
            WitSignature.ValueOf(parameter, isAsync),
            null);
}
