using Demo.Plugin;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Resources that a guest has, as objects of the host.</summary>
public sealed class WitGuestResourceTests
{
    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void A_guest_s_object_has_its_methods_and_ends_once(bool isComponent)
    {
        using var world = new World();
        var guest = WitGuests.LibraryOf(world, isComponent);
        Book book = guest.Shelf.NewBook("Emma");
        using Book longer = guest.Shelf.NewBook("Persuasion");
        Assert.Equal(("Emma", "Persuasion"), (book.Title(), longer.Title()));
        Assert.True(longer.IsLonger(book));
        Assert.False(book.IsLonger(longer));
        Assert.Equal(2, guest.Live());

        book.Dispose();
        book.Dispose();
        Assert.True(book.IsDisposed);
        Assert.Equal(1, guest.Live());
        Assert.Throws<ObjectDisposedException>(book.Title);
        Assert.Throws<ObjectDisposedException>(() => longer.IsLonger(book));
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void What_is_given_back_is_the_guest_s_again(bool isComponent)
    {
        using var world = new World();
        var guest = WitGuests.LibraryOf(world, isComponent);
        Book a = guest.Shelf.NewBook("a");
        Book b = guest.Shelf.NewBook("b");
        using Book merged = guest.Shelf.BookMerge(a, b);
        Assert.Equal("a", merged.Title());
        Assert.True(a.IsDisposed && b.IsDisposed);
        Assert.Equal(1, guest.Live());
        Assert.Throws<ObjectDisposedException>(() => guest.Shelf.BookMerge(a, merged));
        Assert.Equal("a", merged.Title()); // which the refused call did not take
        a.Dispose();
        Assert.Equal(1, guest.Live());
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void Objects_lie_in_lists_options_and_records(bool isComponent)
    {
        using var world = new World();
        var guest = WitGuests.LibraryOf(world, isComponent);
        Book book = guest.Shelf.NewBook("x");
        Assert.Null(guest.Shelf.Best([]));
        Assert.Same(book, guest.Shelf.Best([book, guest.Shelf.NewBook("y")]));
        GuestLoan loan = guest.Shelf.Lend("me", book);
        Assert.Equal(("me", "x"), (loan.By, loan.Of.Title()));
        Assert.Throws<ObjectDisposedException>(() => guest.Shelf.Best([loan.Of, loan.Of])); // given away twice
        Assert.False(loan.Of.IsDisposed);
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void Objects_of_another_store_are_refused(bool isComponent)
    {
        using var world = new World();
        using var other = new World();
        Book book = WitGuests.LibraryOf(world, isComponent).Shelf.NewBook("x");
        var guest = WitGuests.LibraryOf(other, isComponent);
        Assert.Throws<ArgumentException>(() => guest.Shelf.NewBook("y").IsLonger(book));
        Assert.Throws<ArgumentException>(() => guest.Shelf.Lend("me", book));
        Assert.Equal("x", book.Title());
    }

    [Fact]
    public void Objects_of_another_instance_are_refused()
    {
        using var world = new World();
        var first = Library(world, WitGuests.Library);
        var second = Library(world, WitGuests.Library);
        Book book = first.Shelf.NewBook("x");
        using Book own = second.Shelf.NewBook("y");
        Assert.Throws<ArgumentException>(() => own.IsLonger(book));
        Assert.Throws<ArgumentException>(() => second.Shelf.BookMerge(own, book));
        Assert.Equal(("x", "y"), (book.Title(), own.Title()));

        // Nor can a guest use the handles of another one: the first one's book becomes handle 1 again.
        var thief = Library(world, WitGuests.FalseLibrary);
        GuestLoan loan = first.Shelf.Lend("me", book);
        Assert.Equal("x", loan.Of.Title());
        first.Keep();
        Assert.Throws<GuestMemoryException>(() => thief.Shelf.Best([]));
        Assert.Equal(2, first.Live());
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void What_nobody_disposes_goes_with_the_store(bool isComponent)
    {
        Book book;
        using (var world = new World())
        {
            var guest = WitGuests.LibraryOf(world, isComponent);
            book = guest.Shelf.NewBook("x");
            guest.Keep();
            Assert.Equal(2, guest.Live());
        }

        Assert.True(book.IsDisposed);
        book.Dispose();
        Assert.Throws<ObjectDisposedException>(book.Title);
    }

    [Fact]
    public void Handles_that_are_none_end_the_guest()
    {
        using var world = new World();
        var guest = Library(world, WitGuests.FalseLibrary);
        Assert.Throws<GuestMemoryException>(() => guest.Shelf.NewBook("x"));
        Assert.Throws<GuestMemoryException>(() => guest.Shelf.Best([]));
        var real = Library(world, WitGuests.Library);
        Assert.Throws<ArgumentException>(
            () => guest.Shelf.BookMerge(real.Shelf.NewBook("a"), real.Shelf.NewBook("b")));
    }

    [Fact]
    public void What_a_running_call_uses_cannot_be_disposed_or_given_away()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", WitGuests.ReadingRoom);
        var host = new Pausing();
        var guest = ReadingRoomWorld.Instantiate(world.Store, module, new(host));
        Book book = guest.Shelf.NewBook("a");
        Book other = guest.Shelf.NewBook("b");
        var errors = new List<InvalidOperationException>();
        host.Do = () =>
        {
            errors.Add(Assert.Throws<InvalidOperationException>(book.Dispose));
            errors.Add(Assert.Throws<InvalidOperationException>(other.Dispose));
            errors.Add(Assert.Throws<InvalidOperationException>(() => guest.Shelf.Lend("me", book)));
            Assert.Equal("a", book.Title()); // lent again, and back before the outer call ends
            errors.Add(Assert.Throws<InvalidOperationException>(book.Dispose));
        };
        guest.Reading.Read(book, other);
        Assert.Equal(4, errors.Count);
        Assert.StartsWith("This Book is lent to a running call", errors[0].Message, StringComparison.Ordinal);
        Assert.False(book.IsDisposed);

        // What was refused, and a call that failed, leave no loan behind.
        host.Do = () => throw new NotSupportedException();
        Assert.Throws<HostFunctionException>(() => guest.Reading.Read(book, null));
        Assert.Throws<ObjectDisposedException>(() => guest.Reading.Swap(book, book)); // given, and then lent
        Assert.Equal("a", book.Title());
        other.Dispose();
        book.Dispose();
        Assert.True(book.IsDisposed && other.IsDisposed);
    }

    [Theory]
    [InlineData("1.0.1", true)]
    [InlineData("1.7.0", true)]
    [InlineData("2.0.0", false)]
    public void Resources_of_another_version_of_the_track_are_the_same(string version, bool isServed)
    {
        using var world = new World();
        string wat = WitGuests.Library.Replace("shelf@1.0.0", $"shelf@{version}", StringComparison.Ordinal);
        if (!isServed)
        {
            LinkException error = Assert.Throws<LinkException>(() => Library(world, wat));
            Assert.Contains(
                $"[export]demo:plugin/shelf@{version}.[resource-new]book",
                error.Problems.Select(static one => one.Name));
            return;
        }

        var guest = Library(world, wat);
        Book book = guest.Shelf.NewBook("Emma");
        using Book longer = guest.Shelf.NewBook("Persuasion");
        Assert.True(longer.IsLonger(book));
        book.Dispose();
        Assert.Equal(1, guest.Live());
        Assert.Equal("Persuasion", guest.Shelf.Lend("me", longer).Of.Title());
    }

    [Fact]
    public void A_class_for_the_interface_alone_defines_what_the_guest_needs()
    {
        using var world = new World();
        ShelfExports.DefineResources(world.Linker);
        var guest = new ShelfExports(world.Instantiate(WitGuests.Library));
        using Book book = guest.NewBook("alone");
        Assert.Equal("alone", book.Title());
    }

    private static LibraryWorld Library(World world, string wat)
    {
        using Module module = Module.FromText(world.Engine, "guest", wat);
        return LibraryWorld.Instantiate(world.Store, module);
    }
}

internal sealed class Pausing : IReadingRoomImports
{
    internal Action Do { get; set; } = static () => { };

    public void Pause() => Do();
}

[WasmWorld("Wit/plugin.wit", World = "reading-room")]
internal sealed partial class ReadingRoomWorld;

[WasmWorld("Wit/plugin.wit", World = "library")]
internal sealed partial class LibraryWorld;

[WasmExport("demo:plugin/shelf", Wit = "Wit/plugin.wit")]
internal sealed partial class ShelfExports;
