using TenantPortal.Domain.People;

namespace TenantPortal.Web.Features.Api;

public sealed record ClientAnswer(string Slug, string Name, string TicketPrefix, string TimeZone);

/// <summary>What the token is, so that a program can check itself.</summary>
public sealed record MeAnswer(string Name, string? Client, string? Staff, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt, IReadOnlyList<ClientAnswer> Clients);

public sealed record PersonAnswer(Guid Id, string? ExternalRef, string Name, string Email, string? Phone, string? Title, ContactRole Role, Guid? Site, Guid? Device, bool IsActive);

public sealed record SiteAnswer(Guid Id, string? ExternalRef, string Name, string? Address, string? Phone, string? Kind, int PeopleCount);

public sealed record DeviceAnswer(Guid Id, string? ExternalRef, string Name, DeviceKind Kind, string? Model, string? Os, string? OsVersion, string? Serial, Guid? Site, Guid? Person);

public sealed record FoundTicketAnswer(string Reference, int Number, string Subject, bool IsOpen, DateTimeOffset OpenedAt);

public sealed record FoundGuideAnswer(string Slug, string Title, string Summary, int Minutes, double Confidence);

/// <summary>The best tickets and guides for the words; guides only those that this token's readers may see.</summary>
public sealed record FoundAnswer(IReadOnlyList<FoundTicketAnswer> Tickets, IReadOnlyList<FoundGuideAnswer> Guides);
