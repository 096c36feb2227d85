using System.Diagnostics;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>A guest's call of a WASI function.</summary>
/// <param name="function">The function.</param>
/// <param name="store">The guest's store, which is entered.</param>
/// <param name="caller">The engine's caller.</param>
/// <param name="slots">The arguments.</param>
[StackTraceHidden]
internal readonly unsafe struct WasiCall(WasiFunction function, Store store, nint caller, Slot* slots)
{
    // Neither a host method nor the engine checks limits while it goes through vectors.
    private const uint MaxVectors = 1024;

    /// <summary>
    /// What one call reads or writes at most, in bytes. Guests then ask for the rest, as for any file.
    /// </summary>
    internal const int Piece = 1 << 20;

    /// <summary>The longest path in bytes. Systems have lower limits.</summary>
    internal const int MaxPath = 1 << 16;

    internal WasiFunction Function => function;

    internal Store Store => store;

    internal StoreWasi Wasi => store.Wasi;

    internal nint Caller => caller;

    private Memory Memory => store.Callers.Memory(caller);

    internal int Signed(int slot) => slots[slot].S32;

    internal uint Number(int slot) => slots[slot].U32;

    internal ulong Wide(int slot) => slots[slot].U64;

    /// <summary>Calls the function of a file or directory: of one in memory, or otherwise the engine's.</summary>
    /// <returns>The errno.</returns>
    /// <exception cref="GuestMemoryException">An address is outside the guest's memory, or not aligned.</exception>
    internal int CallFile()
    {
        int errno = Check();
        if (errno != WasiErrno.Success)
        {
            return errno;
        }

        if (function.InMemory is not { } implementation
            || Wasi.Descriptors[Number(function.DescriptorSlot)] is not WasiOpenNode open)
        {
            return Wasi.Engine.Call(this);
        }

        lock (open.Tree)
        {
            return implementation(this, open);
        }
    }

    /// <summary>The value of a <see cref="WasiParameterKind.Number"/>.</summary>
    internal ulong NumberOf(WasiParameter parameter, int slot) =>
        parameter.Slots[0] == ValueKind.I64 ? Wide(slot) : Number(slot);

    /// <summary>A part of the guest's memory, or its first 2 GiB.</summary>
    /// <exception cref="GuestMemoryException">It is outside, or the address is not aligned.</exception>
    internal Span<byte> Part(string parameter, long address, long length, int alignment = 1)
    {
        if (length == 0)
        {
            return [];
        }

        try
        {
            Memory memory = Memory;
            if (address + length > memory.Length)
            {
                throw GuestMemoryException.OutOfBounds(address, length, (ulong)memory.Length);
            }

            return address % alignment == 0
                ? memory.GetSpan(address, (int)Math.Min(length, int.MaxValue))
                : throw GuestMemoryException.Misaligned(address, length, alignment);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(parameter))
        {
            throw;
        }
    }

    /// <summary>Writes a result.</summary>
    /// <exception cref="GuestMemoryException">The address is outside, or not aligned.</exception>
    internal void Write<T>(string parameter, int slot, T value)
        where T : unmanaged =>
        MemoryMarshal.Write(Part(parameter, Number(slot), sizeof(T), sizeof(T)), in value);

    /// <summary>
    /// The parts of the guest's memory that vectors refer to; together at most a <see cref="Piece"/>.
    /// </summary>
    /// <param name="parameter">The parameter of the vectors.</param>
    /// <param name="slot">The slot of their address; the next one is of their number.</param>
    /// <exception cref="GuestMemoryException">A vector, or what it refers to, is outside.</exception>
    internal List<(uint Address, int Length)> Vectors(string parameter, int slot)
    {
        uint count = Math.Min(Number(slot + 1), MaxVectors);
        ReadOnlySpan<uint> vectors = MemoryMarshal.Cast<byte, uint>(Part(parameter, Number(slot), count * 8, 4));
        var parts = new List<(uint Address, int Length)>((int)count);
        int rest = Piece;
        for (int i = 0; i < count && rest > 0; i++)
        {
            (uint address, uint length) = (vectors[2 * i], vectors[(2 * i) + 1]);
            Part(parameter, address, length);
            int part = (int)Math.Min(length, rest);
            parts.Add((address, part));
            rest -= part;
        }

        return parts;
    }

    /// <summary>Checks numbers, and the addresses of all but vectors, before anything is done.</summary>
    private int Check()
    {
        int slot = 0;
        foreach (WasiParameter parameter in function.Arguments)
        {
            switch (parameter.Kind)
            {
                case WasiParameterKind.Number when NumberOf(parameter, slot) > parameter.Most:
                    return WasiErrno.Invalid;
                case WasiParameterKind.Result:
                    Part(parameter.Name, Number(slot), parameter.Size, parameter.Alignment);
                    break;
                case WasiParameterKind.Path or WasiParameterKind.Buffer:
                    int length = Part(parameter.Name, Number(slot), Number(slot + 1)).Length;
                    if (length > MaxPath && parameter.Kind == WasiParameterKind.Path)
                    {
                        return WasiErrno.NameTooLong;
                    }

                    if (length > Piece && parameter.MustBeWhole)
                    {
                        return WasiErrno.Invalid;
                    }

                    break;
            }

            slot += parameter.Slots.Length;
        }

        return WasiErrno.Success;
    }
}
