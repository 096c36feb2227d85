using System.Text;

namespace WasmBindgen.Fuzz.Damage;

/// <summary>Changes to bytes and to text, such as bad copies, bad tools and bad people make.</summary>
internal static class Mutation
{
    /// <summary>A few changes, each of them anywhere.</summary>
    internal static byte[] Damage(byte[] bytes, byte[] other, Chance any)
    {
        List<byte> damaged = [.. bytes];
        for (int i = any.Below(4); i >= 0 && damaged.Count > 0; i--)
        {
            int at = any.Below(damaged.Count);
            int length = Math.Min(1 + any.Below(any.OneIn(4) ? 200 : 4), damaged.Count - at);
            switch (any.Below(8))
            {
                case 0 when any.OneIn(4):
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                case 1:
                    damaged.RemoveRange(at, length);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(any.Below(damaged.Count - length + 1), length));
                    break;
                case 3:
                    int from = any.Below(other.Length);
                    damaged.InsertRange(at, other[from..Math.Min(from + length, other.Length)]);
                    break;
                case 4: // what may be a length or an index
                    damaged[at] = (byte)(damaged[at] + any.Pick(-1, 1));
                    break;
                case 5:
                    damaged.InsertRange(at, [0xff, 0xff, 0xff, 0xff, 0x0f]);
                    break;
                case 6:
                    damaged[at] = (byte)any.Long();
                    break;
                default:
                    damaged[at] ^= (byte)(1 << any.Below(8));
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>Changes in custom sections alone, whose names begin so. The module stays valid.</summary>
    internal static byte[] DamageCustom(byte[] module, string name, Chance any)
    {
        byte[] damaged = [.. module];
        (int Start, int End)[] sections = [.. CustomSections(module, name)];
        for (int i = any.Below(8); i >= 0 && sections.Length > 0; i--)
        {
            (int start, int end) = any.Pick(sections);
            // Headers, with counts and lengths, are at the beginning.
            int at = start + any.Below(any.OneIn(2) ? Math.Min(end - start, 60) : end - start);
            byte value = any.Pick<byte>(0, 1, 0x7f, 0x80, 0xff, (byte)(damaged[at] ^ (1 << any.Below(8))));
            int count = any.OneIn(3) ? any.Below(9) : 1;
            damaged.AsSpan(at, Math.Min(count, end - at)).Fill(value);
        }

        return damaged;
    }

    /// <summary>Text of which some words are others, missing or there again.</summary>
    internal static string Damage(string text, string other, Chance any)
    {
        var damaged = new StringBuilder(text);
        for (int i = any.Below(3); i >= 0 && damaged.Length > 0; i--)
        {
            int at = any.Below(damaged.Length);
            int length = Math.Min(1 + any.Below(any.OneIn(4) ? 300 : 12), damaged.Length - at);
            int from = any.Below(other.Length);
            switch (any.Below(6))
            {
                case 0:
                    damaged.Remove(at, length);
                    break;
                case 1:
                    damaged.Insert(at, damaged.ToString(at, length));
                    break;
                case 2:
                    damaged.Insert(at, other[from..Math.Min(from + length, other.Length)]);
                    break;
                case 3:
                    damaged.Insert(at, $" {any.Long()} ");
                    break;
                case 4:
                    damaged[at] = any.Pick('(', ')', '"', '$', ';', '\\', '0', '\0', '\ud800', '\u202e');
                    break;
                default: // one word for another of its kind
                    string[] words = ["i32", "i64", "f64", "v128", "funcref", "externref", "anyref", "mut", "local"];
                    damaged.Replace(any.Pick(words), any.Pick(words), at, Math.Min(damaged.Length - at, 200));
                    break;
            }
        }

        return damaged.ToString();
    }

    private static IEnumerable<(int Start, int End)> CustomSections(byte[] module, string name)
    {
        const int Custom = 0;
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        for (int at = 8; at < module.Length;)
        {
            int id = module[at++];
            int end = ReadLength(module, ref at) + at;
            int start = at;
            if (id == Custom)
            {
                int length = ReadLength(module, ref start);
                if (module.AsSpan(start, length).StartsWith(wanted) && start + length < end)
                {
                    yield return (start + length, end);
                }
            }

            at = end;
        }
    }

    private static int ReadLength(byte[] module, ref int at)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = module[at++];
            value |= (one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }
}
