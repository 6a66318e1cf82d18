using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>One step with every value filled in; the HTML is safe to write as it is.</summary>
public sealed record ReadableStep(string Id, string Title, string Html, string ExpectHtml, string? RollbackHtml, string Text, StepActor Actor, AppliesTo AppliesTo, int MinTier, string OnFail);

public sealed record RelatedGuide(string Slug, string Title);

/// <summary>A guide as one reader may see it.</summary>
public sealed record ReadableGuide
{
    public required TenantId Client { get; init; }
    public required Guid RunbookId { get; init; }
    public required string VersionHash { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string Category { get; init; }
    /// <summary>The tier that it is for; 0: anybody.</summary>
    public required int MinTier { get; init; }
    public required RunbookKind Kind { get; init; }
    public required int Minutes { get; init; }
    public required string IntroductionHtml { get; init; }
    public required string? CauseHtml { get; init; }
    public required AppliesTo AppliesTo { get; init; }
    public required IReadOnlyList<string> Symptoms { get; init; }
    public required IReadOnlyList<string> Prerequisites { get; init; }
    public required IReadOnlyList<string> Success { get; init; }
    public required IReadOnlyList<ReadableStep> Steps { get; init; }
    public required IReadOnlyList<RunbookSource> Sources { get; init; }
    public required IReadOnlyList<RelatedGuide> Related { get; init; }
    /// <summary>The guide to read instead.</summary>
    public RelatedGuide? Successor { get; init; }
    /// <summary>The day on which its owner should have looked at it again, once that is past.</summary>
    public DateOnly? OverdueSince { get; init; }
    public required string ApprovedBy { get; init; }
    public required DateTimeOffset ApprovedAt { get; init; }
    /// <summary>Values that this engineer's reading lacks, shown as [name]; always empty for a contact.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
