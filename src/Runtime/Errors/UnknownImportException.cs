using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// The guest called a function that it imports and nothing defines; see
/// <see cref="Linker.DefineUnknownImportsAsTraps(Module)"/>.
/// </summary>
public sealed class UnknownImportException : TrapException
{
    internal UnknownImportException(UnknownImport import)
        : base(
            TrapCode.UnknownImport,
            $"The guest called `{Printable.Name($"{import.Module}.{import.Name}")}`, which it imports and nothing "
                + "defines.")
    {
        Module = import.Module;
        Name = import.Name;
    }

    /// <summary>The import module of the function.</summary>
    public string Module { get; }

    /// <summary>The function's name in that module.</summary>
    public string Name { get; }
}
