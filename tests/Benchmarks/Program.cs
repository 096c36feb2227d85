// dotnet run -c Release --project tests/Benchmarks -- compare          C, C# and the official package side by side,
//                                                                       see docs/benchmarks.md
// dotnet run -c Release --project tests/Benchmarks -- components       modules, components and the official package's
// dotnet run -c Release --project tests/Benchmarks -- generators       the generator beside .NET's own, and how its
//                                                                       time grows; then perhaps a guest, as a path
// dotnet run -c Release --project tests/Benchmarks -- deadlines        how late calls end after their deadlines
// dotnet run -c Release --project tests/Benchmarks -- --filter '*'     BenchmarkDotNet, with its options
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using WasmBindgen.Benchmarks;

if (args is ["compare", ..])
{
    return Comparison.Run(args[1..]);
}

if (args is ["components", ..])
{
    return ComponentComparison.Run(args[1..]);
}

if (args is ["generators", ..])
{
    return GeneratorComparison.Run() + GeneratorGrowth.Run(args is [_, var guest] ? guest : null);
}

if (args is ["deadlines"])
{
    return Deadlines.Run();
}

// In this process: BenchmarkDotNet would otherwise build a project of its own, without this repository's settings.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(CallBenchmarks).Assembly).Run(args, config);
return 0;
