using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Keeps a version of a clause as a draft; an earlier draft of the same clause gives way. Nothing changes for tickets.</summary>
public sealed class WriteClause(PortalDb db, ReadContracts contracts, ClientProfiles profiles, AskReplay replay, StaffDirectory staff, OnCallDirectory onCall, Me me, TimeProvider time)
{
    /// <param name="of">The clause that is changed; null for a new one.</param>
    public async Task<Refusal?> RunAsync(Client client, Guid? of, ClauseRule rule, IReadOnlyList<ClauseCase> cases, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await contracts.InForceAsync(client.Id, cancel) is not { } contract) return new($"{client.Name} has no contract in force. Bring the contract in first.");
        var profile = await profiles.OfAsync(client.Id, db, now, cancel);
        if (rule.Refusal() is { } refusal) return refusal;
        if (profile.Rules.Systems.All(s => s.Name != rule.System)) return new($"“{rule.System}” is no system of {client.Name}. Choose one of the list.");
        if (rule.Sites.Any(site => !profile.Sites.ContainsKey(site))) return new($"One of these sites is no site of {client.Name}. Choose from the list.");
        if (rule.Path is { } path && !Calls(client).Contains(path)) return new($"Nobody who serves {client.Name} is called “{path}”. Choose from the list, so that a page reaches somebody.");

        var earlier = of is { } id ? await db.ClauseVersions.Where(v => v.TenantId == client.Id && v.ClauseId == id).OrderBy(v => v.Number).ToListAsync(cancel) : [];
        var inForce = of is null ? null : profile.Rules.Clauses.FirstOrDefault(c => c.Id == of);
        if (of is not null && inForce is null && earlier.Count == 0) return new("This clause is not in the register. It may have been taken out meanwhile.");
        foreach (var draft in earlier.Where(v => v.State == ClauseState.Draft)) draft.Supersede();
        var version = new ClauseVersion
        {
            TenantId = client.Id, ClauseId = of ?? Guid.CreateVersion7(), ContractId = inForce?.ContractId ?? contract.Id, Number = 1 + Math.Max(inForce?.Version ?? 0, earlier.Select(v => v.Number).DefaultIfEmpty().Max()),
            BasedOn = inForce?.Version ?? 0, Rule = rule, Cases = cases, AuthorId = me.Staff.Id.Value, AuthorName = me.Staff.Name, CreatedAt = now,
        };
        db.Add(version);
        replay.Add(version, now);
        db.Add(new ClientEvent { TenantId = client.Id, Kind = "clause-written", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now, Detail = new() { ["clause"] = $"{version.ClauseId}", ["title"] = rule.Title, ["version"] = $"{version.Number}" } });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Whom a clause of this client may call: a rota, a path, a right, or somebody who serves it.</summary>
    public IReadOnlyList<string> Calls(Client client) => [.. onCall.Roster.Rotas.Select(r => r.Key), .. onCall.Versions.Where(v => v.State == Domain.Escalation.PathState.InForce).Select(v => v.Key), .. ContentNames.StaffRoles.Keys, .. staff.All.Where(s => s.IsActive && s.Serves(client.Id)).Select(s => s.Key)];
}
