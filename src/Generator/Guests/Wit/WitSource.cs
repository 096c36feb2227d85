namespace WasmBindgen.Generator.Guests;

/// <summary>A file in WIT.</summary>
/// <param name="Path">Its path, as messages show it.</param>
/// <param name="Text">Its text.</param>
internal sealed record WitSource(string Path, string Text);

/// <summary>Where something stands.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Column">The column in UTF-16 code units, from 1 on.</param>
internal readonly record struct WitPlace(string File, int Line, int Column)
{
    public override string ToString() => $"{File}({Line},{Column})";
}

/// <summary>What is wrong with a file.</summary>
internal enum WitErrorKind
{
    /// <summary>The text is not WIT, or says what WIT forbids.</summary>
    Invalid,

    /// <summary>A package is in none of the files.</summary>
    NoPackage,

    /// <summary>A name is not defined where it is looked for.</summary>
    NotFound,

    /// <summary>A name is defined twice.</summary>
    Duplicate,

    /// <summary>Something is made of itself.</summary>
    Cycle,

    /// <summary>A type is larger than the component model allows, or nested deeper.</summary>
    TooLarge,

    /// <summary>There are more flags than the Canonical ABI has.</summary>
    TooManyFlags,
}

/// <summary>An error in a file.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Column">The column in UTF-16 code units, from 1 on.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The same in words, without the place.</param>
internal sealed record WitError(string File, int Line, int Column, WitErrorKind Kind, string Message)
{
    internal WitError(WitPlace place, WitErrorKind kind, string message)
        : this(place.File, place.Line, place.Column, kind, message)
    {
    }

    public override string ToString() => $"{File}({Line},{Column}): {Message}";
}
