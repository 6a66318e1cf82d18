using System.Net;
using TenantPortal.Domain.People;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.People;

/// <summary>Who may see beside who may not: the clients that staff serve, and the edges of their roles.</summary>
public sealed class StaffRightsTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_see_the_clients_they_serve_and_no_trace_of_others()
    {
        await Desk.FurnishAsync(portal);
        var here = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "The acorn lamp flickers"));
        var there = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, $"The birch lamp flickers {World.Canary}"));
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var nico = await portal.AsAsync(portal.World.Nico);
        foreach (var page in new[] { "/desk", "/desk/search?q=lamp", "/desk/search?q=flickers" })
        {
            var all = await TextAsync(priya, page);
            Assert.Contains("The acorn lamp flickers", all, StringComparison.Ordinal);
            Assert.Contains(World.Canary, all, StringComparison.Ordinal);
            var own = await TextAsync(nico, page);
            Assert.Contains("The acorn lamp flickers", own, StringComparison.Ordinal);
            Assert.DoesNotContain(World.Canary, own, StringComparison.Ordinal);
            Assert.DoesNotContain("Birch", own, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(nico, $"/desk/tickets/ACO-{here.Number}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(priya, $"/desk/tickets/BIR-{there.Number}"));
        foreach (var page in new[] { $"/desk/tickets/BIR-{there.Number}", $"/desk/tickets/BIR-{there.Number}/text", "/desk?client=birch", $"/desk/new?caller=birch.{portal.World.Birch.Employee.Id}" })
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(nico, page));
        Assert.Contains(portal.World.Birch.Employee.Name, await TextAsync(priya, $"/desk/new?q={World.Canary[..6]}"), StringComparison.Ordinal);
        Assert.DoesNotContain("birch", await TextAsync(nico, $"/desk/new?q={World.Canary[..6]}"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(portal.World.Acorn.Employee.Name, await TextAsync(nico, "/desk/new?q=acorn.example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("olive", "/admin", 200)]
    [InlineData("olive", "/admin/people", 200)]
    [InlineData("olive", "/admin/people/acorn", 200)]
    [InlineData("sam", "/admin", 200)]
    [InlineData("sam", "/admin/people", 404)]
    [InlineData("sam", "/admin/people/birch", 200)]
    [InlineData("priya", "/desk", 200)]
    [InlineData("priya", "/admin", 404)]
    [InlineData("priya", "/admin/people", 404)]
    [InlineData("priya", "/admin/people/acorn", 404)]
    [InlineData("priya", "/admin/look/acorn", 404)]
    [InlineData("priya", "/admin/knowledge", 404)]
    [InlineData("olive", "/admin/people/nosuchclient", 404)]
    [InlineData("olive", "/admin/people/msp", 404)]
    public async Task Each_role_ends_where_it_ends(string who, string page, int status)
    {
        StaffMember[] staff = [portal.World.Olive, portal.World.Sam, portal.World.Priya];
        using var browser = await portal.AsAsync(staff.Single(s => s.Key == who));
        Assert.Equal((HttpStatusCode)status, await StatusAsync(browser, page));
    }

    [Fact]
    public async Task An_employee_has_no_desk_and_no_view_of_the_company()
    {
        var mine = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Eve's own lamp"));
        var hers = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Mara's own lamp") with { ContactId = portal.World.Acorn.Manager.Id });
        using var eve = await portal.AsAsync(portal.World.Acorn.Employee);
        using var mara = await portal.AsAsync(portal.World.Acorn.Manager);
        var company = await TextAsync(mara, "/c/acorn/requests?company=true");
        Assert.Contains(mine.Subject, company, StringComparison.Ordinal);
        Assert.Contains(hers.Subject, company, StringComparison.Ordinal);
        var own = await TextAsync(eve, "/c/acorn/requests?company=true");
        Assert.Contains(mine.Subject, own, StringComparison.Ordinal);
        Assert.DoesNotContain(hers.Subject, own, StringComparison.Ordinal);
        Assert.False(await eve.IsInAsync("/desk"));
        Assert.False(await eve.IsInAsync("/admin"));
    }

    private static async Task<string> TextAsync(HttpClient browser, string page) => WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(page, UriKind.Relative), Cancel));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
