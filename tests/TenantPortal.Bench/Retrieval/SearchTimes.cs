using System.Diagnostics;
using System.Globalization;

namespace TenantPortal.Bench.Retrieval;

/// <summary>How long one thing takes when it is done again and again, after it has been done often enough to be compiled.</summary>
internal static class SearchTimes
{
    private const int Warm = 3000;
    private const int Measured = 5000;

    public static string Of(int count, Action<int> run, int warm = Warm, int measured = Measured)
    {
        for (var i = 0; i < warm; i++) run(i % count);
        var times = new double[measured];
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < measured; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run((warm + i) % count);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / measured;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / measured;
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"ms p50 {times[measured / 2]:f3}  p95 {times[measured * 95 / 100]:f3}  p99 {times[measured * 99 / 100]:f3}  cpu {used:f3}  allocated {bytes} bytes");
    }
}
