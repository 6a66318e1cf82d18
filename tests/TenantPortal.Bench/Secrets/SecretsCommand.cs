using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TenantPortal.Domain.Tickets.Secrets;

namespace TenantPortal.Bench.Secrets;

/// <summary>How often the search for credentials speaks up over real texts that hold none on purpose, what it found, and how long it takes.</summary>
internal sealed class SecretsCommand(string folder)
{
    public const string Usage = "secrets FOLDER";

    public static SecretsCommand? Read(string[] args) => args is [var folder] && Directory.Exists(folder) ? new(folder) : null;

    public int Run()
    {
        var texts = Directory.GetFiles(folder, "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines).Select(TextOf).Where(t => t.Length > 0).Distinct().ToList();
        var marked = texts.Where(SecretCover.Finds).ToList();
        foreach (var text in marked)
            foreach (var found in SecretScan.In(text)) Console.WriteLine($"{found.Kind,-10} …{text[Math.Max(0, found.Start - 60)..found.Start].ReplaceLineEndings(" ")}«{text.AsSpan(found.Start, Math.Min(found.Length, 50))}»");
        var watch = Stopwatch.StartNew();
        for (var run = 0; run < 5; run++) foreach (var text in texts) SecretCover.Finds(text);
        var perThousand = watch.Elapsed.TotalMicroseconds / 5 / texts.Sum(t => (double)t.Length) * 1000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts.Count} texts, {marked.Count} with a mask ({100.0 * marked.Count / texts.Count:0.00} %), {marked.Sum(t => SecretScan.In(t).Count)} masks; {perThousand:0.0} µs for 1,000 characters"));
        return 0;
    }

    private static string TextOf(string line)
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";
    }
}
