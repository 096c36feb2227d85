namespace WasmBindgen.Build.Components;

/// <summary>What an index refers to. Of what is core only modules matter: no type of a component has others.</summary>
internal enum Sort
{
    CoreModule,
    Function,
    Value,
    Type,
    Component,
    Instance,
    OtherCore,
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
internal sealed record ExternType(Sort Sort, uint Index, bool IsNewResource = false);

/// <summary>A definition of a component, or a declaration of the type of a component or instance.</summary>
internal abstract record Definition
{
    /// <summary>Where in the file it begins; zero within a type.</summary>
    internal long Offset { get; set; }
}

internal sealed record ModuleDefinition : Definition;

internal sealed record ComponentDefinition(IReadOnlyList<Definition> Body) : Definition;

internal sealed record ComponentInstantiation(uint Component, ItemReference[] Arguments) : Definition;

internal sealed record InstanceOfExports(ItemReference[] Exports) : Definition;

internal sealed record ExportAlias(Sort Sort, uint Instance, string Name) : Definition;

internal sealed record OuterAlias(Sort Sort, uint Count, uint Index) : Definition;

internal sealed record ValueTypeDefinition(TypeKind Kind, Member[] Members, uint Length = 0) : Definition;

internal sealed record FunctionTypeDefinition(Member[] Parameters, TypeReference? Result, bool IsAsync) : Definition;

internal sealed record ComponentTypeDefinition(IReadOnlyList<Definition> Body) : Definition;

internal sealed record InstanceTypeDefinition(IReadOnlyList<Definition> Body) : Definition;

internal sealed record LiftedFunction(uint Type) : Definition;

internal sealed record Import(ExternName Name, ExternType Type) : Definition;

/// <param name="Name">Its name.</param>
/// <param name="Item">What is exported; null in a type, which only declares it.</param>
/// <param name="Type">Its type; null if it is that of the item.</param>
internal sealed record Export(ExternName Name, ItemReference? Item, ExternType? Type) : Definition;
