using System.Text;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a guest's names and types are in C#, as far as its types alone tell.</summary>
internal static class GuestCode
{
    /// <summary>Whether a method with the types of <see cref="Method"/> is bound to such a function.</summary>
    internal static bool IsBindable(GuestFunctionType type) =>
        type.Parameters.Count <= Flattening.MaxParameters // more lie in memory
        && type.Parameters.Concat(type.Results).All(static value => value
            is "i32" or "i64" or "f32" or "f64" or "v128" or "externref")
        && (type.Results.Count < 2 || !type.Results.Any(static value => value is "v128" or "externref"));

    /// <summary>What stands before a method for a function.</summary>
    internal static string Attributes(GuestFunctionType type) =>
        type.Results.Count > 1 ? "[return: MultiValue] " : "";

    /// <summary>The header of a method for a function.</summary>
    internal static string Method(string method, GuestFunctionType type)
    {
        string[] names = ParameterNames(type);
        IEnumerable<string> parameters =
            type.Parameters.Select((parameter, i) => $"{Type(parameter)} {Keywords.Escape(names[i])}");
        return $"{Result(type, Type)} {method}({string.Join(", ", parameters)})";
    }

    /// <summary>What a function returns: several values as a tuple.</summary>
    /// <param name="type">The function's type.</param>
    /// <param name="typeOf">The C# type of a value.</param>
    internal static string Result(GuestFunctionType type, Func<string, string> typeOf) => type.Results.Count switch
    {
        0 => "void",
        1 => typeOf(type.Results[0]),
        _ => $"({string.Join(", ", type.Results.Select(typeOf))})",
    };

    /// <summary>A value's type; what C# has no type for is as in the text format.</summary>
    internal static string Type(string type) => type switch
    {
        "i32" => "int",
        "i64" => "long",
        "f32" => "float",
        "f64" => "double",
        "v128" => "Vector128<byte>",
        "externref" => "object?",
        "funcref" => "Function?",
        _ => type,
    };

    /// <summary>
    /// The names of a function's parameters: those of its name section in camel case, or <c>a</c>, <c>b</c>, <c>c</c>.
    /// </summary>
    internal static string[] ParameterNames(GuestFunctionType type)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. type.Names.Select((name, i) =>
        {
            string unique = name is null ? Letter(i) : Words(name, isPascal: false);
            while (!taken.Add(unique))
            {
                unique += "_";
            }

            return unique;
        })];
    }

    /// <summary><c>get_count</c>, <c>getCount</c> and <c>get-count</c> are <c>GetCount</c>.</summary>
    internal static string MemberName(string name) => Words(name, isPascal: true);

    /// <summary>Spreadsheets count columns like this.</summary>
    private static string Letter(int index) =>
        index < 26 ? ((char)('a' + index)).ToString() : Letter((index / 26) - 1) + Letter(index % 26);

    private static string Words(string name, bool isPascal)
    {
        var text = new StringBuilder(name.Length);
        bool startsWord = isPascal;
        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                startsWord = isPascal || text.Length > 0;
                continue;
            }

            text.Append(
                startsWord ? char.ToUpperInvariant(c) : text.Length == 0 ? char.ToLowerInvariant(c) : c);
            startsWord = false;
        }

        return text.Length == 0 || !char.IsLetter(text[0]) ? "_" + text : text.ToString();
    }
}
