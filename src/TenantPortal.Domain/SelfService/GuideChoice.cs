using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.SelfService;

/// <summary>A guide the search found for a ticket, and how surely (0 to 1) it is what was asked for.</summary>
/// <param name="Category">The guide's own, such as security/phishing.</param>
public sealed record GuideCandidate(Guid RunbookId, string Slug, string Title, string Category, double Confidence);

/// <summary>How surely a guide must be what was asked for before it is offered.</summary>
/// <param name="Alone">Where the search alone speaks for it.</param>
/// <param name="Confirmed">Where the ticket's category speaks for it too, or where a better one did not help.</param>
public sealed record OfferBar(double Alone, double Confirmed, string Category)
{
    public double Of(GuideCandidate candidate, int tried) => tried > 0 || candidate.Category == Category ? Confirmed : Alone;
}

/// <summary>Which guide to offer, or why none: the same candidates always give the same choice.</summary>
public sealed record GuideChoice(GuideCandidate? Chosen, string Reason)
{
    /// <summary>Guides a person is asked to try on one request before somebody takes over.</summary>
    public const int MostGuides = 2;

    /// <summary>Takes the first candidate that fits well enough, was not tried, and may be tried at all for this ticket's risks.</summary>
    /// <param name="bar">How surely a candidate must be what was asked for.</param>
    public static GuideChoice Of(IReadOnlyList<GuideCandidate> candidates, IReadOnlySet<Guid> tried, RiskTags risks, OfferBar bar)
    {
        if (tried.Count >= MostGuides) return new(null, $"{MostGuides} guides have been tried.");
        var chosen = candidates.FirstOrDefault(candidate => candidate.Confidence >= bar.Of(candidate, tried.Count) && !tried.Contains(candidate.RunbookId) && MayTry(candidate, risks));
        if (chosen is not null) return new(chosen, "It fits what was reported.");
        if (candidates.Count == 0) return new(null, "No guide speaks of what was reported.");
        if (risks.HasFlag(RiskTags.Security)) return new(null, "The report may be about security and no security guide fits it.");
        return new(null, tried.Count > 0 ? "No other guide fits well enough." : "No guide fits well enough.");
    }

    // a person who may have been attacked is not sent to restart a printer first
    private static bool MayTry(GuideCandidate candidate, RiskTags risks) =>
        !risks.HasFlag(RiskTags.Security) || candidate.Category.StartsWith("security/", StringComparison.Ordinal);
}
