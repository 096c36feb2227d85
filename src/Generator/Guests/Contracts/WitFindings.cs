using WasmBindgen.Generator.Diagnostics;

namespace WasmBindgen.Generator.Guests;

/// <summary>What is told of WIT, as diagnostics at its lines.</summary>
internal static class WitFindings
{
    internal static Finding Of(WitError error) => Finding.Of(
        error.Kind switch
        {
            WitErrorKind.NoPackage => Descriptors.UnknownPackage,
            WitErrorKind.TooManyFlags => Descriptors.TooManyFlags,
            _ => Descriptors.InvalidWit,
        },
        At(error.File, error.Line, error.Column),
        char.ToUpperInvariant(error.Message[0]) + error.Message.Substring(1));

    internal static Finding Of(WitFinding finding) => Finding.Of(
        finding.Kind switch
        {
            WitFindingKind.Unsupported => Descriptors.UnsupportedWit,
            WitFindingKind.NotEnabled => Descriptors.NotEnabled,
            WitFindingKind.TrackDiffers => Descriptors.TrackDiffers,
            WitFindingKind.Renamed => Descriptors.Renamed,
            WitFindingKind.NameTwice => Descriptors.NameTwice,
            WitFindingKind.NotThatType => Descriptors.NotThatType,
            WitFindingKind.NoFeature => Descriptors.UnknownFeature,
            _ => Descriptors.UnknownPath,
        },
        finding.Place is { } place ? At(place) : default,
        [
            .. finding.Arguments,
            .. finding.Kind == WitFindingKind.NoPath
                ? (string[])["in the project's WIT", "write it like 'demo:plugin/types#point.x'"]
                : [],
        ]);

    internal static Place At(WitPlace place) => At(place.File, place.Line, place.Column);

    private static Place At(string file, int line, int column) =>
        new(file, 0, 0, line - 1, column - 1, line - 1, column - 1);
}
