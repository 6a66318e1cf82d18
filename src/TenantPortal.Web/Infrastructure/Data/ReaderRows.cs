#pragma warning disable RS0030 // raw SQL: what a guide says to one reader, in one round trip
using Npgsql;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>What a client's records say to one reader of a guide, and how often the client's guides changed, in one round trip.</summary>
public sealed record ReaderRows
{
    /// <summary>As counted by KnowledgeClock; 0 before the first publish.</summary>
    public required long Generation { get; init; }
    /// <summary>Those of sites and devices: what holds for the whole client was filled in when the guide was published.</summary>
    public required IReadOnlyList<VariableValue> Values { get; init; }
    public required IReadOnlyList<Printer> Printers { get; init; }
    public required IReadOnlyList<VpnProfile> VpnProfiles { get; init; }
    public Contact? Contact { get; init; }
    /// <summary>The one named, else the contact's.</summary>
    public Device? Device { get; init; }
    /// <summary>The one named, else the contact's, else the device's.</summary>
    public Site? Site { get; init; }

    /// <summary>Asks for the rows; what it returns makes them up once they are read.</summary>
    public static Func<ReaderRows> Ask(PageReads reads, TenantId client, ContactId? contact, SiteId? site, DeviceId? device) =>
        Ask(reads, client, "$2::uuid", "$3::uuid", "$4::uuid", most => [OfNullable(contact?.Value), .. new[] { OfNullable(device?.Value), OfNullable(site?.Value) }.Take(most - 1)]);

    /// <summary>The same for the contact of a ticket, at its device and site, before the ticket itself is read.</summary>
    public static Func<ReaderRows> AskFor(PageReads reads, TenantId client, int ticket)
    {
        static string Of(string column) => $"(select t.{column} from ticket t where t.tenant_id = $1 and t.number = $2)";
        return Ask(reads, client, Of("contact_id"), Of("device_id"), Of("site_id"), _ => [PageReads.Of(ticket)]);
    }

    private static Func<ReaderRows> Ask(PageReads reads, TenantId client, string contact, string device, string site, Func<int, NpgsqlParameter[]> who)
    {
        var theirs = $"(select c.device_id from contact c where c.tenant_id = $1 and c.id = {contact})";
        var there = $"(select c.site_id from contact c where c.tenant_id = $1 and c.id = {contact}), (select d.site_id from device d where d.tenant_id = $1 and d.id = coalesce({device}, {theirs}))";
        var generations = reads.Add("select generation from knowledge_generation where tenant_id = $1", r => r.GetInt64(0), reads.In(client));
        var values = reads.Add<VariableValue>("where r.tenant_id = $1 and r.level in ('Site', 'Device')", reads.In(client));
        var printers = reads.Add<Printer>("where r.tenant_id = $1", reads.In(client));
        var vpn = reads.Add<VpnProfile>("where r.tenant_id = $1", reads.In(client));
        var contacts = reads.Add<Contact>($"where r.tenant_id = $1 and r.id = {contact}", [reads.In(client), .. who(1)]);
        var devices = reads.Add<Device>($"where r.tenant_id = $1 and r.id = coalesce({device}, {theirs})", [reads.In(client), .. who(2)]);
        var sites = reads.Add<Site>($"where r.tenant_id = $1 and r.id = coalesce({site}, {there})", [reads.In(client), .. who(3)]);
        return () => new() { Generation = generations is [var generation] ? generation : 0, Values = values, Printers = printers, VpnProfiles = vpn, Contact = contacts.FirstOrDefault(), Device = devices.FirstOrDefault(), Site = sites.FirstOrDefault() };
    }
}

public static class PublishedRows
{
    /// <summary>The client's published copy of a guide, if there is one.</summary>
    public static List<PublishedRunbook> AddPublished(this PageReads reads, TenantId client, Guid runbook) => reads.Add<PublishedRunbook>("where r.tenant_id = $1 and r.runbook_id = $2", reads.In(client), Of(runbook));

    /// <summary>The client's published guides in whose text these letters stand somewhere.</summary>
    public static List<PublishedRunbook> AddPublishedWith(this PageReads reads, TenantId client, string letters) => reads.Add<PublishedRunbook>("where r.tenant_id = $1 and strpos(r.content::text, $2) > 0", reads.In(client), Of(letters));
}
