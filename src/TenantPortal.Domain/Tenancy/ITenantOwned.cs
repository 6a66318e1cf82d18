namespace TenantPortal.Domain.Tenancy;

/// <summary>A row that belongs to one client: it gets the tenant filter, and its table forced row-level security.</summary>
public interface ITenantOwned
{
    TenantId TenantId { get; }
}
