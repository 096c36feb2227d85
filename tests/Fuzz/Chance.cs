using System.Text;

namespace WasmBindgen.Fuzz;

/// <summary>Random values, the same ones for the same input of the same seed. Those at a boundary come often.</summary>
internal sealed class Chance
{
    private static readonly long[] s_boundaries =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 0xd800, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff, 0x110000,
        0x1fffffff, 0x20000000, 0x3fffffff, 0x40000000, 0x7ffffff8, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
        0x100000000, 0x7fffffffffffffff, -0x8000000000000000, -8, -1,
    ];

    private static readonly string[] s_texts =
        ["", "a", "é", "☃", "😀", "e\u0301", "\ufeff", "\ud800", "\udc00", "x\ud83d"];

    private readonly Random _random;

    internal Chance(int seed, string part, long input)
    {
        // splitmix64, so that neighbours have nothing in common; string.GetHashCode differs between processes.
        ulong mixed = ((ulong)(uint)seed << 32) + (ulong)input + ((ulong)part[0] << 56);
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        _random = new Random((int)(mixed ^ (mixed >> 31)));
    }

    /// <summary>Another stream of numbers, for another thread.</summary>
    internal Chance(Chance parent) => _random = new Random(parent._random.Next());

    internal bool OneIn(int n) => _random.Next(n) == 0;

    /// <summary>A number from 0 up to <paramref name="end"/>, which is not included.</summary>
    internal int Below(int end) => _random.Next(end);

    internal T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];

    internal void Fill(Span<byte> bytes) => _random.NextBytes(bytes);

    internal long Long() => _random.Next(4) switch
    {
        0 => _random.NextInt64(),
        1 => _random.Next(100),
        2 => Pick(s_boundaries) + _random.Next(-1, 2),
        _ => Pick(s_boundaries),
    };

    internal int Int() => (int)Long();

    internal double Double() => _random.Next(4) switch
    {
        0 => Pick(0.0, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, double.MaxValue, 1e300),
        1 => BitConverter.Int64BitsToDouble(Long()),
        _ => _random.NextDouble(),
    };

    internal Rune Rune()
    {
        int value = Pick(0x41, 0xe9, 0xd7ff, 0xe000, 0x10ffff, 0x1f600, _random.Next(0xd800));
        return new Rune(value);
    }

    /// <summary>Any text, with unpaired surrogates too.</summary>
    internal string Text()
    {
        var text = new StringBuilder();
        for (int i = _random.Next(OneIn(20) ? 300 : 6); i > 0; i--)
        {
            text.Append(Pick(s_texts));
        }

        return text.ToString();
    }

    /// <summary>Text that ends at no zero byte and is all of the first 256 characters.</summary>
    internal string Latin() => new([.. List(() => (char)(1 + _random.Next(255)))]);

    internal T[] List<T>(Func<T> make)
    {
        var items = new T[_random.Next(OneIn(20) ? 40 : 5)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = make();
        }

        return items;
    }

    internal T? Perhaps<T>(Func<T> make) => OneIn(3) ? default : make();
}
