using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

public sealed class HandOffTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_hand_off_holds_facts_profile_changes_and_the_fix_of_a_similar_ticket()
    {
        await portal.AsAsync(Acorn.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            db.Add(new RecentChange { TenantId = Acorn.Id, What = "Print server moved", Kind = ChangeKind.Network, At = TimeProvider.System.GetUtcNow().AddDays(-2), SiteId = Acorn.Site.Id });
            db.Add(new RecentChange { TenantId = Acorn.Id, What = "Long ago", Kind = ChangeKind.Other, At = TimeProvider.System.GetUtcNow().AddDays(-40) });
            db.Add(new Printer { TenantId = Acorn.Id, Name = "ACORN-OFFICE", SiteId = Acorn.Site.Id });
            db.Add(new Software { TenantId = Acorn.Id, Name = "Ledger 8", Version = "8.1", OnAllDevices = true });
            await db.SaveChangesAsync(Desk.Cancel);
        });
        var earlier = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer prints grey stripes") with { At = TimeProvider.System.GetUtcNow().AddDays(-20) });
        Assert.Null(await portal.ChangeAsync(earlier, (t, now) => t.Resolve(new("Stripes gone", "Worn drum", null, "Replaced the drum of the printer.", null), null, Desk.Of(portal.World.Sam), now)));
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Grey stripes again on the printer", "LT-acorn-01, Ledger 8 says “Printer not found”.") with { DeviceId = Acorn.Laptop.Id });

        var view = (await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<HandOff>().RunAsync(Acorn.Id, ticket.Number, Desk.Cancel)))!;
        Assert.Equal($"ACO-{ticket.Number}", view.Reference);
        Assert.Equal(100, view.Environment.Score);
        Assert.Equal("8.1", view.Environment.Rows.Single(r => r.Field == EnvironmentField.AppVersion).Value);
        Assert.Equal("Replaced the drum of the printer.", view.Similar[0].Fix);
        Assert.Equal("Print server moved", Assert.Single(view.Surroundings.Changes).What);
        Assert.Equal("ACORN-OFFICE", Assert.Single(view.Surroundings.Printers).Name);
        var text = view.AsText();
        foreach (var said in new[] { view.Reference, "Printer not found", "Print server moved", "Replaced the drum", "Ledger 8 8.1", "Network: not asked", Acorn.Employee.Email }) Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Canary, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_solved_the_same_before_is_found_through_other_forms_of_its_words_and_never_at_another_client_or_in_the_ticket_itself()
    {
        await SolvedAsync(Acorn, "Outlook asks for the password again and again", "Cleared the stored credential.");
        await SolvedAsync(Acorn, "Outlook shows the calendar in a wrong time zone", "Set the zone in the account.");
        await SolvedAsync(portal.World.Birch, "Outlook asks for the password again and again", "Birch's own fix.");
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Outlook keeps asking for my pasword"));
        var similar = (await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<HandOff>().RunAsync(Acorn.Id, ticket.Number, Desk.Cancel)))!.Similar;
        Assert.Equal("Cleared the stored credential.", similar[0].Fix);
        Assert.DoesNotContain(similar, s => s.Fix.Contains("Birch", StringComparison.Ordinal) || s.Id == ticket.Id);
        var birch = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Outlook keeps asking for my pasword"));
        Assert.Equal(["Birch's own fix."], (await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<HandOff>().RunAsync(portal.World.Birch.Id, birch.Number, Desk.Cancel)))!.Similar.Select(s => s.Fix));
        // solved itself, it is still not its own precedent
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Resolve(new("Gone", null, null, "Its own fix.", null), null, Desk.Of(portal.World.Sam), now)));
        Assert.DoesNotContain((await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<HandOff>().RunAsync(Acorn.Id, ticket.Number, Desk.Cancel)))!.Similar, s => s.Fix == "Its own fix.");
    }

    private async Task SolvedAsync(World.Twin client, string text, string fix)
    {
        var earlier = await portal.SendAsync(client.Id, Desk.Report(client, text) with { At = TimeProvider.System.GetUtcNow().AddDays(-20) });
        Assert.Null(await portal.ChangeAsync(earlier, (t, now) => t.Resolve(new("Solved", null, null, fix, null), null, Desk.Of(portal.World.Sam), now)));
    }

    [Fact]
    public async Task The_ticket_of_another_client_has_no_hand_off()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer mine"));
        Assert.NotNull(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<HandOff>().RunAsync(Acorn.Id, ticket.Number, Desk.Cancel)));
        Assert.Null(await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<HandOff>().RunAsync(Acorn.Id, ticket.Number, Desk.Cancel)));
    }

    [Fact]
    public async Task Chips_come_from_the_text_then_from_the_records()
    {
        var read = (await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<ReadReport>().RunAsync("Excel 16.0.1 crashes, the till is down since lunch", Acorn.Employee.Id, Desk.Cancel)))!;
        Assert.Equal(("Excel", FactSource.Extracted), (read.App!.Value, read.App.Source));
        Assert.Equal("16.0.1", read.AppVersion!.Value);
        Assert.Equal("Point of sale", read.System!.Value);
        Assert.Equal((Acorn.Laptop.Name, FactSource.AssetRecord), (read.Device?.Value, read.Device?.Source));
        Assert.Equal("since lunch", read.FirstSeen!.Value);
        Assert.Null(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<ReadReport>().RunAsync("x", portal.World.Birch.Employee.Id, Desk.Cancel)));
    }
}
