using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using WasmBindgen.Loading;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Bindings for the objects of the official package Wasmtime (assembly <c>Wasmtime.Dotnet</c>). This assembly does not
/// reference it, so the objects are passed as <see cref="object"/>. All knowledge of that package's private members is
/// here. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class OfficialPackage
{
    /// <summary>Why a call of such a store cannot be stopped.</summary>
    internal const string NeedsInterruption =
        "A call with a cancellation token or a timeout needs an engine with `new Config().WithEpochInterruption(true)` "
        + "and an earlier `store.AllowInterruption(engine)`.";

    /// <summary>Why such a store's fuel cannot be counted.</summary>
    internal const string NeedsFuel = "Fuel needs an engine with `new Config().WithFuelConsumption(true)`.";

    private static readonly object Gate = new();
    private static volatile Members? s_members;

    /// <summary>Defines host functions in a <c>Wasmtime.Linker</c>.</summary>
    /// <exception cref="LinkException">
    /// A function of that name is defined already, and <c>AllowShadowing</c> is off.
    /// </exception>
    public static void Define(object linker, Action<Linker> addTo)
    {
        ArgumentNullException.ThrowIfNull(linker);
        ArgumentNullException.ThrowIfNull(addTo);
        var handle = (SafeHandle)Find().LinkerHandle.GetValue(linker)!;
        bool isHeld = false;
        handle.DangerousAddRef(ref isHeld);
        try
        {
            using var borrowed = new Linker(handle.DangerousGetHandle(), isBorrowed: true);
            addTo(borrowed);
        }
        catch (WasmException exception) when (exception is not LinkException)
        {
            throw new LinkException(exception.Message, []);
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    /// <summary>
    /// Defines host functions in a <c>Wasmtime.Linker</c>, for which each store has its own host object.
    /// </summary>
    /// <exception cref="LinkException">
    /// A function of that name is defined already, and <c>AllowShadowing</c> is off.
    /// </exception>
    public static void DefinePerStore<T>(object linker)
        where T : class, IWasmImports => Define(linker, T.AddPerStoreTo);

    /// <summary>A <c>Wasmtime.Store</c> as a store of this library.</summary>
    public static Store Store(object store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return WasmBindgen.Store.Adopt(store);
    }

    /// <summary>A <c>Wasmtime.Instance</c> as an instance of this library.</summary>
    public static Instance Instance(object instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Members members = Find();
        object native = members.NativeInstance.GetValue(instance)!;
        var exported = new wasmtime_instance_t
        {
            store_id = (ulong)members.InstanceStoreId.GetValue(native)!,
            index = (nuint)members.InstanceIndex.GetValue(native)!,
        };
        return new Instance(Store(members.InstanceStore.GetValue(instance)!), exported, linkage: null);
    }

    /// <summary>
    /// Lets tokens and timeouts stop the guests of a <c>Wasmtime.Store</c>, which does not reveal its engine.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine's guests cannot be stopped.</exception>
    /// <exception cref="ArgumentException">The store belongs to another engine.</exception>
    public static void AllowInterruption(object store, object engine)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(engine);
        var handle = (SafeHandle)Find().EngineHandle.GetValue(engine)!;
        Store(store).AllowInterruption(Engine.Adopt(engine, handle));
    }

    /// <summary>The native store of a <c>Wasmtime.Store</c>.</summary>
    internal static SafeHandle HandleOf(object store) => (SafeHandle)Find().StoreHandle.GetValue(store)!;

    /// <summary>Whether an exception is the package's own, for a failed call into a guest.</summary>
    internal static bool IsItsException(Exception exception) => Find().Exception.IsInstanceOfType(exception);

    /// <summary>Sets the <c>InnerException</c> of the next exception that the package creates on this thread.</summary>
    internal static void SetCause(Exception cause) => Find().Cause.SetValue(null, cause);

    /// <summary>Takes the cause of the next exception; null if it was taken before.</summary>
    internal static Exception? TakeCause()
    {
        FieldInfo field = Find().Cause;
        var cause = (Exception?)field.GetValue(null);
        if (cause is not null)
        {
            field.SetValue(null, null);
        }

        return cause;
    }

    private static Members Find()
    {
        if (s_members is { } known)
        {
            return known;
        }

        lock (Gate)
        {
            if (s_members is null)
            {
                EngineLibrary.EnsureLoaded();
                HostSignals.Mend(); // the package has created an engine, and ours may never be
                var members = new Members();
                ThrowIfOtherLibrary(members.Exception.Assembly);
                s_members = members;
            }

            return s_members;
        }
    }

    /// <summary>Objects of one native library must not reach another one, even of the same version.</summary>
    private static void ThrowIfOtherLibrary(Assembly package)
    {
        nint library = NativeLibrary.Load(NativeMethods.Library, package, null);
        bool isSame = library == EngineLibrary.Handle; // the system loads a file once
        NativeLibrary.Free(library);
        if (!isSame)
        {
            throw new InvalidOperationException(
                $"""
                WasmBindgen and the package Wasmtime have loaded different native libraries, and cannot share objects.
                Unset {EngineLibrary.PathVariable}, and make sure that there is only one copy of the library.
                """);
        }
    }

    /// <summary>The members, each looked up by constant names, which trimming and NativeAOT understand.</summary>
    private sealed class Members
    {
        private const string Of = ", Wasmtime.Dotnet";
        private const BindingFlags OfObject = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        private const BindingFlags OfType = BindingFlags.Static | BindingFlags.NonPublic;

        internal Type Exception { get; } =
            Type.GetType("Wasmtime.WasmtimeException" + Of) ?? throw Unknown("WasmtimeException");

        internal FieldInfo Cause { get; } = Checked<Exception>(
            Type.GetType("Wasmtime.Function" + Of)?.GetField("CallbackErrorCause", OfType),
            "Function.CallbackErrorCause");

        internal FieldInfo EngineHandle { get; } = Checked<SafeHandle>(
            Type.GetType("Wasmtime.Engine" + Of)?.GetField("handle", OfObject), "Engine.handle");

        internal FieldInfo LinkerHandle { get; } = Checked<SafeHandle>(
            Type.GetType("Wasmtime.Linker" + Of)?.GetField("handle", OfObject), "Linker.handle");

        internal FieldInfo StoreHandle { get; } = Checked<SafeHandle>(
            Type.GetType("Wasmtime.Store" + Of)?.GetField("handle", OfObject), "Store.handle");

        internal FieldInfo InstanceStore { get; } = Checked<IDisposable>(
            Type.GetType("Wasmtime.Instance" + Of)?.GetField("_store", OfObject), "Instance._store");

        internal FieldInfo NativeInstance { get; } = Checked<ValueType>(
            Type.GetType("Wasmtime.Instance" + Of)?.GetField("instance", OfObject), "Instance.instance");

        internal FieldInfo InstanceStoreId { get; } = Checked<ulong>(
            Type.GetType("Wasmtime.ExternInstance" + Of)?.GetField("store", OfObject), "ExternInstance.store");

        internal FieldInfo InstanceIndex { get; } = Checked<nuint>(
            Type.GetType("Wasmtime.ExternInstance" + Of)?.GetField("__private", OfObject), "ExternInstance.__private");

        private static FieldInfo Checked<T>(FieldInfo? field, string name) =>
            field is not null && field.FieldType.IsAssignableTo(typeof(T)) ? field : throw Unknown(name);

        private static NotSupportedException Unknown(string name) => new(
            $"""
            This version of the package Wasmtime has no `{name}` as in version {EngineGeneration.Major}, which
            WasmBindgen needs to reach its objects. Use version {EngineGeneration.Major} of the package.
            """);
    }
}
