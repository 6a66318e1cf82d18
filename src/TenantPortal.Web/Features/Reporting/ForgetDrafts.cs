using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Deletes a client's drafts that nobody has touched for 30 days, and the files that no draft and no ticket of theirs holds any more.</summary>
public sealed class ForgetDrafts(PortalDb db, FileStore files, JobQueue jobs, TimeProvider time) : IJobHandler
{
    public const string JobKind = "forget-drafts";
    /// <summary>How long an unsent report stays after its last change.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var before = time.GetUtcNow() - Kept;
        await db.ReportDrafts.Where(d => d.UpdatedAt <= before).ExecuteDeleteAsync(cancel);
        var left = await db.ReportDrafts.AsNoTracking().ToListAsync(cancel);
        var oldestFile = await files.ForgetAsync([.. left.SelectMany(FilesOf)], before, cancel);
        // a draft's time starts again with each change, and a file may be younger than the draft that it was taken out of
        if (new[] { left.FirstOrDefault(d => d.Id == job.RefId)?.UpdatedAt, oldestFile }.Min() is not { } since) return;
        jobs.Add(job.TenantId, JobKind, job.RefId, since + Kept);
        await db.SaveChangesAsync(cancel);
    }

    private static IEnumerable<Guid> FilesOf(Domain.Tickets.ReportDraft draft) => JsonSerializer.Deserialize<ReportForm>(draft.Form, ColumnTypes.JsonOptions)!.Files.Select(f => f.Id);
}
