using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

public sealed record CategoryRule(string Id, string Title, string Queue, string Topic, IReadOnlyList<string> Strong, IReadOnlyList<string> Words, IReadOnlyList<string> Against, IReadOnlyList<EnvironmentField> Needs);
public sealed record RiskRule(RiskTags Tag, IReadOnlyList<string> Words);

/// <summary>The words that decide a category, the words that may alert a person, and the impact/urgency matrix, each with its version.</summary>
public sealed record TriageRules
{
    public required string CategoriesVersion { get; init; }
    public required IReadOnlyList<CategoryRule> Categories { get; init; }
    public required IReadOnlyList<string> UrgentWords { get; init; }
    public required IReadOnlyList<string> MildWords { get; init; }
    public required IReadOnlyList<RiskRule> RiskTags { get; init; }
    public required string MatrixVersion { get; init; }
    /// <summary>Every pair of impact and urgency has a priority; the importer refuses a matrix with a hole.</summary>
    public required IReadOnlyList<MatrixCell> Matrix { get; init; }

    /// <summary>What holds where nothing was published: every ticket is a question of the default priority.</summary>
    public static TriageRules None { get; } = new() { CategoriesVersion = "none", Categories = [], UrgentWords = [], MildWords = [], RiskTags = [], MatrixVersion = "none", Matrix = [] };
}

public sealed record MatrixCell(Impact Impact, Urgency Urgency, Priority Priority);

/// <summary>A stored set of rules: the library's in the MSP's tenant, a client's own in that client's.</summary>
public sealed class TriageRuleSet : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TriageRules Rules { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool IsActive { get; set; } = true;
}
