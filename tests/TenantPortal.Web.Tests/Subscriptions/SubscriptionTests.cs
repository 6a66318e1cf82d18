using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.Escalation;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Subscriptions;

/// <summary>Programs beyond the house hear of one client's tickets: signed, once an event, without a word of anybody, and again on request.</summary>
public sealed class SubscriptionTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    private readonly Portal portal = world.Portal;

    [Fact]
    public async Task What_happens_to_a_ticket_is_told_signed_and_sent_again_on_request()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        var secret = await AddAsync(olive, "acorn", "/psa", ToldEvents.Opened, ToldEvents.Message, ToldEvents.Resolved);
        await AddAsync(olive, "birch", "/other", ToldEvents.Opened);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Label printer offline, told"));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("A private word", Channel.Portal, Desk.Eve(portal.World.Acorn), now, out _)));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => { t.Note("Between us", portal.World.Sam.Id, Desk.Of(portal.World.Sam), now); return null; }));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Resolve(new("Done", null, null, null, null), null, Desk.Of(portal.World.Sam), now)));
        var heard = await Scene.UntilAsync(() => Task.FromResult(world.HeardAt("/psa")), all => all.Count >= 3);
        Assert.Equal(["ticket.message", "ticket.opened", "ticket.resolved"], heard.Select(h => JsonDocument.Parse(h.Body).RootElement.GetProperty("type").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(heard, h =>
        {
            var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{h.Headers["webhook-id"]}.{h.Headers["webhook-timestamp"]}.{h.Body}")));
            Assert.Equal(expected, h.Headers["webhook-signature"]);
            Assert.DoesNotContain("private word", h.Body, StringComparison.Ordinal);
            Assert.Equal($"ACO-{ticket.Number}", JsonDocument.Parse(h.Body).RootElement.GetProperty("data").GetProperty("reference").GetString());
        });
        Assert.Equal(3, heard.Select(h => h.Headers["webhook-id"]).Distinct().Count());
        // another client's subscription hears nothing of it, and something of its own
        await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Own"));
        var other = await Scene.UntilAsync(() => Task.FromResult(world.HeardAt("/other")), all => all.Count >= 1);
        Assert.All(other, h => Assert.Contains("\"client\":\"birch\"", h.Body, StringComparison.Ordinal));

        await Scene.UntilAsync(() => Server.ListAllAsync<string>(portal.Owner, $"select d.state from event_delivery d join event_subscription s on s.id = d.subscription_id where s.name = '/psa' and d.ticket_id = '{ticket.Id}'"), states => states.TrueForAll(s => s == "Sent"));
        var page = await olive.PageAsync("/admin/subscriptions");
        Assert.DoesNotContain(secret, page.Body!.InnerHtml, StringComparison.Ordinal);
        using var again = await olive.SendAsync("/admin/subscriptions?handler=Again", page.Fill("handler=Again"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, again.StatusCode);
        var repeated = await Scene.UntilAsync(() => Task.FromResult(world.HeardAt("/psa").Concat(world.HeardAt("/other")).ToList()), all => all.Count >= 5);
        Assert.Equal(4, repeated.Select(h => h.Headers["webhook-id"]).Distinct().Count());
        Assert.DoesNotContain(await Server.ListAllAsync<string>(portal.Owner, "select s::text from event_subscription s"), row => row.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_refused_is_in_the_log_and_an_address_off_the_list_is_not_taken()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        var page = await olive.PageAsync("/admin/subscriptions");
        using var refused = await olive.SendAsync("/admin/subscriptions?handler=Add", page.Fill("handler=Add", ("Input.Client", "acorn"), ("Input.Name", "Away"), ("Input.Address", "https://elsewhere.test/x"), ("Input.Events", "Opened")));
        Assert.Contains("The operator has not allowed elsewhere.test.", await refused.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        await AddAsync(olive, "acorn", "/moved", ToldEvents.Opened);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Not followed"));
        var states = await Scene.UntilAsync(() => Server.ListAllAsync<string>(portal.Owner, $"select d.state || ' ' || d.attempts || ' ' || d.error from event_delivery d join event_subscription s on s.id = d.subscription_id where s.name = '/moved' and d.ticket_id = '{ticket.Id}' and d.state = 'Failed'"), all => all.Count > 0);
        Assert.Equal("Failed 1 /moved answered 302.", Assert.Single(states));
        Assert.Contains("/moved answered 302.", (await olive.PageAsync("/admin/subscriptions")).Body!.TextContent, StringComparison.Ordinal);
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var closed = await priya.GetAsync(new Uri("/admin/subscriptions", UriKind.Relative), Desk.Cancel);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, closed.StatusCode);
    }

    private async Task<string> AddAsync(HttpClient olive, string client, string path, params ToldEvents[] events)
    {
        var page = await olive.PageAsync("/admin/subscriptions");
        using var made = await olive.SendAsync("/admin/subscriptions?handler=Add", page.Fill("handler=Add", [("Input.Client", client), ("Input.Name", path), ("Input.Address", world.Address + path), .. events.Select(e => ("Input.Events", $"{e}"))]));
        return Forms.Read(await made.Content.ReadAsStringAsync(Desk.Cancel)).GetElementById("secret")!.GetAttribute("value")!;
    }
}
