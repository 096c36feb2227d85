namespace WasmBindgen.Components.Format;

/// <summary>What an index refers to.</summary>
internal enum Sort
{
    CoreModule,
    Function,
    Value,
    Type,
    Component,
    Instance,
    CoreFunction,
    CoreTable,
    CoreMemory,
    CoreGlobal,
    CoreTag,
    CoreType,
    CoreInstance,
}

/// <summary>The kinds of value types.</summary>
internal enum TypeKind
{
    Primitive,
    Record,
    Variant,
    List,
    FixedList,
    Map,
    Tuple,
    Flags,
    Enum,
    Option,
    Result,
    Own,
    Borrow,
    Stream,
    Future,
    Resource,
}

/// <summary>The name of an import or export.</summary>
/// <param name="Text">The name.</param>
/// <param name="Implements">The interface that a plainly named instance has; null if it is not said.</param>
internal sealed record ExternName(string Text, string? Implements);

/// <summary>A value type where one is used.</summary>
/// <param name="Primitive">The name of a primitive type, or null.</param>
/// <param name="Index">The index of another type.</param>
internal sealed record TypeReference(string? Primitive, uint Index);

/// <summary>A field, case or parameter, or a part without a name.</summary>
internal readonly record struct Member(string Name, TypeReference? Type);

/// <summary>An item of a sort by its index.</summary>
internal readonly record struct ItemReference(string Name, Sort Sort, uint Index);

/// <summary>The type of an import or export.</summary>
/// <param name="Sort">What it is.</param>
/// <param name="Index">The index of its type; of a type, that which it equals.</param>
/// <param name="IsNewResource">Whether it is a type that equals no other.</param>
internal sealed record ExternDeclaration(Sort Sort, uint Index, bool IsNewResource = false);

/// <summary>A definition of a component, or a declaration of the type of a component or instance.</summary>
internal abstract record Definition
{
    /// <summary>Where in the file it begins; zero within a type.</summary>
    internal long Offset { get; set; }
}

/// <param name="Start">Where the module begins in the file.</param>
/// <param name="Length">Its length, in bytes.</param>
internal sealed record ModuleDefinition(long Start, long Length) : Definition;

/// <summary>A core type, of which nothing needs to be known.</summary>
internal sealed record CoreTypeDefinition : Definition;

/// <param name="Module">The module.</param>
/// <param name="Arguments">For each import module, the instance that has its items.</param>
internal sealed record CoreInstantiation(uint Module, ItemReference[] Arguments) : Definition;

internal sealed record CoreInstanceOfExports(ItemReference[] Exports) : Definition;

internal sealed record CoreExportAlias(Sort Sort, uint Instance, string Name) : Definition;

internal sealed record ComponentDefinition(IReadOnlyList<Definition> Body) : Definition;

internal sealed record ComponentInstantiation(uint Component, ItemReference[] Arguments) : Definition;

internal sealed record InstanceOfExports(ItemReference[] Exports) : Definition;

internal sealed record ExportAlias(Sort Sort, uint Instance, string Name) : Definition;

internal sealed record OuterAlias(Sort Sort, uint Count, uint Index) : Definition;

internal sealed record ValueTypeDefinition(TypeKind Kind, Member[] Members, uint Length = 0) : Definition;

/// <param name="Destructor">The core function that destroys one; null for none.</param>
/// <param name="IsWide">Whether the guest knows one by an i64.</param>
internal sealed record ResourceDefinition(uint? Destructor, bool IsWide) : Definition;

internal sealed record FunctionTypeDefinition(Member[] Parameters, TypeReference? Result, bool IsAsync) : Definition;

internal sealed record ComponentTypeDefinition(IReadOnlyList<Definition> Body) : Definition;

internal sealed record InstanceTypeDefinition(IReadOnlyList<Definition> Body) : Definition;

/// <summary>How texts are encoded in a guest's memory (Canonical ABI, string encodings).</summary>
internal enum StringEncoding
{
    Utf8,
    Utf16,

    /// <summary>Latin-1 where that suffices, and otherwise UTF-16.</summary>
    Latin1OrUtf16,
}

/// <summary>What a canonical definition says of how values cross.</summary>
/// <param name="Encoding">How texts are encoded.</param>
/// <param name="Memory">The memory that values lie in; null for none.</param>
/// <param name="Realloc">What allocates there; null for nothing.</param>
/// <param name="PostReturn">What frees a result; null for nothing.</param>
/// <param name="Unsupported">An option that is not supported here; null if there is none.</param>
internal sealed record CanonicalOptions(
    StringEncoding Encoding, uint? Memory, uint? Realloc, uint? PostReturn, string? Unsupported);

internal sealed record LiftDefinition(uint Function, CanonicalOptions Options, uint Type) : Definition;

internal sealed record LowerDefinition(uint Function, CanonicalOptions Options) : Definition;

/// <summary>What a guest does with handles.</summary>
internal enum HandleOperation
{
    New,
    Drop,
    Represent,
}

internal sealed record HandleDefinition(HandleOperation Operation, uint Resource) : Definition;

/// <summary>A function of the host that is not supported here.</summary>
/// <param name="Name">Its name in the text format.</param>
internal sealed record UnsupportedDefinition(string Name) : Definition;

/// <summary>A start function, with values, which is not supported here.</summary>
internal sealed record StartDefinition : Definition;

internal sealed record Import(ExternName Name, ExternDeclaration Type) : Definition;

/// <param name="Name">Its name.</param>
/// <param name="Item">What is exported; null in a type, which only declares it.</param>
/// <param name="Type">Its type; null if it is that of the item.</param>
internal sealed record Export(ExternName Name, ItemReference? Item, ExternDeclaration? Type) : Definition;
