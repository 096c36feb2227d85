using WasmBindgen;

/// <summary>What formatting a text has led to, in dprint's numbers.</summary>
internal enum FormatOutcome
{
    Unchanged,
    Changed,
    Error,
}

/// <summary>
/// What a plugin exports: version 4 of dprint's interface. Texts and JSON go through a buffer in the plugin's memory
/// ("shared bytes"), whose length is the result of the function that fills it.
/// </summary>
/// <remarks>https://github.com/dprint/dprint/blob/main/docs/wasm-plugin-development.md</remarks>
[WasmExport]
internal sealed partial class DprintExports
{
    public partial Memory Memory { get; }

    /// <summary>Makes room for a text and returns its address.</summary>
    public partial int ClearSharedBytes(int length);

    public partial int GetSharedBytesPtr();

    public partial void RegisterConfig(int config);

    public partial int GetConfigDiagnostics(int config);

    public partial int GetConfigFileMatching(int config);

    public partial void SetFilePath();

    public partial void SetOverrideConfig();

    public partial FormatOutcome Format(int config);

    public partial int GetFormattedText();

    public partial int GetErrorText();
}

/// <summary>What plugins import: a way to the other plugins, for code in another language.</summary>
[WasmImport("dprint")]
internal sealed partial class DprintHost(Func<string, string, string, string> format)
{
    private string _formatted = "", _error = "";
    private byte[] _shared = [];

    public bool HostHasCancelled(CancellationToken token) => token.IsCancellationRequested;

    public FormatOutcome HostFormat(string path, int rangeStart, int rangeEnd, string overrides, string text)
    {
        try
        {
            _formatted = format(path, text, overrides);
            return _formatted == text ? FormatOutcome.Unchanged : FormatOutcome.Changed;
        }
        catch (FormatFailedException error)
        {
            _error = error.Message;
            return FormatOutcome.Error;
        }
    }

    public int HostGetFormattedText() => Share(_formatted);

    public int HostGetErrorText() => Share(_error);

    public void HostWriteBuffer(GuestPointer<byte> buffer) => _shared.CopyTo(buffer.AsSpan(_shared.Length));

    private int Share(string text)
    {
        _shared = System.Text.Encoding.UTF8.GetBytes(text);
        return _shared.Length;
    }
}

/// <summary>A plugin says that it cannot format a text, and why.</summary>
internal sealed class FormatFailedException(string message) : Exception(message);
