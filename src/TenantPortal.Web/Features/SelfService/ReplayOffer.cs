using System.Text.Json;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>A choice of a guide made once more from the candidates that were kept.</summary>
/// <param name="IsSame">Null where too little was kept.</param>
public sealed record ReplayedOffer(string? Chosen, string Reason, IReadOnlyList<GuideCandidate> Candidates, bool? IsSame, string? ChosenNow)
{
    private sealed record Inputs(RiskTags Risks, IReadOnlyList<Guid>? Tried, double LeastConfidence, double LeastConfirmed, string? Category, IReadOnlyList<Guid>? Unreadable, string? Prefers);

    private sealed record Output(string? Chosen, string? Reason, IReadOnlyList<GuideCandidate>? Candidates);

    public static ReplayedOffer Of(DecisionRecord decision)
    {
        var (inputs, output) = (JsonSerializer.Deserialize<Inputs>(decision.Inputs, ColumnTypes.JsonOptions)!, JsonSerializer.Deserialize<Output>(decision.Output, ColumnTypes.JsonOptions)!);
        var candidates = output.Candidates ?? [];
        // the same guide once more was no choice among candidates
        if (inputs.Unreadable is not { } unreadable || output.Chosen is { Length: 0 }) return new(output.Chosen, output.Reason ?? "", candidates, null, null);
        var readable = (inputs.Prefers is { } category ? candidates.OrderByDescending(c => c.Category == category && c.Confidence >= inputs.LeastConfirmed) : candidates.AsEnumerable()).Where(c => !unreadable.Contains(c.RunbookId)).ToList();
        var choice = GuideChoice.Of(readable, (inputs.Tried ?? []).ToHashSet(), inputs.Risks, new(inputs.LeastConfidence, inputs.LeastConfirmed, inputs.Category ?? ""));
        return new(output.Chosen, output.Reason ?? "", candidates, choice.Chosen?.Slug == output.Chosen && choice.Reason == output.Reason, choice.Chosen?.Slug);
    }
}
