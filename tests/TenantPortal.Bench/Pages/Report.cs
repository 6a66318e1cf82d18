using System.Globalization;

namespace TenantPortal.Bench.Pages;

/// <summary>The table that the run prints: ours, floor, ratio, what must hold, and what the best peer needed.</summary>
internal sealed class Report
{
    private static readonly Limits Tail = new(3, 2, null), StartLimits = new(4, 2, 0.6), MemoryLimits = new(2, 1.5, 0.5);
    private readonly List<string[]> rows = [["journey", "figure", "ours", "floor", "ratio", "must", "aim", "verdict", "best peer"]];
    private readonly List<string[]> details = [["journey", "ours ms at 1: p50 / p95 / p99", "floor", "ours ms at 16: p50 / p95 / p99", "floor", "CPU ms each at 16: ours", "floor"]];

    public void Add(Measurement measured)
    {
        var journey = measured.Journey;
        Row(journey.Name, "ms, p50 at 1", measured.OursAlone.Percentile(0.5), measured.FloorAlone.Percentile(0.5), journey.Latency);
        Row(journey.Name, "per s at 16", measured.OursTogether.PerSecond, measured.FloorTogether.PerSecond, journey.Rate, moreIsBetter: true);
        Row(journey.Name, "ms, p99 at 16", measured.OursTogether.Percentile(0.99), measured.FloorTogether.Percentile(0.99), Tail);
        details.Add([journey.Name, Spread(measured.OursAlone), Spread(measured.FloorAlone), Spread(measured.OursTogether), Spread(measured.FloorTogether), Text(measured.OursTogether.CpuMilliseconds), Text(measured.FloorTogether.CpuMilliseconds)]);
    }

    public void AddStart(double ours, double floor) => Row("start", "ms to first answer", ours, floor, StartLimits);

    public void AddMemory(double ours, double floor) => Row("memory", "MiB (PSS) at the end", ours, floor, MemoryLimits);

    public void Print(TextWriter to)
    {
        Print(to, rows);
        to.WriteLine();
        Print(to, details);
        to.WriteLine();
        to.WriteLine("ratio: ours divided by the floor (per s: floor divided by ours), so less is better. best peer: osTicket, FreeScout or Request Tracker by the same measure, recorded earlier.");
    }

    private void Row(string journey, string figure, double ours, double floor, Limits limits, bool moreIsBetter = false)
    {
        var ratio = moreIsBetter ? floor / ours : ours / floor;
        rows.Add([journey, figure, Text(ours), Text(floor), Text(ratio), $"≤ {Text(limits.Must)}", $"≤ {Text(limits.Aim)}", limits.Verdict(ratio), limits.Peer is { } peer ? Text(peer) : ""]);
    }

    private static string Spread(Rounds rounds) => $"{Text(rounds.Percentile(0.5))} / {Text(rounds.Percentile(0.95))} / {Text(rounds.Percentile(0.99))}";

    private static string Text(double value) => value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.0#", CultureInfo.InvariantCulture);

    private static void Print(TextWriter to, List<string[]> table)
    {
        var widths = Enumerable.Range(0, table[0].Length).Select(c => table.Max(row => row[c].Length)).ToArray();
        foreach (var row in table) to.WriteLine("| " + string.Join(" | ", row.Select((cell, c) => cell.PadRight(widths[c]))) + " |");
    }
}
