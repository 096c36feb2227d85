using System.Globalization;
using System.Text;

namespace WasmBindgen.Binary;

/// <summary>
/// Estimates what a module costs to compile, so that one that would take minutes or gigabytes is refused first. The
/// module need not be valid: the engine finds that out.
/// </summary>
internal ref struct CompilationCost
{
    private const int BaseOfFunction = 150;
    private const int BaseOfType = 100;

    private readonly ReadOnlySpan<byte> _module;
    private readonly FunctionCost _function = new();

    private CompilationCost(ReadOnlySpan<byte> module) => _module = module;

    /// <summary>Refuses a module that exceeds a limit of <see cref="EngineOptions"/>.</summary>
    /// <returns>What it costs; 0 for what is no module.</returns>
    /// <exception cref="InvalidModuleException">It does.</exception>
    internal static long Check(string name, ReadOnlySpan<byte> module, long maxFunction, long maxModule)
    {
        if (module.Length < WasmSections.HeaderLength || (maxFunction == long.MaxValue && maxModule == long.MaxValue))
        {
            return 0;
        }

        try
        {
            return new CompilationCost(module).Check(name, maxFunction, maxModule);
        }
        catch (InvalidDataException)
        {
            return 0; // the engine says why
        }
    }

    private readonly long Check(string name, long maxFunction, long maxModule)
    {
        long sum = 0;
        int imported = 0, defined = 0;
        var sections = new WasmSections(_module);
        while (sections.MoveNext())
        {
            var reader = new WasmReader(sections.Content);
            switch (sections.Id)
            {
                case WasmSections.Type:
                    sum += ReadTypes(reader);
                    break;
                case WasmSections.Import:
                    ReadImports(reader);
                    imported = _function.FunctionTypes.Count;
                    break;
                case WasmSections.Function:
                    for (ulong count = reader.Number(); count > 0; count--)
                    {
                        _function.FunctionTypes.Add((uint)reader.Number());
                    }

                    break;
                case WasmSections.Code:
                    for (ulong count = reader.Number(); count > 0; count--)
                    {
                        int index = imported + defined++;
                        long cost = BaseOfFunction + _function.Of(index, reader.CountedBytes());
                        if (cost > maxFunction)
                        {
                            throw TooComplex(name, index, cost, maxFunction);
                        }

                        sum += cost;
                    }

                    break;
            }
        }

        if (sum > maxModule)
        {
            throw new InvalidModuleException(string.Create(
                CultureInfo.InvariantCulture,
                $"Module `{Printable.Name(name)}` is too complex to compile: {sum} for all types and {defined} "
                + $"functions; more than the {maxModule} that EngineOptions.MaxModuleComplexity allows."));
        }

        return sum;
    }

    private readonly InvalidModuleException TooComplex(string name, int index, long cost, long limit)
    {
        string function = NameOf(index) is { } known ? $" (`{Printable.Name(known)}`)" : "";
        return new InvalidModuleException(string.Create(
            CultureInfo.InvariantCulture,
            $"Module `{Printable.Name(name)}` is too complex to compile: {cost} for function {index}{function}, which "
            + $"has {_function.Blocks} blocks and {_function.Locals} locals; more than the {limit} that "
            + $"EngineOptions.MaxFunctionComplexity allows."));
    }

    /// <returns>What they cost.</returns>
    private readonly long ReadTypes(WasmReader reader)
    {
        long cost = 0;
        var types = new WasmTypes(ref reader);
        while (types.MoveNext(ref reader) && ReadType(types.Form, ref reader))
        {
            (int first, int second) = _function.Types[^1];
            cost += BaseOfType + (second < 0 ? 0 : FunctionCost.Signature(first + second));
        }

        return cost;
    }

    /// <returns>False if it is of a kind of a later specification.</returns>
    private readonly bool ReadType(byte form, scoped ref WasmReader reader)
    {
        int first = 1, second = -1;
        switch (form)
        {
            case WasmTypes.Function:
                first = ReadTypes(ref reader, fields: false);
                second = ReadTypes(ref reader, fields: false);
                break;
            case WasmTypes.Struct:
                first = ReadTypes(ref reader, fields: true);
                break;
            case WasmTypes.Array:
                reader.ValueType();
                reader.Byte();
                break;
            default:
                return false;
        }

        _function.Types.Add((first, second));
        return true;
    }

    private static int ReadTypes(scoped ref WasmReader reader, bool fields)
    {
        int count = 0;
        for (ulong rest = reader.Number(); rest > 0; rest--, count++)
        {
            reader.ValueType();
            if (fields)
            {
                reader.Byte(); // whether it is mutable
            }
        }

        return count;
    }

    private readonly void ReadImports(WasmReader reader)
    {
        for (ulong count = reader.Number(); count > 0; count--)
        {
            if (WasmImport.Read(ref reader).Item is { Kind: WasmItem.Function, Index: var type })
            {
                _function.FunctionTypes.Add(type);
            }
        }
    }

    /// <summary>The name of a function in the name section; null if it has none.</summary>
    private readonly string? NameOf(int function)
    {
        try
        {
            var sections = new WasmSections(_module);
            while (sections.MoveNext())
            {
                var reader = new WasmReader(sections.Content);
                if (sections.Id != WasmSections.Custom || !reader.CountedBytes().SequenceEqual("name"u8))
                {
                    continue;
                }

                while (!reader.IsAtEnd)
                {
                    const byte FunctionNames = 1;
                    byte id = reader.Byte();
                    var names = new WasmReader(reader.CountedBytes());
                    for (ulong count = id == FunctionNames ? names.Number() : 0; count > 0; count--)
                    {
                        ulong index = names.Number();
                        ReadOnlySpan<byte> name = names.CountedBytes();
                        if (index == (ulong)function)
                        {
                            return Encoding.UTF8.GetString(name);
                        }
                    }
                }
            }
        }
        catch (InvalidDataException)
        {
        }

        return null;
    }
}
