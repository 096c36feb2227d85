using System.Runtime.InteropServices;

namespace WasmBindgen.Loading;

/// <summary>Keeps the engine's signal handlers from harming the host's own faults.</summary>
/// <remarks>
/// The engine handles SIGFPE, a guest's integer division by zero, on the signal stack, and passes other faults on to
/// the CLR. The CLR expects SIGFPE on the thread's own stack (for SIGSEGV it switches stacks itself). It would handle
/// the exception on the signal stack, and leave a record there. If the signal stack is above the thread's stack, the
/// record is never removed, and later garbage collections miss live frames: stale references, then crashes, far from
/// the division. So the engine's handler is moved to the thread's own stack, where a guest that divides has room for
/// it.
/// </remarks>
internal static unsafe partial class HostSignals
{
    private const int SigFpe = 8;
    private const int OnSignalStack = 0x0800_0000;

    private static readonly object Gate = new();
    private static volatile bool s_done;

    /// <summary>
    /// Must be called after the creation of the process's first engine, which installs the handlers for good.
    /// </summary>
    internal static void Mend()
    {
        // Elsewhere integer division raises no signal (arm64), or the engine catches it by other means (Windows,
        // macOS).
        if (s_done || !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        lock (Gate)
        {
            SignalAction action;
            if (sigaction(SigFpe, null, &action) == 0 && (action.Flags & OnSignalStack) != 0)
            {
                action.Flags &= ~OnSignalStack;
                _ = sigaction(SigFpe, &action, null);
            }

            s_done = true;
        }
    }

    [LibraryImport("libc")]
    private static partial int sigaction(int signal, SignalAction* action, SignalAction* previous);

    /// <summary><c>struct sigaction</c> of x86-64, the same in glibc and musl.</summary>
    private struct SignalAction
    {
        internal nint Handler;
        internal fixed ulong Mask[16];
        internal int Flags;
        internal nint Restorer;
    }
}
