using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The members of a <c>[WasmExport]</c> class for what its guest exports, apart from those that its author declares.
/// </summary>
internal static class GuestMembers
{
    private static readonly AllocatorFunction s_malloc = new("malloc", new[] { "Size" }.ToEquatableArray());
    private static readonly AllocatorFunction s_free = new("free", new[] { "Address" }.ToEquatableArray());
    private static readonly string[] s_hidden = ["_start", "_initialize", "malloc", "free"];
    private static readonly string[] s_hiddenPrefixes = ["cabi_", "canonical_abi_", "__"];

    internal static ExportClass AddTo(ExportClass model, GuestModule guest)
    {
        if (model.Guest is not { } shown || !model.IsBound)
        {
            return model;
        }

        var declared = new HashSet<string>(
            model.Functions.Select(static function => function.WasmName)
                .Concat(model.Properties.Select(static property => property.WasmName))
                .Concat(shown.Ignored),
            StringComparer.Ordinal);
        var taken = new HashSet<string>(shown.Taken, StringComparer.Ordinal) { model.SlotsName };
        taken.UnionWith(model.Functions.Select(static function => function.Field));
        taken.UnionWith(model.Properties.Select(static property => property.Field));
        var functions = new List<GuestFunctionStub>(model.Functions);
        var properties = new List<GuestProperty>(model.Properties);
        foreach (GuestItem export in guest.Exports
            .Where(export => !declared.Contains(export.Name) && !IsHidden(export)))
        {
            if (export.Type is GuestFunctionType type && Function(export, type, taken) is { } function)
            {
                functions.Add(function);
            }
            else if (Property(export, taken) is { } property)
            {
                properties.Add(property);
            }
        }

        return model with
        {
            Functions = functions.ToEquatableArray(),
            Properties = properties.ToEquatableArray(),
            Allocation = model.Allocation ?? AllocationOf(guest),
        };
    }

    /// <summary>How a guest allocates that has C's functions for it; null for the Canonical ABI's way.</summary>
    internal static Allocation? AllocationOf(GuestModule guest)
    {
        if (guest.Export("cabi_realloc") is not null
            || guest.Export("canonical_abi_realloc") is not null
            || guest.Export("malloc")?.Type is not GuestFunctionType { Parameters: { Count: 1 } sizes } malloc
            || sizes[0] != "i32"
            || malloc.Results.Count != 1)
        {
            return null;
        }

        bool frees = guest.Export("free")?.Type
            is GuestFunctionType { Parameters: { Count: 1 } addresses, Results.Count: 0 } && addresses[0] == "i32";
        return new Allocation(s_malloc, frees ? s_free : null);
    }

    private static bool IsHidden(GuestItem export) =>
        s_hidden.Contains(export.Name)
        || s_hiddenPrefixes.Any(prefix => export.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Null if no method can have its type.</summary>
    private static GuestFunctionStub? Function(GuestItem export, GuestFunctionType type, HashSet<string> taken)
    {
        if (!GuestCode.IsBindable(type))
        {
            return null;
        }

        Shape[] results = [.. type.Results.Select(static value => ShapeOf(value)!)];
        string name = MemberName(export, "Method", taken);
        string[] parameters = GuestCode.ParameterNames(type);
        taken.UnionWith(parameters);
        return new GuestFunctionStub(
            "public",
            Keywords.Escape(name),
            export.Name,
            Field(name, taken),
            type.Parameters
                .Select((value, i) => new StubParameter("", Keywords.Escape(parameters[i]), ShapeOf(value)!))
                .ToEquatableArray(),
            results.Length == 0 ? null : results is [var only] ? only : MultiValue(type, results),
            ReturnsErrors: false,
            Token: null,
            Timeout: 0,
            Fuel: 0,
            IsAsync: false,
            IsDocumented: false,
            Memory: null,
            Marks.None);
    }

    private static MultiValueShape MultiValue(GuestFunctionType type, Shape[] results) => new(new RecordShape(
        GuestCode.Result(type, static value => ShapeOf(value)!.Type),
        "Wit" + string.Concat(results.Select(static value => value.Flat[0])),
        new Fields(
            Construction.Tuple,
            results.Select(static (value, i) => new Field($"Item{i + 1}", $"Item{i + 1}", value)).ToEquatableArray()),
        IsReference: false,
        IsSequential: false,
        HasCode: false));

    private static GuestProperty? Property(GuestItem export, HashSet<string> taken)
    {
        string? item = export.Type switch
        {
            GuestFunctionType => "Function",
            GuestMemoryType { IsShared: true } => "SharedMemory",
            GuestMemoryType => "Memory",
            GuestTableType => "Table",
            _ => null,
        };
        Shape? value = export.Type is GuestGlobalType { Content: var content } ? ShapeOf(content) : null;
        if (item is null && value is null)
        {
            return null;
        }

        string name = MemberName(export, "Property", taken);
        return new GuestProperty(
            "public",
            Keywords.Escape(name),
            export.Name,
            Field(name, taken),
            "get",
            export.Type is GuestGlobalType { IsMutable: true } ? "set" : null,
            value,
            item,
            Marks.None);
    }

    private static Shape? ShapeOf(string type) => type switch
    {
        "i32" => ScalarShape.Int,
        "i64" => new ScalarShape("long", Scalar.S64),
        "f32" => new ScalarShape("float", Scalar.F32),
        "f64" => new ScalarShape("double", Scalar.F64),
        "v128" => new VectorShape("global::System.Runtime.Intrinsics.Vector128<byte>", "byte"),
        "externref" => new ExternRefShape("object?", "object"),
        _ => null,
    };

    /// <summary>A name that is taken gets the word for what it is behind it.</summary>
    private static string MemberName(GuestItem export, string word, HashSet<string> taken)
    {
        string name = GuestCode.MemberName(export.Name);
        while (!taken.Add(name))
        {
            name += word;
        }

        return name;
    }

    /// <summary>A name for the field of a member, which nothing else has; takes it.</summary>
    internal static string Field(string member, HashSet<string> taken)
    {
        string name = "_" + char.ToLowerInvariant(member[0]) + member.Substring(1);
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }
}
