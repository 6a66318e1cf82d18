using TenantPortal.Domain.People;

namespace TenantPortal.Web.Features.Look;

/// <summary>One sample of an accent: the chosen and the corrected colour, drawn on a ground with ink and button text of that scheme.</summary>
public sealed record AccentSample(string Title, Rgb Chosen, Rgb Used, string Ground, string Ink, string OnAccent)
{
    public bool IsCorrected => Used != Chosen;
    public double ChosenRatio => Ratio(Chosen);
    public double UsedRatio => Ratio(Used);

    // rounded down, so that 4.49 never reads as 4.5
    private double Ratio(Rgb colour) => Math.Floor(colour.ContrastWith(Rgb.Read(Ground)!.Value) * 10) / 10;
}
