using System.Globalization;

namespace WasmBindgen.Generator.Guests;

/// <content>Types where they are used.</content>
internal sealed partial class WitParser
{
    /// <summary>What stands for a type that cannot be: it is of no interest, since the error is told.</summary>
    internal static WitType NoType { get; } = new WitPrimitiveType(WitPrimitive.Bool);

    private WitType Type(int depth)
    {
        if (_failed)
        {
            return NoType;
        }

        if (depth == MaxDepth)
        {
            Report(_token.Start, WitErrorKind.TooLarge, $"types are nested more than {MaxDepth} deep here");
            _failed = true;
            return NoType;
        }

        if (_token.Kind == WitTokenKind.Word && Keywords.Contains(_token.Text))
        {
            return Keyword(depth);
        }

        WitPlace place = Place(_token.Start);
        string name = Identifier("a type");
        return _failed ? NoType : new WitNamedType(name, place);
    }

    private WitType Keyword(int depth)
    {
        if (Primitive(_token.Text) is { } primitive)
        {
            Next();
            return new WitPrimitiveType(primitive);
        }

        string keyword = _token.Text;
        switch (keyword)
        {
            case "option":
                Next();
                Expect("<");
                var option = new WitOptionType(Type(depth + 1));
                Expect(">");
                return option;
            case "list":
                return List(depth);
            case "map":
                Next();
                Expect("<");
                WitType key = Type(depth + 1);
                Expect(",");
                var map = new WitMapType(key, Type(depth + 1));
                Expect(">");
                return map;
            case "tuple":
                Next();
                return new WitTupleType(ListOf("<", ">", "at least one type", () => Type(depth + 1)));
            case "result":
                return Result(depth);
            case "future" or "stream":
                Next();
                WitType? item = null;
                if (Is("<"))
                {
                    Next();
                    item = Type(depth + 1);
                    Expect(">");
                }

                return new WitAsyncType(keyword == "stream", item);
            case "own" or "borrow":
                Next();
                Expect("<");
                WitPlace place = Place(_token.Start);
                var resource = new WitNamedType(Identifier("the name of a resource"), place);
                Expect(">");
                return _failed ? NoType : new WitHandleType(resource, keyword == "borrow");
            default:
                Fail("a type");
                return NoType;
        }
    }

    private WitListType List(int depth)
    {
        Next();
        Expect("<");
        WitType element = Type(depth + 1);
        uint? length = null;
        if (!_failed && Is(","))
        {
            Next();
            if (_token.Kind == WitTokenKind.Number
                && uint.TryParse(_token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
                && number > 0)
            {
                length = number;
                Next();
            }
            else
            {
                Fail("the number of elements, from 1 on");
            }
        }

        Expect(">");
        return new WitListType(element, length);
    }

    private WitResultType Result(int depth)
    {
        Next();
        if (!Is("<"))
        {
            return new WitResultType(null, null);
        }

        Next();
        WitType? ok = null;
        WitType? error = null;
        bool hasNoValue = Is("_");
        if (hasNoValue)
        {
            Next();
        }
        else
        {
            ok = Type(depth + 1);
        }

        if (!_failed && (hasNoValue || Is(",")))
        {
            Expect(",");
            error = Type(depth + 1);
        }

        Expect(">");
        return new WitResultType(ok, error);
    }

    private static WitPrimitive? Primitive(string keyword) => keyword switch
    {
        "bool" => WitPrimitive.Bool,
        "s8" => WitPrimitive.S8,
        "u8" => WitPrimitive.U8,
        "s16" => WitPrimitive.S16,
        "u16" => WitPrimitive.U16,
        "s32" => WitPrimitive.S32,
        "u32" => WitPrimitive.U32,
        "s64" => WitPrimitive.S64,
        "u64" => WitPrimitive.U64,
        "f32" => WitPrimitive.F32,
        "f64" => WitPrimitive.F64,
        "char" => WitPrimitive.Char,
        "string" => WitPrimitive.String,
        "error-context" => WitPrimitive.ErrorContext,
        _ => null,
    };
}
