namespace WasmBindgen.EndToEnd.Tests;

public enum FileError
{
    NoEntry,
    Denied,
    IsADirectory,
}

[WasmVariant]
public abstract record StoreError
{
    public sealed record Closed : StoreError;

    public sealed record Full(int Left) : StoreError;
}

/// <summary>Whatever a test makes of a call.</summary>
[WasmImport("env", Naming = Naming.Exact)]
[WitError<FileNotFoundException>("no-entry")]
public sealed partial class FallibleHost
{
    internal Func<object?> OnCall { get; set; } = static () => null;

    [WitError<IOException>("is-a-directory")]
    [WitError<UnauthorizedAccessException>("denied")]
    [Interrupts<DirectoryNotFoundException>]
    public Result<int, FileError> Open(int id) => (Result<int, FileError>?)OnCall() ?? id;

    [WitError<FileNotFoundException>("denied")]
    public Result<Unit, FileError> Other(int id) => (Result<Unit, FileError>?)OnCall() ?? Result.Ok();

    [Interrupts<FileNotFoundException>]
    public Result<Unit, FileError> Interrupted(int id) => (Result<Unit, FileError>?)OnCall() ?? default;

    [WitError<FileNotFoundException>]
    [WitError<OperationCanceledException>]
    public Result<string, string> Text(int id, CancellationToken token) =>
        (Result<string, string>?)OnCall() ?? Result<string, string>.Ok($"{id}");

    [WitError<FileNotFoundException>("closed")]
    public async Task<Result<int, StoreError>> Store(int id)
    {
        await Task.Yield();
        return (Result<int, StoreError>?)OnCall() ?? id;
    }

    [WitError<FileNotFoundException>("closed")]
    public Interruptible<Result<int, StoreError>, OutOfQuota> Limited(int id) =>
        id < 0 ? Interrupt.With(new OutOfQuota(-id)) : (Result<int, StoreError>?)OnCall() ?? id;

    [WitError<FileNotFoundException>("no-entry")]
    [return: MultiValue]
    public Result<int, FileError> Several(int id) => (Result<int, FileError>?)OnCall() ?? id;

    [Interrupts]
    [WitError<FileNotFoundException>]
    public Result<Unit, string> Any(int id) => (Result<Unit, string>?)OnCall() ?? default;

    public int Plain(int id) => (int?)OnCall() ?? id;
}

/// <summary>One result has no slots but its case.</summary>
[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class BareHost
{
    internal Func<Result<Unit, Unit>> OnBare { get; set; } = static () => default;

    public Result<Unit, Unit> Bare(int id) => OnBare();
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class FallibleGuest
{
    public partial Result<int, FileError> Open(int id);

    public partial Result<Unit, FileError> Other(int id);

    public partial Result<Unit, FileError> Interrupted(int id);

    public partial Result<string, string> Text(int id);

    [WasmName("Text")]
    [Timeout(30)]
    public partial Result<string, string> TextInTime(int id);

    public partial Result<int, StoreError> Store(int id);

    public partial Result<int, StoreError> Limited(int id);

    public partial Result<Unit, string> Any(int id);

    [return: MultiValue]
    public partial Result<int, FileError> Several(int id);

    public partial int Plain(int id);

    public partial Result<Unit, Unit> Bare(int id);
}

/// <summary>An error that a host method throws is one that its guest gets.</summary>
public sealed class WitErrorTests : IDisposable
{
    private readonly World _world = new();
    private readonly FallibleHost _host = new();
    private readonly BareHost _bare = new();
    private readonly FallibleGuest _guest;

    public WitErrorTests()
    {
        _world.Linker.Define(_host).Define(_bare);
        string wat = CanonicalTests.Wat(
            ("Open", "i32", "area"),
            ("Other", "i32", "area"),
            ("Interrupted", "i32", "area"),
            ("Text", "i32", "area"),
            ("Store", "i32", "area"),
            ("Limited", "i32", "area"),
            ("Any", "i32", "area"),
            ("Several", "i32", "i32 i32"),
            ("Plain", "i32", "i32"),
            ("Bare", "i32", "i32"));
        _guest = new FallibleGuest(_world.Instantiate(wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void What_is_returned_is_as_before()
    {
        Assert.Equal(Result<int, FileError>.Ok(7), _guest.Open(7));
        _host.OnCall = static () => Result<int, FileError>.Error(FileError.Denied);
        Assert.Equal(Result<int, FileError>.Error(FileError.Denied), _guest.Open(7));
        _host.OnCall = static () => null;
        Assert.True(_guest.Other(0).IsOk);
        Assert.Equal(5, _guest.Limited(5).Value);
        Assert.Equal(6, _guest.Store(6).Unwrap());
        Assert.Equal(8, _guest.Several(8).Unwrap());
        Assert.True(_guest.Bare(0).IsOk);
    }

    [Fact]
    public void An_exception_with_the_error_of_the_result_is_that_error()
    {
        Throws(new WitException<FileError>(FileError.IsADirectory));
        Assert.Equal(FileError.IsADirectory, _guest.Open(0).ErrorValue);
        Assert.Equal(FileError.IsADirectory, _guest.Other(0).ErrorValue);
        Assert.Equal(FileError.IsADirectory, _guest.Several(0).ErrorValue);
        Throws(new WitException<string>("größer"));
        Assert.Equal("größer", _guest.Text(0).ErrorValue);
        Assert.Equal("größer", _guest.Any(0).ErrorValue);
        Throws(new WitException<StoreError>(new StoreError.Full(3)));
        Assert.Equal(new StoreError.Full(3), _guest.Store(0).ErrorValue);
        Assert.Equal(new StoreError.Full(3), _guest.Limited(0).ErrorValue);
        _bare.OnBare = static () => throw new WitException<Unit>(default);
        Assert.False(_guest.Bare(0).IsOk);
    }

    [Fact]
    public void Unwrap_throws_what_the_next_guest_gets()
    {
        _host.OnCall = () =>
        {
            _host.OnCall = static () => Result<int, FileError>.Error(FileError.Denied);
            return (Result<int, FileError>)_guest.Open(1).Unwrap();
        };
        Assert.Equal(FileError.Denied, _guest.Open(0).ErrorValue);
        WitException<FileError> thrown = Assert.Throws<WitException<FileError>>(() => _guest.Open(0).Unwrap());
        Assert.Equal(FileError.Denied, thrown.Error);
        Assert.Equal("The result is an error: Denied", thrown.Message);
        Assert.IsAssignableFrom<WasmException>(thrown);
        Assert.Null(thrown.Backtrace);
    }

    [Fact]
    public void An_exception_with_another_error_aborts_the_guest()
    {
        Throws(new WitException<string>("text"));
        HostFunctionException exception = Assert.Throws<HostFunctionException>(() => _guest.Open(0));
        Assert.IsType<WitException<string>>(exception.InnerException);
        Throws(new WitException<FileError>(FileError.Denied));
        Assert.Throws<HostFunctionException>(() => _guest.Plain(0));
    }

    [Fact]
    public void A_declared_exception_is_its_case()
    {
        Throws(new FileNotFoundException());
        Assert.Equal(FileError.NoEntry, _guest.Open(0).ErrorValue); // by the class, and below IOException
        Assert.Equal(FileError.Denied, _guest.Other(0).ErrorValue); // the method's own comes first
        Assert.Equal(FileError.NoEntry, _guest.Several(0).ErrorValue);
        Assert.Equal(new StoreError.Closed(), _guest.Store(0).ErrorValue);
        Assert.Equal(new StoreError.Closed(), _guest.Limited(0).ErrorValue);
        Throws(new IOException());
        Assert.Equal(FileError.IsADirectory, _guest.Open(0).ErrorValue);
        Throws(new EndOfStreamException());
        Assert.Equal(FileError.IsADirectory, _guest.Open(0).ErrorValue);
        Throws(new UnauthorizedAccessException());
        Assert.Equal(FileError.Denied, _guest.Open(0).ErrorValue);
        Throws(new FileNotFoundException("no such file"));
        Assert.Equal("no such file", _guest.Text(0).ErrorValue);
        Assert.Equal("no such file", _guest.Any(0).ErrorValue);
    }

    [Fact]
    public void The_most_derived_type_applies()
    {
        var directory = new DirectoryNotFoundException(); // an IOException
        Throws(directory);
        Assert.Same(directory, Assert.Throws<DirectoryNotFoundException>(() => _guest.Open(0)));
        var file = new FileNotFoundException();
        Throws(file);
        Assert.Same(file, Assert.Throws<FileNotFoundException>(() => _guest.Interrupted(0)));
        var other = new TimeZoneNotFoundException();
        Throws(other);
        Assert.Same(other, Assert.Throws<TimeZoneNotFoundException>(() => _guest.Any(0)));
        Assert.Same(other, Assert.Throws<HostFunctionException>(() => _guest.Open(0)).InnerException);
    }

    [Fact]
    public void An_interrupt_is_no_error() => Assert.Equal(
        new OutOfQuota(2),
        Assert.Throws<GuestInterruptedException<OutOfQuota>>(() => _guest.Limited(-2)).Error);

    /// <summary>What has ended an inner call, and what ends this one, is not the method's own.</summary>
    [Fact]
    public void What_ends_a_call_is_no_error()
    {
        var directory = new DirectoryNotFoundException();
        _host.OnCall = () =>
        {
            Throws(directory);
            _ = _guest.Open(0);
            return null;
        };
        Assert.Same(directory, Assert.Throws<DirectoryNotFoundException>(() => _guest.Open(0)));

        _host.OnCall = static () => throw new OperationCanceledException("by itself");
        Assert.Equal("by itself", _guest.Text(0).ErrorValue);
        _host.OnCall = static () =>
        {
            Thread.Sleep(100);
            throw new OperationCanceledException("too late");
        };
        Assert.Throws<GuestTimeoutException>(() => _guest.TextInTime(0));
    }

    /// <summary>Text that cannot be read must not leave the thunk.</summary>
    [Fact]
    public void An_exception_without_a_message_is_told_by_its_type()
    {
        Throws(new SilentException());
        Assert.Equal(typeof(SilentException).ToString(), _guest.Text(0).ErrorValue);
    }

    private void Throws(Exception exception) => _host.OnCall = () => throw exception;

    private sealed class SilentException : FileNotFoundException
    {
        public override string Message => throw new NotSupportedException();
    }
}
