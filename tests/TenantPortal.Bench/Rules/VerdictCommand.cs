using System.Diagnostics;
using System.Globalization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Bench.Rules;

/// <summary>How long a verdict takes by the shipped rules, each text once a run and each run's order the same.</summary>
internal static class VerdictCommand
{
    private const int Warm = 40, Runs = 60;
    private const double MustMilliseconds = 0.5;

    public static int Run()
    {
        var rules = DemoRules.Read();
        var reports = DemoRules.Texts.Select(text => new Report { Subject = CleanText.FirstLine(text), Text = text }).ToList();
        for (var run = 0; run < Warm; run++) foreach (var report in reports) TriageVerdict.For(report, rules, RecentHistory.Empty);
        var times = new List<double>(Runs * reports.Count);
        for (var run = 0; run < Runs; run++)
            foreach (var report in reports)
            {
                var began = Stopwatch.GetTimestamp();
                TriageVerdict.For(report, rules, RecentHistory.Empty);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        times.Sort();
        var (p50, p95, p99) = (times[times.Count / 2], times[times.Count * 95 / 100], times[times.Count * 99 / 100]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count} verdicts over {reports.Count} texts: p50 {p50:f3} ms, p95 {p95:f3} ms, p99 {p99:f3} ms   must {MustMilliseconds} ms at p95"));
        return p95 <= MustMilliseconds ? 0 : 1;
    }
}
