using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Escalation;
using TenantPortal.Web.Tests.People;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>A call is answered from a phone: by the button, once, and never by whoever only looks at the link.</summary>
public sealed class AcknowledgeTests(Portal portal) : IClassFixture<Portal>
{
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task The_button_answers_and_looking_does_not()
    {
        await Scene.SetAsync(portal);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, phone"));
        var link = await LinkAsync(ticket);
        using var phone = portal.Browser();
        using var scanner = portal.Browser();
        for (var i = 0; i < 3; i++) Assert.Contains("I have it", (await scanner.PageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        using (var head = await scanner.SendAsync(new(HttpMethod.Head, new Uri(link, UriKind.Relative)), Desk.Cancel)) Assert.NotEqual(HttpStatusCode.Redirect, head.StatusCode);
        Assert.All(await portal.CallsAsync(ticket), c => Assert.Null(c.AcknowledgedAt));

        var page = await phone.PageAsync(link);
        Assert.Contains("Acorn: tills hanging, phone", page.Body!.TextContent, StringComparison.Ordinal);
        using var form = page.Fill("");
        using var answer = await phone.SendAsync(link, form);
        Assert.Contains("Priya Ash has it since", await answer.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        var call = Assert.Single(await portal.CallsAsync(ticket));
        Assert.Equal(("Priya Ash", null), (call.AcknowledgedBy, call.AgainAt));
        var taken = await portal.ReadAsync(ticket);
        Assert.Equal(portal.World.Priya.Id, taken.AssigneeId);
        Assert.Equal("link", taken.Events.Single(e => e.Kind == TicketEventKind.CallAcknowledged).Detail["how"]);

        using var again = await phone.SendAsync(link, page.Fill(""));
        Assert.Contains("Priya Ash has it already.", await again.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_link_leads_nowhere()
    {
        await Scene.SetAsync(portal);
        var link = await LinkAsync(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, forged")));
        var token = link.Split('/', '?')[3];
        using var anyone = portal.Browser();
        foreach (var forged in new[] { (token[0] == 'A' ? "B" : "A") + token[1..], token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token[..40], "none" })
        {
            using var answer = await anyone.GetAsync(new Uri($"/desk/calls/{forged}", UriKind.Relative), Desk.Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Who_takes_the_ticket_on_the_desk_has_answered_unless_nobody_called_them()
    {
        await Scene.SetAsync(portal);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, desk"));
        await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1);
        Assert.Null(await portal.ChangeAsync(ticket, (t, at) => t.Take(portal.World.Nico.Id, Desk.Of(portal.World.Nico), at)));
        await Task.Delay(1500, Desk.Cancel);
        Assert.NotNull((await portal.CallsAsync(ticket))[0].AgainAt);
        Assert.Null(await portal.ChangeAsync(ticket, (t, at) => t.StaffReplies("On it.", false, Channel.Portal, Desk.Of(portal.World.Priya), at, Leave.Elsewhere)));
        var call = (await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls[0].AcknowledgedAt is not null))[0];
        Assert.Equal("Priya", call.AcknowledgedBy);
    }

    [Fact]
    public async Task An_empty_rota_is_said_and_somebody_else_is_called()
    {
        await Scene.SetAsync(portal);
        await portal.WriteOnCallAsync(db => db.Rotas.Single(r => r.Key == Scene.Role).Shifts = []);
        try
        {
            var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, empty rota"));
            var call = (await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1))[0];
            Assert.Equal("Sam Ash", call.StaffName);
            Assert.Contains((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.Escalated && e.Detail["sentence"].Contains("Nobody answers for Network lead: its rota is empty. Sam Ash is called instead.", StringComparison.Ordinal));
        }
        finally { await portal.WriteOnCallAsync(db => db.Rotas.Single(r => r.Key == Scene.Role).Shifts = [new(Enum.GetValues<DayOfWeek>(), new(0, 0), new(0, 0), [portal.World.Priya.Id, portal.World.Sam.Id])]); }
    }

    // from the mail to whoever was called about this ticket
    private async Task<string> LinkAsync(Ticket ticket)
    {
        var call = (await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count > 0))[0];
        return await portal.LinkAsync("acorn", "priya@maple.example", portal.Services.GetRequiredService<CallLinks>().PathOf(call));
    }
}
