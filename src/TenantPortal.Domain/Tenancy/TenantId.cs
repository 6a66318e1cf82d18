namespace TenantPortal.Domain.Tenancy;

/// <summary>The one key that a client's data carries everywhere; names and hosts are attributes, never keys.</summary>
public readonly record struct TenantId(Guid Value)
{
    public static TenantId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}
