// What the compiler asks for and netstandard2.0 does not have.
namespace System
{
    /// <summary>Lets ranges compile.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;

        public static implicit operator Index(int value) => new(value);
    }

    /// <summary>Lets ranges compile.</summary>
    internal readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;

        public Index End { get; } = end;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Lets records and init-only properties compile.</summary>
    internal static class IsExternalInit;
}
