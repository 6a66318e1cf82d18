using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>Calls and cards go out in the shapes that services read, once each, and only to where the operator lets them.</summary>
public sealed class ChannelTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    private const string Secret = OutsideWorld.Secret;
    private readonly Portal portal = world.Portal;

    [Fact]
    public async Task Each_service_gets_its_own_shape_once()
    {
        await Scene.SetAsync(portal);
        using var olive = await portal.AsAsync(portal.World.Olive);
        await world.OpenChannelsAsync(olive);
        await portal.WriteOnCallAsync(db => { foreach (var person in db.Staff) person.Phone = "07700 900100"; });
        await portal.Services.GetRequiredService<Infrastructure.Tenancy.StaffDirectory>().RefreshAsync(Desk.Cancel);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "tills hanging, channels"));
        await Scene.UntilAsync(() => Task.FromResult(world.HeardOf(ticket).Count), count => count >= 7);
        await Task.Delay(500, Desk.Cancel);
        var heard = world.HeardOf(ticket);
        string Header(string path, string name) => heard.Single(h => h.Path == path).Headers[name];
        JsonElement Body(string path) => JsonDocument.Parse(heard.Single(h => h.Path == path).Body).RootElement;
        Assert.Equal(["/moved", "/opsgenie", "/pagerduty", "/slack", "/sms", "/teams", "/webhook"], heard.Select(h => h.Path).Order(StringComparer.Ordinal));

        var pager = Body("/pagerduty");
        Assert.Equal((Secret, "trigger", $"ACO-{ticket.Number}", "critical"), (Text(pager, "routing_key"), Text(pager, "event_action"), Text(pager, "dedup_key"), pager.GetProperty("payload").GetProperty("severity").GetString()));
        Assert.StartsWith("P1 Acorn: tills hanging, channels. Priya Ash is called", pager.GetProperty("payload").GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(("GenieKey " + Secret, $"ACO-{ticket.Number}", "P1"), (Header("/opsgenie", "Authorization"), Text(Body("/opsgenie"), "alias"), Text(Body("/opsgenie"), "priority")));
        Assert.Equal(("Bearer " + Secret, "07700 900100"), (Header("/sms", "Authorization"), Text(Body("/sms"), "to")));
        Assert.Contains("/desk/calls/", Text(Body("/sms"), "text"), StringComparison.Ordinal);
        Assert.Equal(["Deadline", "Owner", "Touches", "Next", "Clause"], Body("/webhook").GetProperty("facts").EnumerateObject().Select(f => f.Name));
        Assert.Contains("people", Body("/webhook").GetProperty("facts").GetProperty("Touches").GetString(), StringComparison.Ordinal);
        Assert.Equal("header", Body("/slack").GetProperty("blocks")[0].GetProperty("type").GetString());
        Assert.Equal("AdaptiveCard", Body("/teams").GetProperty("attachments")[0].GetProperty("content").GetProperty("type").GetString());
        var signed = Header("/webhook", "X-Portal-Signature").Split(",v1=");
        var body = heard.Single(h => h.Path == "/webhook").Body;
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{signed[0]["t=".Length..]}.{body}"))), signed[1]);

        var stored = await Server.ListAllAsync<string>(portal.Owner, $"select convert_from(bytes, 'utf8') from outbox_message where hook_id is not null and ticket_id = '{ticket.Id}'");
        Assert.Equal(7, stored.Count);
        Assert.DoesNotContain(stored, bytes => bytes.Contains(Secret, StringComparison.Ordinal));
        var states = await Scene.UntilAsync(() => Server.ListAllAsync<string>(portal.Owner, $"select recipient || ' ' || state || coalesce(' ' || error, '') from outbox_message where hook_id is not null and ticket_id = '{ticket.Id}' order by 1"), s => s.TrueForAll(x => x.Contains("Sent", StringComparison.Ordinal) || x.Contains("Failed", StringComparison.Ordinal)));
        Assert.Equal("Moved Failed Moved answered 302. Check its address and secret.", Assert.Single(states, s => s.Contains("Failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_addresses_are_named_and_nobody_but_an_operator_enters()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("The operator has not allowed hooks.slack.com.", await AddAsync(olive, HookKind.Slack, "https://hooks.slack.com/services/x"), StringComparison.Ordinal);
        Assert.Contains("An address without https is allowed only inside a network", await AddAsync(olive, HookKind.Slack, "http://hooks.example.com/x"), StringComparison.Ordinal);
        Assert.Contains("Write a whole address", await AddAsync(olive, HookKind.Slack, "hooks"), StringComparison.Ordinal);
        Assert.Contains("needs its key", await AddAsync(olive, HookKind.PagerDuty, "https://events.example.com/v2", secret: ""), StringComparison.Ordinal);
        using var sam = await portal.AsAsync(portal.World.Sam);
        using var answer = await sam.GetAsync(new Uri("/admin/channels", UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("hooks.example.com", "93.184.216.34", true)]
    [InlineData("hooks.example.com", "10.0.0.7", false)]
    [InlineData("hooks.example.com", "169.254.169.254", false)]
    [InlineData("hooks.example.com", "::ffff:192.168.1.1", false)]
    [InlineData("hooks.example.com", "fd00::1", false)]
    [InlineData("hooks.example.org", "93.184.216.34", false)]
    [InlineData("gateway", "10.1.2.3", true)]
    [InlineData("example.com", "93.184.216.34", false)]
    public void What_counts_is_the_address_that_is_connected_to(string host, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, OutsideHosts.Parse("*.example.com, 10.1.0.0/16").Hosts.Allows(host, IPAddress.Parse(address)));

    private static Task<string> AddAsync(HttpClient olive, HookKind kind, string address, string secret = Secret) => OutsideWorld.AddAsync(olive, kind, address, $"{kind}", secret);

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
