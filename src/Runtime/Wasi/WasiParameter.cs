using System.Collections.Frozen;

namespace WasmBindgen.Wasi;

/// <summary>A parameter of a WASI function.</summary>
internal sealed class WasiParameter
{
    // The enums and flags, with the largest valid number.
    private static readonly FrozenDictionary<string, ulong> s_numbers = new Dictionary<string, ulong>
    {
        ["advice"] = 5,
        ["whence"] = 2,
        ["signal"] = 30,
        ["lookupflags"] = 0b1,
        ["oflags"] = 0b1111,
        ["fdflags"] = 0b11111,
        ["fstflags"] = 0b1111,
        ["riflags"] = 0b11,
        ["siflags"] = 0,
        ["sdflags"] = 0b11,
        ["rights"] = (1 << 30) - 1,
    }.ToFrozenDictionary();

    // The results, with their sizes and alignments.
    private static readonly FrozenDictionary<string, (int Size, int Alignment)> s_results =
        new Dictionary<string, (int Size, int Alignment)>
        {
            ["fd*"] = (4, 4),
            ["u16*"] = (2, 2),
            ["u32*"] = (4, 4),
            ["u64*"] = (8, 8),
            ["prestat*"] = (8, 4),
            ["fdstat*"] = (24, 8),
            ["filestat*"] = (64, 8),
        }.ToFrozenDictionary();

    internal WasiParameter(string name, string kind)
    {
        Name = name;
        Most = s_numbers.GetValueOrDefault(kind, ulong.MaxValue);
        (Size, Alignment) = s_results.GetValueOrDefault(kind);
        Kind = kind switch
        {
            "path" => WasiParameterKind.Path,
            "u8[]" or "dirent[]" => WasiParameterKind.Buffer,
            "iovec[]" => WasiParameterKind.ReadVectors,
            "ciovec[]" => WasiParameterKind.WriteVectors,
            _ when Size != 0 => WasiParameterKind.Result,
            _ => WasiParameterKind.Number,
        };
        IsInMemory = Kind != WasiParameterKind.Number || kind == "address";
        IsDescriptor = kind is "fd" or "fd*";
        MustBeWhole = kind == "dirent[]";
        Slots = Kind switch
        {
            WasiParameterKind.Number when kind is "i64" or "rights" => [ValueKind.I64],
            WasiParameterKind.Number or WasiParameterKind.Result => [ValueKind.I32],
            _ => [ValueKind.I32, ValueKind.I32],
        };
        Form = Kind switch
        {
            WasiParameterKind.Path => "string",
            WasiParameterKind.Buffer or WasiParameterKind.ReadVectors or WasiParameterKind.WriteVectors => "list",
            _ => IsInMemory ? "pointer" : Slots[0] == ValueKind.I64 ? "u64" : "s32",
        };
    }

    internal string Name { get; }

    internal WasiParameterKind Kind { get; }

    /// <summary>How a trace shows it.</summary>
    internal string Form { get; }

    /// <summary>Whether it is the address of something.</summary>
    internal bool IsInMemory { get; }

    /// <summary>Whether it is a descriptor, or where one is written.</summary>
    internal bool IsDescriptor { get; }

    /// <summary>The types of its slots: a number, an address, or an address and a length.</summary>
    internal ValueKind[] Slots { get; }

    /// <summary>The largest valid number.</summary>
    internal ulong Most { get; }

    /// <summary>Whether a function that fills only a part of the buffer means that there is no more.</summary>
    internal bool MustBeWhole { get; }

    /// <summary>The size of a result in bytes.</summary>
    internal int Size { get; }

    /// <summary>The alignment of a result's address.</summary>
    internal int Alignment { get; }
}

/// <summary>What a parameter of a WASI function is.</summary>
internal enum WasiParameterKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>The address and length of a path.</summary>
    Path,

    /// <summary>The address and length of what the function fills.</summary>
    Buffer,

    /// <summary>The address and number of <c>iovec</c>s, to read into.</summary>
    ReadVectors,

    /// <summary>The address and number of <c>ciovec</c>s, to write from.</summary>
    WriteVectors,

    /// <summary>The address of a value that the function writes.</summary>
    Result,
}
