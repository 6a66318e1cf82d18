using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Features.ClientSetup;

public sealed class NewClientInput
{
    public string? Name { get; set; }
    public string? Slug { get; set; }
    public string? Prefix { get; set; }
    public string? TimeZone { get; set; }
    public string? SiteName { get; set; }
    public string? SiteAddress { get; set; }
    public string? Phone { get; set; }
    public string? Accent { get; set; }
    public List<string> Packs { get; set; } = [];
    public string? ManagerName { get; set; }
    public string? ManagerEmail { get; set; }
    public string? Tier { get; set; }
    public string? Opens { get; set; }
    public string? Closes { get; set; }
    /// <summary>Minutes to a first reply, from P1 to P4; a fix is promised in eight times as long.</summary>
    public List<int> Replies { get; set; } = [];
}

/// <summary>Makes a client from one page: directory, look, first site, first manager, contract, all in one transaction; then its copies of the packs' guides.</summary>
public sealed partial class AddClient(ClientScopes scopes, ClientDirectory clients, PublishRunbooks publish, SignInPost post, Me me, TimeProvider time)
{
    private const int FixTimes = 8;

    public async Task<(Client? Client, Refusal? Refusal)> RunAsync(NewClientInput input, CancellationToken cancel)
    {
        if (Check(input, out var accent, out var hours) is { } refusal) return (null, refusal);
        var now = time.GetUtcNow();
        var client = new Client { Slug = SlugOf(input), Name = input.Name!.Trim(), TicketPrefix = PrefixOf(input), TimeZone = hours.TimeZone, Packs = [.. input.Packs], CreatedAt = now };
        if (clients.All.Any(c => c.Slug == client.Slug)) return (null, new($"The address “{client.Slug}” is taken. Choose another."));
        if (clients.All.FirstOrDefault(c => c.TicketPrefix == client.TicketPrefix) is { } other) return (null, new($"The prefix {client.TicketPrefix} belongs to {other.Name}. Choose another."));
        try
        {
            await scopes.RunAsync(client.Id, services => WriteAsync(services.GetRequiredService<PortalDb>(), client, input, accent, hours, now, cancel));
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return (null, new("Somebody has just taken this address or prefix. Choose another."));
        }
        await clients.RefreshAsync(cancel);
        await publish.RunAsync(client.Id, cancel, me.Staff.Name);
        if (!string.IsNullOrWhiteSpace(input.ManagerEmail)) post.Queue(new(client.Id, input.ManagerEmail.Trim(), OneTimeLinks.ContactPassword, null) { IsInvitation = true });
        return (client, null);
    }

    private async Task WriteAsync(PortalDb db, Client client, NewClientInput input, AccentColour accent, OpenHours hours, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await ClientDirectory.AddAsync(client, transaction.GetDbTransaction(), cancel);
        var site = new Site { TenantId = client.Id, Name = input.SiteName!.Trim(), Address = Trim(input.SiteAddress), Phone = Trim(input.Phone) };
        db.Add(site);
        db.Add(new ClientLook { TenantId = client.Id, Accent = accent.Chosen.ToString(), Theme = ThemeFolder.Default });
        db.Add(new Contract
        {
            TenantId = client.Id, Name = $"{client.Name} {input.Tier!.Trim()}", Tier = input.Tier.Trim(), StartsOn = DateOnly.FromDateTime(now.UtcDateTime), Hours = hours,
            Targets = [.. Enum.GetValues<Priority>().Select((p, at) => new PriorityTarget(p, input.Replies[at], input.Replies[at] * FixTimes, CalendarChoice.Client))],
        });
        db.Add(new ClientEvent { TenantId = client.Id, Kind = "client-added", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now });
        await db.SaveChangesAsync(cancel);
        if (!string.IsNullOrWhiteSpace(input.ManagerEmail)) db.Add(new Contact { TenantId = client.Id, Name = input.ManagerName!.Trim(), Email = input.ManagerEmail.Trim(), NormalizedEmail = input.ManagerEmail.Trim().ToLowerInvariant(), Role = ContactRole.Manager, SiteId = site.Id });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static Refusal? Check(NewClientInput input, out AccentColour accent, out OpenHours hours)
    {
        (accent, hours) = (AccentColour.Read(input.Accent) ?? AccentColour.Read(new ClientLook { TenantId = default }.Accent)!, new(input.TimeZone ?? "", new Dictionary<string, IReadOnlyList<string>>(), []));
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Trim().Length > 120) return new("Type the company's name.");
        if (!SlugShape().IsMatch(SlugOf(input))) return new("The address is 2 to 40 of a to z, 0 to 9 and hyphen, such as “acorn”.");
        if (!PrefixShape().IsMatch(PrefixOf(input))) return new("The prefix of ticket numbers is 2 to 6 capital letters, such as ACO.");
        if (string.IsNullOrWhiteSpace(input.SiteName)) return new("Type the name of the first site, such as “Head office”.");
        if (AccentColour.Read(input.Accent) is null) return new("The colour is # and six digits or letters from A to F, such as #1F5FBF.");
        if (string.IsNullOrWhiteSpace(input.ManagerEmail) != string.IsNullOrWhiteSpace(input.ManagerName)) return new("The first manager has a name and a mail address, or neither for now.");
        if (!string.IsNullOrWhiteSpace(input.ManagerEmail) && !System.Net.Mail.MailAddress.TryCreate(input.ManagerEmail.Trim(), out _)) return new($"“{input.ManagerEmail}” is no mail address.");
        if (string.IsNullOrWhiteSpace(input.Tier)) return new("Name the contract's level, such as Gold.");
        if (input.Replies.Count != Enum.GetValues<Priority>().Length || input.Replies.Any(m => m is < 1 or > 100_000)) return new("Give the minutes to a first reply for P1 to P4, each at least 1.");
        if (input.Replies.Zip(input.Replies.Skip(1)).Any(pair => pair.First > pair.Second)) return new("A higher priority is answered sooner: the minutes rise from P1 to P4.");
        string[] days = ["mon", "tue", "wed", "thu", "fri"];
        hours = new(string.IsNullOrWhiteSpace(input.TimeZone) ? "Europe/London" : input.TimeZone.Trim(), days.ToDictionary(d => d, _ => (IReadOnlyList<string>)[$"{input.Opens}-{input.Closes}"]), []);
        return TeamHours.Refusal(hours);
    }

    public static string SlugOf(NewClientInput input) => string.IsNullOrWhiteSpace(input.Slug) ? string.Concat((input.Name ?? "").Trim().ToLowerInvariant().Split(' ')[0].Where(char.IsAsciiLetterOrDigit)) : input.Slug.Trim().ToLowerInvariant();

    public static string PrefixOf(NewClientInput input) => string.IsNullOrWhiteSpace(input.Prefix) ? string.Concat((input.Name ?? "").ToUpper(CultureInfo.InvariantCulture).Where(char.IsAsciiLetterUpper).Take(3)) : input.Prefix.Trim().ToUpperInvariant();

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[a-z0-9-]{2,40}$", RegexOptions.None, 200)] private static partial Regex SlugShape();
    [GeneratedRegex("^[A-Z]{2,6}$", RegexOptions.None, 200)] private static partial Regex PrefixShape();
}
