using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.FirstRun;

public sealed class FounderInput
{
    public string? Company { get; set; }
    public string? TimeZone { get; set; }
    public string? Name { get; set; }
    public string? Email { get; set; }
}

/// <summary>Makes the provider and its first operator, for whoever can read what the start printed. As soon as there is anybody, neither page nor link exist any more.</summary>
public sealed class FoundInstallation(ClientDirectory clients, StaffDirectory staff, OneTimeLinks links, ClientScopes scopes, MasterKey master, PortalSettings settings, TimeProvider time)
{
    private const int LongestName = 100;
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    public bool IsOpen => !staff.All.Any();

    /// <summary>Known to who holds the key file or reads the process's output; the same until somebody is there.</summary>
    private string Code => Convert.ToHexStringLower(master.Sign("first operator"u8.ToArray(), "first-run"));

    public string Address => $"{settings.Url}/desk/first-run?code={Code}";

    public bool Fits(string? code) => IsOpen && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code ?? ""), Encoding.UTF8.GetBytes(Code));

    /// <returns>The token of the link at which the operator chooses a password.</returns>
    public async Task<(string? Token, Refusal? Refusal)> RunAsync(FounderInput input, CancellationToken cancel)
    {
        var (company, name) = ((input.Company ?? "").Trim(), (input.Name ?? "").Trim());
        if (company.Length is 0 or > LongestName) return (null, new("Write the name of your company, at most 100 characters."));
        if (name.Length is 0 or > LongestName) return (null, new("Write your name, at most 100 characters."));
        if (MailHeaders.Address((input.Email ?? "").Trim()) is not { } email) return (null, new("Write your mail address, such as anna@example.com."));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(input.TimeZone ?? "", out _)) return (null, new("Choose a time zone from the list."));
        if (!IsOpen) return (null, new("Somebody was quicker: the first operator is there already."));
        var member = new StaffMember { Key = "operator", Name = name, Email = email, NormalizedEmail = email.ToLowerInvariant(), Roles = StaffRoles.Operator | StaffRoles.ServiceLead | StaffRoles.Engineer | StaffRoles.Author | StaffRoles.Dispatcher, Tier = 3, ServesAllClients = true };
        // of two at once one key is taken first, and the other is refused by the database
        try { await staff.AddAsync(member, cancel); }
        catch (DbUpdateException) { return (null, new("Somebody was quicker: the first operator is there already.")); }
        await FoundAsync(company, input.TimeZone!, member, cancel);
        return (await links.IssueAsync(OneTimeLinks.StaffPassword, null, member.Id.Value, LinkLife, most: 5, cancel), null);
    }

    private async Task FoundAsync(string company, string timeZone, StaffMember member, CancellationToken cancel)
    {
        if (clients.All.Any(c => c.IsMsp)) return;
        var now = time.GetUtcNow();
        var own = new Client { Slug = "msp", Name = company, TicketPrefix = "MSP", TimeZone = timeZone, IsMsp = true, CreatedAt = now };
        await clients.AddAsync(own, cancel);
        await scopes.RunAsync(own.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            db.Add(new ClientLook { TenantId = own.Id });
            db.Add(new ClientEvent { TenantId = own.Id, Kind = "first-operator", ActorName = member.Name, ActorId = member.Id.Value, At = now, Detail = new() { ["staff"] = member.Id.ToString() } });
            await db.SaveChangesAsync(cancel);
        });
    }
}
