using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

public sealed class LanguageVersionTests
{
    private const string WithoutPartialProperties =
        """
        using System;
        using WasmBindgen;

        public enum Kind { A, B }

        [WasmImport("env")] public sealed partial class Env
        {
            [Interrupts<InvalidOperationException>] public Kind A(Kind kind, in int a, ref readonly long b, Caller caller) => kind;
        }
        [WasmImport("env")] public static partial class StaticEnv { public static int Add(int a, int b) => a + b; }
        [WasmExport] public sealed partial class Guest { public partial Kind A(Kind kind, in int a, ref readonly long b); public partial void B(); }
        """;

    /// <summary>C# 12 is the default of the oldest SDK that the generator runs in.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public Task Methods_from_CSharp_12_on(LanguageVersion version) => GeneratorTest.VerifyAsync(
        GeneratorTest.Compile(
            new CSharpParseOptions(version, DocumentationMode.Diagnose),
            GeneratorTest.Library,
            WithoutPartialProperties));

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public Task Partial_properties_from_CSharp_13_on(LanguageVersion version) =>
        GeneratorTest.VerifyAsync(GeneratorTest.Compile(
            new CSharpParseOptions(version, DocumentationMode.Diagnose),
            GeneratorTest.Library,
            "[WasmBindgen.WasmExport] public sealed partial class Guest { public partial int field { get; set; } "
                + "public partial WasmBindgen.Memory Memory { get; } }"));

    [Fact]
    public Task An_optimized_build() => GeneratorTest.VerifyAsync(GeneratorTest.Compile(
        GeneratorTest.CSharp13,
        GeneratorTest.Library.WithOptimizationLevel(Microsoft.CodeAnalysis.OptimizationLevel.Release),
        WithoutPartialProperties));
}
