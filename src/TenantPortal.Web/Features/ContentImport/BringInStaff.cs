using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Founds the provider and adds its people from staff.yml. Who is there already stays as people left them.</summary>
public sealed class BringInStaff(PortalSettings settings, ClientDirectory clients, StaffDirectory staff, OnCallDirectory onCall, OneTimeLinks links, ClientScopes scopes, TimeProvider time)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    /// <summary>The operator's command: brings the file in as a whole or not at all, and says for each new person where to choose a password.</summary>
    public async Task<bool> RunAsync(string path, Progress progress, CancellationToken cancel)
    {
        var problems = new ContentProblems();
        if (ContentFile.ReadText(Path.GetDirectoryName(path)!, Path.GetFileName(path), problems) is not { } file || StaffFile.Read(file, problems) is not ({ } msp, { } people, { } rotas))
        {
            progress.Refused($"{path} was refused, and nothing of it was brought in:", problems.All);
            return false;
        }
        if (people.SelectMany(p => p.Clients ?? []).FirstOrDefault(slug => clients.BySlug(slug) is null) is { } unknown)
        {
            progress.Say($"{path} was refused: there is no client “{unknown}”. Bring the client in first, or write clients: all.");
            return false;
        }
        await FoundAsync(msp, cancel);
        var added = await AddAsync(people, cancel);
        await ServeAsync(people, cancel);
        await RotasAsync(rotas, cancel);
        progress.Say($"{added.Count} of {people.Count} people are new.");
        foreach (var member in added)
            if (await links.IssueAsync(OneTimeLinks.StaffPassword, null, member.Id.Value, LinkLife, most: 5, cancel) is { } token)
                progress.Say($"  {member.Name} chooses a password within 7 days, once, at\n  {settings.Url}/desk/sign-in/password?token={token}");
        return true;
    }

    /// <summary>Founds the provider with one operator, who chooses a password at the address in the sentence.</summary>
    public async Task<string> FirstAsync(MspEntry msp, string name, string email, CancellationToken cancel)
    {
        await FoundAsync(msp, cancel);
        var key = string.Concat(PersonName.First(name).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)) is { Length: > 0 } first ? first : "operator";
        var member = (await AddAsync([new(key, name, email, null, StaffRoles.Operator, 0, null, null)], cancel))[0];
        var token = await links.IssueAsync(OneTimeLinks.StaffPassword, null, member.Id.Value, LinkLife, most: 5, cancel);
        return $"{member.Name} chooses a password within 7 days, once, at\n  {settings.Url}/desk/sign-in/password?token={token}";
    }

    public async Task FoundAsync(MspEntry msp, CancellationToken cancel)
    {
        if (clients.All.Any(c => c.IsMsp)) return;
        var own = new Client { Slug = msp.Slug, Name = msp.Name, TicketPrefix = "MSP", TimeZone = msp.TimeZone, IsMsp = true, CreatedAt = time.GetUtcNow() };
        await clients.AddAsync(own, cancel);
        await scopes.RunAsync(own.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            db.Add(new ClientLook { TenantId = own.Id, Phone = msp.Phone, Hours = msp.Hours });
            await db.SaveChangesAsync(cancel);
        });
    }

    public async Task<IReadOnlyList<StaffMember>> AddAsync(IReadOnlyList<StaffEntry> people, CancellationToken cancel)
    {
        List<StaffMember> added = [.. people.Where(p => staff.ByKey(p.Key) is null).Select(Member)];
        foreach (var member in added) await staff.AddAsync(member, cancel);
        return added;
    }

    /// <summary>Gives those who serve some clients their clients, once these exist; later changes in the browser stay.</summary>
    public async Task ServeAsync(IReadOnlyList<StaffEntry> people, CancellationToken cancel)
    {
        foreach (var entry in people.Where(p => p.Clients is { Count: > 0 }))
        {
            var member = staff.ByKey(entry.Key)!;
            if (member.ServesAllClients || member.Clients.Count > 0) continue;
            var serves = entry.Clients!.Select(slug => clients.BySlug(slug)?.Id ?? throw new InvalidOperationException($"staff.yml: {entry.Key} serves “{slug}”, which is no client.")).ToList();
            await staff.ChangeAsync(member.Id, s => s.Clients = serves, cancel);
        }
    }

    /// <summary>Adds rotas that are not there yet; what was changed in the browser stays.</summary>
    public async Task RotasAsync(IReadOnlyList<RotaEntry> rotas, CancellationToken cancel)
    {
        var made = rotas.Where(r => onCall.Roster.Rotas.All(known => known.Key != r.Key)).Select(r => new Rota
        {
            Key = r.Key, Name = r.Name, TimeZone = r.TimeZone, Shifts = [.. r.Shifts.Select(s => new Shift(s.Days, s.From, s.Until, [.. s.People.Select(key => staff.ByKey(key)!.Id)]))],
        }).ToList();
        if (made.Count > 0) await onCall.AddAsync(made, cancel);
    }

    private static StaffMember Member(StaffEntry entry) => new()
    {
        Key = entry.Key, Name = entry.Name, Email = entry.Email, NormalizedEmail = entry.Email.ToLowerInvariant(), Phone = entry.Phone, Title = entry.Title,
        Roles = entry.Roles, Tier = entry.Tier, ServesAllClients = entry.Clients is null,
    };
}
