using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.People;

/// <summary>Who may give which rights to whom, beside who may not; and what is written down of it.</summary>
public sealed class StaffAccountsTests(Portal portal) : IClassFixture<Portal>
{
    private const string People = "/admin/people";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private StaffDirectory Staff => portal.Services.GetRequiredService<StaffDirectory>();
    private World World => portal.World;

    [Fact]
    public async Task An_operator_of_some_clients_invites_for_these_and_no_others()
    {
        using var limited = await portal.AsAsync(await HireAsync("Lena", StaffRoles.Operator, World.Acorn.Id));
        Assert.DoesNotContain("AllClients", (await limited.PageAsync(People)).QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("all of them", await InviteAsync(limited, "Ari", ("Input.AllClients", "true")), StringComparison.Ordinal);
        Assert.Contains("not yours to give", await InviteAsync(limited, "Ari", ("Input.Clients", "birch")), StringComparison.Ordinal);
        Assert.Contains("not yours to give", await InviteAsync(limited, "Ari", ("Input.Clients", "nosuchclient")), StringComparison.Ordinal);
        Assert.Null(Staff.ByEmail("ari@maple.example"));
        Assert.Contains("is invited", await InviteAsync(limited, "Ari", ("Input.Roles", "Engineer"), ("Input.Tier", "2"), ("Input.Clients", "acorn")), StringComparison.Ordinal);
        Assert.Equal([World.Acorn.Id], Staff.ByEmail("ari@maple.example")!.Clients);

        using var olive = await portal.AsAsync(World.Olive);
        Assert.Contains("is invited", await InviteAsync(olive, "Bo", ("Input.AllClients", "true")), StringComparison.Ordinal);
        Assert.Contains("is invited", await InviteAsync(olive, "Cy", ("Input.Clients", "birch")), StringComparison.Ordinal);
        Assert.True(Staff.ByEmail("bo@maple.example")!.ServesAllClients);

        var invited = await EventAsync("staff-invited", Staff.ByEmail("ari@maple.example")!.Id);
        Assert.Equal(("Lena Ash", "Engineer", "2", "acorn"), (invited.Actor, invited.Detail["roles"], invited.Detail["tier"], invited.Detail["clients"]));
    }

    [Fact]
    public async Task Rights_are_changed_in_the_browser_and_count_from_the_next_request_on()
    {
        var dan = await HireAsync("Dan", StaffRoles.Engineer, World.Acorn.Id);
        using var his = await portal.AsAsync(dan);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(his, "/admin/people/birch"));
        using var olive = await portal.AsAsync(World.Olive);
        var page = await olive.PageAsync($"{People}?edit={dan.Id}");
        Assert.Equal(["Engineer", "acorn"], page.QuerySelectorAll("#rights input[checked]").Select(i => i.GetAttribute("value")));
        Assert.Contains("Done", await ChangeAsync(olive, dan.Id, ("Input.Roles", "ServiceLead"), ("Input.Tier", "3"), ("Input.Clients", "birch")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(his, "/admin/people/birch"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(his, "/admin/people/acorn"));
        var changed = await EventAsync("staff-changed", dan.Id);
        Assert.Equal(("Olive Ash", "Engineer → ServiceLead", "1 → 3", "acorn → birch"), (changed.Actor, changed.Detail["roles"], changed.Detail["tier"], changed.Detail["clients"]));

        using var sam = await portal.AsAsync(World.Sam);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(sam, $"{People}?edit={dan.Id}"));
    }

    [Fact]
    public async Task An_operator_of_some_clients_reaches_only_those_who_serve_no_others()
    {
        var fay = await HireAsync("Fay", StaffRoles.Engineer, World.Acorn.Id);
        var gil = await HireAsync("Gil", StaffRoles.Engineer, World.Birch.Id);
        using var limited = await portal.AsAsync(await HireAsync("Lou", StaffRoles.Operator, World.Acorn.Id));
        foreach (var beyond in new[] { gil, World.Priya })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(limited, $"{People}?edit={beyond.Id}"));
            foreach (var handler in new[] { "Change", "Toggle", "Link" })
            {
                using var answer = await limited.SendAsync($"{People}?handler={handler}", (await limited.PageAsync(People)).Fill("handler=Invite", ("id", $"{beyond.Id}")));
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
            Assert.True(Staff.ById(beyond.Id)!.IsActive);
        }
        Assert.Contains("not yours to give", await ChangeAsync(limited, fay.Id, ("Input.Clients", "birch")), StringComparison.Ordinal);
        Assert.Contains("all of them", await ChangeAsync(limited, fay.Id, ("Input.AllClients", "true")), StringComparison.Ordinal);
        Assert.Equal([World.Acorn.Id], Staff.ById(fay.Id)!.Clients);
        Assert.Contains("Done", await ChangeAsync(limited, fay.Id, ("Input.Tier", "2"), ("Input.Clients", "acorn")), StringComparison.Ordinal);
        Assert.Equal(2, Staff.ById(fay.Id)!.Tier);
        await ToggleAsync(limited, fay.Id);
        Assert.False(Staff.ById(fay.Id)!.IsActive);
        Assert.Equal("Lou Ash", (await EventAsync("staff-deactivated", fay.Id)).Actor);
        await ToggleAsync(limited, fay.Id);
        Assert.Equal("Lou Ash", (await EventAsync("staff-activated", fay.Id)).Actor);
    }

    [Fact]
    public async Task Nobody_takes_his_own_right_away_and_one_active_operator_stays()
    {
        await using var own = new Portal();
        await own.InitializeAsync();
        var staff = own.Services.GetRequiredService<StaffDirectory>();
        using var olive = await own.AsAsync(own.World.Olive);
        Assert.Contains("own operator right", await ChangeAsync(olive, own.World.Olive.Id, ("Input.Roles", "Engineer"), ("Input.AllClients", "true")), StringComparison.Ordinal);
        Assert.Contains("Done", await ChangeAsync(olive, own.World.Sam.Id, ("Input.Roles", "Operator"), ("Input.AllClients", "true")), StringComparison.Ordinal);

        // each takes the other's right away at the same moment
        using var sam = await own.AsAsync(own.World.Sam);
        var forms = new List<(HttpClient Browser, MultipartFormDataContent Form)>();
        foreach (var (browser, other) in new[] { (olive, own.World.Sam), (sam, own.World.Olive) })
            forms.Add((browser, (await browser.PageAsync(People)).Fill("handler=Invite", ("id", $"{other.Id}"), ("Input.Roles", "Engineer"), ("Input.AllClients", "true"))));
        await Task.WhenAll(forms.Select(f => f.Browser.SendAsync($"{People}?handler=Change", f.Form)));
        await staff.RefreshAsync(Cancel);
        Assert.Single(staff.All, s => s.IsActive && s.Roles.HasFlag(StaffRoles.Operator));
    }

    private static async Task<string> InviteAsync(HttpClient browser, string name, params (string, string)[] rights)
    {
        using var answer = await browser.SendAsync($"{People}?handler=Invite", (await browser.PageAsync(People)).Fill("handler=Invite", [("Input.Name", $"{name} Vale"), ("Input.Email", $"{name.ToLowerInvariant()}@maple.example"), .. rights]));
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    // sent from the page of invitations, whose fields are the same
    private static async Task<string> ChangeAsync(HttpClient browser, StaffId id, params (string, string)[] rights)
    {
        using var answer = await browser.SendAsync($"{People}?handler=Change", (await browser.PageAsync(People)).Fill("handler=Invite", [("id", $"{id}"), .. rights]));
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task ToggleAsync(HttpClient browser, StaffId id)
    {
        using var answer = await browser.SendAsync($"{People}?handler=Toggle", (await browser.PageAsync(People)).Fill("handler=Invite", ("id", $"{id}")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private async Task<StaffMember> HireAsync(string name, StaffRoles roles, TenantId only)
    {
        var email = $"{name.ToLowerInvariant()}.ash@maple.example";
        var member = new StaffMember { Key = name.ToLowerInvariant(), Name = $"{name} Ash", Email = email, NormalizedEmail = email, Roles = roles, Tier = 1, Clients = [only] };
        await Staff.AddAsync(member, Cancel);
        return member;
    }

    private Task<(string Actor, Dictionary<string, string> Detail)> EventAsync(string kind, StaffId about) => portal.AsAsync(World.Msp.Id, async s =>
    {
        var written = (await s.GetRequiredService<PortalDb>().ClientEvents.AsNoTracking().Where(e => e.Kind == kind).ToListAsync(Cancel)).Single(e => e.Detail["staff"] == about.ToString());
        return (written.ActorName, written.Detail);
    });
}
