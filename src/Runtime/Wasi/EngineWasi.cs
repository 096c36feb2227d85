using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// The engine's own WASI for one store, called by our functions of the same name. The engine uses the memory that the
/// calling instance exports as <c>memory</c>, and a host function has no instance. So the call goes through a small
/// instance with a memory of its own, the window, to and from which arguments and results are copied.
/// </summary>
/// <remarks>
/// So the engine sees no address of the guest, the guest's memory may have any name, and no call moves much data. Only
/// <c>fd_readdir</c> may take long: the engine reads the whole directory each time.
/// </remarks>
internal sealed unsafe class EngineWasi
{
    private const int MaxSlots = 9;
    private const int PageSize = 65536;

    // Two paths, or a path and a buffer, and some results.
    private const int WindowPages = ((WasiCall.MaxPath + WasiCall.Piece) / PageSize) + 2;

    private readonly Instance _instance;
    private readonly Memory _window;
    private readonly Dictionary<WasiFunction, GuestFunction> _functions = []; // those that were called

    private EngineWasi(Instance instance)
    {
        _instance = instance;
        _window = instance.GetMemory("memory")!;
    }

    /// <summary>Closes a descriptor of the engine.</summary>
    internal void Close(uint descriptor)
    {
        Slot slot = default;
        slot.U32 = descriptor;
        Function(WasiFunction.Close).Call(&slot, 1);
    }

    /// <summary>Calls a function for a guest, whose arguments were checked.</summary>
    /// <returns>The errno.</returns>
    /// <exception cref="GuestMemoryException">A vector, or what it refers to, is outside the memory.</exception>
    internal int Call(WasiCall call)
    {
        Slot* slots = stackalloc Slot[MaxSlots];
        int errno = CopyArguments(call, slots, out int used);
        if (errno != WasiErrno.Success)
        {
            return errno;
        }

        // A call changes its slots.
        Slot* places = stackalloc Slot[MaxSlots];
        new ReadOnlySpan<Slot>(slots, MaxSlots).CopyTo(new Span<Slot>(places, MaxSlots));
        // The errno needs a slot too, also that of sched_yield, or the engine ends the process.
        Function(call.Function).Call(slots, (nuint)Math.Max(used, 1));
        errno = slots[0].S32;
        if (errno == WasiErrno.Success)
        {
            CopyResults(call, places);
        }

        return errno;
    }

    private GuestFunction Function(WasiFunction function)
    {
        if (!_functions.TryGetValue(function, out GuestFunction known))
        {
            var exports = new GuestExports(_instance);
            known = exports.Function(function.Name, function.Name, function.Parameters, function.Results);
            exports.Complete(nameof(EngineWasi), this);
            _functions.Add(function, known);
        }

        return known;
    }

    /// <summary>Copies what a call reads to the window. Descriptors become the engine's.</summary>
    /// <returns>The errno.</returns>
    private int CopyArguments(WasiCall call, Slot* slots, out int used)
    {
        Span<byte> window = _window.GetSpan();
        int place = 0;
        used = 0;
        foreach (WasiParameter parameter in call.Function.Arguments)
        {
            string name = parameter.Name;
            int slot = used;
            used += parameter.Slots.Length;
            if (parameter.Kind == WasiParameterKind.Number)
            {
                slots[slot].U64 = call.NumberOf(parameter, slot);
                if (parameter.IsDescriptor)
                {
                    switch (call.Wasi.Descriptors[call.Number(slot)])
                    {
                        case WasiEngineDescriptor descriptor:
                            slots[slot].U32 = descriptor.Number;
                            break;
                        case WasiOpenNode { Node: WasiFolder }: // the second one of the call
                            return WasiErrno.OtherDevice;
                        default:
                            return WasiErrno.BadDescriptor;
                    }
                }

                continue;
            }

            slots[slot].S32 = place;
            switch (parameter.Kind)
            {
                case WasiParameterKind.Result:
                    place += parameter.Size;
                    break;

                case WasiParameterKind.Path:
                    Span<byte> path = call.Part(name, call.Number(slot), call.Number(slot + 1));
                    path.CopyTo(window[place..]);
                    slots[slot + 1].S32 = path.Length;
                    place += path.Length;
                    break;

                case WasiParameterKind.Buffer:
                    // Only a part of it may be written, and all of it is copied back.
                    Span<byte> buffer = call.Part(name, call.Number(slot), call.Number(slot + 1));
                    buffer = buffer[..Math.Min(buffer.Length, WasiCall.Piece)];
                    buffer.CopyTo(window[place..]);
                    slots[slot + 1].S32 = buffer.Length;
                    place += buffer.Length;
                    break;

                default:
                    int length = 0;
                    foreach ((uint address, int size) in call.Vectors(name, slot))
                    {
                        if (parameter.Kind == WasiParameterKind.WriteVectors)
                        {
                            call.Part(name, address, size).CopyTo(window[(place + 8 + length)..]);
                        }

                        length += size;
                    }

                    BinaryPrimitives.WriteInt32LittleEndian(window[place..], place + 8);
                    BinaryPrimitives.WriteInt32LittleEndian(window[(place + 4)..], length);
                    slots[slot + 1].S32 = 1;
                    place += 8 + length;
                    break;
            }

            place = (place + 7) & ~7;
        }

        return WasiErrno.Success;
    }

    /// <summary>Copies what a call wrote from the window. A descriptor of the engine gets a number of ours.</summary>
    private void CopyResults(WasiCall call, Slot* places)
    {
        ReadOnlySpan<byte> window = _window.GetSpan();
        int slot = 0;
        foreach (WasiParameter parameter in call.Function.Arguments)
        {
            string name = parameter.Name;
            int place = places[slot].S32;
            switch (parameter.Kind)
            {
                case WasiParameterKind.Result when parameter.IsDescriptor:
                    uint opened = BinaryPrimitives.ReadUInt32LittleEndian(window[place..]);
                    call.Write(name, slot, call.Wasi.Descriptors.Add(new WasiEngineDescriptor(opened)));
                    break;

                case WasiParameterKind.Result:
                    window.Slice(place, parameter.Size).CopyTo(call.Part(name, call.Number(slot), parameter.Size));
                    break;

                case WasiParameterKind.Buffer:
                    int length = places[slot + 1].S32;
                    window.Slice(place, length).CopyTo(call.Part(name, call.Number(slot), length));
                    break;

                case WasiParameterKind.ReadVectors:
                    // The first result is the number of bytes.
                    int rest = BinaryPrimitives.ReadInt32LittleEndian(window[FirstResult(call.Function, places)..]);
                    ReadOnlySpan<byte> bytes = window.Slice(place + 8, rest);
                    foreach ((uint address, int size) in call.Vectors(name, slot))
                    {
                        int part = Math.Min(size, bytes.Length);
                        bytes[..part].CopyTo(call.Part(name, address, part));
                        bytes = bytes[part..];
                    }

                    break;
            }

            slot += parameter.Slots.Length;
        }
    }

    private static int FirstResult(WasiFunction function, Slot* places)
    {
        int slot = function.Arguments
            .TakeWhile(static parameter => parameter.Kind != WasiParameterKind.Result)
            .Sum(static parameter => parameter.Slots.Length);
        return places[slot].S32;
    }

    /// <summary>Shared by all stores of an engine. Created early, while the engine is certain to exist.</summary>
    [SuppressMessage(
        "Design", "CA1001", Justification = "It lives as long as any store may need it.")]
    internal sealed class Template
    {
        private readonly InstancePre _instance;

        internal Template(Engine engine)
        {
            using var linker = new Linker(engine);
            linker.DefineEngineWasi();
            Module module = Module.FromText(engine, "wasi", $"""
                (module
                  {string.Concat(WasiFunction.All.Select(Import))}
                  (memory (export "memory") {WindowPages})
                  {string.Concat(WasiFunction.All.Select(Export))})
                """);
            _instance = linker.InstantiatePre(module);
        }

        internal EngineWasi For(Store store) => new(_instance.InstantiateOwn(store, memories: 1));

        private static string Import(WasiFunction function) => $"""
              (type ${function.Name} ({new FunctionType([.. function.Parameters], [.. function.Results])}))
              (import "{WasiFunction.Module}" "{function.Name}" (func ${function.Name} (type ${function.Name})))

            """;

        private static string Export(WasiFunction function)
        {
            IEnumerable<string> arguments = function.Parameters.Select(static (_, index) => $"(local.get {index})");
            return $"""
                  (func (export "{function.Name}") (type ${function.Name})
                    (call ${function.Name} {string.Join(' ', arguments)}))

                """;
        }
    }
}
