using WasmBindgen.Components.Format;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Build;

/// <summary>
/// The folder that has the texts of guests, and sources of types. Beside each guest's texts is a stamp, which tells
/// whether they are still those of the guest. Builds of one project may run at the same time, an editor's among them: a
/// file is written whole or not at all.
/// </summary>
internal sealed class TextFolder
{
    private const string Wat = ".wat";
    internal const string Wit = ".wit";
    private const string Stamp = ".stamp";
    private const string Source = ".cs";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _folder;
    private readonly List<string> _files = [];

    internal TextFolder(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The files that have been asked for.</summary>
    internal IReadOnlyList<string> Files => _files;

    /// <summary>How many guests were read.</summary>
    internal int Read { get; private set; }

    /// <summary>How many guests had not changed.</summary>
    internal int Unchanged { get; private set; }

    /// <summary>The texts of a guest, which is read if it has changed.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="name">Its name in the project.</param>
    /// <returns>The files that they are in.</returns>
    /// <exception cref="InvalidGuestException">It is not a module or component.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal IReadOnlyList<string> TextsOf(string path, string name)
    {
        // Guests of one file name may be in several folders.
        string target = Path.Combine(_folder, $"{Path.GetFileNameWithoutExtension(path)}.{Hash(name)}");
        string state = StateOf(path);
        string[] texts = Known(target, state);
        if (texts.Length > 0)
        {
            Unchanged++;
        }
        else
        {
            Read++;
            GuestText text = ReadGuest(path);
            texts = [.. Save(target + Wat, text.Wat), .. Save(target + Wit, text.Wit)];
            Write(target + Stamp, state + string.Concat(texts.Select(static file => $"\n{Path.GetExtension(file)}")));
        }

        _files.AddRange(texts);
        _files.Add(target + Stamp);
        return texts;
    }

    /// <summary>Has a source of types in the folder.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal string Save(GeneratedSource source)
    {
        string file = Path.Combine(_folder, source.HintName);
        Write(file, source.Text);
        _files.Add(file);
        return file;
    }

    /// <summary>Deletes what has not been asked for.</summary>
    internal void DeleteOthers()
    {
        var known = new HashSet<string>(_files.Select(Path.GetFileName), StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(_folder))
        {
            if (Path.GetExtension(file) is Wat or Wit or Stamp or Source && !known.Contains(Path.GetFileName(file)))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>What changes when the guest or this reader does.</summary>
    private static string StateOf(string path)
    {
        var file = new FileInfo(path);
        Guid reader = typeof(TextFolder).Module.ModuleVersionId;
        return string.Format(CultureInfo.InvariantCulture, $"{reader} {file.Length} {file.LastWriteTimeUtc:O}");
    }

    /// <returns>The texts that are there, if they are of this state.</returns>
    private static string[] Known(string target, string state)
    {
        if (!File.Exists(target + Stamp))
        {
            return [];
        }

        string[] lines = File.ReadAllText(target + Stamp, Utf8).Split('\n');
        string[] texts = [.. lines.Skip(1).Select(extension => target + extension)];
        return lines[0] == state && texts.All(File.Exists) ? texts : [];
    }

    private static GuestText ReadGuest(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return GuestReader.Read(file);
    }

    private static IEnumerable<string> Save(string path, string? text)
    {
        if (text is null)
        {
            return [];
        }

        Write(path, text);
        return [path];
    }

    /// <summary>Writes a file unless it has the text already: the compiler reruns for a file that is newer.</summary>
    internal static void Write(string path, string text)
    {
        if (Has(path, text))
        {
            return;
        }

        string written = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(written, text, Utf8);
            if (File.Exists(path))
            {
                File.Replace(written, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(written, path);
            }
        }
        catch (IOException) when (Has(path, text))
        {
            // Another build was faster.
        }
        finally
        {
            File.Delete(written);
        }
    }

    private static bool Has(string path, string text) => File.Exists(path) && File.ReadAllText(path, Utf8) == text;

    private static string Hash(string name)
    {
        using var algorithm = SHA256.Create();
        byte[] hash = algorithm.ComputeHash(Utf8.GetBytes(name));
        return string.Concat(hash.Take(4).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
