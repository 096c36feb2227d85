namespace WasmBindgen.EndToEnd.Tests;

public interface IShelf;

public sealed class Shelf : IShelf;

/// <summary>Results, and the halves that convert into them.</summary>
public sealed class ResultValueTests
{
    [Fact]
    public void Values_of_every_type_convert()
    {
        IShelf shelf = new Shelf();
        Assert.Same(shelf, OfInterface(shelf).Value);
        Assert.Equal("none", OfInterface(null).ErrorValue);
        Result<string, string> same = Result.Error("bad");
        Assert.Equal(Result<string, string>.Error("bad"), same);
        same = Result.Ok("good");
        Assert.Equal("good", same.Unwrap());
        Result<Unit, int> nothing = Result.Ok();
        Assert.True(nothing.IsOk);
        Result<int, Unit> failed = Result.Error();
        Assert.False(failed.IsOk);
        Assert.Equal("error: ()", failed.ToString());
        Assert.True(default(Result<Unit, int>).IsOk);

        static Result<IShelf, string> OfInterface(IShelf? shelf) =>
            shelf is not null ? Result.Ok(shelf) : Result.Error("none");
    }

    [Fact]
    public void Unwrap_throws_the_error()
    {
        var inner = new TimeoutException("slow");
        Result<int, Exception> failed = inner;
        WitException<Exception> thrown = Assert.Throws<WitException<Exception>>(() => failed.Unwrap());
        Assert.Same(inner, thrown.Error);
        Assert.Same(inner, thrown.InnerException);
        Assert.Contains("slow", thrown.Message, StringComparison.Ordinal);
        Result<int, Mute> mute = default(Mute);
        Assert.Contains(
            "cannot be read",
            Assert.Throws<WitException<Mute>>(() => mute.Unwrap()).Message,
            StringComparison.Ordinal);
    }
}
