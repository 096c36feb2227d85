using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Wasi;

namespace WasmBindgen;

/// <summary>Finds everything that a module needs and does not get, and reports it in our own words.</summary>
public sealed partial class Linker
{
    private static LinkException Unsatisfied(Module module, IReadOnlyList<LinkProblem> problems) =>
        new($"Module `{Printable.Name(module.Name)}` cannot be linked:", problems);

    /// <summary>
    /// The engine names only the first import that does not match, in words that nothing should depend on.
    /// </summary>
    private List<LinkProblem> FindProblems(Module module)
    {
        var problems = new List<LinkProblem>();
        var advised = new HashSet<string>();
        foreach (ImportType import in module.Imports)
        {
            bool exists = _definitions.TryGetValue((import.Module, import.Name), out Definition have);
            if (exists && (have.Type.Satisfies(import.Type) || IsThrowable(import)))
            {
                continue;
            }

            bool isAdvised = problems.Count < NameAdvice.MaxProblems;
            problems.Add(new LinkProblem(
                $"{import.Module}.{import.Name}", import.Type.ToString()!, exists ? have.Type.ToString() : null)
            {
                Hint = !isAdvised ? null : exists ? have.Source : Advise(import, advised),
            });
        }

        problems.AddRange(FindLacks(module));
        return problems;
    }

    /// <summary>What there is in place of a missing import.</summary>
    /// <param name="import">The import.</param>
    /// <param name="advised">What the message says already: about which modules, or families of functions.</param>
    private string? Advise(ImportType import, HashSet<string> advised)
    {
        if (Hashless(import) is { } hashless)
        {
            return $"the module imports several `{Printable.Name($"{import.Module}.{hashless}")}`: name each with its "
                + "hash";
        }

        if (InvokeFunction.Is(import))
        {
            return advised.Add(InvokeFunction.Prefix) ? $"call {nameof(DefineInvokes)}" : null;
        }

        (string Module, string Name)[] names = [.. _definitions.Keys.Where(name => name.Module == import.Module)];
        (string Module, string? Name) meant =
            NearestName.Of(import.Name, names.Select(static name => name.Name)) is { } nearest
                ? (import.Module, nearest)
                : _definitions.Keys.FirstOrDefault(name => name.Name == import.Name);
        if (meant.Name is not null)
        {
            string source = _definitions[meant!].Source is { } member ? $", {member}" : "";
            return $"did you mean `{Printable.Name($"{meant.Module}.{meant.Name}")}`{source}?";
        }

        string module = Printable.Name(import.Module);
        return !advised.Add(import.Module) ? null
            : names.Length > 0 ? $"`{module}` has {NameAdvice.List([.. names.Select(static name => name.Name)])}"
            : import.Module == WasiFunction.Module ? $"call {nameof(DefineWasi)}"
            : _definitions.Count == 0 ? "the linker is empty"
            : $"there is no `{module}`, only "
                + NameAdvice.List([.. _definitions.Keys.Select(static name => name.Module).Distinct()]);
    }

    /// <summary>
    /// The engine does not know what host functions need besides their imports, nor the types of their tags.
    /// </summary>
    [StackTraceHidden]
    private void ThrowIfLacking(Module module)
    {
        if ((_requirements.Count > 0 && FindLacks(module) is { Count: > 0 }) || !TagsFit(module))
        {
            throw Unsatisfied(module, FindProblems(module));
        }
    }

    /// <summary>What the imported host functions need from the module or its linker, but do not get.</summary>
    private List<LinkProblem> FindLacks(Module module)
    {
        var lacks = new List<LinkProblem>();
        var known = new HashSet<GuestRequirement>();
        foreach (ImportType import in module.Imports)
        {
            if (_requirements.TryGetValue((import.Module, import.Name), out GuestRequirement? requirement)
                && !IsThrowable(import)
                && known.Add(requirement))
            {
                requirement.FindLacks(new ModuleItems(this, module), $"{import.Module}.{import.Name}", lacks);
            }
        }

        return lacks;
    }

    /// <summary>What a module has once it is linked here.</summary>
    private sealed class ModuleItems(Linker linker, Module module) : IGuestItems
    {
        public ExternType? Export(string name) =>
            module.Exports.FirstOrDefault(export => export.Name == name)?.Type;

        public MemoryType? ImportedMemory(string name) =>
            module.Imports.FirstOrDefault(import => import.Name == name && import.Type is MemoryType)?.Type
                as MemoryType;

        public ExternType? Linked(string importModule, string name) =>
            linker._items.ContainsKey((importModule, name)) ? linker._definitions[(importModule, name)].Type : null;
    }
}
