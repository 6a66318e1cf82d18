using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>A guide that may help: how surely (0 to 1), and on demand why.</summary>
public sealed class GuideHit(Guid runbookId, string versionHash, string slug, string title, string summary, string category, int minutes, double confidence, Func<IReadOnlyList<MatchReason>> explain)
{
    private readonly Lazy<IReadOnlyList<MatchReason>> explanation = new(explain);

    public Guid RunbookId => runbookId;
    public string VersionHash => versionHash;
    public string Slug => slug;
    public string Title => title;
    public string Summary => summary;
    public string Category => category;
    public int Minutes => minutes;
    public double Confidence => confidence;
    public IReadOnlyList<MatchReason> Explanation => explanation.Value;
}

/// <summary>What a search found for one reader; every guide in it can be read by that reader with every value filled in.</summary>
/// <param name="Repaired">The query with its repaired words, where something was repaired.</param>
/// <param name="NothingFits">No guide, or none that answers enough of the question to be offered by itself.</param>
public sealed record GuideAnswer(IReadOnlyList<GuideHit> Hits, string? Repaired, bool NothingFits, IReadOnlyList<string> UnknownCodes, long Generation)
{
    /// <summary>Where nothing was found: guides whose words look like those of the question.</summary>
    public IReadOnlyList<Guid> Nearest { get; init; } = [];

    /// <summary>The text was too long and its middle was not read.</summary>
    public bool IsTruncated { get; init; }

    public static GuideAnswer None(long generation) => new([], null, true, [], generation);
}
