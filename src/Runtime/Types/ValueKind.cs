namespace WasmBindgen;

/// <summary>The kinds of WebAssembly value types (core specification, section 2.3).</summary>
public enum ValueKind : byte
{
    /// <summary>32-bit integer.</summary>
    I32,

    /// <summary>64-bit integer.</summary>
    I64,

    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>64-bit float.</summary>
    F64,

    /// <summary>128-bit vector.</summary>
    V128,

    /// <summary>Reference to a function.</summary>
    FuncRef,

    /// <summary>Reference to a host object.</summary>
    ExternRef,

    /// <summary>Reference to any value of the guest's own heap.</summary>
    AnyRef,

    /// <summary>Reference to an exception.</summary>
    ExnRef,

    /// <summary>Reference that can be compared.</summary>
    EqRef,

    /// <summary>Integer of 31 bits in the form of a reference.</summary>
    I31Ref,

    /// <summary>Reference to a struct of any type.</summary>
    StructRef,

    /// <summary>Reference to an array of any type.</summary>
    ArrayRef,

    /// <summary>Null as an <see cref="AnyRef"/>.</summary>
    NullRef,

    /// <summary>Null as a <see cref="FuncRef"/>.</summary>
    NullFuncRef,

    /// <summary>Null as an <see cref="ExternRef"/>.</summary>
    NullExternRef,

    /// <summary>Null as an <see cref="ExnRef"/>.</summary>
    NullExnRef,

    /// <summary>Reference to a function of a type that the module defines.</summary>
    TypedFuncRef,

    /// <summary>Reference to a struct of a type that the module defines.</summary>
    TypedStructRef,

    /// <summary>Reference to an array of a type that the module defines.</summary>
    TypedArrayRef,

    /// <summary>Reference to an exception of a type that the module defines.</summary>
    TypedExnRef,
}
