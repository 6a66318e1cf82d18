using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Files;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>A report as far as it is filled in; kept between the screens, and on any device, until it is sent.</summary>
public sealed class ReportForm
{
    public const int LongestText = 20_000, LongestError = 4_000;

    public string Text { get; set; } = "";
    public string? Error { get; set; }
    public List<KeptFile> Files { get; set; } = [];
    public Impact? Impact { get; set; }
    public Urgency? Urgency { get; set; }
    /// <summary>What the last screen offered for each chip, and where it came from.</summary>
    public Dictionary<string, OfferedValue> Offered { get; set; } = [];
}

public sealed record OfferedValue(string Value, FactSource Source);
