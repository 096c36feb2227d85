using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>The C# of docs/migrating.md compiles, as it stands there.</summary>
public sealed partial class MigratingTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.Threading;";

    /// <summary>A block of types is there for the programs after it; each program is one of its own.</summary>
    [Fact]
    public void Every_block_compiles()
    {
        string text = File.ReadAllText(Repository.PathOf("docs", "migrating.md"));
        List<string> types = [ImplicitUsings];
        int programs = 0;
        foreach (string block in Blocks().Matches(text).Select(static match => match.Groups[1].Value))
        {
            if (!CSharpSyntaxTree.ParseText(block).GetCompilationUnitRoot().Members.Any(
                static member => member.IsKind(SyntaxKind.GlobalStatement)))
            {
                types.Add(block);
                continue;
            }

            programs++;
            CSharpCompilation program = GeneratorTest
                .Compile(
                    GeneratorTest.CSharp13,
                    GeneratorTest.Library.WithOutputKind(OutputKind.ConsoleApplication),
                    [block, .. types])
                .AddReferences(GeneratorTest.OfficialPackage);
            Assert.Empty(GeneratorTest.CompilerDiagnostics(GeneratorRun.Of(program).Output));
        }

        Assert.Equal(7, programs);
        Assert.Equal(4, types.Count);
    }

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
