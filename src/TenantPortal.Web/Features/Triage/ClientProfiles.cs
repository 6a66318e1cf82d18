using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Triage;

/// <summary>One ready profile a client, read under the scope of the first request that needs it and forgotten when the database says that it changed.</summary>
public sealed class ClientProfiles
{
    private readonly ClientDirectory clients;
    private readonly StaffDirectory staff;
    private readonly OnCallDirectory onCall;
    private readonly ConcurrentDictionary<TenantId, ClientProfile> ready = new();
    // clients that were published the same rules share their words; the key is the hash of the rules themselves
    private readonly ConcurrentDictionary<string, TriageWords> words = new(StringComparer.Ordinal);
    private int changes;

    public ClientProfiles(ClientDirectory clients, StaffDirectory staff, OnCallDirectory onCall, Signals signals)
    {
        this.clients = clients;
        this.staff = staff;
        this.onCall = onCall;
        signals.Heard += Hear;
        signals.Reconnected += ForgetAll;
    }

    public async ValueTask<ClientProfile> OfAsync(TenantId client, PortalDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (ready.TryGetValue(client, out var known) && known.HoldsOn(Day(now)) && ReferenceEquals(known.Teams, onCall.Teams)) return known;
        var before = Volatile.Read(ref changes);
        var (profile, isPublished) = await ReadAsync(client, db, Day(now), cancel);
        // what was read while something changed, or before anything was published, serves this request alone
        if (!isPublished) return profile;
        // once a state of the rules, and not with each verdict
        await db.KeepRulesAsync(client, profile.RulesHash, profile.Parts, now, cancel);
        if (before == Volatile.Read(ref changes)) ready[client] = profile;
        return profile;
    }

    public void Forget(TenantId client)
    {
        Interlocked.Increment(ref changes);
        ready.TryRemove(client, out _);
    }

    private void Hear(string channel, string payload)
    {
        if (channel == "profile" && Guid.TryParse(payload, out var id)) Forget(new(id));
        else if (channel == "directory") ForgetAll();
    }

    private void ForgetAll()
    {
        Interlocked.Increment(ref changes);
        ready.Clear();
        words.Clear();
    }

    private async Task<(ClientProfile Profile, bool IsPublished)> ReadAsync(TenantId client, PortalDb db, DateOnly today, CancellationToken cancel)
    {
        var rules = await db.TriageRules.AsNoTracking().Where(r => r.TenantId == client && r.IsActive).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(cancel);
        var systems = await db.Systems.AsNoTracking().Where(s => s.TenantId == client).OrderBy(s => s.Name).ToListAsync(cancel);
        var contract = await db.Contracts.AsNoTracking().Where(c => c.TenantId == client && c.StartsOn <= today && (c.EndsOn == null || c.EndsOn >= today)).OrderByDescending(c => c.StartsOn).FirstOrDefaultAsync(cancel);
        var next = await db.Contracts.AsNoTracking().Where(c => c.TenantId == client && c.StartsOn > today).MinAsync(c => (DateOnly?)c.StartsOn, cancel);
        var last = contract is not null ? null : await db.Contracts.AsNoTracking().Where(c => c.TenantId == client && c.EndsOn < today).MaxAsync(c => c.EndsOn, cancel);
        List<Clause> clauses = contract is null ? [] : await db.Clauses.AsNoTracking().Where(c => c.TenantId == client && c.ContractId == contract.Id).OrderBy(c => c.Title).ToListAsync(cancel);
        var devices = await db.Devices.AsNoTracking().Where(d => d.TenantId == client).ToListAsync(cancel);
        var sites = await db.Sites.AsNoTracking().Where(s => s.TenantId == client).ToListAsync(cancel);
        var software = await db.Software.AsNoTracking().Where(s => s.TenantId == client).OrderBy(s => s.Name).ToListAsync(cancel);
        var teams = onCall.Teams;
        var parts = new RuleParts(rules?.Id, systems, contract, clauses, Callees(clauses));
        return (new()
        {
            Rules = new(Words(rules?.Rules ?? TriageRules.None), systems, contract, clauses, parts.Callees),
            Parts = parts,
            RulesHash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, ColumnTypes.JsonOptions))),
            Terms = new(contract, clauses, clients.ById(client)?.TimeZone ?? "Etc/UTC", teams),
            Teams = teams,
            Names = new KnownNames(devices, sites, software),
            Devices = devices.ToDictionary(d => d.Id),
            Sites = sites.ToDictionary(s => s.Id),
            Software = software,
            Printers = await db.Printers.AsNoTracking().Where(p => p.TenantId == client).OrderByDescending(p => p.IsDefault).ThenBy(p => p.Name).ToListAsync(cancel),
            Vpn = await db.VpnProfiles.AsNoTracking().Where(v => v.TenantId == client).OrderBy(v => v.Name).ToListAsync(cancel),
            From = contract?.StartsOn ?? last?.AddDays(1) ?? DateOnly.MinValue,
            Until = new[] { contract?.EndsOn ?? DateOnly.MaxValue, next?.AddDays(-1) ?? DateOnly.MaxValue }.Min(),
        }, rules is not null);
    }

    private TriageWords Words(TriageRules rules) =>
        words.GetOrAdd(Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, ColumnTypes.JsonOptions))), _ => new(rules));

    private Dictionary<string, string> Callees(List<Clause> clauses) => clauses.Select(c => c.Path).OfType<string>().Distinct(StringComparer.Ordinal)
        .ToDictionary(path => path, path => staff.ByKey(path) is { } person ? $"{person.Name}{(person.Title is null ? "" : $" ({person.Title})")}" : $"the {path.Replace('-', ' ')}", StringComparer.Ordinal);

    private static DateOnly Day(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
