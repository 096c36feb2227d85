namespace WasmBindgen;

/// <summary>
/// A host class whose methods satisfy the imports of a guest. The generator implements it for every class with
/// <see cref="WasmImportAttribute"/>; do not implement it by hand.
/// </summary>
public interface IWasmImports
{
    /// <summary>Defines the class's functions for a <see cref="Linker.DefinePerStore{T}"/>.</summary>
    static abstract void AddPerStoreTo(Linker linker);

    /// <summary>Defines the functions of this object; <see cref="Linker.Define(IWasmImports)"/> calls it.</summary>
    void AddTo(Linker linker);
}
