using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>How far a client's contract is written down: the systems that no clause speaks of, critical ones first.</summary>
public sealed record Coverage(Client Client, Contract? Contract, int Clauses, IReadOnlyList<NamedSystem> Uncovered, int PastReview, int Drafts);

/// <summary>A clause as it counts now, with the version that was approved; without one it came with a file.</summary>
public sealed record ClauseInForce(Clause Clause, ClauseVersion? Version, bool IsPastReview);

/// <summary>A draft with its test cases as they come out today.</summary>
/// <param name="Replay">What it would have changed in the past, as far as it is known.</param>
/// <param name="IsReplayCurrent">The replay was run against the rules that hold.</param>
public sealed record TriedDraft(ClauseVersion Version, IReadOnlyList<CaseResult> Results, RuleReplay? Replay, bool IsReplayCurrent);

/// <summary>What is written down of one client's contract.</summary>
public sealed record ContractRegister(Client Client, Contract? Contract, string Hours, IReadOnlyList<ClauseInForce> Clauses, IReadOnlyList<TriedDraft> Drafts, IReadOnlyList<NamedSystem> Systems, IReadOnlyList<NamedSystem> Uncovered, IReadOnlyDictionary<SiteId, Site> Sites)
{
    public string Where(IReadOnlyList<SiteId> sites) => string.Join(", ", sites.Select(id => Sites.GetValueOrDefault(id)?.Name ?? "?"));
}

/// <summary>Reads contracts, clauses and what is missing, for operators and service leads of the clients they serve.</summary>
public sealed class ReadContracts(PortalDb db, ClientProfiles profiles, ClientDirectory clients, StaffDirectory staff, Me me, TimeProvider time)
{
    public bool MayEnter => me.Has(StaffRoles.Operator | StaffRoles.ServiceLead);

    public Client? BySlug(string slug) => clients.BySlug(slug) is { } client && MayRead(client) ? client : null;

    public async Task<IReadOnlyList<Coverage>> AllAsync(CancellationToken cancel)
    {
        var (now, today) = (time.GetUtcNow(), Today());
        var read = clients.All.Where(MayRead).ToList();
        var ids = read.ConvertAll(c => c.Id);
        var drafts = await db.ClauseVersions.AsNoTracking().Where(v => ids.Contains(v.TenantId) && v.State == ClauseState.Draft).GroupBy(v => v.TenantId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var contracts = await db.Contracts.AsNoTracking().Where(c => ids.Contains(c.TenantId) && c.StartsOn <= today && (c.EndsOn == null || c.EndsOn >= today)).OrderBy(c => c.StartsOn).ToListAsync(cancel);
        var all = new List<Coverage>();
        foreach (var client in read)
        {
            var rules = (await profiles.OfAsync(client.Id, db, now, cancel)).Rules;
            all.Add(new(client, contracts.LastOrDefault(c => c.TenantId == client.Id), rules.Clauses.Count, Uncovered(rules), rules.Clauses.Count(c => c.ReviewBy < today), drafts.GetValueOrDefault(client.Id)));
        }
        return all;
    }

    public async Task<ContractRegister> OfAsync(Client client, CancellationToken cancel)
    {
        var today = Today();
        var profile = await profiles.OfAsync(client.Id, db, time.GetUtcNow(), cancel);
        var contract = await InForceAsync(client.Id, cancel);
        var versions = await db.ClauseVersions.AsNoTracking().Where(v => v.TenantId == client.Id && v.State != ClauseState.Superseded).OrderBy(v => v.CreatedAt).ToListAsync(cancel);
        var drafts = versions.Where(v => v.State == ClauseState.Draft).Select(v => v.Id).ToList();
        var replays = (await db.Replays.AsNoTracking().Where(r => r.TenantId == client.Id && drafts.Contains(r.VersionId)).OrderBy(r => r.AskedAt).ToListAsync(cancel)).ToLookup(r => r.VersionId);
        var approved = versions.Where(v => v.State == ClauseState.InForce).ToDictionary(v => v.ClauseId);
        return new(client, contract, profile.Terms.ClientHours,
            [.. profile.Rules.Clauses.Select(c => new ClauseInForce(c, approved.GetValueOrDefault(c.Id), c.ReviewBy < today))],
            [.. versions.Where(v => v.State == ClauseState.Draft).Select(v => new TriedDraft(v, ClauseTrial.Run(v, profile.Rules), replays[v.Id].LastOrDefault(), replays[v.Id].LastOrDefault() is { State: ReplayState.Done } done && done.RulesHash == profile.RulesHash))],
            profile.Rules.Systems, Uncovered(profile.Rules), profile.Sites);
    }

    /// <summary>The other clients that a clause can be copied to.</summary>
    public IReadOnlyList<Client> Others(Client than) => [.. clients.All.Where(c => MayRead(c) && c.Id != than.Id).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Whom a path means, by name or by role.</summary>
    public string Callee(string path) => staff.ByKey(path) is { } person ? $"{person.Name}{(person.Title is null ? "" : $" ({person.Title})")}" : $"the {path.Replace('-', ' ')}";

    public Task<Contract?> InForceAsync(TenantId client, CancellationToken cancel)
    {
        var today = Today();
        return db.Contracts.AsNoTracking().Where(c => c.TenantId == client && c.StartsOn <= today && (c.EndsOn == null || c.EndsOn >= today)).OrderByDescending(c => c.StartsOn).FirstOrDefaultAsync(cancel);
    }

    private static IReadOnlyList<NamedSystem> Uncovered(CompiledRules rules) =>
        [.. rules.Systems.Where(s => rules.Clauses.All(c => c.System != s.Name)).OrderByDescending(s => s.IsCritical).ThenBy(s => s.Name, StringComparer.Ordinal)];

    private bool MayRead(Client client) => MayEnter && client is { IsMsp: false, IsActive: true } && me.Staff.Serves(client.Id);

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
