namespace WasmBindgen;

/// <summary>Where an exception stands on its way out of guests and host methods.</summary>
internal enum Journey : byte
{
    /// <summary>It comes from further in, or was told before.</summary>
    GoesOn,

    /// <summary>It leaves the host method that threw it.</summary>
    Begins,

    /// <summary>The same, and the method declares it as an interrupt.</summary>
    BeginsAsInterrupt,
}
