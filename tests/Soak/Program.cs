// dotnet run -c Release --project tests/Soak -- [--minutes N]     every feature, from eight threads at once; 2 minutes
//                                                                  unless said otherwise. See docs/reliability.md.
//                                             -- --once            every feature once, from one thread
//                                             -- --signals         whether an engine without signals installs none
using System.Diagnostics;
using System.Globalization;
using WasmBindgen.Soak;

if (args is ["--once"])
{
    return Once.Run();
}

if (args is ["--signals"])
{
    return Signals.Run();
}

double minutes = args switch
{
    [] => 2,
    ["--minutes", var number] => double.Parse(number, CultureInfo.InvariantCulture),
    _ => throw new ArgumentException("usage: soak [--minutes N] or soak --once"),
};
var duration = TimeSpan.FromMinutes(minutes);
var tally = new Tally();
var samples = new List<Sample>();
long begin = Stopwatch.GetTimestamp();
using (var workers = new Workers(tally))
{
    do
    {
        TimeSpan left = duration - Stopwatch.GetElapsedTime(begin);
        Thread.Sleep(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10));
        workers.Pause(() => samples.Add(Sample.Take()));
        Print(samples[^1]);
    }
    while (Stopwatch.GetElapsedTime(begin) < duration && !tally.IsFull);
}

Print(Sample.Take());
Console.WriteLine("calls: " + string.Join(", ", tally.CallsByScenario));
Console.WriteLine("errors, all expected: " + string.Join(", ", tally.ErrorsByKind));
Console.WriteLine("a store with its guest: " + Growth.OfStore(tally));
if (Counter.Live != 0)
{
    tally.Wrong($"{Counter.Live} resources were not disposed with their stores");
}

string[] wrongs = [.. tally.Wrongs, .. Growth.Of(samples)];
Array.ForEach(wrongs, static wrong => Console.WriteLine("WRONG  " + wrong));
Console.WriteLine(wrongs.Length == 0 ? "nothing wrong" : $"{wrongs.Length} wrong");
return wrongs.Length == 0 ? 0 : 1;

void Print(Sample sample) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s: {tally.Calls:N0} calls, {tally.Errors:N0} errors, "
        + $"worst overrun {tally.WorstOverrun} (of a sleep {tally.WorstSleep}), {sample}"));
