using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

/// <summary>A request of a program that was carried out, under the key that the program gave it. Kept for a week; no text.</summary>
public sealed class ApiCall : ITenantOwned
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public required TenantId TenantId { get; init; }
    public required Guid TokenId { get; init; }
    public required string Key { get; init; }
    /// <summary>SHA-256 of address and body: the same key with another request is a mistake of the caller's.</summary>
    public required byte[] RequestHash { get; init; }
    public required DateTimeOffset At { get; init; }
}
