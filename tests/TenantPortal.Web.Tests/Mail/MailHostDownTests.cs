using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Mail;

/// <summary>The whole program with a mail host that is away for half an hour of its clock.</summary>
public sealed class MailHostDownTests(MailHostDownTests.Away away) : IClassFixture<MailHostDownTests.Away>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed class Away : IAsyncLifetime
    {
        internal ScriptedHost Host { get; } = new(_ => null);
        public Portal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Portal = new() { Settings = [("PORTAL_SMTP", $"smtp://127.0.0.1:{Host.Port}"), ("PORTAL_SMTP_SECURITY", "none"), ("PORTAL_SMTP_PER_MINUTE", "6000")] };
            await Portal.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Portal.DisposeAsync();
            Host.Dispose();
        }
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_and_each_tickets_letters_keep_their_order()
    {
        var portal = away.Portal;
        await Desk.FurnishAsync(portal);
        var tickets = new List<Ticket>();
        for (var i = 0; i < 4; i++) tickets.Add(await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, $"The scanner is slow {i}")));
        await UntilAsync(m => m.Count >= 4);
        foreach (var ticket in tickets) Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies("Please switch it off and on", false, Channel.Portal, Desk.Of(portal.World.Priya), now, Desk.Agreed)));
        var waiting = await UntilAsync(m => m.Count(x => x.Stage == "reply") == 4 && m.Exists(x => x.Error is not null));
        using (var priya = await portal.AsAsync(portal.World.Priya)) Assert.Contains("Letters that wait for the mail host", (await priya.PageAsync("/desk/outbox")).Body!.TextContent, StringComparison.Ordinal);
        for (var minute = 0; minute < 3; minute++)
        {
            portal.Clock.PutForward(TimeSpan.FromMinutes(10));
            var before = away.Host.Connections;
            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel);
            Assert.InRange(away.Host.Connections - before, 0, 2);
        }
        away.Host.Answer = _ => "";
        portal.Clock.PutForward(TimeSpan.FromMinutes(2));
        var sent = await UntilAsync(m => m.TrueForAll(x => x.State == OutboxState.Sent), forward: true);
        var arrived = away.Host.Letters.Where(l => l.Contains(portal.World.Acorn.Employee.Email, StringComparison.Ordinal)).Select(l => l.Split("\r\n")[0]["Message-ID: ".Length..]).ToList();
        Assert.Equal(sent.Select(m => m.MessageId).Order(), arrived.Order());
        foreach (var ticket in sent.GroupBy(m => m.TicketId)) Assert.Equal(ticket.OrderBy(m => m.Id).Select(m => m.MessageId), arrived.Where(id => ticket.Any(m => m.MessageId == id)));
        // one thread a ticket, and what a person wrote is no automatic mail
        Assert.All(away.Host.Letters.Where(l => l.Contains(portal.World.Acorn.Employee.Email, StringComparison.Ordinal)), letter => Assert.Contains("References: <ticket-", letter, StringComparison.Ordinal));
        Assert.All(sent, m => Assert.Equal(m.Stage != "reply", away.Host.Letters.Single(l => l.Contains(m.MessageId, StringComparison.Ordinal)).Contains("Auto-Submitted: auto-generated", StringComparison.Ordinal)));
        Assert.Equal(4, sent.Select(m => away.Host.Letters.Single(l => l.Contains(m.MessageId, StringComparison.Ordinal)).Split("\r\n").Single(h => h.StartsWith("References:", StringComparison.Ordinal))).Distinct().Count());
        Assert.NotEmpty(waiting);
    }

    private async Task<List<OutboxMessage>> UntilAsync(Func<List<OutboxMessage>, bool> holds, bool forward = false)
    {
        while (true)
        {
            var letters = await away.Portal.AsAsync(away.Portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().Where(m => m.HookId == null && m.TicketId != null && m.Recipient == away.Portal.World.Acorn.Employee.Email).ToListAsync(Cancel));
            if (letters.Count > 0 && holds(letters)) return letters;
            if (forward) away.Portal.Clock.PutForward(TimeSpan.FromSeconds(3));
            await Task.Delay(100, Cancel);
        }
    }
}
