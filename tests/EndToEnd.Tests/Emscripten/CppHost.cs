namespace WasmBindgen.EndToEnd.Tests.Emscripten;

/// <summary>An exception of C++ on its way.</summary>
/// <param name="Address">The thrown object.</param>
/// <param name="Type">The address of its <c>std::type_info</c>.</param>
public sealed record CppThrow(uint Address, uint Type);

/// <summary>What a guest in C++ exports for its exceptions.</summary>
[WasmExport]
public sealed partial class CppExports
{
    public partial uint Malloc(uint size);

    public partial void Free(uint address);

    [WasmName("__cxa_can_catch")]
    public partial bool CanCatch(uint type, uint thrown, uint address);

    [WasmName("__cxa_is_pointer_type")]
    public partial bool IsPointer(uint type);
}

/// <summary>
/// What emscripten 3.1.6 leaves of exceptions to its glue: which are on their way, which handler takes them, and how
/// long they live. Other versions leave more or less of it.
/// </summary>
[WasmImport("env", Prefix = "__cxa_")]
public sealed partial class CppHost
{
    // Before a thrown object lies the address that its handler sees, which the guest computes.
    private const uint Header = 16;

    private readonly Dictionary<uint, Thrown> _alive = [];
    private readonly Stack<uint> _handled = new();
    private uint _last;
    private uint _type;

    /// <summary>The number of exceptions that the guest has not freed.</summary>
    public int Count => _alive.Count;

    public uint AllocateException(uint size, CppExports guest) => checked(guest.Malloc(checked(size + Header)) + Header);

    public void FreeException(uint exception, CppExports guest) => guest.Free(checked(exception - Header));

    public Interrupt<CppThrow> Throw(uint exception, uint type, [TableIndex] Func<uint, uint>? destructor)
    {
        _alive[exception] = new Thrown(type, destructor);
        return Unwind(exception);
    }

    public Interrupt<CppThrow> Rethrow()
    {
        uint exception = _handled.TryPeek(out uint handled) ? handled : throw Bad("no exception is handled");
        Find(exception).IsRethrown = true;
        return Unwind(exception);
    }

    [WasmName("__resumeException")]
    public Interrupt<CppThrow> Resume(uint exception) => Unwind(_last == 0 ? exception : _last);

    [WasmName("__cxa_find_matching_catch_2")]
    public uint FindHandler(CppExports guest, Memory memory) => FindHandler([], guest, memory);

    [WasmName("__cxa_find_matching_catch_3")]
    public uint FindHandler(uint type, CppExports guest, Memory memory) => FindHandler([type], guest, memory);

    [WasmName("__cxa_find_matching_catch_4")]
    public uint FindHandler(uint type1, uint type2, CppExports guest, Memory memory) =>
        FindHandler([type1, type2], guest, memory);

    [WasmName("__cxa_find_matching_catch_5")]
    public uint FindHandler(uint type1, uint type2, uint type3, CppExports guest, Memory memory) =>
        FindHandler([type1, type2, type3], guest, memory);

    public uint BeginCatch(uint exception, CppExports guest, Memory memory)
    {
        Thrown thrown = Find(exception);
        thrown.IsRethrown = false;
        thrown.Handlers++;
        _handled.Push(exception);
        return memory.Read<uint>(guest.IsPointer(thrown.Type) ? exception : exception - Header);
    }

    public void EndCatch(CppExports guest)
    {
        uint exception = _handled.TryPop(out uint handled) ? handled : throw Bad("no exception is handled");
        Thrown thrown = Find(exception);
        if (--thrown.Handlers == 0 && !thrown.IsRethrown)
        {
            thrown.Destructor?.Invoke(exception);
            FreeException(exception, guest);
            _alive.Remove(exception);
        }

        _last = 0;
    }

    [WasmName("llvm_eh_typeid_for")]
    public uint TypeId(uint type) => type;

    /// <summary>The type that the handler found is for.</summary>
    [WasmName("getTempRet0")]
    public uint HandledType() => _type;

    private uint FindHandler(ReadOnlySpan<uint> types, CppExports guest, Memory memory)
    {
        if (_last == 0)
        {
            _type = 0;
            return 0;
        }

        _type = Find(_last).Type;
        uint address = _last - Header;
        memory.Write(address, _last);
        foreach (uint type in types)
        {
            const uint All = 0;
            if (type == All || type == _type)
            {
                break;
            }

            if (guest.CanCatch(type, _type, address))
            {
                _type = type;
                break;
            }
        }

        return _last;
    }

    private Interrupt<CppThrow> Unwind(uint exception)
    {
        _last = exception;
        return Interrupt.With(new CppThrow(exception, Find(exception).Type));
    }

    private Thrown Find(uint exception) =>
        _alive.TryGetValue(exception, out Thrown? thrown) ? thrown : throw Bad($"0x{exception:x} is no exception");

    private static GuestMemoryException Bad(string what) => GuestMemoryException.InvalidValue(what + ".");

    /// <param name="Type">Its type.</param>
    /// <param name="Destructor">What ends the object; null for nothing.</param>
    private sealed record Thrown(uint Type, Func<uint, uint>? Destructor)
    {
        internal int Handlers { get; set; }

        internal bool IsRethrown { get; set; }
    }
}
