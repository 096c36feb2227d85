using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using WasmBindgen.Loading;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Bindings for the objects of the official package Wasmtime (assembly <c>Wasmtime.Dotnet</c>), which this assembly
/// does not reference: they come as <see cref="object"/>. Whatever is known of that package's private members is known
/// here. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class OfficialPackage
{
    /// <summary>Why a call of such a store cannot be stopped.</summary>
    internal const string NeedsInterruption =
        "A call with a cancellation token or a timeout needs an engine made with `new Config().WithEpochInterruption(true)`, "
        + "and `store.AllowInterruption(engine)` before it.";

    /// <summary>Why its fuel cannot be counted.</summary>
    internal const string NeedsFuel = "Fuel needs an engine made with `new Config().WithFuelConsumption(true)`.";

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

    /// <summary>Defines host functions in a <c>Wasmtime.Linker</c> of which each store has its own object.</summary>
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
        return new Instance(Store(members.InstanceStore.GetValue(instance)!), exported, moduleName: null);
    }

    /// <summary>
    /// Lets tokens and timeouts stop the guests of a <c>Wasmtime.Store</c>, which does not tell its engine.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine's guests cannot be stopped.</exception>
    /// <exception cref="ArgumentException">The store is of another engine.</exception>
    public static void AllowInterruption(object store, object engine)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(engine);
        var handle = (SafeHandle)Find().EngineHandle.GetValue(engine)!;
        Store(store).AllowInterruption(Engine.Adopt(engine, handle));
    }

    /// <summary>The native store of a <c>Wasmtime.Store</c>.</summary>
    internal static SafeHandle HandleOf(object store) => (SafeHandle)Find().StoreHandle.GetValue(store)!;

    /// <summary>Whether an exception is the package's own, for a call into a guest that failed.</summary>
    internal static bool IsItsException(Exception exception) => Find().Exception.IsInstanceOfType(exception);

    /// <summary>
    /// Says what the package is to give as <c>InnerException</c> of the exception that it makes next on this thread.
    /// </summary>
    internal static void SetCause(Exception cause) => Find().Cause.SetValue(null, cause);

    /// <summary>What the next exception would get, unless somebody took it before.</summary>
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
                HostSignals.Mend(); // there is an engine already, and none of ours may ever be made
                var members = new Members();
                ThrowIfOtherLibrary(members.Exception.Assembly);
                s_members = members;
            }

            return s_members;
        }
    }

    /// <summary>Nothing of one library may reach another, even of the same version.</summary>
    private static void ThrowIfOtherLibrary(Assembly package)
    {
        nint library = NativeLibrary.Load(NativeMethods.Library, package, null);
        bool isSame = library == EngineLibrary.Handle; // the system loads a file once
        NativeLibrary.Free(library);
        if (!isSame)
        {
            throw new InvalidOperationException(
                $"""
                WasmBindgen and package Wasmtime have loaded different native libraries, and cannot work on the same objects.
                Unset {EngineLibrary.PathVariable}, and see that there is one copy of the library.
                """);
        }
    }

    /// <summary>The members, each looked up by constants, as trimming and NativeAOT understand it.</summary>
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
            The package Wasmtime that is used here has no `{name}` of the kind that its version {EngineGeneration.Major} has, by which
            WasmBindgen reaches its objects. Use version {EngineGeneration.Major} of the package.
            """);
    }
}
