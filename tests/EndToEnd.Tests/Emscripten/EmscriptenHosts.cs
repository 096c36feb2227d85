namespace WasmBindgen.EndToEnd.Tests.Emscripten;

/// <summary>What ends the guest's call below a <c>setjmp</c>.</summary>
public sealed class LongJump
{
    public static LongJump Instance { get; } = new();
}

/// <summary>What emscripten's glue in JavaScript does for a guest in C.</summary>
[WasmImport("env", Prefix = "emscripten_")]
public sealed partial class EmscriptenHost
{
    private const int PageSize = 65_536;

    private int _upperHalf;

    public List<long> Growths { get; } = [];

    [WasmName("_emscripten_throw_longjmp")]
    public Interrupt<LongJump> ThrowLongJump() => Interrupt.With(LongJump.Instance);

    public bool ResizeHeap(uint bytes, Memory memory)
    {
        Growths.Add(bytes);
        return bytes <= memory.Length || memory.TryGrow((bytes - memory.Length + PageSize - 1) / PageSize);
    }

    public uint MemcpyBig(uint to, uint from, int length, Memory memory)
    {
        memory.GetSpan(from, length).CopyTo(memory.GetSpan(to, length));
        return to; // which later versions do not want
    }

    /// <summary>In place of <c>ResizeHeap</c>, without glue.</summary>
    public void NotifyMemoryGrowth(int memory) => Growths.Add(memory);

    [WasmName("getTempRet0")]
    public int GetUpperHalf() => _upperHalf;

    [WasmName("setTempRet0")]
    public void SetUpperHalf(int value) => _upperHalf = value;
}

public sealed class CheckException(int value) : Exception($"{value} will not do")
{
    public int Value => value;
}

/// <summary>The guest's own import.</summary>
[WasmImport("env")]
public sealed partial class EmscriptenCheck
{
    public Func<int, int> Answer { get; set; } = static value => value;

    public Memory? Memory { get; private set; }

    /// <summary>A function pointer to it is in the guest's table, so that <c>invoke_*</c> may call it directly.</summary>
    [Interrupts<CheckException>]
    public int Check(int value, Memory memory)
    {
        Memory = memory;
        return Answer(value);
    }
}

[WasmExport]
public sealed partial class EmscriptenGuest
{
    public partial int IsReady();

    public partial int JumpFrom(int depth, int value);

    public partial int JumpOften(int count);

    public partial int JumpTwice(int value);

    public partial int Guarded(int function, int value);

    [WasmName("guarded")]
    [Timeout(50)]
    public partial GuestResult<int> TryGuarded(int function, int value);

    [WasmName("guarded")]
    public partial GuestResult<int> TryGuarded(int function, int value, CancellationToken token);

    public partial int Function(int which);

    public partial double SumOrNothing(int a, float b, double c);

    public partial GuestResult JumpOut();

    public partial int Fill(int size, int value);

    public partial int Copy(int size);

    [WasmName("stackSave")]
    public partial int StackTop();

    public partial Memory Memory { get; }
}

/// <summary>What the glue calls before anything else.</summary>
[WasmExport(Prefix = "__wasm_")]
public sealed partial class EmscriptenStart
{
    public partial void CallCtors();
}

/// <summary>The same host for a guest of which <c>-O3</c> has shortened the names; the glue tells them.</summary>
[WasmImport("a", Memory = "k")]
public sealed partial class MinifiedHost
{
    [WasmName("e")]
    public bool ResizeHeap(uint bytes, Memory memory) => new EmscriptenHost().ResizeHeap(bytes, memory);

    [WasmName("f")]
    public uint MemcpyBig(uint to, uint from, int length, Memory memory) =>
        new EmscriptenHost().MemcpyBig(to, from, length, memory);
}

[WasmExport(Memory = "k")]
public sealed partial class MinifiedGuest
{
    [WasmName("l")]
    public partial void CallCtors();

    [WasmName("m")]
    public partial int IsReady();

    [WasmName("u")]
    public partial int Fill(int size, int value);

    [WasmName("v")]
    public partial int Copy(int size);

    [WasmName("n")]
    public partial GuestResult<int> JumpFrom(int depth, int value);
}
