using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Loads content/demo and every pack. What is there already stays as people left it, so that it can run at every start.</summary>
public sealed class LoadDemo(PortalSettings settings, ClientDirectory clients, StaffDirectory staff, BringInPack packs, BringInClient bringIn, ClientScopes scopes, TimeProvider time)
{
    private const string Approver = "anna";

    public async Task<bool> RunAsync(Progress progress, CancellationToken cancel)
    {
        var folder = Path.Combine(settings.ContentFolder, "demo");
        var problems = new ContentProblems();
        if (ContentFile.ReadText(folder, "staff.yml", problems) is not { } file || StaffFile.Read(file, problems) is not ({ } msp, { } people))
        {
            progress.Refused($"{folder} was refused:", problems.All);
            return false;
        }
        await FoundAsync(msp, cancel);
        foreach (var entry in people.Where(p => staff.ByKey(p.Key) is null)) await staff.AddAsync(Member(entry), cancel);

        foreach (var pack in Directory.GetDirectories(Path.Combine(settings.ContentFolder, "packs")).Order(StringComparer.Ordinal))
            if (!await packs.RunAsync(pack, Approver, progress, cancel)) return false;
        foreach (var client in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            if (!await bringIn.RunAsync(client, keep: true, progress, cancel)) return false;
        foreach (var entry in people.Where(p => p.Clients is { Count: > 0 })) await ServeAsync(entry, cancel);
        Invite(progress);
        return true;
    }

    private async Task FoundAsync(MspEntry msp, CancellationToken cancel)
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

    private static StaffMember Member(StaffEntry entry) => new()
    {
        Key = entry.Key, Name = entry.Name, Email = entry.Email, NormalizedEmail = entry.Email.ToLowerInvariant(), Phone = entry.Phone, Title = entry.Title,
        Roles = entry.Roles, Tier = entry.Tier, ServesAllClients = entry.Clients is null,
    };

    // the clients are known only after they came in; later changes in the browser stay
    private async Task ServeAsync(StaffEntry entry, CancellationToken cancel)
    {
        var member = staff.ByKey(entry.Key)!;
        if (member.ServesAllClients || member.Clients.Count > 0) return;
        var serves = entry.Clients!.Select(slug => clients.BySlug(slug)?.Id ?? throw new InvalidOperationException($"staff.yml: {entry.Key} serves “{slug}”, which is no client.")).ToList();
        await staff.ChangeAsync(member.Id, s => s.Clients = serves, cancel);
    }

    private void Invite(Progress progress)
    {
        progress.Say($"Play the demo from {settings.Url}/demo, or sign in at:");
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) progress.Say($"  {settings.Url}/c/{client.Slug}   as anyone of {client.Name}");
        progress.Say($"  {settings.Url}/desk   as {string.Join(", ", staff.All.Where(s => s.IsActive).Select(s => s.FirstName))}");
    }
}
