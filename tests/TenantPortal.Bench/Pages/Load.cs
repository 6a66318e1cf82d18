using System.Diagnostics;

namespace TenantPortal.Bench.Pages;

/// <summary>What one round of visits took.</summary>
/// <param name="Milliseconds">Latency of each visit, ascending.</param>
/// <param name="CpuMilliseconds">CPU of server and database together, for each visit, with the work that went on after the answers.</param>
internal sealed record Round(IReadOnlyList<double> Milliseconds, double PerSecond, double CpuMilliseconds)
{
    public double Percentile(double part) => Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(Milliseconds.Count * part))];
}

/// <summary>Keeps a number of visitors busy for a while; each waits for its answer before the next visit.</summary>
internal static class Load
{
    public static async Task<Round> RunAsync(IReadOnlyList<IVisitor> visitors, TimeSpan time, int mostVisitsEach, Func<Task> settle, params int[] processes)
    {
        var cpu = processes.Sum(ProcessFigures.Cpu);
        var began = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(visitors.Select(visitor => Task.Run(() => VisitAsync(visitor, began, time, mostVisitsEach))));
        var elapsed = Stopwatch.GetElapsedTime(began);
        await settle();
        var all = taken.SelectMany(t => t).Order().ToList();
        return new(all, all.Count / elapsed.TotalSeconds, (processes.Sum(ProcessFigures.Cpu) - cpu) * 1000 / all.Count);
    }

    private static async Task<List<double>> VisitAsync(IVisitor visitor, long began, TimeSpan time, int most)
    {
        var taken = new List<double>(capacity: Math.Min(most, 100_000));
        while (taken.Count < most && Stopwatch.GetElapsedTime(began) < time)
        {
            var start = Stopwatch.GetTimestamp();
            await visitor.VisitAsync();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return taken;
    }
}
