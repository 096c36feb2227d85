using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A core WebAssembly type, named as the runtime's <c>ValueKind</c> names it.</summary>
internal enum CoreType
{
    I32,
    I64,
    F32,
    F64,
    V128,
    FuncRef,
    ExternRef,
}

/// <summary>
/// How one C# type crosses between host and guest by the Canonical ABI. There is one record for each shape of value; what a
/// shape does at run time is in the runtime's <c>ICanonical</c> structs, or in one that the shape declares.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Shape">The <c>ICanonical</c> struct as generated code names it.</param>
internal abstract record Marshaller(string Type, string Shape)
{
    /// <summary>The core types that it is flattened to.</summary>
    internal abstract IReadOnlyList<CoreType> Flat { get; }

    /// <summary>Its size and alignment in memory.</summary>
    internal abstract Layout Layout { get; }

    /// <summary>Whether it lies in memory even where it is passed in slots.</summary>
    internal virtual bool NeedsMemory => Parts.Any(static part => part.NeedsMemory);

    /// <summary>Whether the guest must allocate for it.</summary>
    internal virtual bool NeedsAllocator => Parts.Any(static part => part.NeedsAllocator);

    /// <summary>Whether it can lie in memory with the other parameters, if they are more than slots.</summary>
    internal virtual bool CanSpill => true;

    /// <summary>Whether the store keeps something for it.</summary>
    internal virtual bool NeedsStore => Parts.Any(static part => part.NeedsStore);

    /// <summary>Whether the guest may hand over core values that are no value of the type.</summary>
    internal virtual bool CanFail => Parts.Any(static part => part.CanFail);

    /// <summary>Whether only what is obsolete itself may use the type, or a member of it.</summary>
    internal bool IsObsolete { get; init; }

    /// <summary>Whether a value lies in memory as the C# type does on a little-endian host, so that it can be shown where it lies.</summary>
    internal virtual bool IsBlittable => false;

    /// <summary>The argument for its alignment; empty when that is its size.</summary>
    internal string AlignmentArgument => Layout.Alignment == Layout.Size ? "" : $", {Layout.Alignment}";

    /// <summary>Whether it shows the guest's memory where that lies now.</summary>
    internal virtual bool IsView => false;

    /// <summary>What it is made of.</summary>
    internal virtual IEnumerable<Marshaller> Parts => [];

    /// <summary>What a thunk's local for it is declared as.</summary>
    internal virtual string Declaration => Type;

    /// <summary>What a thunk passes on.</summary>
    /// <param name="modifier">What the parameter wants before it: empty, or <c>in </c>, <c>ref </c>, <c>out </c>.</param>
    /// <param name="local">The local.</param>
    internal virtual string Argument(string modifier, string local) => modifier + local;

    /// <summary>The expression that reads a C# value from slots (core to C#).</summary>
    /// <param name="slots">The first slot's address.</param>
    /// <param name="name">The parameter or part that faults are blamed on.</param>
    internal virtual string Lift(string slots, string name) => CanFail
        ? $"memory.Lift<{Type}, {Shape}>({slots}, {SourceFile.Literal(name)})"
        : $"{Shape}.Lift({slots}, ref memory)";

    /// <summary>The expression that reads a C# value from memory (core to C#).</summary>
    internal virtual string Load(string address, string name) => CanFail
        ? $"memory.Load<{Type}, {Shape}>({address}, {SourceFile.Literal(name)})"
        : $"{Shape}.Load({address}, ref memory)";

    /// <summary>The statement that writes a C# value to slots (C# to core).</summary>
    internal virtual string Lower(string slots, string value, string name) => NeedsMemory
        ? $"memory.Lower<{Type}, {Shape}>({slots}, {value}, {SourceFile.Literal(name)});"
        : $"{Shape}.Lower({slots}, {value}, ref memory);";

    /// <summary>The statement that writes a C# value to memory (C# to core).</summary>
    internal virtual string Store(string address, string value, string name) => NeedsMemory
        ? $"memory.Store<{Type}, {Shape}>({address}, {value}, {SourceFile.Literal(name)});"
        : $"{Shape}.Store({address}, {value}, ref memory);";

    /// <summary>Writes the <c>ICanonical</c> struct, if the runtime does not have it.</summary>
    /// <returns>Whether it does not.</returns>
    internal virtual bool WriteShape(IndentedWriter writer) => false;
}

/// <summary>Size and alignment in memory, in bytes.</summary>
internal readonly record struct Layout(int Size, int Alignment)
{
    /// <summary>Of fields one after the other; also tells where each one lies.</summary>
    internal static Layout OfFields(IEnumerable<Marshaller> fields, List<int>? offsets = null)
    {
        int offset = 0;
        int alignment = 1;
        foreach (Marshaller field in fields)
        {
            offset = Align(offset, field.Layout.Alignment);
            offsets?.Add(offset);
            offset += field.Layout.Size;
            alignment = Math.Max(alignment, field.Layout.Alignment);
        }

        return new Layout(Align(offset, alignment), alignment);
    }

    /// <summary>Of the number of a case and the largest payload behind it; also tells where that lies.</summary>
    internal static Layout OfCases(int caseWidth, IEnumerable<Layout> payloads, out int payload)
    {
        Layout[] all = [.. payloads];
        int payloadAlignment = all.Select(static layout => layout.Alignment).DefaultIfEmpty(1).Max();
        int alignment = Math.Max(caseWidth, payloadAlignment);
        payload = Align(caseWidth, payloadAlignment);
        return new Layout(Align(payload + all.Select(static layout => layout.Size).DefaultIfEmpty().Max(), alignment), alignment);
    }

    /// <summary>The bytes that the number of a case takes.</summary>
    internal static int CaseWidth(int count) => count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4;

    /// <summary>The bytes that flags take.</summary>
    internal static int FlagsWidth(int count) => count <= 8 ? 1 : count <= 16 ? 2 : 4;

    /// <summary>The expression for a place behind another: slots, or with suffix <c>u</c> an address.</summary>
    internal static string Offset(string place, int offset, string suffix = "") => offset == 0 ? place : $"{place} + {offset}{suffix}";

    private static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;
}

/// <summary>The limits and rules of flattening.</summary>
internal static class Flattening
{
    /// <summary>A function whose parameters need more slots gets them in memory.</summary>
    internal const int MaxParameters = 16;

    /// <summary>The type whose slot holds either of two.</summary>
    internal static CoreType Join(CoreType left, CoreType right) =>
        left == right ? left
        : left is CoreType.I32 or CoreType.F32 && right is CoreType.I32 or CoreType.F32 ? CoreType.I32
        : CoreType.I64;

    /// <summary>The case's number, and slots that hold the payload of any case.</summary>
    internal static List<CoreType> OfCases(IEnumerable<IReadOnlyList<CoreType>> payloads)
    {
        var flat = new List<CoreType> { CoreType.I32 };
        foreach (IReadOnlyList<CoreType> payload in payloads)
        {
            for (int i = 0; i < payload.Count; i++)
            {
                if (i + 1 < flat.Count)
                {
                    flat[i + 1] = Join(flat[i + 1], payload[i]);
                }
                else
                {
                    flat.Add(payload[i]);
                }
            }
        }

        return flat;
    }
}
