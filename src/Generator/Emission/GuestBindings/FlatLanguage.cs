using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// What languages have in common whose functions take core types: values become parameters, and lie in memory, as the
/// Canonical ABI says.
/// </summary>
/// <param name="title">The file's name without its extension.</param>
/// <param name="surface">What is written.</param>
/// <param name="refuse">Gets what the language cannot say.</param>
internal abstract partial class FlatLanguage(string title, GuestSurface surface, Action<Refusal> refuse)
{
    /// <summary>The function table of linkers, into which C's function pointers are indices.</summary>
    protected const string FunctionTable = "__indirect_function_table";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _pointees = Pointees(surface);
    private string _member = "";

    /// <summary>A parameter, field or the like.</summary>
    protected readonly record struct Variable(string Type, string Name);

    /// <summary>A function in the language.</summary>
    /// <param name="Parameters">Its parameters.</param>
    /// <param name="Result">The type of its result; null for none.</param>
    protected readonly record struct Signature(IReadOnlyList<Variable> Parameters, string? Result);

    protected string Title { get; } = Identifier(title);

    protected GuestSurface Surface { get; } = surface;

    /// <summary>The first line of every file.</summary>
    protected string FirstLine =>
        $"// Written by WasmBindgen from the C# classes {string.Join(", ", Surface.Classes)}: changes will be lost.";

    /// <summary>What there is to say of what guests export, as further lines of a comment.</summary>
    protected string AfterResults(string comment) =>
        Surface.Exports.Any(static function => function.Core.ResultSpills)
            ? $"\n{comment} When the host has read a result from memory, it calls cabi_post_ and the function's name, "
                + "if that is exported."
            : "";

    /// <summary>The types that functions need, in an order in which each has what it is made of before it.</summary>
    protected List<string> Definitions { get; } = [];

    protected abstract string Language { get; }

    protected abstract HashSet<string> Keywords { get; }

    protected abstract string SizeType { get; }

    protected abstract string Of(Scalar scalar);

    protected abstract string PointerTo(string? pointee, bool isConst);

    protected abstract string Character(bool isConst);

    /// <summary>A part of a parameter as a name.</summary>
    protected abstract string Part(string name, string part);

    protected abstract string ParameterName(string name);

    /// <summary>A type of the user's by its name in Pascal case.</summary>
    protected abstract string TypeName(string name);

    protected abstract string EnumBody(string type, EnumShape shape);

    /// <summary>What values of an enum are where they are passed.</summary>
    protected virtual string EnumType(string type, EnumShape shape) => type;

    protected abstract string HandleBody(string type);

    protected abstract string StructBody(string type, IReadOnlyList<Variable> fields, Layout layout);

    /// <summary>A number and one of several values.</summary>
    protected abstract string TaggedBody(
        string type, Variable tag, IReadOnlyList<(string Name, string? Type)> cases, Layout layout);

    protected abstract string ListOf(string name, string element);

    protected abstract string OptionOf(string name, string value, Layout layout);

    protected abstract string ResultOf(string name, string? value, string? error, Layout layout);

    protected abstract string FixedList(string name, string element, int length, Layout layout);

    protected abstract string FunctionPointer(string type, Signature signature);

    /// <summary>v128, externref and funcref, which not every language has.</summary>
    protected virtual string? Reference(CoreType type) => null;

    /// <summary>An object of AssemblyScript.</summary>
    protected virtual string Script(AssemblyScriptShape shape) => Refuse(
        "it has objects of AssemblyScript",
        "write it to a file .ts, and name the other classes in this item's Classes");

    /// <summary>A name that nothing else in the file has.</summary>
    protected string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }

    protected bool IsTaken(string name) => _names.Contains(name);

    protected string Refuse(string reason, string remedy)
    {
        refuse(new Refusal(_member, reason, remedy));
        return "";
    }

    /// <summary>Checks what is not in the types of a function.</summary>
    protected void Begin(string member, params string[] names)
    {
        _member = member;
        if (names.Any(static name => name.Any(char.IsControl)))
        {
            Refuse("its name has control characters", "give it another by [WasmName]");
        }
    }

    /// <summary>Refuses what guests export besides functions, but for what linkers export by themselves.</summary>
    protected void RefuseProperties()
    {
        foreach ((string member, GuestProperty property) in Surface.Properties.Where(static one =>
            one.Property is not ({ Item: "Memory", WasmName: "memory" } or { Item: "Table", WasmName: FunctionTable })))
        {
            Begin(member);
            Refuse(
                $"{Language} has no {property.Item ?? "global"} to export",
                "show it by a class that the item's Classes do not name, or make a function of it");
        }
    }

    /// <summary>A function as the language has it.</summary>
    protected Signature SignatureOf(
        IReadOnlyList<(string Name, Shape Value)> values, Shape? result, CoreFunction core, bool isImport, string name)
    {
        var parameters = new List<Variable>();
        if (core.ParametersSpill)
        {
            string type = Named(name + "Arguments", unique => StructBody(
                unique,
                [.. values.Select(value => new Variable(InMemory(value.Value), ParameterName(value.Name)))],
                Layout.OfFields(values.Select(static value => value.Value.Layout))));
            parameters.Add(new Variable(PointerTo(type, isImport), "arguments"));
        }
        else
        {
            parameters.AddRange(values.SelectMany(value => Slots(value.Name, value.Value, isConst: isImport)));
        }

        string? returned = null;
        if (core.ResultSpills)
        {
            string area = PointerTo(InMemory(result!), isConst: !isImport);
            returned = isImport ? null : area;
            parameters.AddRange(isImport ? [new Variable(area, "result")] : Array.Empty<Variable>());
        }
        else if (core.Results.Count > 1)
        {
            Refuse(
                $"a function of {Language} has a single result",
                "remove [return: MultiValue], and the values lie in memory");
        }
        else if (core.Results.Count == 1)
        {
            returned = Slots("result", result!, isConst: !isImport).First().Type;
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        return new Signature(
            [.. parameters.Select(parameter => parameter with { Name = Free(parameter.Name, taken) })], returned);
    }

    protected Signature SignatureOf(SurfaceFunction function)
    {
        if (function is { Memory: { } memory, Core.NeedsMemory: true })
        {
            Refuse($"guests in {Language} export 'memory', and not '{memory}'", "name no other memory");
        }

        return SignatureOf(
            [.. function.Parameters],
            function.Result,
            function.Core,
            function.IsImport,
            Pascal(function.Member.Substring(function.Member.LastIndexOf('.') + 1)));
    }

    /// <summary>Whether addresses have 64 bits, which must be all or none.</summary>
    protected bool HasLongAddresses(bool canHave)
    {
        SurfaceFunction[] all = [.. Surface.Imports.SelectMany(static module => module.Functions)
            .Concat(Surface.Exports)
            .Where(static function => function.Core.NeedsMemory)];
        if (Array.Find(all, static function => function.IsLong) is not { } one)
        {
            return false;
        }

        Begin(one.Member);
        if (!canHave)
        {
            Refuse($"{Language} has no memories of 64 bits", "remove [Memory64] from the class");
        }
        else if (!Array.TrueForAll(all, static function => function.IsLong))
        {
            Refuse(
                "other functions are for memories of 32 bits",
                "name the classes of one kind of guest in the item's Classes");
        }

        return true;
    }

    /// <summary>The parameters of an allocator.</summary>
    protected Signature SignatureOf(AllocatorFunction function, bool frees) => new(
        [.. function.Arguments.Select(argument => new Variable(
            argument is "Address" or "OldAddress" ? PointerTo(null, isConst: false) : SizeType,
            ParameterName(char.ToLowerInvariant(argument[0]) + argument.Substring(1))))],
        frees ? null : PointerTo(null, isConst: false));

    /// <summary>A value in slots.</summary>
    protected IEnumerable<Variable> Slots(string name, Shape value, bool isConst)
    {
        return value switch
        {
            ScalarShape or RuneShape or EnumShape or ResourceShape =>
                [One(InMemory(value))],
            StringShape or WideTextShape or EncodedStringShape { Encoding: TextEncoding.Latin1 }
                or SpanShape { Element: null } => Address(Of(Scalar.U8)),
            EncodedStringShape { Encoding: TextEncoding.Utf16 } => Address(Of(Scalar.U16)),
            EncodedStringShape => [One(Character(isConst))],
            ListShape list => Address(InMemory(list.Element)),
            SpanShape span => Address(InMemory(span.Element!), span.IsWritable),
            MemoryShape memory => Address(InMemory(memory.Element), isWritable: true),
            WideListShape list => Address(InMemory(list.Element), list.IsWritable),
            MapShape map => Address(InMemory(map.Entry)),
            FixedListShape list => Enumerable.Range(0, list.Length)
                .SelectMany(i => Slots($"{name}_{i}", list.Element, isConst)),
            RecordShape record => record.Fields.Items.SelectMany(
                field => Slots($"{name}_{field.Name}", field.Value, isConst)),
            OptionShape option => Slots(name, option.Value, isConst).Prepend(Flag("is_some")),
            ResultShape result => Joined(
                value.Flat, Flag("is_error"), [("value", result.Value), ("error", result.Error)]),
            VariantShape variant => Joined(
                value.Flat,
                new Variable(Of(TagOf(variant)), Part(ParameterName(name), "case")),
                [.. variant.Cases.SelectMany(static one => one.Fields.Items.Select(field => (one.Name, field.Value)))]),
            CustomShape custom => Slots(name, custom.Crossing, isConst),
            PackedShape => [One(Of(Scalar.U64))],
            MultiValueShape several => Slots(name, several.Value, isConst),
            PointerShape pointer => [One(PointerTo(Pointee(pointer.Pointee), isConst: false))],
            WidePointerShape pointer => [One(PointerTo(Pointee(pointer.Pointee), isConst: false))],
            ReferenceShape reference => [One(PointerTo(InMemory(reference.Pointee), isConst: false))],
            AssemblyScriptShape script => [One(Script(script))],
            CallbackShape { Table: FunctionTable } callback => [One(Callback(callback))],
            CallbackShape { Table: not null } => [One(Of(Scalar.U32))],
            _ when value.Flat.Count == 1 => [One(Reference(value.Flat[0]) ?? RefuseReference(value.Flat[0]))],
            _ => [],
        };

        Variable One(string type) => new(type, ParameterName(name));

        Variable Flag(string part) => new(Of(Scalar.Bool), Part(ParameterName(name), part));

        Variable[] Address(string element, bool isWritable = false) =>
        [
            One(PointerTo(element, isConst && !isWritable)), new(SizeType, Part(ParameterName(name), "length")),
        ];

        // What slots mean depends on the case, unless only one has any.
        IEnumerable<Variable> Joined(
            EquatableArray<CoreType> flat, Variable tag, IReadOnlyList<(string Name, Shape Value)> payloads)
        {
            (string Name, Shape Value)[] present = [.. payloads.Where(static one => one.Value.Flat.Count > 0)];
            return (present.Length == 1
                ? Slots($"{name}_{present[0].Name}", present[0].Value, isConst)
                : flat.Skip(1).Select((type, i) => new Variable(
                    Of(Joint(type)), Part(ParameterName(name), $"payload{i}")))).Prepend(tag);
        }

        static Scalar Joint(CoreType type) => type switch
        {
            CoreType.I32 => Scalar.U32,
            CoreType.I64 => Scalar.U64,
            CoreType.F32 => Scalar.F32,
            _ => Scalar.F64,
        };
    }

    /// <summary>A text as an identifier in snake case: what is neither letter nor digit is <c>_</c>.</summary>
    protected static string Identifier(string text)
    {
        string snake = Names.Apply(NamingPolicy.SnakeCase, text);
        string[] words = new string([.. snake.Select(static c => char.IsLetterOrDigit(c) ? c : '_')])
            .Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        string name = string.Join("_", words);
        return name.Length == 0 ? "value" : char.IsDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>The name of a function among those of its module, as an identifier in snake case.</summary>
    protected static string FunctionName(string wasmName)
    {
        int end = wasmName.IndexOf(']');
        string rest = Identifier(wasmName.Substring(end + 1));
        return (end < 0 ? "" : wasmName.Substring(0, end + 1)) switch
        {
            "[constructor]" => rest + "_new",
            "[resource-drop]" => rest + "_drop",
            _ => rest,
        };
    }

    protected static string Pascal(string name) =>
        string.Concat(Identifier(name).Split(['_'], StringSplitOptions.RemoveEmptyEntries).Select(Capital));

    protected string Free(string name, HashSet<string> taken)
    {
        string free = name = Keywords.Contains(name) ? name + "_" : name;
        for (int i = 2; !taken.Add(free); i++)
        {
            free = name + i;
        }

        return free;
    }

    protected static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    /// <summary>An item of text below the one before, with an empty line between.</summary>
    protected static string Blocks(IEnumerable<string> blocks) =>
        string.Join("\n\n", blocks.Where(static block => block.Length > 0)) + "\n";

    private string Callback(CallbackShape callback)
    {
        (IEnumerable<(string, Shape)> values, Shape? result) = callback switch
        {
            HostCallbackShape host => (
                host.Thunk.Passed.Select(static one => (one.Name, one.Value!)), host.Thunk.Result),
            GuestCallbackShape guest => (
                guest.Stub.Parameters.Select(static one => (one.Name.TrimStart('@'), one.Value)), guest.Stub.Result),
            _ => throw new NotSupportedException(callback.GetType().Name),
        };
        string name = Simple(callback.Delegate);
        Signature signature =
            SignatureOf([.. values], result, callback.Core, callback is HostCallbackShape, name);
        return Named(name, type => FunctionPointer(type, signature));
    }

    private string RefuseReference(CoreType type) => type switch
    {
        CoreType.FuncRef => Refuse(
            $"{Language} has no references to functions", $"give the delegate a [TableIndex(\"{FunctionTable}\")]"),
        CoreType.ExternRef => Refuse(
            $"{Language} has no references to objects of the host", "pass a [WasmResource] instead"),
        _ => Refuse($"{Language} has no {type.Text()}", "pass numbers instead"),
    };
}
