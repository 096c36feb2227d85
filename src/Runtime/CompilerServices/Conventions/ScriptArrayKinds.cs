using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>A <see cref="ScriptArrayKind"/> as generated code names it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IScriptArrayKind
{
    /// <summary>How AssemblyScript's table of classes marks it; 0 for a class with a number of its own.</summary>
    static abstract uint Type { get; }

    /// <summary>What AssemblyScript calls it.</summary>
    static abstract string Name { get; }
}

/// <inheritdoc cref="ScriptArrayKind.Array"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScriptArray : IScriptArrayKind
{
    /// <inheritdoc/>
    public static uint Type => AssemblyScriptClass.Array;

    /// <inheritdoc/>
    public static string Name => "Array";
}

/// <inheritdoc cref="ScriptArrayKind.StaticArray"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScriptStaticArray : IScriptArrayKind
{
    /// <inheritdoc/>
    public static uint Type => AssemblyScriptClass.StaticArray;

    /// <inheritdoc/>
    public static string Name => "StaticArray";
}

/// <inheritdoc cref="ScriptArrayKind.TypedArray"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScriptTypedArray : IScriptArrayKind
{
    /// <inheritdoc/>
    public static uint Type => AssemblyScriptClass.TypedArray;

    /// <inheritdoc/>
    public static string Name => "typed array";
}

/// <inheritdoc cref="ScriptArrayKind.ArrayBuffer"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScriptArrayBuffer : IScriptArrayKind
{
    /// <inheritdoc/>
    public static uint Type => 0;

    /// <inheritdoc/>
    public static string Name => "ArrayBuffer";
}
