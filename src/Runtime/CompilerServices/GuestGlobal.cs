using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>An exported global whose type has been checked. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct GuestGlobal
{
    private readonly Global _global;
    private readonly string _name;

    internal GuestGlobal(Global global, string name)
    {
        _global = global;
        _name = name;
    }

    /// <summary>Reads it.</summary>
    public Slot Read() => _global.Read();

    /// <summary>Writes it.</summary>
    public void Write(Slot slot) => _global.Write(slot);

    /// <summary>Reads an externref.</summary>
    /// <exception cref="GuestMemoryException">
    /// It is an object of another type, or a value of the guest's own.
    /// </exception>
    public T? ReadObject<T>()
        where T : class
    {
        try
        {
            return References.As<T>(_global.Value.AsObject());
        }
        catch (GuestMemoryException fault)
        {
            throw Fault(fault);
        }
    }

    /// <summary>Reads an externref that must not be null.</summary>
    /// <exception cref="GuestMemoryException">As for <see cref="ReadObject{T}"/>, or it is null.</exception>
    public T ReadPresentObject<T>()
        where T : class => ReadObject<T>() ?? throw Fault(References.IsNull());

    /// <summary>Writes an externref.</summary>
    public void WriteObject(object? value) => _global.Value = WasmValue.FromObject(value);

    /// <summary>The fault of a value that is not a member of its enum.</summary>
    public GuestMemoryException InvalidDiscriminant(string parameter, string type, long value) =>
        Fault(GuestMemoryException.InvalidDiscriminant(parameter, type, value));

    /// <summary>The fault of a value that is not a Unicode scalar value.</summary>
    public GuestMemoryException InvalidChar(string parameter, uint value) =>
        Fault(GuestMemoryException.InvalidChar(parameter, value));

    private GuestMemoryException Fault(GuestMemoryException fault)
    {
        fault.Function = _name;
        return fault;
    }
}
