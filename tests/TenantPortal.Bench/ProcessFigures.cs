using System.Globalization;

namespace TenantPortal.Bench;

/// <summary>What Linux says about a process and those it started.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    /// <summary>Proportional set size in MiB: shared pages count by their share.</summary>
    public static double Pss(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>CPU seconds used so far by a process and its living children.</summary>
    public static double Cpu(int process)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? Stat(id) : null).OfType<(int Id, int Parent, double Cpu)>().ToList();
        return all.Where(p => p.Id == process || p.Parent == process).Sum(p => p.Cpu);
    }

    private static (int Id, int Parent, double Cpu)? Stat(int process)
    {
        string text;
        try { text = File.ReadAllText($"/proc/{process}/stat"); }
        catch (IOException) { return null; }   // it has just ended
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (process, int.Parse(fields[1], CultureInfo.InvariantCulture), (Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
