using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Does one kind of work, inside the scope of the job's client. It may run again after a crash, or beside itself, so it is idempotent;
/// what it throws is tried again later.</summary>
public interface IJobHandler
{
    string Kind { get; }
    Task RunAsync(Job job, CancellationToken cancel);
}
