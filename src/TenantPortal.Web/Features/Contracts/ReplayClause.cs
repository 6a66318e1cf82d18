using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Tries a version of a clause on the client's tickets of the last 90 days, the newest 10,000 of them, and tells how far it is. Another run begins anew.</summary>
public sealed class ReplayClause(PortalDb db, ClientProfiles profiles, PastTickets past, ClientDirectory clients, TimeProvider time) : IJobHandler
{
    public const string JobKind = "rule-replay";
    private const int Step = 250;

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        if (await db.Replays.FirstOrDefaultAsync(r => r.TenantId == job.TenantId && r.Id == job.RefId, cancel) is not { State: not ReplayState.Done } replay) return;
        if (await db.ClauseVersions.AsNoTracking().FirstOrDefaultAsync(v => v.TenantId == job.TenantId && v.Id == replay.VersionId, cancel) is not { } version) return;
        profiles.Forget(job.TenantId);
        var now = time.GetUtcNow();
        var profile = await profiles.OfAsync(job.TenantId, db, now, cancel);
        var (holding, other) = (new RulesInForce(profile.Rules, profile.Terms), With(version, profile, clients.ById(job.TenantId)!));
        var tickets = await past.RunAsync(job.TenantId, RuleReplay.MostTickets, now, cancel);
        (replay.State, replay.RulesHash, replay.Total, replay.Done) = (ReplayState.Running, profile.RulesHash, tickets.Count, 0);
        await db.SaveChangesAsync(cancel);
        var changed = new List<ChangedTicket>();
        foreach (var some in tickets.Chunk(Step))
        {
            foreach (var ticket in some) if (RulesTrial.Compare(ticket, holding, other, now) is { } difference) changed.Add(difference);
            replay.Done += some.Length;
            await db.SaveChangesAsync(cancel);
        }
        (replay.State, replay.EndedAt, replay.Changes) = (ReplayState.Done, time.GetUtcNow(), RuleChanges.Of(tickets.Count, changed));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The client's rules as they would be with this version in force.</summary>
    public static RulesInForce With(ClauseVersion version, ClientProfile profile, Client client)
    {
        List<Clause> clauses = [.. profile.Rules.Clauses.Where(c => c.Id != version.ClauseId)];
        if (version.Rule.WithdrawnBecause is null) clauses.Add(ClauseTrial.AsClause(version));
        return new(profile.Rules.With(clauses), new(profile.Parts.Contract, clauses, client.TimeZone, profile.Teams));
    }
}

/// <summary>Asks for a replay of a version; it runs as a job, so that nobody waits for it.</summary>
public sealed class AskReplay(PortalDb db, JobQueue jobs)
{
    /// <summary>Adds it to the caller's unit of work.</summary>
    public void Add(ClauseVersion version, DateTimeOffset now)
    {
        var replay = new RuleReplay { TenantId = version.TenantId, VersionId = version.Id, RulesHash = "", AskedAt = now };
        db.Add(replay);
        jobs.Add(version.TenantId, ReplayClause.JobKind, replay.Id, now);
    }

    public async Task<Refusal?> RunAsync(TenantId client, Guid versionId, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.ClauseVersions.FirstOrDefaultAsync(v => v.TenantId == client && v.Id == versionId && v.State == ClauseState.Draft, cancel) is not { } version) return new("This version is no draft any more. Reload the page.");
        Add(version, now);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
