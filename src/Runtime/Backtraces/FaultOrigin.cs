using System.Collections.Immutable;

namespace WasmBindgen;

/// <summary>What a store knows about a failure in addition to the engine's frames.</summary>
/// <param name="Modules">The modules that have instances in the store.</param>
/// <param name="ImportModule">The import module of the host function that ended the guest; null if none did.</param>
/// <param name="ImportName">Its name there.</param>
internal readonly record struct FaultOrigin(ImmutableArray<Module> Modules, string? ImportModule, string? ImportName)
{
    /// <summary>The import that ended the guest.</summary>
    internal ImportType? FindImport()
    {
        (string? module, string? name) = (ImportModule, ImportName);
        return Modules.SelectMany(static module => module.Imports)
            .FirstOrDefault(import => import.Type is FunctionType && import.Module == module && import.Name == name);
    }

    /// <summary>Adds the source lines of those frames whose module has debug information.</summary>
    internal IEnumerable<GuestFrame> AddSourceLines(IReadOnlyList<GuestFrame> frames)
    {
        DebugInfo[] infos = [.. Modules.Select(static module => module.DebugInfo).OfType<DebugInfo>()];
        if (infos.Length == 0)
        {
            return frames;
        }

        DebugInfo?[] owners = [.. frames.Select(frame => DebugInfo.OfOnly(infos.Where(info => info.Has(frame))))];
        var lines = new SourceLine?[frames.Count];
        foreach (DebugInfo info in owners.OfType<DebugInfo>().Distinct())
        {
            info.Find([.. frames.Select((frame, i) => owners[i] == info ? frame.ModuleOffset : null)], lines);
        }

        return frames.Select((frame, i) => frame with { Source = lines[i] });
    }
}
