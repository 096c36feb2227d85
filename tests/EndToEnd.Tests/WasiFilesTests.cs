using System.Runtime.CompilerServices;
using static WasmBindgen.EndToEnd.Tests.WasiGuest;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Directories in memory: what the host sees, limits, and other directories beside them.</summary>
public sealed class WasiFilesTests : IDisposable
{
    private const int BadDescriptor = 8;
    private const int FileTooLarge = 22;
    private const int Invalid = 28;
    private const int TooManyFiles = 33;
    private const int NameTooLong = 37;
    private const int NoSpace = 51;
    private const int NotSupported = 58;
    private const int NotPermitted = 63;
    private const int OtherDevice = 75;

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_host_gives_files_and_reads_them_back()
    {
        byte[] bytes = [1, 2, 3];
        var files = new WasiFiles { ["data.bin"] = bytes, ["sub/deep/text"] = "täxt"u8.ToArray() };
        bytes[0] = 9; // it was copied
        files.CreateDirectory("out/empty");
        files.CreateDirectory("out");
        using (WasiGuest guest = NewGuest(files))
        {
            Assert.Equal(Success, guest.Open(3, "sub/deep/text"));
            Assert.Equal(Success, guest.ReadText(4, 100));
            Assert.Equal("täxt", guest.Text);
            Assert.Equal(Success, guest.Open(3, "out/result", Create, AllRights));
            Assert.Equal(Success, guest.WriteText(5, "written"));
            Assert.Equal("written", files.ReadText("out/result")); // while it is open, too
            files.WriteText("out/result", "changed by the host");
            Assert.Equal(Success, guest.ReadText(5, 100));
            Assert.Equal(" by the host", guest.Text); // behind what it wrote
            Assert.Equal(Success, guest.Open(3, "out/empty", OnlyDirectory));
            Assert.Equal(Success, guest.List(6));
            Assert.Equal(["..:3", ".:3"], guest.Names);
        }

        Assert.Equal(["data.bin", "out/result", "sub/deep/text"], files.Paths);
        Assert.Equal([1, 2, 3], files["data.bin"]);
        files["data.bin"][0] = 9;
        Assert.Equal(1, files["data.bin"][0]);
        files["data.bin"] = [7];
        Assert.Equal([7], files["data.bin"]);
    }

    [Fact]
    public void The_host_is_told_what_is_wrong()
    {
        var files = new WasiFiles { MaxBytes = 10_000, ["file"] = [], ["folder/file"] = [] };
        foreach (string path in (string[])
            ["", "/", "/file", "file/", "a//b", ".", "..", "../a", "a/../b", "a\0b", "\ud800", new('a', 256)])
        {
            Assert.ThrowsAny<ArgumentException>(() => files[path] = []);
            Assert.ThrowsAny<ArgumentException>(() => files.CreateDirectory(path));
            Assert.ThrowsAny<ArgumentException>(() => files[path]);
        }

        Assert.Throws<FileNotFoundException>(() => files["none"]);
        Assert.Throws<FileNotFoundException>(() => files["file/x"]);
        Assert.Equal("folder", Assert.Throws<FileNotFoundException>(() => files["folder"]).FileName);
        Assert.Contains(
            "directory where the file `file` is", Assert.Throws<IOException>(() => files["file/x"] = []).Message);
        Assert.Contains("`folder` is a directory", Assert.Throws<IOException>(() => files["folder"] = []).Message);
        Assert.Throws<IOException>(() => files.CreateDirectory("folder/file"));
        Assert.Contains("MaxBytes is 10000", Assert.Throws<IOException>(() => files["big"] = new byte[9000]).Message);
        Assert.Throws<IOException>(() => files["new/big"] = new byte[7000]);
        Assert.Equal(["file", "folder/file"], files.Paths);
        files["big"] = new byte[10_000 - (4 * 1024)]; // all the room that there is
        string tooLong = string.Join('/', Enumerable.Repeat(new string('a', 250), 5));
        Assert.Contains("too long", Assert.Throws<IOException>(() => files.CreateDirectory(tooLong)).Message);
        Assert.Throws<ArgumentNullException>(() => files[null!]);
        Assert.Throws<ArgumentNullException>(() => files["a"] = null!);
        Assert.Throws<ArgumentNullException>(() => files.CreateDirectory(null!));
        Assert.Throws<ArgumentNullException>(() => files.WriteText("a", null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WasiFiles { MaxBytes = -1 });
        Assert.Throws<ArgumentNullException>("Clock", () => new WasiFiles { Clock = null! });
        Assert.Throws<ArgumentNullException>("Files", () => new WasiDirectory((WasiFiles)null!, "/"));
    }

    [Fact]
    public void Directories_of_the_host_and_in_memory_are_numbered_as_they_are_given()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wasi");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "file"), "of the host");
            var files = new WasiFiles();
            files.WriteText("file", "in memory");
            using var guest = new WasiGuest(
                _engine,
                new WasiDirectory(files, "/a"),
                new WasiDirectory(folder.FullName, "/bc"),
                new WasiDirectory(new WasiFiles(), "."),
                new WasiDirectory(files, "/d"),
                new WasiDirectory(folder.FullName, "/e"));
            for (int i = 2; i < 9; i++)
            {
                guest.GivenPath(i);
            }

            Assert.Equal(
                [
                    "8:2 -> 54 54 ", "0:3 -> 0 37 /a", "0:4 -> 0 37 /bc", "0:5 -> 0 37 .", "0:6 -> 0 37 /d",
                    "0:7 -> 0 37 /e", "8:8 -> 8 8 ",
                ],
                guest.Log.TrimEnd().Split('\n').Select(static line =>
                    $"{line[(line.LastIndexOf(' ') + 1)..]}:{line["prestat ".Length..line.LastIndexOf(':')]}"));

            foreach ((int directory, string text) in ((int, string)[])
                [(3, "in memory"), (4, "of the host"), (6, "in memory"), (7, "of the host")])
            {
                Assert.Equal(Success, guest.Open(directory, "file", 0, AllRights));
                Assert.Equal(Success, guest.ReadText(guest.Opened, 100));
                Assert.Equal(text, guest.Text);
            }

            Assert.Equal(11, guest.Opened);
            foreach ((int from, int to) in ((int, int)[])[(3, 4), (4, 3), (3, 5), (5, 3)])
            {
                Assert.Equal(OtherDevice, guest.Between("path_rename", from, "file", to, "moved"));
            }

            Assert.Equal(OtherDevice, guest.Between("path_link", 4, "file", 3, "linked"));
            Assert.Equal(BadDescriptor, guest.Between("path_rename", 4, "file", 8, "moved"));
            Assert.Equal(Success, guest.Between("path_rename", 3, "file", 6, "moved"));
            Assert.Equal(["moved"], files.Paths);

            // 8 and 10 are in memory, 9 and 11 are of the host.
            Assert.Equal(Success, guest.On("fd_renumber", 8, 9));
            Assert.Equal(Success, guest.WriteText(9, "!"));
            Assert.Equal("in memory!", files.ReadText("moved"));
            Assert.Equal(Success, guest.On("fd_renumber", 11, 10));
            Assert.Equal(Success, guest.WriteText(10, "!"));
            Assert.Equal("of the host!", File.ReadAllText(Path.Combine(folder.FullName, "file")));
            Assert.Equal(BadDescriptor, guest.WriteText(8, "!"));
            Assert.Equal(Success, guest.On("fd_renumber", 9, 1)); // standard output
            Assert.Equal(Success, guest.WriteText(1, "?"));
            Assert.Equal("in memory!?", files.ReadText("moved"));
            Assert.Equal(Success, guest.On("fd_close", 4));
            Assert.Equal(Success, guest.Open(3, "moved"));
            Assert.Equal(4, guest.Opened);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Numbers_tell_files_apart()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wasi");
        var files = new WasiFiles { ["file"] = [] };
        using var guest = new WasiGuest(
            _engine,
            new WasiDirectory(folder.FullName, "/host"),
            new WasiDirectory(files, "/a"),
            new WasiDirectory(new WasiFiles { ["file"] = [] }, "/b"),
            new WasiDirectory(files, "/c"));
        var identities = new List<(ulong Device, ulong Number)>();
        foreach (int directory in (int[])[3, 4, 5, 6])
        {
            Assert.Equal(Success, guest.Status(directory, "."));
            identities.Add(guest.Identity);
        }

        Assert.Equal(identities[1], identities[3]);
        Assert.Equal(3, identities.Select(static identity => identity.Device).Distinct().Count());
        Assert.Equal(Success, guest.Status(4, "file"));
        Assert.NotEqual(identities[1], guest.Identity);
        folder.Delete();
    }

    [Fact]
    public void Nothing_changes_in_a_read_only_directory()
    {
        var files = new WasiFiles();
        files.WriteText("a/file", "text");
        using var guest = new WasiGuest(_engine, new WasiDirectory(files, "/", IsReadOnly: true));
        Assert.Equal(Success, guest.Open(3, "a", OnlyDirectory));
        Assert.Equal(NotPermitted, guest.Open(4, "file", 0, AllRights));
        Assert.Equal(NotPermitted, guest.Open(4, "file", Truncate));
        Assert.Equal(NotPermitted, guest.Open(4, "new", Create));
        Assert.Equal(NotPermitted, guest.At("path_unlink_file", 4, "file"));
        Assert.Equal(NotPermitted, guest.Between("path_rename", 4, "file", 4, "moved"));
        Assert.Equal(Success, guest.Open(4, "file"));
        Assert.Equal(BadDescriptor, guest.WriteText(5, "text"));
        Assert.Equal(NotPermitted, guest.On("fd_filestat_set_size", 5, 0L));
        Assert.Equal(NotPermitted, guest.SetTimes(5, null, 1, 1, 5));
        Assert.Equal("text", files.ReadText("a/file"));
    }

    [Fact]
    public void There_are_no_links()
    {
        using WasiGuest guest = NewGuest(new WasiFiles { ["file"] = [] });
        Assert.Equal(NotSupported, guest.Between("path_link", 3, "file", 3, "link"));
        Assert.Equal(NotSupported, guest.Between("path_symlink", 3, "file", 3, "link"));
        Assert.Equal(Invalid, guest.ReadLink(3, "file"));
    }

    [Fact]
    public void A_guest_writes_no_more_than_it_may()
    {
        var files = new WasiFiles { MaxBytes = 10_000, ["given"] = new byte[1000] }; // 2,024 with its name
        using WasiGuest guest = NewGuest(files);
        Assert.Equal(Success, guest.Open(3, "file", Create, AllRights));
        const int Rest = 10_000 - 2024 - 1024;
        foreach ((long size, int errno) in ((long, int)[])
            [
                (Rest, Success), (Rest + 1, NoSpace), (int.MaxValue, FileTooLarge), (1L << 40, FileTooLarge),
                (long.MaxValue, FileTooLarge), (long.MinValue, Invalid), (0, Success),
            ])
        {
            Assert.Equal(errno, guest.On("fd_filestat_set_size", 4, size));
        }

        foreach ((long offset, int errno) in ((long, int)[])
            [
                (Rest, NoSpace), (int.MaxValue - 100, NoSpace), (int.MaxValue, FileTooLarge), (1L << 40, FileTooLarge),
                (long.MaxValue, FileTooLarge), (-1, Invalid), (long.MinValue, Invalid),
            ])
        {
            Assert.Equal(errno, guest.WriteText(4, "x", offset));
            guest.Seek(4, offset, 0);
            Assert.NotEqual(Success, guest.Seek(4, offset, 0) | guest.WriteText(4, "x"));
        }

        Assert.Empty(files["file"]);
        Assert.Equal(Success, guest.Seek(4, Rest - 3, 0));
        Assert.Equal(Success, guest.WriteText(4, "abcdef")); // three of them
        Assert.Equal(NoSpace, guest.WriteText(4, "def"));
        Assert.Equal(Rest, files["file"].Length);
        Assert.Equal("\0abc"u8, files["file"].AsSpan(Rest - 4));
        Assert.Equal(Success, guest.WriteText(4, "xyz", 0)); // what is there already
        Assert.Equal(NoSpace, guest.Open(3, "other", Create));
        Assert.Equal(NoSpace, guest.At("path_create_directory", 3, "other"));
        Assert.Equal(Success, guest.At("path_unlink_file", 3, "given"));
        Assert.Equal(Success, guest.Open(3, "other", Create, AllRights));
        Assert.Equal(Success, guest.WriteText(5, new string('x', 2000)));
        Assert.Equal(1000, files["other"].Length);
    }

    [Fact]
    public void Empty_files_and_directories_take_room_too()
    {
        var files = new WasiFiles { MaxBytes = 20 * 1024 };
        using WasiGuest guest = NewGuest(files);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(Success, guest.At("path_create_directory", 3, $"d{i}"));
            Assert.Equal(Success, guest.Open(3, $"f{i}", Create));
            Assert.Equal(Success, guest.On("fd_close", 4));
        }

        Assert.Equal(NoSpace, guest.Open(3, "more", Create));
        Assert.Equal(Success, guest.Between("path_rename", 3, "f0", 3, "f1"));
        Assert.Equal(Success, guest.At("path_remove_directory", 3, "d0"));
        Assert.Equal(Success, guest.Open(3, "more", Create));
        Assert.Equal(Success, guest.Open(3, "one more", Create));
        Assert.Equal(NoSpace, guest.Open(3, "too many", Create));
    }

    [Fact]
    public void What_was_removed_takes_room_until_it_is_closed()
    {
        var files = new WasiFiles { MaxBytes = 10_000 };
        using (WasiGuest guest = NewGuest(files))
        {
            Assert.Equal(Success, guest.Open(3, "file", Create, AllRights));
            Assert.Equal(Success, guest.Open(3, "file", 0, AllRights));
            Assert.Equal(Success, guest.On("fd_filestat_set_size", 4, 8000L));
            Assert.Equal(Success, guest.At("path_unlink_file", 3, "file"));
            Assert.Equal(NoSpace, guest.Open(3, "file", Create));
            Assert.Equal(Success, guest.On("fd_close", 4));
            Assert.Equal(NoSpace, guest.Open(3, "file", Create));
            Assert.Equal(Success, guest.On("fd_renumber", 3, 5)); // closes the other one
            Assert.Equal(Success, guest.Open(5, "file", Create, AllRights));
            Assert.Equal(Success, guest.On("fd_filestat_set_size", guest.Opened, 8000L));
            Assert.Equal(Success, guest.At("path_unlink_file", 5, "file"));
            Assert.Throws<IOException>(() => files["file"] = new byte[8000]);
        }

        files["file"] = new byte[8000]; // the store has ended
    }

    [Fact]
    public void A_store_that_nobody_disposes_gives_back_what_it_had_open()
    {
        var files = new WasiFiles { MaxBytes = 10_000, ["big"] = new byte[8000] };
        OpenAndRemove(files);
        for (int i = 0; i < 100 && !HasRoom(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(HasRoom());

        [MethodImpl(MethodImplOptions.NoInlining)]
        void OpenAndRemove(WasiFiles files)
        {
            WasiGuest guest = NewGuest(files);
            Assert.Equal(Success, guest.Open(3, "big"));
            Assert.Equal(Success, guest.At("path_unlink_file", 3, "big"));
            Assert.False(HasRoom());
        }

        bool HasRoom()
        {
            try
            {
                files["again"] = new byte[8000];
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void A_clock_that_fails_loses_no_file()
    {
        var clock = new FailingClock();
        var files = new WasiFiles { ["a"] = [1], ["b"] = [2], Clock = clock };
        using WasiGuest guest = NewGuest(files);
        clock.Fails = true;
        Assert.ThrowsAny<Exception>(() => guest.Between("path_rename", 3, "a", 3, "b"));
        Assert.ThrowsAny<Exception>(() => guest.At("path_unlink_file", 3, "a"));
        clock.Fails = false;
        Assert.Equal([1], files["a"]);
        Assert.Equal([2], files["b"]);
    }

    [Fact]
    public void Open_files_in_memory_count_too()
    {
        var files = new WasiFiles { ["file"] = [] };
        using var store = new Store(_engine, new StoreOptions
        {
            Wasi = new WasiOptions { Directories = [new WasiDirectory(files, "/")], MaxOpenFiles = 2 },
        });
        using WasiGuest guest = new(store);
        Assert.Equal(Success, guest.Open(3, "file"));
        Assert.Equal(Success, guest.Open(3, "."));
        Assert.Equal(TooManyFiles, guest.Open(3, "file"));
        Assert.Equal(Success, guest.On("fd_renumber", 4, 0));
        Assert.Equal(TooManyFiles, guest.Open(3, "file"));
        Assert.Equal(Success, guest.On("fd_close", 0));
        Assert.Equal(Success, guest.Open(3, "file"));
    }

    [Fact]
    public void Directories_nest_to_a_bounded_depth()
    {
        var files = new WasiFiles();
        using WasiGuest guest = NewGuest(files);
        int depth = 0;
        int directory = 3;
        while (guest.At("path_create_directory", directory, "d") == Success)
        {
            Assert.Equal(Success, guest.Open(directory, "d"));
            if (directory != 3)
            {
                guest.On("fd_close", directory);
            }

            directory = guest.Opened;
            depth++;
        }

        Assert.Equal(512, depth); // paths of 1024 characters
        Assert.Equal(NameTooLong, guest.Open(directory, "f", Create));
        Assert.Equal(Success, guest.At("path_create_directory", 3, "other"));
        Assert.Equal(Success, guest.Open(3, "other/file", Create));
        Assert.Equal(NameTooLong, guest.Between("path_rename", 3, "d", 3, "longer"));
        Assert.Equal(NameTooLong, guest.Between("path_rename", 3, "d", 3, "other/d"));
        Assert.Equal(NameTooLong, guest.Between("path_rename", 3, "other", directory, "x"));
        Assert.Equal(Success, guest.Between("path_rename", 3, "d/d/d", 3, "e"));
        Assert.Equal(Success, guest.Open(directory, "f", Create));
        Assert.Equal(
            string.Concat(Enumerable.Repeat("d/", 509)).Insert(0, "e/") + "f",
            files.Paths[0]);
    }

    [Fact]
    public void A_list_goes_on_when_files_are_removed_meanwhile()
    {
        var files = new WasiFiles();
        for (int i = 0; i < 100; i++)
        {
            files[$"file {i}"] = [];
        }

        using WasiGuest guest = NewGuest(files);
        guest.List(3, 200, name => guest.At("path_unlink_file", 3, name));
        Assert.Equal(102, guest.Names.Length);
        Assert.Empty(files.Paths);
        guest.List(3);
        Assert.Equal(["..:3", ".:3"], guest.Names);
    }

    [Fact]
    public void Times_are_those_of_the_clock_or_what_the_guest_sets()
    {
        const ulong Now = 1_000_000_000_000_000;
        using WasiGuest guest = NewGuest(new WasiFiles { Clock = new StandingClock(), ["file"] = [] });
        Assert.Equal(Success, guest.Status(3, "file"));
        Assert.Equal((Now, Now), guest.Times);
        Assert.Equal(Success, guest.SetTimes(3, "file", 5, -1, 0b0101));
        Assert.Equal(Success, guest.Status(3, "file"));
        Assert.Equal((5UL, ulong.MaxValue), guest.Times);
        Assert.Equal(Success, guest.SetTimes(3, "file", 7, 7, 0b1000));
        Assert.Equal(Success, guest.Status(3, "file"));
        Assert.Equal((5UL, Now), guest.Times);
    }

    [Fact]
    public void Vectors_are_read_and_written_in_their_order()
    {
        var files = new WasiFiles();
        using WasiGuest guest = NewGuest(files);
        Assert.Equal(Success, guest.Open(3, "file", Create, AllRights));
        guest.Memory.WriteString(100, "abcdef");
        guest.SetVectors((102, 2), (0, 0), (100, 2), (104, 2));
        Assert.Equal(Success, guest.Call("fd_write", 4, Vectors, 4, 16));
        Assert.Equal("cdabef", files.ReadText("file"));
        guest.SetVectors([.. Enumerable.Repeat((100, 1), 2000)]);
        Assert.Equal(Success, guest.Call("fd_write", 4, Vectors, 2000, 16));
        Assert.Equal(1024, guest.Memory.Read<int>(16)); // the most vectors
        guest.SetVectors((0x30000, 1 << 20), (0x30000, 1 << 20));
        Assert.Equal(Success, guest.Call("fd_pwrite", 4, Vectors, 2, 0L, 16));
        Assert.Equal(1 << 20, guest.Memory.Read<int>(16)); // the most bytes
        Assert.Equal(1 << 20, files["file"].Length);
    }

    [Fact]
    public async Task Stores_of_several_threads_share_files()
    {
        var files = new WasiFiles();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() =>
        {
            using WasiGuest guest = NewGuest(files);
            Assert.Equal(Success, guest.Open(3, "log", Create, AllRights, Append));
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal(Success, guest.WriteText(4, "line\n"));
                Assert.Equal(Success, guest.At("path_create_directory", 3, $"{number} {i}"));
                Assert.Equal(Success, guest.Open(3, $"{number} {i}/file", Create));
                Assert.Equal(Success, guest.On("fd_close", 5));
                Assert.Contains("log", files.Paths);
            }
        })));
        Assert.Equal(string.Concat(Enumerable.Repeat("line\n", 800)), files.ReadText("log"));
        Assert.Equal(801, files.Paths.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/a\0b")]
    public void A_path_of_the_guest_must_be_one(string? path)
    {
        Assert.Throws<ArgumentException>(
            () => new WasiGuest(_engine, new WasiDirectory(new WasiFiles(), path!)));
    }

    private WasiGuest NewGuest(WasiFiles files) => new(_engine, new WasiDirectory(files, "/"));

    private sealed class FailingClock : TimeProvider
    {
        internal bool Fails { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            Fails ? throw new InvalidOperationException("no time") : DateTimeOffset.UnixEpoch;
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_000_000);
    }
}
