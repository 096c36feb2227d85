namespace WasmBindgen;

/// <summary>How far an exception is on its way out of guests and host methods.</summary>
internal enum Journey : byte
{
    /// <summary>It comes from an inner call, or was reported before.</summary>
    GoesOn,

    /// <summary>It leaves the host method that threw it.</summary>
    Begins,

    /// <summary>As before, and the method declares it as an interrupt.</summary>
    BeginsAsInterrupt,
}
