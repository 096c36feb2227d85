namespace WasmBindgen.Generator.Marshalling;

/// <summary>A core WebAssembly type, named as the runtime's <c>ValueKind</c> names it.</summary>
internal enum CoreType
{
    I32,
    I64,
    F32,
    F64,
}

/// <summary>How one C# type crosses between the host and a slot. There is one record for each shape of value.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Core">The core type that the guest sees.</param>
internal abstract record Marshaller(string Type, CoreType Core)
{
    /// <summary>Whether a guest can hand over a value that the type does not have, for which <see cref="Lift"/> then throws.</summary>
    internal virtual bool CanFail => false;

    /// <summary>The expression that reads a C# value from <paramref name="slot"/> (core to C#).</summary>
    /// <param name="slot">The slot, as an expression without side effects.</param>
    /// <param name="faults">What makes the exceptions for bad values: <c>HostCall</c>, or the function or global of a guest.</param>
    /// <param name="name">The parameter that a bad value is blamed on.</param>
    internal abstract string Lift(string slot, string faults, string name);

    /// <summary>The statement that writes a C# value to <paramref name="slot"/> (C# to core).</summary>
    internal abstract string Lower(string slot, string value);
}
