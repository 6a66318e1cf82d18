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
    /// <summary>What the person chose on the last screen instead of what it offered.</summary>
    public Dictionary<string, string> Chosen { get; set; } = [];

    /// <summary>The answer to each chip as it stands: chosen by the person while it is still among the choices, otherwise offered, otherwise nothing.</summary>
    public IReadOnlyDictionary<string, string> Answers(IEnumerable<Chip> chips) =>
        chips.ToDictionary(chip => chip.Key, chip => Chosen.GetValueOrDefault(chip.Key) is { Length: > 0 } chosen && chip.Takes(chosen) ? chosen : chip.Offered?.Value ?? "");

    public void Choose(IEnumerable<Chip> chips, IReadOnlyDictionary<string, string> answers) =>
        Chosen = chips.Where(chip => answers.GetValueOrDefault(chip.Key) is { Length: > 0 } answer && answer != chip.Offered?.Value && chip.Takes(answer)).ToDictionary(chip => chip.Key, chip => answers[chip.Key]);
}

public sealed record OfferedValue(string Value, FactSource Source);
