using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Emission.SourceFile;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>The class for objects of a guest's resource: a handle, with a stub for each method.</summary>
internal static class HandleEmitter
{
    /// <summary>The nested class of an instance's functions; no name in WIT begins like it.</summary>
    internal const string Functions = "__GuestFunctions";

    private const string Slots = "__Slots";
    private const string Hidden =
        "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <param name="space">The package.</param>
    /// <param name="handle">The resource.</param>
    /// <param name="fileName">The name of the package's file.</param>
    /// <param name="settings">What the project can compile.</param>
    internal static GeneratedSource Emit(
        DeclaredNamespace space, HandleClass handle, string fileName, ProjectSettings settings)
    {
        string accessibility = handle.IsPublic ?? space.IsPublic ? "public" : "internal";
        var type = new TypeDeclaration(
            space.Name, default, $"partial class {handle.Name}", handle.Name, handle.FullName, handle.Name)
        {
            Warnings = (IsDeprecated(space) ? new[] { WitDocumentation.DeprecatedId } : []).ToEquatableArray(),
        };
        var documentation = new IndentedWriter();
        WitDocumentation.Write(documentation, handle.Docs);
        type = type with
        {
            Attributes = documentation.ToString().TrimEnd('\n').Split('\n')
                .Concat([Generated.Code, Generated.NotCovered])
                .ToEquatableArray(),
            Declaration = $"{accessibility} sealed unsafe partial class {handle.Name}",
        };
        return SourceFile.Write(
            type,
            $"{fileName}.{handle.Name}.Wit.g.cs",
            $" : global::System.IDisposable, {Services}::IGuestResource",
            writer =>
            {
                if (settings.CanCompile)
                {
                    WriteMembers(writer, handle);
                }
                else
                {
                    WriteNoBodies(writer, handle);
                }
            },
            isUnsafe: false);
    }

    /// <summary>The functions that guests import for resources of their own, which are no host's.</summary>
    internal static void WriteDefinition(IndentedWriter writer, ExportClass model)
    {
        DeclaredResource[] handles = HandlesOf(model);
        if (handles.Length == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.Write(
            $"""
            /// <summary>
            /// Defines what guests import for resources of their own. It must be done before a guest is instantiated.
            /// </summary>
            /// <returns>The linker.</returns>
            {GeneratedAttributes}
            """);
        writer.Open($"public static {PublicRuntime}.Linker DefineResources({PublicRuntime}.Linker linker)");
        foreach (DeclaredResource handle in handles)
        {
            writer.Write(Enclose(
                $"{Services}::GuestResourceType.Define(",
                [
                    "linker", Literal(handle.Module), Literal(handle.Name),
                    $"static resource => new {handle.Contract}(resource)",
                ],
                ");"));
        }

        writer.Write("return linker;");
        writer.Close();
    }

    private static bool IsDeprecated(DeclaredNamespace space) => space.Types.Select(static type => type.Docs)
        .Concat(space.Contracts.Select(static contract => contract.Docs))
        .Concat(space.Handles.SelectMany(static handle =>
            handle.Methods.Select(static method => method.Docs).Prepend(handle.Docs)))
        .Any(static docs => docs.Deprecated is not null);

    /// <summary>The resources of all that a class shows.</summary>
    internal static DeclaredResource[] HandlesOf(ExportClass model) =>
        [.. model.Handles.Concat(model.Parts.SelectMany(static part => part.Class.Handles))];

    private static void WriteMembers(IndentedWriter writer, HandleClass handle)
    {
        ExportClass model = Model(handle);
        writer.Write(
            $"""
            private readonly {Services}::GuestResource __resource;

            /// <summary>Shows an object of a guest's. Only generated code calls it.</summary>
            {Hidden}
            public {handle.Name}({Services}::GuestResource resource) => __resource = resource;

            /// <summary>
            /// Whether it cannot be used any more: it was disposed, given back to the guest, or its store has ended.
            /// </summary>
            public bool IsDisposed => __resource.IsDisposed;

            {Services}::GuestResource {Services}::IGuestResource.Resource => __resource;

            private {Functions} {WitExports.Functions} => __resource.Functions<{Functions}>();
            """);
        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.WriteLine();
            ExportEmitter.WriteStub(writer, model, function);
        }

        writer.WriteLine();
        writer.Write(
            $"""
            /// <summary>
            /// Ends it: the guest's destructor runs. What is not disposed goes with its store, without the destructor.
            /// </summary>
            /// <exception cref="global::System.InvalidOperationException">A running call uses it.</exception>
            public void Dispose() => __resource.Dispose<{Functions}>();

            /// <summary>The functions of one instance. Only generated code uses it.</summary>
            {Hidden}
            """);
        writer.Open($"public sealed class {Functions} : {Services}::GuestResourceFunctions");
        writer.Write(
            $"""
            /// <summary>Looks the functions up.</summary>
            public {Functions}({Services}::GuestExports exports, string name)
            """);
        writer.Open($"    : base(exports, name + {Literal($"#[dtor]{handle.Resource}")})");
        foreach (GuestFunctionStub function in model.Functions)
        {
            string[] arguments =
            [
                $"name + {Literal("#" + function.WasmName)}",
                Literal(function.Method.TrimStart('@')),
                Signatures.Kinds(function.Core.Parameters),
                Signatures.Kinds(function.Core.Results),
                $"{Services}::GuestNeeds.{function.Core.Needs ?? "None"}",
                .. function.Presence is null ? (string[])[] : ["isOptional: true"],
            ];
            writer.Write(Enclose($"{function.Method} = exports.Function(", arguments, ");"));
        }

        writer.Close();
        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.WriteLine();
            writer.Write($"internal {Services}::CanonicalFunction {function.Method} {{ get; }}");
        }

        writer.Close();
        ExportEmitter.WriteSlots(writer, model);
        WriteStructs(writer, ExportEmitter.ShapesOf(model), areNested: false);
    }

    /// <summary>Members that do nothing, for a project that cannot compile others.</summary>
    private static void WriteNoBodies(IndentedWriter writer, HandleClass handle)
    {
        writer.Write(
            $"""
            public {handle.Name}({Services}::GuestResource resource){NoBody}
            public bool IsDisposed{NoBody}
            {Services}::GuestResource {Services}::IGuestResource.Resource{NoBody}
            public void Dispose(){NoBody}
            """);
        foreach (GuestFunctionStub function in Model(handle).Functions)
        {
            ExportEmitter.WriteNoBody(writer, function);
        }
    }

    private static ExportClass Model(HandleClass handle) => new(
        new TypeDeclaration("", default, "", handle.Name, handle.FullName, handle.Name),
        HasBoundBase: false,
        Slots,
        Allocation: null,
        Memory: null,
        WitExports.OfHandle(handle),
        default,
        default,
        IsBound: true,
        Guest: null);
}
