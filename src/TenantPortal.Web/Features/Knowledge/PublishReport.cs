namespace TenantPortal.Web.Features.Knowledge;

/// <summary>A required value that a client or one of its sites lacks, and the guide that is therefore not offered there.</summary>
/// <param name="Site">Null: nowhere at this client.</param>
public sealed record MissingValue(string Slug, string Title, string Name, string Description, string? Site);

/// <summary>A guide that could not be published, with the reason in one sentence.</summary>
public sealed record RefusedGuide(string Slug, string Title, string Reason);

/// <summary>What a publish did for one client, and what it could not offer for want of a value.</summary>
public sealed record PublishReport(long Generation, int Published, int Withdrawn, int Unchanged, IReadOnlyList<MissingValue> Missing, IReadOnlyList<RefusedGuide> Refused);
