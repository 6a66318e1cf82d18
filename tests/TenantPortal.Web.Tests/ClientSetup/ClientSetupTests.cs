using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.ClientSetup;

/// <summary>A client from one page to its checklist: what is missing is named, put right, and the portal opens.</summary>
public sealed class ClientSetupTests(Portal portal) : IClassFixture<Portal>
{
    private const string New = "/admin/clients/new";

    [Fact]
    public async Task A_client_is_added_its_missing_value_is_typed_and_its_guide_is_on_offer()
    {
        var shelf = new Shelf(portal);
        await shelf.PutAsync("open-the-tunnel", Shelf.Guide(Guid.NewGuid(), "Open the tunnel", Shelf.Step("open", "Dial {{vpn.gateway}}."), "{ vpn.gateway: { type: text, required: true, description: Where the tunnel ends } }"), pack: "basics");
        using var olive = await portal.AsAsync(portal.World.Olive);
        using (var refused = await AddAsync(olive, ("Input.Name", "Cedar Law"), ("Input.SiteName", "Office"), ("Input.Prefix", "ACO"))) Assert.Contains("The prefix ACO belongs to Acorn", await refused.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        using (var refused = await AddAsync(olive, ("Input.Name", "Cedar Law"), ("Input.SiteName", "Office"), ("Input.Accent", "blue-ish"))) Assert.Contains("Cedar Law", await refused.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        using (var added = await AddAsync(olive, ("Input.Name", "Cedar Law"), ("Input.SiteName", "Office"), ("Input.ManagerName", "Cora Cedar"), ("Input.ManagerEmail", "cora@cedar.example")))
            Assert.Equal("/admin/clients/cedar", added.Headers.Location?.ToString());
        var client = portal.Services.GetRequiredService<ClientDirectory>().BySlug("cedar")!;
        Assert.Equal(("CED", "Cedar Law"), (client.TicketPrefix, client.Name));

        var checklist = await olive.PageAsync("/admin/clients/cedar");
        Assert.Contains("Some of what is needed is missing", checklist.QuerySelector(".banner:not([hidden])")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("vpn.gateway", checklist.QuerySelector("#values")!.TextContent, StringComparison.Ordinal);
        using (var empty = await olive.SendAsync("/admin/clients/cedar", checklist.Fill("", ("VariableName", "vpn.gateway"), ("Value", "")))) Assert.Contains("Type the value of vpn.gateway", await empty.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        using (var kept = await olive.SendAsync("/admin/clients/cedar", checklist.Fill("", ("VariableName", "vpn.gateway"), ("Value", "vpn.cedar.example")))) Assert.Contains("Everything that is needed is there", await kept.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await portal.AsAsync(client.Id, s => s.GetRequiredService<PortalDb>().Published.CountAsync(p => p.Slug == "open-the-tunnel", Desk.Cancel)));
        var terms = await portal.AsAsync(client.Id, s => s.GetRequiredService<PortalDb>().Contracts.AsNoTracking().SingleAsync(Desk.Cancel));
        Assert.Equal((60, 480), (terms.Targets.Single(t => t.Priority == Priority.P1).FirstReplyMinutes, terms.Targets.Single(t => t.Priority == Priority.P1).ResolutionMinutes));
        using var anybody = portal.Browser();
        Assert.Contains("Cedar Law", (await anybody.PageAsync("/c/cedar/sign-in")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_the_checklist_publishes_nothing()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        Task<long> GenerationAsync() => portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<PortalDb>().GenerationAsync(portal.World.Birch.Id, Desk.Cancel));
        var before = await GenerationAsync();
        await olive.PageAsync("/admin/clients/birch");
        Assert.Equal(before, await GenerationAsync());
    }

    [Fact]
    public async Task Only_an_operator_adds_clients_and_others_see_no_such_page()
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.NotEqual(HttpStatusCode.OK, (await sam.GetAsync(new Uri(New, UriKind.Relative), Desk.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sam.GetAsync(new Uri("/admin/clients/acorn", UriKind.Relative), Desk.Cancel)).StatusCode);
    }

    private static async Task<HttpResponseMessage> AddAsync(HttpClient olive, params (string, string)[] values)
    {
        var page = await olive.PageAsync(New);
        var form = page.Fill("", [.. values, ("Input.Packs", "basics")]);
        // the four numbers have one name, and Fill keeps them all unless one is changed
        return await olive.SendAsync(New, form);
    }
}
