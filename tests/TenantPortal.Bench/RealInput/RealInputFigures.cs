using System.Globalization;

namespace TenantPortal.Bench.RealInput;

/// <summary>What became of the texts that were sent.</summary>
internal sealed class RealInputFigures
{
    private readonly List<double> milliseconds = [];

    public int Sent { get; set; }
    public int Numbers { get; set; }
    /// <summary>Tickets whose verdict gives reasons.</summary>
    public int Verdicts { get; set; }
    public int Offered { get; set; }
    public int HandedOff { get; set; }
    /// <summary>Texts with a judged article.</summary>
    public int Judged { get; set; }
    public int First { get; set; }
    public int FirstThree { get; set; }
    public List<string> Failures { get; } = [];
    public bool IsComplete => Failures.Count == 0 && Numbers == Sent && Verdicts == Sent;

    public void Took(TimeSpan time) => milliseconds.Add(time.TotalMilliseconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        sent {Sent}: number {Numbers}, verdict with reasons {Verdicts}, guide offered {Offered}, handed to a person {HandedOff}, failed {Failures.Count}
        judged article first {First} of {Judged}, in the first three {FirstThree}
        whole submit ms: p50 {Percentile(0.5):f1}, p95 {Percentile(0.95):f1}
        """);

    private double Percentile(double part) => milliseconds.Count == 0 ? 0 : milliseconds.Order().ElementAt(Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * part)));
}
