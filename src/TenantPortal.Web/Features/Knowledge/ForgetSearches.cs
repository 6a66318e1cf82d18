using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Clears what a client's people typed into searches once it is older than the setting says; counts, clicks and what happened next stay.</summary>
public sealed class ForgetSearches(PortalDb db, JobQueue jobs, PortalSettings settings, TimeProvider time) : IJobHandler
{
    public const string JobKind = "forget-searches";

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var before = time.GetUtcNow() - settings.SearchesKept;
        await db.Searches.Where(s => s.TenantId == job.TenantId && s.Text != null && s.At <= before).ExecuteUpdateAsync(s => s.SetProperty(x => x.Text, (string?)null), cancel);
        // the next search begins anew where none is left
        if (await db.Searches.Where(s => s.TenantId == job.TenantId && s.Text != null).MinAsync(s => (DateTimeOffset?)s.At, cancel) is not { } oldest) return;
        // once a day is often enough
        jobs.Add(job.TenantId, JobKind, null, new[] { oldest + settings.SearchesKept, time.GetUtcNow().AddDays(1) }.Max());
        await db.SaveChangesAsync(cancel);
    }
}
