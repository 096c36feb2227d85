namespace WasmBindgen;

/// <content>Compiling on another thread.</content>
public sealed partial class Module
{
    /// <summary>As <see cref="FromFile"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromFile" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static async Task<Module> FromFileAsync(
        Engine engine, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        string name = Path.GetFileNameWithoutExtension(path);
        return await FromBytesAsync(engine, name, bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="FromTextFile"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromTextFile" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static async Task<Module> FromTextFileAsync(
        Engine engine, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        string name = Path.GetFileNameWithoutExtension(path);
        return await FromTextAsync(engine, name, text, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="FromStream"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromStream" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static async Task<Module> FromStreamAsync(
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
    /// <remarks>
    /// When the token is cancelled, the caller goes on at once. The engine cannot stop a compilation: it runs on, and
    /// its result is disposed. <see cref="EngineOptions.MaxFunctionComplexity"/> and <see
    /// cref="EngineOptions.MaxModuleComplexity"/> bound how long.
    /// </remarks>
    /// <inheritdoc cref="FromBytes" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static Task<Module> FromBytesAsync(
        Engine engine, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        return CompileAsync(() => FromBytes(engine, name, bytes.Span), cancellationToken);
    }

    /// <summary>As <see cref="FromText"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="FromBytesAsync" path="/remarks"/>
    /// <inheritdoc cref="FromText" path="/exception"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public static Task<Module> FromTextAsync(
        Engine engine, string name, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        return CompileAsync(() => FromText(engine, name, text), cancellationToken);
    }

    /// <summary>Compiles on a thread that is not of the pool, which long compilations would occupy.</summary>
    internal static async Task<T> CompileAsync<T>(Func<T> compile, CancellationToken cancellationToken)
        where T : IDisposable
    {
        Task<T> compilation = Task.Factory.StartNew(
            compile, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await compilation.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = compilation.ContinueWith(
                static done =>
                {
                    if (done.IsCompletedSuccessfully)
                    {
                        done.Result.Dispose();
                    }
                    else
                    {
                        _ = done.Exception; // nobody waits for it
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }
}
