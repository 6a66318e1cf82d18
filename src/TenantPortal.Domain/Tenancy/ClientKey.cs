namespace TenantPortal.Domain.Tenancy;

/// <summary>The key that a client's secrets are sealed with, itself sealed under the installation's master key; the highest number seals, the others still open.</summary>
public sealed class ClientKey : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required int Number { get; init; }
    public required byte[] Wrapped { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
}
