using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace WasmBindgen.Build;

/// <summary>
/// Writes the files that a project wants for those who write guests. Their texts are in attributes of its assembly,
/// where the generator has put them, as a generator writes no files itself.
/// </summary>
public sealed class WriteWasmGuestBindings : Task
{
    private const string Attribute = "AssemblyMetadataAttribute";
    private const string Key = "WasmGuestBindings:";
    private static readonly string[] s_extensions = [".wit", ".h", ".rs", ".ts"];

    /// <summary>The <c>WasmGuestBindings</c> items.</summary>
    [Required]
    public ITaskItem[] Bindings { get; set; } = [];

    /// <summary>The assembly that has been compiled.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (TextsOf(Assembly) is not { } texts)
        {
            return false;
        }

        int written = 0;
        foreach (ITaskItem item in Bindings)
        {
            string path = item.GetMetadata("FullPath");
            string name = item.ItemSpec.Replace('\\', '/');
            if (!s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            {
                Refuse(path, name, "the name of the file ends in none of .wit, .h, .rs and .ts");
            }
            else if (name.IndexOfAny(['#', ';', '?', '|']) >= 0)
            {
                Refuse(path, name, "the compiler cannot be told a path with #, ;, ? or |");
            }
            else if (!texts.TryGetValue(name, out string? text))
            {
                Refuse(
                    path, name, $"'{Assembly}' has no text for it, which the package's generator puts there");
            }
            else
            {
                written += Write(path, name, text);
            }
        }

        Log.LogMessage($"Bindings for guests of WasmBindgen: {written} written, {Bindings.Length - written} unchanged");
        return !Log.HasLoggedErrors;
    }

    /// <summary>The texts by the items' paths; null if the assembly cannot be read.</summary>
    private Dictionary<string, string>? TextsOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            using var image = new PEReader(file);
            return TextsOf(image.GetMetadataReader());
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or BadImageFormatException
                or InvalidOperationException)
        {
            string files = string.Join("', '", Bindings.Select(static item => item.ItemSpec));
            Refuse(path, files, $"the assembly cannot be read: {exception.Message}");
            return null;
        }
    }

    private static Dictionary<string, string> TextsOf(MetadataReader assembly)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CustomAttributeHandle handle in assembly.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = assembly.GetCustomAttribute(handle);
            if (!IsMetadata(assembly, attribute.Constructor))
            {
                continue;
            }

            BlobReader value = assembly.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // the prolog
            if (value.ReadSerializedString() is { } key
                && key.StartsWith(Key, StringComparison.Ordinal)
                && value.ReadSerializedString() is { } text)
            {
                texts[key.Substring(Key.Length)] = text;
            }
        }

        return texts;
    }

    private static bool IsMetadata(MetadataReader assembly, EntityHandle constructor) =>
        constructor.Kind == HandleKind.MemberReference
        && assembly.GetMemberReference((MemberReferenceHandle)constructor).Parent
            is { Kind: HandleKind.TypeReference } type
        && assembly.StringComparer.Equals(assembly.GetTypeReference((TypeReferenceHandle)type).Name, Attribute);

    /// <summary>
    /// Writes a file, unless it has the text already, whatever version control makes of the ends of lines.
    /// </summary>
    /// <returns>How many files were written.</returns>
    private int Write(string path, string name, string text)
    {
        try
        {
            if (File.Exists(path) && File.ReadAllText(path).Replace("\r\n", "\n") == text)
            {
                return 0;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            TextFolder.Write(path, text); // whole, as builds of several frameworks may run at the same time
            return 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse(path, name, exception.Message);
            return 0;
        }
    }

    private void Refuse(string path, string name, string reason) => Log.LogError(
        subcategory: null, "WBG0428", helpKeyword: null, path, 0, 0, 0, 0,
        $"The bindings for guests cannot be written to '{name}': {reason}");
}
