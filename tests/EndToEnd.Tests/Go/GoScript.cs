using System.Runtime.InteropServices;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>What the package <c>syscall/js</c> asks of its host.</summary>
[WasmImport("go", Prefix = "syscall/js.", Naming = Naming.CamelCase, Memory = "mem")]
public sealed partial class GoScript
{
    private readonly GoReferences _references = new();

    public GoReferences References => _references;

    public void FinalizeRef(GuestPointer<long> frame) => _references.Release(frame[1]);

    public void StringVal(GuestPointer<long> frame) => frame[3] = _references.Add(frame.Text(1));

    public void ValueGet(GuestPointer<long> frame) => frame[4] = _references.Add(Object(frame[1])[frame.Text(2)]);

    public void ValueSet(GuestPointer<long> frame) => Object(frame[1])[frame.Text(2)] = _references[frame[4]];

    public void ValueDelete(GuestPointer<long> frame) => Object(frame[1])[frame.Text(2)] = Undefined.Value;

    public void ValueIndex(GuestPointer<long> frame) => frame[3] = _references.Add(Object(frame[1])[frame[2]]);

    public void ValueSetIndex(GuestPointer<long> frame) => Object(frame[1])[frame[2]] = _references[frame[3]];

    public void ValueCall(GuestPointer<long> frame, GoGuest guest)
    {
        ScriptObject target = Object(frame[1]);
        string name = frame.Text(2);
        object?[] arguments = Values(frame, 4);
        Call(() => Function(target[name])(target, arguments), frame.Memory, guest, result: 7);
    }

    public void ValueInvoke(GuestPointer<long> frame, GoGuest guest)
    {
        ScriptFunction function = Function(_references[frame[1]]);
        object?[] arguments = Values(frame, 2);
        Call(() => function(null, arguments), frame.Memory, guest, result: 5);
    }

    public void ValueNew(GuestPointer<long> frame, GoGuest guest)
    {
        Func<object?[], object?> create = Object(frame[1]).Create ?? throw Bad("not a class");
        object?[] arguments = Values(frame, 2);
        Call(() => create(arguments), frame.Memory, guest, result: 5);
    }

    public void ValueLength(GuestPointer<long> frame) => frame[2] = Object(frame[1]).Length;

    public void ValuePrepareString(GuestPointer<long> frame)
    {
        byte[] text = Encoding.UTF8.GetBytes(_references[frame[1]]?.ToString() ?? "null");
        frame[2] = _references.Add(new ScriptBytes(text));
        frame[3] = text.Length;
    }

    public void ValueLoadString(GuestPointer<long> frame) => Bytes(frame[1]).CopyTo(frame.Slice(2));

    public void ValueInstanceOf(GuestPointer<long> frame) =>
        frame.Set(3, Object(frame[2]).Class?.IsInstanceOfType(_references[frame[1]]) == true);

    public void CopyBytesToGo(GuestPointer<long> frame)
    {
        frame[5] = Copy(Bytes(frame[4]), frame.Slice(1));
        frame.Set(6, true);
    }

    public void CopyBytesToJS(GuestPointer<long> frame)
    {
        frame[5] = Copy(frame.Slice(2), Bytes(frame[1]));
        frame.Set(6, true);
    }

    /// <summary>
    /// Calls a function of the host. If that calls the guest, its runtime may move the stack that the result goes to.
    /// </summary>
    private void Call(Func<object?> function, Memory memory, GoGuest guest, int result)
    {
        (object? Value, bool IsOk) outcome;
        try
        {
            outcome = (function(), true);
        }
        catch (ScriptException exception)
        {
            outcome = (new ScriptObject { ["message"] = exception.Message }, false);
        }

        var frame = new GuestPointer<long>(memory, (uint)guest.StackPointer());
        frame[result] = _references.Add(outcome.Value);
        frame.Set(result + 1, outcome.IsOk);
    }

    private ScriptObject Object(long reference) =>
        _references[reference] as ScriptObject ?? throw Bad("not an object");

    private Span<byte> Bytes(long reference) =>
        (_references[reference] as ScriptBytes ?? throw Bad("not a Uint8Array")).Data;

    private object?[] Values(GuestPointer<long> frame, int slot)
    {
        long length = frame[slot + 1];
        Span<byte> slice = frame.Memory.Slice(frame[slot], length > int.MaxValue ? length : length * sizeof(long));
        ReadOnlySpan<long> references = MemoryMarshal.Cast<byte, long>(slice);
        var values = new object?[references.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _references[references[i]];
        }

        return values;
    }

    private static ScriptFunction Function(object? value) =>
        (value as ScriptObject)?.Call ?? throw new ScriptException("not a function");

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int length = Math.Min(from.Length, to.Length);
        from[..length].CopyTo(to);
        return length;
    }

    private static GuestMemoryException Bad(string what) => GuestMemoryException.InvalidValue($"The value is {what}.");
}
