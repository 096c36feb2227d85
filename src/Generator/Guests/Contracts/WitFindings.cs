using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

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
            WitFindingKind.NameTwice or WitFindingKind.GivenTwice => Descriptors.NameTwice,
            WitFindingKind.NotFree => Descriptors.InvalidCSharpName,
            WitFindingKind.NotThatType => Descriptors.NotThatType,
            WitFindingKind.NoFeature => Descriptors.UnknownFeature,
            _ => Descriptors.UnknownPath,
        },
        finding.Place is { } place ? At(place) : default,
        Arguments(finding));

    private static object[] Arguments(WitFinding finding)
    {
        EquatableArray<string> given = finding.Arguments;
        return finding.Kind switch
        {
            WitFindingKind.NameTwice =>
                [given[0], $"to both '{given[1]}' and '{given[2]}' by [WitName]", "give one of them another"],
            WitFindingKind.GivenTwice => [given[0], $"both '{given[1]}' and '{given[2]}'", "remove one"],
            WitFindingKind.NotFree => [given[1], "free name", given[0]],
            WitFindingKind.NoPath =>
            [
                given[0],
                "in the project's WIT",
                given.Count > 1 ? $"did you mean '{given[1]}'?" : "write it like 'demo:plugin/types#point.x'",
            ],
            _ => [.. given],
        };
    }

    internal static Place At(WitPlace place) => At(place.File, place.Line, place.Column);

    private static Place At(string file, int line, int column) =>
        new(file, 0, 0, line - 1, column - 1, line - 1, column - 1);
}
