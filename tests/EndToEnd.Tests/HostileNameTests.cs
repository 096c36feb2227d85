namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Names are a guest's to choose; what is written to logs is not.</summary>
public sealed class HostileNameTests : IDisposable
{
    // A line break, a terminal escape, a C1 control, a line separator, and one that reverses text.
    private const string Name = "x\nforged\u001b[31m\u009b\u2028\u202e\r";
    private const string Shown = @"x\u000aforged\u001b[31m\u009b\u2028\u202e\u000d";

    private static readonly string Wat = @"x\nforged\u{1b}[31m\u{9b}\u{2028}\u{202e}\r";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Backtraces_escape_names()
    {
        Instance instance = _world.Instantiate($"""(module (@name "{Wat}") (func (@name "{Wat}") (export "run") unreachable))""");
        GuestBacktrace backtrace = Assert.Throws<TrapException>(() => instance.GetFunction("run")!.Call()).Backtrace!;
        GuestFrame frame = Assert.Single(backtrace.Frames);
        Assert.Equal((Name, Name), (frame.FunctionName, frame.ModuleName));
        Assert.StartsWith($"at {Shown}!{Shown} in 0x", frame.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', backtrace.ToString());
        Assert.Equal($"{Shown}:line 3", new SourceLine(Name, 3, null).ToString());
    }

    [Fact]
    public void Long_names_are_cut_off()
    {
        Instance instance = _world.Instantiate($"""(module (func (@name "{new string('é', 100_000)}") (export "run") unreachable))""");
        GuestFrame frame = Assert.Throws<TrapException>(() => instance.GetFunction("run")!.Call()).Backtrace!.Frames[0];
        Assert.Equal(100_000, frame.FunctionName!.Length);
        Assert.StartsWith($"at {new string('é', 256)}… in ", frame.ToString(), StringComparison.Ordinal);
        Assert.Equal($"{new string('x', 255)}…:line 1", new SourceLine($"{new string('x', 255)}😀", 1, null).ToString());
    }

    [Fact]
    public void Link_errors_escape_names_and_list_a_hundred()
    {
        string imports = string.Concat(Enumerable.Range(0, 150).Select(i => $"""(import "{i}" "{Wat}" (func))"""));
        var exception = Assert.Throws<LinkException>(() => _world.Instantiate($"(module {imports})"));
        Assert.Equal(150, exception.Problems.Count);
        Assert.Equal($"7.{Name}", exception.Problems[7].Name);
        string[] lines = exception.Message.Split('\n');
        Assert.Equal(102, lines.Length);
        Assert.Equal($"  - 7.{Shown}: missing, want func (the linker is empty)", lines[8]);
        Assert.Equal("  - … and 50 more", lines[^1]);
    }

    [Fact]
    public void Messages_of_the_engine_escape_names()
    {
        string message = Assert.Throws<InvalidModuleException>(() => _world.Instantiate(
            $"""(module (func) (export "{Wat}" (func 0)) (export "{Wat}" (func 0)))""")).Message;
        Assert.Contains(Shown, message, StringComparison.Ordinal);
        Assert.DoesNotContain("\nforged", message, StringComparison.Ordinal);
        message = Assert.Throws<InvalidModuleException>(() => Module.FromBytes(_world.Engine, Name, [])).Message;
        Assert.Equal($"Module `{Shown}` cannot be compiled: it is empty.", message);
    }

    [Fact]
    public void Errors_in_text_keep_their_lines()
    {
        string message = Assert.Throws<InvalidModuleException>(() => _world.Instantiate("(module\n\t(func\n")).Message;
        Assert.Contains("\n     --> guest:", message, StringComparison.Ordinal);
    }
}
