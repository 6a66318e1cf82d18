using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench;

/// <summary>The provider's staff, and client companies with contract, site, devices and people.</summary>
internal static class PortalPeople
{
    /// <summary>Key of the member of staff who answers for the guides.</summary>
    public const string Lead = "lena";

    /// <summary>The provider with a lead and an engineer who serves all clients; the engineer.</summary>
    public static async Task<StaffMember> HireAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<ClientDirectory>().AddAsync(new() { Slug = "provider", Name = "Provider", TicketPrefix = "PRO", TimeZone = "Europe/London", IsMsp = true }, cancel);
        var staff = services.GetRequiredService<StaffDirectory>();
        await staff.AddAsync(Member(Lead, StaffRoles.ServiceLead | StaffRoles.Author | StaffRoles.Operator), cancel);
        var engineer = Member("enzo", StaffRoles.Engineer);
        await staff.AddAsync(engineer, cancel);
        return engineer;
    }

    /// <summary>Brings the product's own pack into the library; its triage rules and forms are for every client, its guides for those that read it.</summary>
    public static async Task ImportLibraryAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(services.GetRequiredService<ClientDirectory>().Msp.Id);
        var imported = await scope.ServiceProvider.GetRequiredService<ImportPack>().RunAsync(Path.Combine(Places.Top, "content", "packs", "it-basics"), Lead, cancel);
        if (imported.Problems.Count > 0) throw new InvalidOperationException($"The pack was refused: {imported.Problems[0]}");
    }

    public static Client Company(int number, params string[] packs) => new()
    {
        Slug = $"client-{number:00}", Name = $"Client {number:00}", TicketPrefix = $"{(char)('A' + number / 26)}{(char)('A' + number % 26)}X", TimeZone = "Europe/London", Packs = [.. packs],
    };

    public static async Task<IReadOnlyList<Contact>> ContactsAsync(IServiceProvider services, Client client, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var site = new Site { TenantId = client.Id, Name = "Head office", Address = "1 Bridge Street", PeopleCount = 10 };
        db.Add(site);
        db.Add(Terms(client.Id));
        await db.SaveChangesAsync(cancel);
        var contacts = Enumerable.Range(0, 10).Select(i => Person(client, i, site.Id)).ToList();
        db.AddRange(contacts);
        await db.SaveChangesAsync(cancel);
        db.AddRange(contacts.Select((c, i) => new Device { TenantId = client.Id, Name = $"LT-{client.TicketPrefix}-{i:00}", Kind = DeviceKind.Laptop, Model = "Latitude 5450", Os = "windows", OsVersion = "Windows 11 24H2", SiteId = site.Id, ContactId = c.Id }));
        await db.SaveChangesAsync(cancel);
        return contacts;
    }

    public static async Task PublishAsync(IServiceProvider services, Client client, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PublishRunbooks>().RunAsync(client.Id, cancel);
    }

    private static StaffMember Member(string key, StaffRoles roles) => new()
    {
        Key = key, Name = $"{char.ToUpperInvariant(key[0])}{key[1..]} Hill", Email = $"{key}@provider.example", NormalizedEmail = $"{key}@provider.example", Roles = roles, Tier = 2, ServesAllClients = true,
    };

    private static Contact Person(Client client, int number, SiteId site)
    {
        var email = $"person{number}@{client.Slug}.example";
        return new() { TenantId = client.Id, Name = $"Person{number} Of {client.Name}", Email = email, NormalizedEmail = email, Role = number == 0 ? ContactRole.Manager : ContactRole.Contact, SiteId = site };
    }

    private static Contract Terms(TenantId client)
    {
        string[] day = ["08:00-18:00"];
        return new()
        {
            TenantId = client, Name = "Service agreement", Tier = "standard", StartsOn = new(2020, 1, 1),
            Hours = new("Europe/London", new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(d => d, _ => (IReadOnlyList<string>)day), []),
            Targets = [new(Priority.P1, 30, 240, CalendarChoice.Always), new(Priority.P2, 60, 480, CalendarChoice.Client), new(Priority.P3, 240, 1440, CalendarChoice.Client), new(Priority.P4, 480, 2400, CalendarChoice.Client)],
        };
    }
}
