using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Emission.SourceFile;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A <c>[WasmExport]</c> class's generated part: the constructor that checks everything, call stubs, property bodies.
/// </summary>
internal static class ExportEmitter
{
    /// <param name="model">The class.</param>
    /// <param name="fileName">The name of its file.</param>
    /// <param name="settings">What the project can compile.</param>
    internal static GeneratedSource Emit(ExportClass model, string fileName, ProjectSettings settings) =>
        SourceFile.Write(
            model.Type,
            fileName + ExportParser.FileSuffix,
            model.Contract is { } contract ? " : " + contract : "",
            writer => WriteMembers(writer, model, settings),
            isUnsafe: settings.CanCompile,
            Warnings(model));

    /// <summary>The warnings that generated code gets for the names of parameters.</summary>
    internal static string[] Warnings(ExportClass model) =>
        model.Functions.Concat(model.Parts.SelectMany(static part => part.Class.Functions)).Any(Renames)
            ? ["CS8826"]
            : [];

    /// <summary>All members of a class.</summary>
    internal static void WriteMembers(IndentedWriter writer, ExportClass model, ProjectSettings settings)
    {
        WriteError(writer, model.Error);
        if (!settings.CanCompile)
        {
            WriteNoBodies(writer, model, settings);
            return;
        }

        if (model.IsBound)
        {
            WriteFields(writer, model);
            WriteConstructor(writer, model);
            WriteOfficialConstructor(writer, model, settings);
        }

        foreach (RefusedMember member in model.Refused)
        {
            writer.WriteLine();
            writer.Write("// Refused: see the diagnostic at its declaration.");
            writer.Write(NeverCalled(member));
        }

        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.WriteLine();
            WriteStub(writer, model, function);
        }

        foreach (GuestProperty property in model.Properties)
        {
            writer.WriteLine();
            WriteProperty(writer, property);
        }

        ContractText.Write(writer, model.Forwards);
        WriteSlots(writer, model);
        WriteStructs(writer, ShapesOf(model), areNested: false);
        HandleEmitter.WriteDefinition(writer, model);
        foreach (ExportPart part in model.Parts)
        {
            writer.WriteLine();
            WritePart(writer, part);
        }
    }

    internal static IEnumerable<Shape> ShapesOf(ExportClass model) => model.Functions
        .Where(static function => !function.Core.IsPlain)
        .SelectMany(static function =>
            function.Parameters.Select(static parameter => parameter.Value).Append(function.Result))
        .OfType<Shape>();

    /// <summary>The property and class of an exported interface.</summary>
    private static void WritePart(IndentedWriter writer, ExportPart part)
    {
        ExportClass model = part.Class;
        writer.Write(
            $"""
            /// <summary>The guest's <c>{Xml(part.Interface)}</c>.</summary>
            {GeneratedAttributes}
            public {model.Type.Name} {part.Property} {"{ get; }"}

            /// <summary>What the guest exports as <c>{Xml(part.Interface)}</c>.</summary>
            """);
        string contract = model.Contract is { } name ? " : " + name : "";
        writer.Open($"public sealed partial class {model.Type.Name}{contract}");
        WriteFields(writer, model);
        writer.Write(GeneratedAttributes);
        writer.Open($"internal {model.Type.Name}({Services}::GuestExports exports)");
        WriteLookUps(writer, model);
        writer.Close();
        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.WriteLine();
            WriteStub(writer, model, function);
        }

        ContractText.Write(writer, model.Forwards);
        WriteSlots(writer, model);
        WriteStructs(writer, ShapesOf(model), areNested: false);
        writer.Close();
    }

    private static bool Renames(GuestFunctionStub function) => function.Parameters
        .Select(static parameter => parameter.Name)
        .Append(function.Token)
        .Any(name => name is not null && CanonicalStub.Local(name, function) != name);

    private static void WriteOfficialConstructor(IndentedWriter writer, ExportClass model, ProjectSettings settings)
    {
        if (settings.HasOfficialPackage)
        {
            OfficialPackageEmitter.WriteConstructor(writer, model.Type.Name);
        }
    }

    private static void WriteNoBodies(IndentedWriter writer, ExportClass model, ProjectSettings settings)
    {
        if (model.IsBound)
        {
            writer.Write(GeneratedAttributes);
            writer.Write($"{ConstructorDeclaration(model)}{NoBody}");
            WriteOfficialConstructor(writer, model, settings);
        }

        foreach (RefusedMember member in model.Refused)
        {
            writer.Write(NeverCalled(member));
        }

        foreach (GuestFunctionStub function in model.Functions)
        {
            WriteNoBody(writer, function);
        }

        foreach (ExportPart part in model.Parts)
        {
            writer.Write($"public {part.Class.Type.Name} {part.Property}{NoBody}");
            writer.Open($"public sealed partial class {part.Class.Type.Name}");
            foreach (GuestFunctionStub function in part.Class.Functions)
            {
                WriteNoBody(writer, function);
            }

            writer.Close();
        }

        foreach (GuestProperty property in model.Properties)
        {
            IEnumerable<string> accessors = new[] { property.Getter, property.Setter }.OfType<string>();
            writer.Write(NeverCalled(new RefusedMember(PropertyDeclaration(property), accessors.ToEquatableArray())));
        }
    }

    internal static void WriteNoBody(IndentedWriter writer, GuestFunctionStub function)
    {
        writer.Write($"{StubText.Declaration(function)}{NoBody}");
        if (function.Presence is { } presence)
        {
            writer.Write($"public bool {presence}{NoBody}");
        }
    }

    private static string NeverCalled(RefusedMember member) => member.Accessors.Count == 0
        ? member.Declaration + NoBody
        : $"{member.Declaration} {{ "
            + $"{string.Join(" ", member.Accessors.Select(static accessor => accessor + NoBody))} }}";

    private static string ConstructorDeclaration(ExportClass model) =>
        $"public {model.Type.Name}({PublicRuntime}.Instance instance){(model.HasBoundBase ? " : base(instance)" : "")}";

    private static string PropertyDeclaration(GuestProperty property) =>
        $"{property.Modifiers} {property.Value?.Type ?? $"{PublicRuntime}.{property.Item}"} {property.Property}";

    private static void WriteFields(IndentedWriter writer, ExportClass model)
    {
        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.Write(
                $"private readonly {Services}::{(function.Core.IsPlain ? "GuestFunction" : "CanonicalFunction")} "
                    + $"{function.Field};");
        }

        foreach (GuestProperty property in model.Properties)
        {
            string type = property.Item is null ? $"{Services}::GuestGlobal" : $"{Runtime}::{property.Item}";
            writer.Write($"private readonly {type} {property.Field};");
        }

        if (model.Functions.Count + model.Properties.Count > 0)
        {
            writer.WriteLine();
        }
    }

    private static void WriteConstructor(IndentedWriter writer, ExportClass model)
    {
        bool serves = ServesComponents(model);
        string[] source =
        [
            "instance",
            .. model.Allocation is { } allocation ? [AllocationText.Of(allocation)] : (string[])[],
            .. Memory(model.Memory),
        ];
        WriteConstructorDocumentation(writer, model, "an instance");
        writer.Write(GeneratedAttributes);
        if (serves)
        {
            WriteChain(writer, model, "Instance");
            WriteConstructorDocumentation(writer, model, "an instance of a component");
            writer.Write(GeneratedAttributes);
            WriteChain(writer, model, "ComponentInstance");
            writer.Write(GeneratedAttributes);
            writer.Open($"private {model.Type.Name}({Services}::GuestExports exports)");
        }
        else
        {
            writer.Open(ConstructorDeclaration(model));
            writer.Write(Enclose($"var exports = new {Services}::GuestExports(", source, ");"));
        }

        WriteLookUps(writer, model);
        foreach (ExportPart part in model.Parts)
        {
            writer.Write($"{part.Property} = new {part.Class.Type.Name}(exports);");
        }

        writer.Write($"exports.Complete({Literal(model.Type.DisplayName)}, this);");
        writer.Close();
    }

    /// <summary>
    /// Whether an instance of a component will do: it exports functions only, and says itself how values cross.
    /// </summary>
    internal static bool ServesComponents(ExportClass model) =>
        !model.HasBoundBase && model.Allocation is null && model.Memory is null && model.Properties.Count == 0;

    private static void WriteChain(IndentedWriter writer, ExportClass model, string instance)
    {
        writer.Write($"public {model.Type.Name}({PublicRuntime}.{instance} instance)");
        writer.Open($"    : this(new {Services}::GuestExports(instance))");
        writer.Close();
        writer.WriteLine();
    }

    private static void WriteConstructorDocumentation(IndentedWriter writer, ExportClass model, string of)
    {
        writer.Write(
            $"""
            /// <summary>Binds to the exports of {of}, and checks the type of each.</summary>
            /// <exception cref="{PublicRuntime}.LinkException">
            /// Exports are missing or of another type; all of them are listed.
            /// </exception>
            """);
        if (model.Guest is { } guest)
        {
            string allocator = model.Allocation is { Allocate.Name: var name }
                ? $" It allocates by <c>{Xml(name)}</c>."
                : "";
            writer.Write($"/// <remarks>The guest is <c>{Xml(guest.Name)}</c>.{allocator}</remarks>");
        }
    }

    private static void WriteLookUps(IndentedWriter writer, ExportClass model)
    {
        foreach (DeclaredResource handle in model.Handles)
        {
            string functions = $"{handle.Contract}.{HandleEmitter.Functions}";
            writer.Write($"exports.Add(new {functions}(exports, {Literal(handle.Module)}));");
        }

        foreach (GuestFunctionStub function in model.Functions)
        {
            IEnumerable<string> arguments =
            [
                Literal(function.WasmName),
                Literal(function.Method.TrimStart('@')),
                Signatures.Kinds(function.Core.Parameters),
                Signatures.Kinds(function.Core.Results),
                .. function.Core.IsPlain
                    ? (string[])[]
                    : [$"{Services}::GuestNeeds.{function.Core.Needs ?? "None"}", .. Memory(function.Memory)],
                .. function.Presence is null ? (string[])[] : ["isOptional: true"],
            ];
            writer.Write(Enclose($"{function.Field} = exports.Function(", arguments, ");"));
        }

        foreach (GuestProperty property in model.Properties)
        {
            string[] type = property.Value is not { } value ? [] :
            [
                $"{Runtime}::ValueKind.{value.Flat[0]}",
                $"isMutable: {(property.Setter is null ? "false" : "true")}",
            ];
            writer.Write(Enclose(
                $"{property.Field} = exports.{property.Item ?? "Global"}(",
                [Literal(property.WasmName), Literal(property.Property.TrimStart('@')), .. type],
                ");"));
        }
    }

    internal static void WriteStub(IndentedWriter writer, ExportClass model, GuestFunctionStub function)
    {
        if (function.Presence is { } presence)
        {
            string isThere = function.Core.IsPlain ? $"{function.Field}.IsPresent" : $"{function.Field} is not null";
            writer.Write(StubDocumentation.OfPresence(function));
            writer.Write(GeneratedAttributes);
            writer.Write($"public bool {presence} => {isThere};");
            writer.WriteLine();
        }

        writer.Write($"// {Comment(function.WasmName)}: {Signatures.Wat(function.Core)}");
        if (!function.IsDocumented)
        {
            StubDocumentation.Write(writer, function);
        }

        WriteName(writer, function.IsOfGuest && function.Docs is null, function.WasmName);
        WriteMarks(writer, function.Marks);
        writer.Open(StubText.Declaration(function));
        if (function.Presence is { } property)
        {
            writer.Open($"if (!{property})");
            writer.Write($"throw {Services}::GuestExports.Lacks({Literal(function.WasmName)});");
            writer.Close();
            writer.WriteLine();
        }

        if (function.IsAsync)
        {
            writer.Open($"return {function.Field}.RunAsync{StubText.TypeArgument(function)}(() =>");
        }

        if (function.Core.IsPlain)
        {
            PlainStub.Write(writer, model.SlotsName, function);
        }
        else
        {
            CanonicalStub.Write(writer, model.SlotsName, function);
        }

        if (function.IsAsync)
        {
            // A call that returns errors begins in spite of its token, or the task would be cancelled instead.
            writer.Close(
                function.Token is { } given && !function.ReturnsErrors
                    ? $", {CanonicalStub.Local(given, function)});"
                    : ");");
        }

        writer.Close();
    }

    /// <summary>
    /// Room for the slots of any call: not <c>stackalloc</c>, which keeps the JIT from inlining a stub into a loop.
    /// </summary>
    internal static void WriteSlots(IndentedWriter writer, ExportClass model)
    {
        int most = model.Functions.Select(static function => function.Core.SlotCount).DefaultIfEmpty().Max();
        if (most == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.Write(
            $"""
            {GeneratedAttributes}
            [global::System.Runtime.CompilerServices.InlineArray({most})]
            """);
        writer.Open($"private struct {model.SlotsName}");
        writer.Write($"private {Services}::Slot _first;");
        writer.Close();
    }

    private static void WriteProperty(IndentedWriter writer, GuestProperty property)
    {
        if (property.IsOfGuest)
        {
            writer.Write($"/// <summary>The guest's <c>{Xml(property.WasmName)}</c>.</summary>");
        }

        WriteName(writer, property.IsOfGuest, property.WasmName);
        WriteMarks(writer, property.Marks | Marks.StackTraceHidden); // which no property can have
        writer.Open(PropertyDeclaration(property));
        if (property.Value is not { } shape)
        {
            writer.Write($"{property.Getter} => {property.Field};");
            writer.Close();
            return;
        }

        if (property.Getter is { } getter)
        {
            WriteAccessor(writer, getter, Read(property, shape));
        }

        if (property.Setter is { } setter)
        {
            WriteAccessor(writer, setter, Write(property, shape));
        }

        writer.Close();
    }

    /// <summary>The name of a member that only the guest has, for those who read or search the code.</summary>
    private static void WriteName(IndentedWriter writer, bool isOfGuest, string name)
    {
        if (isOfGuest)
        {
            writer.Write($"[{PublicRuntime}.WasmName({Literal(name)})]");
        }
    }

    private static void WriteAccessor(IndentedWriter writer, string accessor, string body)
    {
        writer.Open(accessor);
        writer.Write(body);
        writer.Close();
    }

    private static string Read(GuestProperty property, Shape shape) => shape is ExternRefShape reference
        ? $"return {property.Field}.Read{(reference.IsNullable ? "" : "Present")}Object<{reference.Object}>();"
        : $"""
            {Services}::Slot slot = {property.Field}.Read();
            return {SlotMarshaller.Of((SlotShape)shape).LiftSlot("slot", property.Field, "value")};
            """;

    private static string Write(GuestProperty property, Shape shape) => shape is ExternRefShape reference
        ? $"{property.Field}.WriteObject({(reference.IsNullable ? "value" : NotNull("value"))});"
        : $"""
            {Services}::Slot slot = default;
            {SlotMarshaller.Of((SlotShape)shape).LowerSlot("slot", "value", "value")}
            {property.Field}.Write(slot);
            """;

    private static string NotNull(string value) =>
        $"{value} ?? throw new global::System.ArgumentNullException(nameof({value}))";
}
