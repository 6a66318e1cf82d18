using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Adds heads of work to the caller's unit of work: they are committed with the rows they are about, or not at all.</summary>
public sealed class JobQueue(PortalDb db)
{
    public void Add(TenantId client, string kind, Guid? refId, DateTimeOffset dueAt) => db.Add(new Job { TenantId = client, Kind = kind, RefId = refId, DueAt = dueAt });
}
