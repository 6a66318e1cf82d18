using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

/// <summary>Three guides about kettles on the library's shelf, published to both clients, and the short ways in which tests get one offered.</summary>
internal static class GuideWorld
{
    public static readonly Guid Descale = Guid.Parse("7d1d0c02-0e0b-4c3c-9a0e-000000000001"), Plug = Guid.Parse("7d1d0c02-0e0b-4c3c-9a0e-000000000002"), Phish = Guid.Parse("7d1d0c02-0e0b-4c3c-9a0e-000000000003");

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string DescaleSource(string last = "Pour it out and boil again.") => Shelf.Guide(Descale, "Descale the kettle",
        Shelf.Step("fill", "Fill the kettle with vinegar.", title: "Fill it with vinegar") + Shelf.Step("mac", "Only on a Mac.", "os: [macos]", title: "Do the Mac thing")
        + Shelf.Step("open", "Open the lid with the engineers' key.", "actor: agent, min_tier: 2", title: "Unlock the heater") + Shelf.Step("boil", last, title: "Boil it twice"));

    public static async Task FurnishAsync(Portal portal)
    {
        await Desk.FurnishAsync(portal);
        var shelf = new Shelf(portal);
        if (await portal.AsAsync(portal.World.Msp.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.AnyAsync(Cancel))) return;
        await shelf.PutAsync("descale-the-kettle", DescaleSource());
        await shelf.PutAsync("plug-the-kettle-in", Shelf.Guide(Plug, "Plug the kettle in", Shelf.Step("plug", "Push the plug of the kettle in.", "on_fail: escalate", "Push the plug in")));
        await shelf.PutAsync("report-phishing", Shelf.Guide(Phish, "Report phishing", Shelf.Step("report", "Report the mail.")).Replace("test/guides", "security/phishing", StringComparison.Ordinal));
        foreach (var twin in new[] { portal.World.Acorn, portal.World.Birch }) await shelf.PublishAsync(twin.Id);
    }

    /// <summary>Sends a report and lets the portal decide on a guide; the slug is what it offers.</summary>
    public static async Task<(Ticket Ticket, string? Slug)> AskAsync(this Portal portal, World.Twin twin, string subject = "Descale the kettle", string text = "I want to descale the kettle please, the kettle is full of limescale.", Func<TenantPortal.Web.Features.Tickets.NewTicket, TenantPortal.Web.Features.Tickets.NewTicket>? change = null)
    {
        var input = Desk.Report(twin, subject, text);
        input = (change ?? (i => i))(input with { DeviceId = twin.Laptop.Id });
        var ticket = await portal.SendAsync(twin.Id, input);
        return (ticket, await portal.OfferAsync(ticket));
    }

    public static Task<string?> OfferAsync(this Portal portal, Ticket ticket) => portal.AsAsync(ticket.TenantId, async s => await s.GetRequiredService<OfferGuide>().RunAsync(ticket, Cancel));

    public static Task<List<Attempt>> AttemptsAsync(this Portal portal, Ticket ticket) =>
        portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Attempts.AsNoTracking().Where(a => a.TicketId == ticket.Id).OrderBy(a => a.Number).ToListAsync(Cancel));

    /// <summary>What the silence job does when it comes up, without waiting for a worker; twice over, as a lost lease would. Where the portal's own workers change the ticket at the same moment it comes again, as a job does.</summary>
    public static async Task ListenAsync(this Portal portal, Attempt attempt)
    {
        for (var run = 0; run < 2; run++)
        {
            try { await OnceAsync(portal, attempt); }
            catch (DbUpdateConcurrencyException) { await OnceAsync(portal, attempt); }
        }
    }

    private static Task OnceAsync(Portal portal, Attempt attempt) =>
        portal.AsAsync(attempt.TenantId, s => s.GetServices<IJobHandler>().Single(h => h.Kind == "attempt-silence").RunAsync(new Job { TenantId = attempt.TenantId, Kind = "attempt-silence", RefId = attempt.Id.Value, DueAt = attempt.StartedAt }, Cancel));

    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            if (await holds()) return;
            await Task.Delay(100, Cancel);
        }
        Assert.Fail("It did not happen within ten seconds.");
    }
}
