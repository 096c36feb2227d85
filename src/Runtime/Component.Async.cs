namespace WasmBindgen;

/// <content>Compiling on another thread.</content>
public sealed partial class Component
{
    /// <summary>As <see cref="FromFile"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromFile" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static async Task<Component> FromFileAsync(
        Engine engine, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        string name = Path.GetFileNameWithoutExtension(path);
        return await FromBytesAsync(engine, name, bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="FromStream"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromStream" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static async Task<Component> FromStreamAsync(
        Engine engine, string name, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return await FromBytesAsync(engine, name, bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// As <see cref="FromBytes"/>, on a thread of its own. The bytes must not change before the compilation ends.
    /// </summary>
    /// <inheritdoc cref="Module.FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromBytes" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static Task<Component> FromBytesAsync(
        Engine engine, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        return Module.CompileAsync(() => FromBytes(engine, name, bytes.Span), cancellationToken);
    }

    /// <summary>As <see cref="FromText"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="Module.FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromText" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static Task<Component> FromTextAsync(
        Engine engine, string name, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        return Module.CompileAsync(() => FromText(engine, name, text), cancellationToken);
    }
}
