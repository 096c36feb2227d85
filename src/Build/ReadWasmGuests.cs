using WasmBindgen.Components.Format;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using Task = Microsoft.Build.Utilities.Task;

namespace WasmBindgen.Build;

/// <summary>
/// Turns the guests of a project, which are binary files, into text for the generator, and makes additional files of
/// it. Files and folders of WIT are text already, and are passed on. With <c>Types="Compile"</c>, types of WIT become
/// sources.
/// </summary>
public sealed class ReadWasmGuests : Task
{
    private const string GuestMetadata = "WasmGuest";

    // Of the guest's item, and of its additional file with WasmGuest in front.
    private static readonly string[] Options = ["Namespace", "World", "Verify", "Features", "Types", "Share"];

    /// <summary>The <c>WasmGuest</c> items; of several for one file, the last counts.</summary>
    [Required]
    public ITaskItem[] Guests { get; set; } = [];

    /// <summary>The folder of the project, by which its attributes name guests.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Where the texts go. The folder is the task's own.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>
    /// Whether an editor asks. The guests that a build makes may not be there: that is no error, and no text is
    /// deleted.
    /// </summary>
    public bool IsDesignTime { get; set; }

    /// <summary>The additional files, which the caller adds.</summary>
    [Output]
    public ITaskItem[] Texts { get; private set; } = [];

    /// <summary>The sources, which the caller adds.</summary>
    [Output]
    public ITaskItem[] Sources { get; private set; } = [];

    /// <summary>All that is in the folder.</summary>
    [Output]
    public ITaskItem[] FileWrites { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            ReadAll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogErrorFromException(exception);
        }

        return !Log.HasLoggedErrors;
    }

    private void ReadAll()
    {
        var folder = new TextFolder(OutputDirectory);
        var texts = new List<ITaskItem>();
        var inputs = new List<WitInput>();
        foreach (ITaskItem guest in Guests.GroupBy(FullPath).Select(static items => items.Last()))
        {
            string path = FullPath(guest);
            string name = NameOf(guest.ItemSpec, path);
            if (name.IndexOfAny(['#', ';']) >= 0)
            {
                Refuse(path, name, "the compiler is not told what follows # or ; in a path");
                continue;
            }

            if (IsDesignTime && !File.Exists(path) && !Directory.Exists(path))
            {
                continue;
            }

            try
            {
                string[] files = [.. TextsOf(path, name, folder)];
                inputs.AddRange(WitOf(files, path, name, guest));
                texts.AddRange(files.Select(text => Item(text, path, name, guest)));
            }
            catch (InvalidGuestException exception)
            {
                string place = exception.Offset is { } offset ? $" (at byte {offset})" : "";
                Refuse(path, name, exception.Message + place);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Refuse(path, name, exception.Message);
            }
        }

        string[] sources =
        [
            .. WitTypeEmitter.InFiles(WitCompiled.Declare(inputs))
                .Select(static one => WitTypeEmitter.Emit(one.Space, one.File))
                .Select(folder.Save),
        ];
        if (!IsDesignTime)
        {
            folder.DeleteOthers();
        }

        Log.LogMessage($"Guests of WasmBindgen: {folder.Read} read, {folder.Unchanged} unchanged");
        Texts = [.. texts];
        Sources = [.. sources.Select(static file => new TaskItem(Escape(file)))];
        FileWrites = [.. folder.Files.Select(static file => new TaskItem(Escape(file)))];
    }

    /// <summary>The WIT of a guest of which the types are compiled.</summary>
    private IEnumerable<WitInput> WitOf(string[] files, string path, string name, ITaskItem guest)
    {
        string types = guest.GetMetadata("Types");
        if (types.Length == 0)
        {
            return [];
        }

        string[] wit = [.. files.Where(IsWit)];
        bool isCompile = types.Equals("Compile", StringComparison.OrdinalIgnoreCase);
        if (!isCompile || wit.Length == 0)
        {
            Log.LogError(
                subcategory: null, "WBG0436", helpKeyword: null, path, 0, 0, 0, 0,
                isCompile
                    ? $"'{name}' has Types=\"{types}\", but no WIT with types: leave it out"
                    : $"'{name}' has Types=\"{types}\": say Types=\"Compile\", or leave it out");
            return [];
        }

        return wit.Select(file => WitInput.Of(
            WitParser.Parse(new WitSource(WitPackages.Normal(file), File.ReadAllText(file))),
            name,
            path,
            option => guest.GetMetadata(option) is { Length: > 0 } value ? value : null));
    }

    /// <summary>The files of text that a guest has or is.</summary>
    private static IEnumerable<string> TextsOf(string path, string name, TextFolder folder)
    {
        if (Directory.Exists(path))
        {
            string[] files = Directory.GetFiles(path, "*" + TextFolder.Wit, SearchOption.AllDirectories);
            return files.Length > 0
                ? files.OrderBy(static file => file, StringComparer.Ordinal)
                : throw new InvalidGuestException(offset: null, "it is a folder without .wit files");
        }

        if (!File.Exists(path))
        {
            throw new InvalidGuestException(offset: null, "there is no such file");
        }

        return IsWit(path) ? [path] : folder.TextsOf(path, name);
    }

    private static bool IsWit(string path) => path.EndsWith(TextFolder.Wit, StringComparison.OrdinalIgnoreCase);

    private void Refuse(string path, string name, string reason) => Log.LogError(
        subcategory: null, "WBG0427", helpKeyword: null, path, 0, 0, 0, 0,
        $"'{name}' cannot be read as a WebAssembly module or component: {reason}");

    private static TaskItem Item(string text, string path, string name, ITaskItem guest)
    {
        var item = new TaskItem(Escape(text));
        item.SetMetadata(GuestMetadata, Escape(name));
        item.SetMetadata(GuestMetadata + "Source", Escape(path));
        foreach (string option in Options)
        {
            // What the compiler is told ends at a semicolon.
            item.SetMetadata(GuestMetadata + option, Escape(guest.GetMetadata(option).Replace(';', ',')));
        }

        return item;
    }

    private static string Escape(string text) => text.Replace("%", "%25");

    private static string FullPath(ITaskItem item) => item.GetMetadata("FullPath");

    /// <summary>What attributes name a guest: its path in the project, with slashes, or as the item has it.</summary>
    private string NameOf(string itemSpec, string path)
    {
        string project = Path.GetFullPath(ProjectDirectory).TrimEnd(Path.DirectorySeparatorChar)
            + Path.DirectorySeparatorChar;
        string name = path.StartsWith(project, StringComparison.Ordinal) ? path.Substring(project.Length) : itemSpec;
        return name.Replace('\\', '/').TrimEnd('/');
    }
}
