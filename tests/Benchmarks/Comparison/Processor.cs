using System.Diagnostics;
using System.Runtime.Versioning;

namespace WasmBindgen.Benchmarks;

/// <summary>Where the measuring runs.</summary>
internal static class Processor
{
    /// <summary>This thread, which measures, to the last processor that it may run on.</summary>
    [SupportedOSPlatform("linux")]
    internal static int PinThisThread()
    {
        using var self = Process.GetCurrentProcess();
        int cpu = 63 - (int)ulong.LeadingZeroCount((ulong)self.ProcessorAffinity);
        self.ProcessorAffinity = (nint)(1UL << cpu);
        return cpu;
    }
}
