using System.Text;
using static WasmBindgen.EndToEnd.Tests.WasiGuest;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Files in memory answer as the engine does for files of the host. The guest has a directory twice: as descriptor 3,
/// and read-only as 4.
/// </summary>
public sealed class WasiFilesComparisonTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Standard_library_of_C()
    {
        string output = Compare(directory =>
        {
            using var output = new MemoryStream();
            using var store = new Store(_engine, new StoreOptions
            {
                Wasi = new WasiOptions
                {
                    Arguments = ["files", "/data"],
                    StandardOutput = output,
                    Directories = [directory("/data", false)],
                },
            });
            using Module module = Module.FromFile(
                _engine, Path.Combine(AppContext.BaseDirectory, "Guests", "files.c.wasm"));
            using Linker linker = new Linker(_engine).DefineWasi();
            linker.Instantiate(store, module).GetFunction("_start")!.Call();
            return Encoding.UTF8.GetString(output.ToArray());
        });
        Assert.Contains("config: {}", output);
        Assert.Contains("out: 304 entries, first ., last sparse", output);
        Assert.EndsWith("output: 3 entries, first ., last result.txt\n", output);
    }

    [Fact]
    public void Names()
    {
        string log = Compare(static guest =>
        {
            foreach (string name in (string[])
                [
                    "", "/", "/a", ".", "..", "a/../..", "a\0b", new('n', 255), new('n', 256), new('é', 127),
                    new('é', 128), string.Concat(Enumerable.Repeat("a/../", 1000)), string.Concat(Enumerable.Repeat("./", 100)) + "x",
                    "none/" + new string('n', 256), "日本語", "\\", "a b", "...", " ", "\u007f",
                ])
            {
                guest.Status(3, name);
                guest.At("path_create_directory", 3, name);
                guest.Open(3, name, Create);
                guest.Status(3, name);
                guest.At("path_remove_directory", 3, name);
                guest.At("path_unlink_file", 3, name);
            }

            guest.Open(3, [0xff], Create);
            guest.Open(3, [0xc0, 0x80], Create);
            guest.Open(3, [0xed, 0xa0, 0x80], Create); // half of a surrogate pair
        });
        const int IllegalBytes = 25;
        Assert.Equal(IllegalBytes, int.Parse(log.TrimEnd().Split(' ')[^1]));
    }

    [Fact]
    public void Given_directories_and_other_descriptors() => Compare(static guest =>
    {
        for (int descriptor = -1; descriptor < 7; descriptor++)
        {
            guest.GivenPath(descriptor);
            guest.DescriptorStatus(descriptor);
        }

        guest.Open(3, "file", Create, AllRights);
        guest.Open(3, "file", 0, WasiGuest.Read, Append | NonBlocking);
        guest.Open(3, ".", OnlyDirectory, AllRights & ~WasiGuest.Write);
        for (int descriptor = 3; descriptor < 9; descriptor++)
        {
            guest.DescriptorStatus(descriptor);
            guest.Poll(descriptor);
            guest.On("sock_accept", descriptor, 0, 64);
            guest.On("sock_recv", descriptor, 0, 0, 0, 64, 128);
            guest.On("sock_send", descriptor, 0, 0, 0, 64);
            guest.On("sock_shutdown", descriptor, 1);
            guest.On("fd_renumber", descriptor, 99);
            guest.On("fd_renumber", 99, descriptor);
        }

        guest.On("fd_renumber", 5, 3);
        guest.GivenPath(3);
        guest.WriteText(3, "text");
        guest.On("fd_close", 3);
        guest.Status(3, null);
        guest.Open(4, "file");
        guest.GivenPath(3);
        guest.ReadText(3, 10);
    });

    [Fact]
    public void What_was_removed_can_be_used_while_it_is_open() => Compare(static guest =>
    {
        guest.Open(3, "file", Create, AllRights);
        guest.At("path_unlink_file", 3, "file");
        guest.WriteText(5, "text");
        guest.ReadText(5, 10, 0);
        guest.Status(5, null);
        guest.Open(3, "file", Create | Exclusive);
        guest.Status(6, null);
        guest.At("path_create_directory", 3, "folder");
        guest.Open(3, "folder", OnlyDirectory);
        guest.At("path_remove_directory", 3, "folder");
        guest.At("path_create_directory", 7, "sub");
        guest.Open(7, "file", Create);
        guest.Between("path_rename", 3, "file", 7, "file");
        guest.Status(7, ".");
    });

    [Fact]
    public void Lengths_and_offsets()
    {
        string log = Compare(static guest =>
        {
            guest.Open(3, "file", Create, AllRights);
            guest.WriteText(5, "0123456789");
            guest.Seek(5, 5, 0);
            guest.WriteText(5, "");
            guest.WriteText(5, "abc");
            guest.Seek(5, 100, 2);
            guest.ReadText(5, 10);
            guest.WriteText(5, "far");
            guest.ReadText(5, 200, 0);
            guest.On("fd_filestat_set_size", 5, 7L);
            guest.On("fd_filestat_set_size", 5, 12L);
            guest.ReadText(5, 200, 0);
            guest.On("fd_filestat_set_size", 5, -1L);
            guest.On("fd_filestat_set_size", 5, long.MaxValue); // too large for any file
            guest.On("fd_fdstat_set_flags", 5, Append);
            guest.WriteText(5, "end", 0);
            guest.WriteText(5, "END");
            guest.Tell(5);
            guest.ReadText(5, 200, 0);
            guest.On("fd_fdstat_set_flags", 5, 0);
            foreach (long offset in (long[])[long.MaxValue, long.MinValue, -1, 1, 0])
            {
                guest.Seek(5, offset, 0);
                guest.WriteText(5, "");
                guest.ReadText(5, 5);
                guest.Seek(5, offset, 1);
                guest.Tell(5);
                guest.ReadText(5, 5);
                guest.ReadText(5, 5, offset);
                guest.Seek(5, offset, 2);
            }

            guest.Seek(5, long.MaxValue, 0);
            guest.Seek(5, long.MaxValue, 1);
            guest.Seek(5, 1, 1);
            guest.Seek(5, 1, 1);
        });
        Assert.Contains("01234ab_____", log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_calls(int seed)
    {
        for (int i = 0; i < 25; i++)
        {
            Compare(guest => new WasiRandomCalls(guest, new Random((seed * 1000) + i)).Run());
        }
    }

    private string Compare(Action<WasiGuest> calls) => Compare(directory =>
    {
        using var guest = new WasiGuest(_engine, directory("/data", false), directory("/fixed", true));
        calls(guest);
        return guest.Log;
    });

    /// <returns>What both had as a result.</returns>
    private static string Compare(Func<Func<string, bool, WasiDirectory>, string> run)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wasi");
        try
        {
            var files = new WasiFiles();
            files.WriteText("config.json", "{}");
            File.WriteAllText(Path.Combine(folder.FullName, "config.json"), "{}");
            string expected = run((path, isReadOnly) => new WasiDirectory(folder.FullName, path, isReadOnly));
            string actual = run((path, isReadOnly) => new WasiDirectory(files, path, isReadOnly));
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal(expected, actual); // other systems have other errors
                Assert.Equal(
                    folder.GetFiles("*", SearchOption.AllDirectories)
                        .Select(file => Path.GetRelativePath(folder.FullName, file.FullName))
                        .Order(StringComparer.Ordinal),
                    files.Paths);
                Assert.All(
                    files.Paths,
                    path => Assert.Equal(File.ReadAllBytes(Path.Combine(folder.FullName, path)), files[path]));
            }

            return actual;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
