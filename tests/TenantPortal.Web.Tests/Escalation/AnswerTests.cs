using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Escalation;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>Who acknowledges in PagerDuty or Opsgenie has the call here; nobody else can say so, and an old answer played again says nothing.</summary>
public sealed class AnswerTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    private readonly Portal portal = world.Portal;

    [Fact]
    public async Task PagerDuty_is_believed_by_its_signature_and_an_old_answer_says_nothing()
    {
        var (ticket, hook) = await CallAsync(HookKind.PagerDuty, "tills hanging, pagerduty");
        var now = portal.Clock.GetUtcNow();
        var said = PagerDuty(ticket, "Priya Ash", now);
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(Of(hook), said, null));
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(Of(hook), said, Signed(said, "other")));
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(Of(hook)[..^1] + (Of(hook)[^1] == '0' ? "1" : "0"), said, Signed(said)));
        var old = PagerDuty(ticket, "Priya Ash", now.AddMinutes(-10));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), old, Signed(old)));
        var resolved = said.Replace("incident.acknowledged", "incident.resolved", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), resolved, Signed(resolved)));
        Assert.NotNull((await portal.CallsAsync(ticket)).Single().AgainAt);

        // services send several signatures while a secret is being changed
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), said, $"{Signed(said, "older")},{Signed(said)}"));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), said, Signed(said)));
        Assert.Equal(("Priya Ash", null as DateTimeOffset?), ((await portal.CallsAsync(ticket)).Single() is var call ? (call.AcknowledgedBy, call.AgainAt) : default));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal(portal.World.Priya.Id, read.AssigneeId);
        Assert.Equal("service", Assert.Single(read.Events, e => e.Kind == TicketEventKind.CallAcknowledged).Detail["how"]);
    }

    [Fact]
    public async Task Opsgenie_is_believed_by_its_address_and_names_who_answered()
    {
        var (ticket, hook) = await CallAsync(HookKind.Opsgenie, "tills hanging, opsgenie");
        var said = JsonSerializer.Serialize(new { action = "Acknowledge", alert = new { alias = $"ACO-{ticket.Number}", username = portal.World.Sam.Email, updatedAt = portal.Clock.GetUtcNow().ToUnixTimeMilliseconds() } });
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync($"/hooks/answers/{hook.Id:n}/{new string('0', 32)}", said, null));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), "not even JSON", null));
        Assert.NotNull((await portal.CallsAsync(ticket)).Single().AgainAt);
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(Of(hook), said, null));
        Assert.Equal("Sam Ash", (await portal.CallsAsync(ticket)).Single().AcknowledgedBy);
        // the page shows an address only where somebody could be believed
        using var olive = await portal.AsAsync(portal.World.Olive);
        var page = (await olive.PageAsync("/admin/channels")).Body!.TextContent;
        Assert.Contains(Of(hook), page, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(Hook(HookKind.Slack)), page, StringComparison.Ordinal);
    }

    private async Task<(Ticket Ticket, Hook Hook)> CallAsync(HookKind kind, string subject)
    {
        await Scene.SetAsync(portal);
        using var olive = await portal.AsAsync(portal.World.Olive);
        await world.OpenChannelsAsync(olive);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, subject));
        await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1);
        return (ticket, Hook(kind));
    }

    private Hook Hook(HookKind kind) => portal.Services.GetRequiredService<OnCallDirectory>().Hooks.First(h => h.Kind == kind);

    private string Of(Hook hook) => new Uri(portal.Services.GetRequiredService<AnswerAddress>().Of(hook)).AbsolutePath;

    private async Task<HttpStatusCode> SayAsync(string address, string said, string? signature)
    {
        using var service = portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = new StringContent(said, Encoding.UTF8, "application/json") };
        if (signature is not null) request.Headers.Add("X-PagerDuty-Signature", signature);
        using var answer = await service.SendAsync(request, Desk.Cancel);
        return answer.StatusCode;
    }

    private static string PagerDuty(Ticket ticket, string who, DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        @event = new { id = "01DEN4HPBQAAAG05V5QQYBRZMF", event_type = "incident.acknowledged", resource_type = "incident", occurred_at = at, agent = new { type = "user_reference", summary = who }, data = new { type = "incident", incident_key = $"ACO-{ticket.Number}" } },
    });

    private static string Signed(string said, string secret = OutsideWorld.AnswerSecret) => $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(said)))}";
}
