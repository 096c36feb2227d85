using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <content>What guests built by emscripten import to catch errors.</content>
public sealed partial class Linker
{
    /// <summary>
    /// Defines the functions <c>env.invoke_*</c> that a module built by emscripten imports, for <c>setjmp</c> and C++
    /// exceptions, and this linker lacks. Each calls a function of the guest. If a host method ends that call with an
    /// error of one type, the guest goes on and finds out; anything else ends the guest as usual.
    /// </summary>
    /// <typeparam name="TError">
    /// What the host method <c>env._emscripten_throw_longjmp</c> throws as its declared interrupt, or returns as an
    /// <see cref="Interrupt{TError}"/>.
    /// </typeparam>
    /// <param name="module">The module. Others that import the same functions link too.</param>
    /// <returns>This linker.</returns>
    /// <exception cref="ArgumentException">The module belongs to another engine.</exception>
    /// <remarks>
    /// A module that imports them must export its table, and <c>setThrew</c>, <c>stackSave</c> and
    /// <c>stackRestore</c> or what later versions of emscripten have in their place. Otherwise it does not link.
    /// </remarks>
    public Linker DefineInvokes<TError>(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        ThrowIfForeign(module);
        Change(() => DefineFunctions(
            InvokeFunction.Module,
            [
                .. module.Imports.Where(InvokeFunction.Is).DistinctBy(static import => import.Name)
                    .Where(import => !_definitions.TryGetValue((import.Module, import.Name), out Definition present)
                        || present.IsTrap)
                    .Select(static import =>
                        new InvokeFunction<TError>(import.Name, (FunctionType)import.Type).HostFunction),
            ]));
        return this;
    }
}
