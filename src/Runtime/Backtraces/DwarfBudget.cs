namespace WasmBindgen;

/// <summary>
/// What may be read for one backtrace: a guest provides the debug information, and may make it endless.
/// </summary>
/// <param name="steps">
/// The number of instructions of line programs, and of entries and their parts in the tables of files.
/// </param>
internal sealed class DwarfBudget(int steps)
{
    // A fraction of a second.
    internal const int Most = 1 << 25;

    private int _rest = steps;

    /// <summary>Takes a step.</summary>
    /// <exception cref="InvalidDataException">There are none left.</exception>
    internal void Spend()
    {
        if (--_rest < 0)
        {
            throw new InvalidDataException();
        }
    }
}
