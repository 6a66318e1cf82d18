using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>How far a client is on its way to go-live.</summary>
public sealed record SetupView(int Sites, int People, int Managers, int Devices, int Guides, int Systems, bool HasContract, int Clauses, bool IsLookChosen, IReadOnlyList<MissingValue> Missing)
{
    /// <summary>What must be there before the first person signs in.</summary>
    public bool IsReady => Sites > 0 && People > 0 && Managers > 0 && Guides > 0 && HasContract && Missing.Count == 0;
}

/// <summary>Counts what is there, and names the values that guides still lack.</summary>
public sealed class ReadSetup(PortalDb db, PublishRunbooks publish, TimeProvider time)
{
    public const int LongestValue = 500;

    public async Task<SetupView> RunAsync(Client client, CancellationToken cancel)
    {
        var (id, report, today) = (client.Id, await publish.TryAsync(client.Id, cancel), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var people = await db.Contacts.AsNoTracking().Where(c => c.TenantId == id && c.IsActive && !c.IsShared).GroupBy(c => c.Role).Select(g => new { Role = g.Key, Count = g.Count() }).ToListAsync(cancel);
        var look = await db.Looks.AsNoTracking().SingleOrDefaultAsync(l => l.TenantId == id, cancel);
        return new(
            await db.Sites.CountAsync(s => s.TenantId == id, cancel), people.Sum(p => p.Count), people.Where(p => p.Role == ContactRole.Manager).Sum(p => p.Count), await db.Devices.CountAsync(d => d.TenantId == id, cancel),
            await db.Published.CountAsync(p => p.TenantId == id && !p.IsWithdrawn, cancel), await db.Systems.CountAsync(s => s.TenantId == id, cancel),
            await db.Contracts.AnyAsync(c => c.TenantId == id && c.StartsOn <= today && (c.EndsOn == null || c.EndsOn >= today), cancel), await db.Clauses.CountAsync(c => c.TenantId == id, cancel), look is { Version: > 1 } or { LogoSvg: not null }, report.Missing);
    }

    /// <summary>Sets a value for the whole client, only of a name that a guide is waiting for, and publishes what can be offered now.</summary>
    public async Task<Refusal?> SetAsync(Client client, SetupView view, string? name, string? value, string by, CancellationToken cancel)
    {
        if (view.Missing.All(m => m.Name != name)) return new("No guide waits for this value.");
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestValue) return new($"Type the value of {name}, at most {LongestValue} characters.");
        var known = await db.Variables.SingleOrDefaultAsync(v => v.TenantId == client.Id && v.Level == VariableLevel.Client && v.OwnerId == default && v.Name == name, cancel);
        if (known is null) db.Add(new VariableValue { TenantId = client.Id, Level = VariableLevel.Client, Name = name!, Value = value.Trim() });
        else known.Value = value.Trim();
        await db.SaveChangesAsync(cancel);
        await publish.RunAsync(client.Id, cancel, by);
        return null;
    }
}
