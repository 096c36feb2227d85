namespace WasmBindgen.CompilerServices;

/// <summary>What a function needs from the guest besides slots.</summary>
internal abstract record GuestRequirement
{
    /// <summary>Adds what is missing, each once.</summary>
    /// <param name="guest">What there is.</param>
    /// <param name="function">The function, for the message.</param>
    /// <param name="problems">Gets what is missing.</param>
    internal abstract void FindLacks(IGuestItems guest, string function, List<LinkProblem> problems);

    private protected static void AddOnce(
        List<LinkProblem> problems, string name, string want, ExternType? have)
    {
        if (!problems.Exists(problem => problem.Name == name))
        {
            problems.Add(new LinkProblem(name, want, have?.ToString()));
        }
    }
}

/// <summary>What the values of a function need.</summary>
/// <param name="Needs">Which of the others.</param>
/// <param name="Abi">The memory, and the functions that allocate in it.</param>
internal sealed record ValueRequirement(GuestNeeds Needs, GuestAbi Abi) : GuestRequirement
{
    internal override void FindLacks(IGuestItems guest, string function, List<LinkProblem> problems)
    {
        (string memory, GuestAllocation allocation) = (Abi.Memory.Text, Abi.Allocation);
        if ((guest.Export(memory) as MemoryType ?? guest.ImportedMemory(memory))
            is not { IsShared: false } found || found.Is64Bit != allocation.Is64Bit)
        {
            ExternType? have = guest.Export(memory) ?? guest.ImportedMemory(memory);
            Add(memory, allocation.Is64Bit ? "memory i64" : "memory", have);
        }

        if (Needs == GuestNeeds.Allocator)
        {
            foreach ((string name, ExternType want) in allocation.Items)
            {
                ExternType? have =
                    allocation.Module is { } module ? guest.Linked(module, name) : guest.Export(name);
                if (have?.Satisfies(want) != true)
                {
                    Add(allocation.Module is null ? name : $"{allocation.Module}.{name}", want.ToString()!, have);
                }
            }
        }

        void Add(string name, string want, ExternType? have) =>
            AddOnce(problems, name, $"{want}, for the values of `{function}`", have);
    }
}

/// <summary>The types of what a guest has for a host.</summary>
internal interface IGuestItems
{
    /// <summary>The type of an export; null if none has that name.</summary>
    ExternType? Export(string name);

    /// <summary>The type of the memory that is imported under a name; null if none is.</summary>
    MemoryType? ImportedMemory(string name);

    /// <summary>The type of an item that the guest's linker has; null if it has none of that name.</summary>
    ExternType? Linked(string module, string name);
}
