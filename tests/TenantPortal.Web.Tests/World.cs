using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests;

/// <summary>The named people of every test: two clients of the same shape, Acorn and Birch, and the MSP's staff. In Birch every text carries the canary.</summary>
public sealed class World
{
    /// <summary>Stands in every text of Birch; where Acorn's people meet it, the wall has a hole.</summary>
    public const string Canary = "zqcanaryzq";

    public Client Msp { get; private init; } = null!;
    public Twin Acorn { get; private init; } = null!;
    public Twin Birch { get; private init; } = null!;
    /// <summary>Olive runs the installation, Sam leads, Priya is an engineer for all clients, Nico one for Acorn only.</summary>
    public StaffMember Olive { get; private init; } = null!;
    public StaffMember Sam { get; private init; } = null!;
    public StaffMember Priya { get; private init; } = null!;
    public StaffMember Nico { get; private init; } = null!;

    public sealed record Twin(Client Client, Contact Employee, Contact Manager, Site Site, Device Laptop)
    {
        public TenantId Id => Client.Id;
        public string Door => $"/c/{Client.Slug}";
    }

    public static async Task<World> CreateAsync(Portal portal)
    {
        var clients = portal.Services.GetRequiredService<ClientDirectory>();
        var staff = portal.Services.GetRequiredService<StaffDirectory>();
        var msp = new Client { Slug = "msp", Name = "Maple IT", TicketPrefix = "MSP", TimeZone = "Europe/London", IsMsp = true };
        await clients.AddAsync(msp, CancellationToken.None);
        var acorn = await TwinAsync(portal, clients, "acorn", "ACO", "");
        var birch = await TwinAsync(portal, clients, "birch", "BIR", Canary);
        return new()
        {
            Msp = msp, Acorn = acorn, Birch = birch,
            Olive = await HireAsync(staff, "olive", StaffRoles.Operator, 0, null),
            Sam = await HireAsync(staff, "sam", StaffRoles.ServiceLead | StaffRoles.Engineer, 2, null),
            Priya = await HireAsync(staff, "priya", StaffRoles.Engineer, 2, null),
            Nico = await HireAsync(staff, "nico", StaffRoles.Engineer, 1, acorn.Id),
        };
    }

    private static async Task<Twin> TwinAsync(Portal portal, ClientDirectory clients, string slug, string prefix, string mark)
    {
        var client = new Client { Slug = slug, Name = $"{char.ToUpperInvariant(slug[0])}{slug[1..]}", TicketPrefix = prefix, TimeZone = "Europe/London" };
        await clients.AddAsync(client, CancellationToken.None);
        var site = new Site { TenantId = client.Id, Name = $"High Street {mark}".Trim(), Address = $"1 High Street {mark}".Trim() };
        var employee = Person(client.Id, $"Eve{mark} Mill", $"eve{mark}@{slug}.example", ContactRole.Contact, site.Id);
        var manager = Person(client.Id, $"Mara{mark} Stone", $"mara{mark}@{slug}.example", ContactRole.Manager, site.Id);
        var laptop = new Device { TenantId = client.Id, Name = $"LT-{slug}-01{mark}", Kind = DeviceKind.Laptop, Model = $"Latitude {mark}".Trim(), Os = "windows", OsVersion = "Windows 11 24H2", SiteId = site.Id, ContactId = employee.Id };
        await portal.AsAsync(client.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            db.Add(site);
            await db.SaveChangesAsync();
            db.AddRange(employee, manager);
            await db.SaveChangesAsync();
            db.Add(laptop);
            await db.SaveChangesAsync();
        });
        return new(client, employee, manager, site, laptop);
    }

    private static Contact Person(TenantId client, string name, string email, ContactRole role, SiteId site) =>
        new() { TenantId = client, Name = name, Email = email, NormalizedEmail = email.ToLowerInvariant(), Role = role, SiteId = site };

    public static async Task<StaffMember> HireAsync(StaffDirectory staff, string key, StaffRoles roles, int tier, TenantId? only)
    {
        var email = $"{key}@maple.example";
        var member = new StaffMember { Key = key, Name = $"{char.ToUpperInvariant(key[0])}{key[1..]} Ash", Email = email, NormalizedEmail = email, Roles = roles, Tier = tier, ServesAllClients = only is null, Clients = only is { } one ? [one] : [] };
        await staff.AddAsync(member, CancellationToken.None);
        return member;
    }
}
