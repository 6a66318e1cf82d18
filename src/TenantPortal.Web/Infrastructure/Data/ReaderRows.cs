#pragma warning disable RS0030 // raw SQL: what a guide says to one reader, in one round trip
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
    public static Func<ReaderRows> Ask(PageReads reads, TenantId client, ContactId? contact, SiteId? site, DeviceId? device)
    {
        const string Theirs = "(select c.device_id from contact c where c.tenant_id = $1 and c.id = $2::uuid)";
        const string There = $"(select c.site_id from contact c where c.tenant_id = $1 and c.id = $2::uuid), (select d.site_id from device d where d.tenant_id = $1 and d.id = coalesce($3::uuid, {Theirs}))";
        var generations = reads.Add("select generation from knowledge_generation where tenant_id = $1", r => r.GetInt64(0), reads.In(client));
        var values = reads.Add<VariableValue>("where r.tenant_id = $1 and r.level in ('Site', 'Device')", reads.In(client));
        var printers = reads.Add<Printer>("where r.tenant_id = $1", reads.In(client));
        var vpn = reads.Add<VpnProfile>("where r.tenant_id = $1", reads.In(client));
        var contacts = reads.Add<Contact>("where r.tenant_id = $1 and r.id = $2::uuid", reads.In(client), OfNullable(contact?.Value));
        var devices = reads.Add<Device>($"where r.tenant_id = $1 and r.id = coalesce($3::uuid, {Theirs})", reads.In(client), OfNullable(contact?.Value), OfNullable(device?.Value));
        var sites = reads.Add<Site>($"where r.tenant_id = $1 and r.id = coalesce($4::uuid, {There})", reads.In(client), OfNullable(contact?.Value), OfNullable(device?.Value), OfNullable(site?.Value));
        return () => new() { Generation = generations is [var generation] ? generation : 0, Values = values, Printers = printers, VpnProfiles = vpn, Contact = contacts.FirstOrDefault(), Device = devices.FirstOrDefault(), Site = sites.FirstOrDefault() };
    }
}

public static class PublishedRows
{
    /// <summary>The client's published copy of a guide, if there is one.</summary>
    public static List<PublishedRunbook> AddPublished(this PageReads reads, TenantId client, Guid runbook) => reads.Add<PublishedRunbook>("where r.tenant_id = $1 and r.runbook_id = $2", reads.In(client), Of(runbook));
}
