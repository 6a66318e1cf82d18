using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Puts a draft in force: a service lead answers for it, its test cases are green at this moment, and the clocks of open tickets are read again.</summary>
public sealed class ApproveClause(PortalDb db, ClientProfiles profiles, JobQueue jobs, Me me, TimeProvider time)
{
    public bool MayApprove => me.Has(StaffRoles.ServiceLead);

    public async Task<Refusal?> RunAsync(TenantId client, Guid versionId, CancellationToken cancel)
    {
        if (!MayApprove) return new("Only a service lead approves clauses.");
        var now = time.GetUtcNow();
        if (await db.ClauseVersions.FirstOrDefaultAsync(v => v.TenantId == client && v.Id == versionId, cancel) is not { } version) return new("This version is not in the register any more. Reload the page.");
        // read anew: what is approved is judged by what is stored now
        profiles.Forget(client);
        var rules = (await profiles.OfAsync(client, db, now, cancel)).Rules;
        var before = await db.Clauses.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == client && c.Id == version.ClauseId, cancel);
        var others = rules.Clauses.Where(c => c.Id != version.ClauseId).Select(ClauseRule.Of).ToList();
        var replay = await db.Replays.AsNoTracking().Where(r => r.TenantId == client && r.VersionId == versionId).OrderByDescending(r => r.AskedAt).FirstOrDefaultAsync(cancel);
        if (version.State == ClauseState.Draft && replay is not { State: ReplayState.Done }) return new("See first what it would have changed: the replay over past tickets has not come to its end.");
        if (version.State == ClauseState.Draft && replay!.RulesHash != (await profiles.OfAsync(client, db, now, cancel)).RulesHash) return new("The client's rules changed after the replay. Run it once more, and look at it.");
        if (version.Approve(ClauseTrial.Run(version, rules), before?.Version ?? 0, others, me.Staff.Id.Value, me.Staff.Name, now) is { } refusal) return refusal;

        foreach (var earlier in await db.ClauseVersions.Where(v => v.TenantId == client && v.ClauseId == version.ClauseId && v.State == ClauseState.InForce && v.Id != version.Id).ToListAsync(cancel)) earlier.Supersede();
        var was = before is null ? "" : JsonSerializer.Serialize(ClauseRule.Of(before), ColumnTypes.JsonOptions);
        var counts = version.Rule.WithdrawnBecause is null ? ClauseTrial.AsClause(version, before?.ExternalRef) : null;
        db.Add(new ClientEvent
        {
            TenantId = client, Kind = counts is null ? "clause-withdrawn" : "clause-approved", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now,
            Detail = new() { ["clause"] = $"{version.ClauseId}", ["title"] = version.Rule.Title, ["version"] = $"{version.Number}", ["author"] = version.AuthorName, ["before"] = was, ["after"] = JsonSerializer.Serialize(version.Rule, ColumnTypes.JsonOptions) },
        });
        jobs.Add(client, ClocksAgain.JobKind, null, now);
        return await SaveAsync(before, counts, cancel);
    }

    private async Task<Refusal?> SaveAsync(Clause? before, Clause? counts, CancellationToken cancel)
    {
        if (counts is null) { if (before is not null) db.Remove(before); }
        else if (before is null) db.Add(counts);
        else db.Update(counts);
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return new("Somebody else changed this clause at the same moment. Reload the page.");
        }
    }
}
