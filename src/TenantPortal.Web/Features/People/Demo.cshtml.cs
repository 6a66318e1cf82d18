using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Whether this request may play the demo: demo data, and a connection from this machine. Elsewhere the pages do not exist.</summary>
internal static class DemoOnly
{
    // behind a proxy the nearest machine is the proxy, whoever asks
    private static readonly string[] MarksOfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Original-Host", "X-Real-IP", "Forwarded", "Via"];

    public static bool Allows(HttpContext context, PortalSettings settings) =>
        settings.Demo && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !MarksOfProxies.Any(context.Request.Headers.ContainsKey);
}

internal sealed class DemoPage(PortalSettings settings, ClientDirectory clients, StaffDirectory staff, IServiceScopeFactory scopes) : PageModel
{
    public sealed record Person(Guid Id, string Name, string What);
    public sealed record Group(string Name, string SignIn, IReadOnlyList<Person> People);

    public List<Group> Groups { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!DemoOnly.Allows(HttpContext, settings)) return NotFound();
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) Groups.Add(new(client.Name, $"/c/{client.Slug}/sign-in/demo", await PeopleAsync(client, cancel)));
        if (clients.All.FirstOrDefault(c => c.IsMsp) is { } msp) Groups.Insert(0, new(msp.Name, "/desk/sign-in/demo", [.. staff.All.Where(s => s.IsActive).Select(s => new Person(s.Id.Value, s.Name, s.Title ?? $"{s.Roles}"))]));
        return Page();
    }

    private async Task<List<Person>> PeopleAsync(Client client, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var people = await db.Contacts.AsNoTracking().Where(c => c.IsActive).OrderByDescending(c => c.Role == ContactRole.Manager).ThenBy(c => c.Name).Take(40).ToListAsync(cancel);
        var sites = await db.Sites.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        return [.. people.Select(c => new Person(c.Id.Value, c.Name, string.Join(", ", new[] { c.Title, c.SiteId is { } site ? sites.GetValueOrDefault(site) : null }.Where(t => t is not null))))];
    }
}

[IgnoreAntiforgeryToken] // only on this machine and with demo data: whoever can reach it may be anyone anyway
internal sealed class DemoContactPage(PortalSettings settings, UserManager<Contact> users, Me me) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? back)
    {
        if (!DemoOnly.Allows(HttpContext, settings) || await users.FindByIdAsync(id.ToString()) is not { } contact) return NotFound();
        await SignInContact.StartSessionAsync(HttpContext, contact);
        return Redirect(BackTo.Inside(back, $"/c/{me.Client!.Slug}") ?? $"/c/{me.Client!.Slug}");
    }
}

[IgnoreAntiforgeryToken] // as above
internal sealed class DemoStaffPage(PortalSettings settings, StaffDirectory staff) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? back)
    {
        if (!DemoOnly.Allows(HttpContext, settings) || staff.ById(new(id)) is not { IsActive: true } member) return NotFound();
        await SignInStaff.StartSessionAsync(HttpContext, member);
        return Redirect(BackTo.Inside(back, "/desk") ?? BackTo.Inside(back, "/admin") ?? "/desk");
    }
}
