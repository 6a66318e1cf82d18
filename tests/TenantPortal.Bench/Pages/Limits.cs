namespace TenantPortal.Bench.Pages;

/// <summary>How far a figure may be from the floor's, and how far the best of the measured help desks was (osTicket, FreeScout or Request Tracker).</summary>
internal sealed record Limits(double Must, double Aim, double? Peer)
{
    public string Verdict(double ratio) => ratio <= Aim ? "holds (aim)" : ratio <= Must ? "holds" : "misses";
}
