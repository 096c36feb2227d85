using static WasmBindgen.EndToEnd.Tests.WasiGuest;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Calls of WASI's functions for files, with few names and descriptors, so that they meet one another. The remarks say
/// what is left out.
/// </summary>
/// <remarks>
/// The engine refuses to remove <c>a/</c>, finds times to set that do not change in files that do not exist, and checks
/// paths with U+0000 late when it renames.
/// </remarks>
internal sealed class WasiRandomCalls(WasiGuest guest, Random random)
{
    private static readonly string[] Names =
    [
        "a", "b", "c", "a/a", "a/b", "b/c", "a/b/c", "a/", "b/.", "./c", "a/..", "a/../b", "..", ".", "", "/a",
        "../a", "a//b", "a/b/", "missing/a", "a/./b", "a/b/../a", "./", "b/..", "a/../..", "é", "a\0b",
    ];

    private static readonly long[] Offsets = [0, 1, 2, 5, 100, -1, -3, long.MinValue];

    private static readonly long[] Rights = [0, Read, Write, Read | Write, Read | Write, AllRights];

    // Streams, directories and files; sometimes what is none.
    private int Descriptor => random.Next(10) == 0 ? random.Next(10) : random.Next(3, 8);

    private int Folder => random.Next(10) switch
    {
        0 => 4,
        1 or 2 or 3 => random.Next(3, 8),
        _ => 3,
    };

    private string Name => Pick(Names);

    private string NameToRename => Name.Replace("\0", "", StringComparison.Ordinal);

    private long Offset => Pick(Offsets);

    internal void Run()
    {
        for (int i = 0; i < 60; i++)
        {
            _ = random.Next(4) switch
            {
                0 => Open(),
                1 => ReadOrWrite(),
                2 => UsePath(),
                _ => UseDescriptor(),
            };
        }
    }

    private int Open() => guest.Open(
        Folder,
        Name,
        random.Next(2) == 0 ? Create : random.Next(16),
        Pick(Rights),
        random.Next(3) == 0 ? random.Next(32) : 0);

    private int ReadOrWrite() => random.Next(7) switch
    {
        0 or 1 => guest.WriteText(Descriptor, new string((char)('a' + random.Next(26)), random.Next(20))),
        2 => guest.WriteText(Descriptor, "text", Offset),
        3 or 4 => guest.ReadText(Descriptor, random.Next(30)),
        5 => guest.ReadText(Descriptor, random.Next(30), Offset),
        _ => guest.Seek(Descriptor, Offset, random.Next(3)),
    };

    private int UsePath() => random.Next(8) switch
    {
        0 or 1 => guest.At("path_create_directory", Folder, Name),
        2 => guest.At("path_remove_directory", Folder, Name.TrimEnd('/')),
        3 => guest.At("path_unlink_file", Folder, Name),
        4 or 5 => guest.Between("path_rename", Folder, NameToRename, Folder, NameToRename),
        6 => guest.Status(Folder, Name),
        _ => guest.SetTimes(Folder, Name, 1, 2, random.Next(1, 16)),
    };

    private int UseDescriptor() => random.Next(16) switch
    {
        0 => guest.Tell(Descriptor),
        1 => guest.Status(Descriptor, null),
        2 => guest.DescriptorStatus(Descriptor),
        3 => guest.On("fd_filestat_set_size", Descriptor, Offset),
        4 or 5 => guest.List(Descriptor, random.Next(100, 400)),
        6 => guest.SetTimes(Descriptor, null, 1, 2, random.Next(16)),
        7 => guest.On("fd_advise", Descriptor, Offset, Offset, random.Next(6)),
        8 => guest.On("fd_allocate", Descriptor, Offset, Offset),
        9 => guest.On("fd_sync", Descriptor),
        10 => guest.On("fd_datasync", Descriptor),
        11 => guest.On("fd_fdstat_set_flags", Descriptor, random.Next(32)),
        12 => guest.On("fd_fdstat_set_rights", Descriptor, 0L, 0L),
        13 => guest.ReadLink(Folder, Name),
        14 => guest.Poll(Descriptor),
        _ => random.Next(2) == 0
            ? guest.On("fd_close", random.Next(5, 9))
            : guest.On("fd_renumber", random.Next(3, 9), random.Next(3, 9)),
    };

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
