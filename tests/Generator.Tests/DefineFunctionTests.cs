using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using WasmBindgen.Generator.CodeFixes;

namespace WasmBindgen.Generator.Tests;

/// <summary>What becomes of the official package's <c>DefineFunction</c>, to the letter.</summary>
public sealed class DefineFunctionTests
{
    [Fact]
    public Task The_first_of_a_module_makes_a_class() => BecomesAsync(
        """
        using System;
        using Wasmtime;
        using WasmBindgen;

        namespace Demo
        {
            public static class Program
            {
                public static void Set(Wasmtime.Linker linker)
                {
                    // Adds.
                    linker.DefineFunction("env", "add_two", (int a, int b) => a + b);
                    Console.WriteLine();
                }
            }
        }
        """,
        """
        using System;
        using Wasmtime;
        using WasmBindgen;

        namespace Demo
        {
            public static class Program
            {
                public static void Set(Wasmtime.Linker linker)
                {
                    // Adds.
                    linker.Define(new Env());
                    Console.WriteLine();
                }
            }

            [WasmImport("env")]
            internal sealed partial class Env
            {
                public int AddTwo(int a, int b) => a + b;
            }
        }
        """);

    [Fact]
    public Task The_next_ones_add_methods_to_it() => BecomesAsync(
        """
        using System;
        using Wasmtime;
        using WasmBindgen;

        namespace Demo;

        public static class Program
        {
            public static void Set(Wasmtime.Linker linker)
            {
                linker.Define(new Env());
                linker.DefineFunction("env", "Say it", (Wasmtime.Caller caller, int address, int length) =>
                {
                    // The text.
                    string text = caller.GetMemory("memory")!.ReadString(address, length);
                    if (text.Length > 0)
                    {
                        Console.WriteLine(text);
                    }
                });
            }
        }

        [WasmImport("env")]
        internal sealed partial class Env
        {
            public int AddTwo(int a, int b) => a + b;
        }
        """,
        """
        using System;
        using Wasmtime;
        using WasmBindgen;

        namespace Demo;

        public static class Program
        {
            public static void Set(Wasmtime.Linker linker)
            {
                linker.Define(new Env());
            }
        }

        [WasmImport("env")]
        internal sealed partial class Env
        {
            public int AddTwo(int a, int b) => a + b;

            [WasmName("Say it")]
            public void SayIt(WasmBindgen.Caller caller, int address, int length)
            {
                // The text.
                string text = caller.GetMemory("memory")!.ReadString(address, length);
                if (text.Length > 0)
                {
                    Console.WriteLine(text);
                }
            }
        }
        """);

    [Fact]
    public Task What_it_captures_comes_by_the_constructor() => BecomesAsync(
        """
        using System.Collections.Generic;
        using Wasmtime;

        public static class Program
        {
            public static void Set(Linker linker, int limit)
            {
                var log = new List<string>();
                linker.DefineFunction("my-app:log/out", "write-line", (Caller _, long x) => log.Add($"{x} {limit}"));
            }
        }
        """,
        """
        using System.Collections.Generic;
        using Wasmtime;

        public static class Program
        {
            public static void Set(Linker linker, int limit)
            {
                var log = new List<string>();
                linker.Define(new MyAppLogOut(limit, log));
            }
        }

        [WasmBindgen.WasmImport("my-app:log/out")]
        internal sealed partial class MyAppLogOut(int limit, List<string> log)
        {
            public void WriteLine(WasmBindgen.Caller _, long x) => log.Add($"{x} {limit}");
        }
        """);

    [Fact]
    public Task Types_that_are_inferred_are_written_out() => BecomesAsync(
        """
        using Wasmtime;

        public static class Program
        {
            public static void Set(Linker linker) => linker.ToString();

            public static void More(Linker linker)
            {
                linker.DefineFunction<int, double, ulong>("m", "f", static (a, @class) => (ulong)(a * @class));
            }
        }
        """,
        """
        using Wasmtime;

        public static class Program
        {
            public static void Set(Linker linker) => linker.ToString();

            public static void More(Linker linker)
            {
                linker.Define(new M());
            }
        }

        [WasmBindgen.WasmImport("m")]
        internal sealed partial class M
        {
            public ulong F(int a, double @class) => (ulong)(a * @class);
        }
        """);

    [Fact]
    public Task A_program_of_statements_gets_its_classes_at_the_end() => BecomesAsync(
        """
        using Wasmtime;

        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineFunction("env", "early_exit", () => throw new System.InvalidOperationException());
        linker.DefineFunction("env", "two", () => 2);

        public static class Guests { }
        """,
        """
        using Wasmtime;

        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.Define(new Env());
        linker.DefineFunction("env", "two", () => 2);

        public static class Guests { }

        [WasmBindgen.WasmImport("env")]
        internal sealed partial class Env
        {
            public void EarlyExit() => throw new System.InvalidOperationException();
        }
        """);

    [Theory]
    [InlineData("int count = 0; linker.DefineFunction(\"m\", \"f\", () => { count++; });")] // writes what it captures
    [InlineData("int count = 0; linker.DefineFunction(\"m\", \"f\", () => count); count = 2;")] // sees it change
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => _field);")] // captures this
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => { ToString(); });")] // another method of the same name
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => Method());")]
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => Program.s_hidden);")]
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => s_hidden);")] // private to another class
    [InlineData("linker.DefineFunction(\"m\", \"f\", (string text) => { });")] // an externref to the package
    [InlineData("linker.DefineFunction(\"m\", \"f\", () => (1, 2));")] // several results
    // not there under that name
    [InlineData("linker.DefineFunction(\"m\", \"f\", (Caller caller) => caller.Fuel = 1);")]
    [InlineData("linker.DefineFunction(\"m\" + linker, \"f\", () => 1);")] // a module with no fixed name
    [InlineData("linker.DefineFunction(\"m\", \"f\", Method);")] // no lambda
    [InlineData("int Local() => 1; linker.DefineFunction(\"m\", \"f\", () => Local());")]
    [InlineData("new Other().DefineFunction(\"m\", \"f\", () => 1);")] // another linker
    public async Task What_no_method_can_do_is_left_alone(string statement) =>
        Assert.Empty(await OfferedAsync(CodeFixTests.NewDocument(
            $$"""
            using System;
            using Wasmtime;

            public sealed class Program
            {
                private static int s_hidden = 1;
                private int _field;

                public void Set(Linker linker)
                {
                    {{statement}}
                }

                private static int Method() => 1;
            }

            public sealed class Other { public void DefineFunction(string module, string name, Func<int> function) { } }
            """,
            GeneratorTest.OfficialPackage)));

    private static async Task BecomesAsync(string before, string after)
    {
        Document document = CodeFixTests.NewDocument(before + "\n", GeneratorTest.OfficialPackage);
        document = await CodeFixTests.ApplyAsync(document, Assert.Single(await OfferedAsync(document)));
        Assert.Equal(after + "\n", (await document.GetTextAsync()).ToString());
    }

    private static async Task<List<CodeAction>> OfferedAsync(Document document)
    {
        var actions = new List<CodeAction>();
        int at = (await document.GetTextAsync()).ToString().IndexOf("DefineFunction", StringComparison.Ordinal);
        await new DefineFunctionRefactoring().ComputeRefactoringsAsync(
            new CodeRefactoringContext(document, new TextSpan(at, 0), actions.Add, CancellationToken.None));
        return actions;
    }
}
