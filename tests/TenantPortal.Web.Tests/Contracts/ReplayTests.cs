using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Contracts;

/// <summary>A changed rule is tried on what has happened before it counts, and what was decided is reached again.</summary>
public sealed class ReplayTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Register = "/admin/contracts/acorn";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_draft_shows_what_it_would_have_changed_and_is_approved_only_then()
    {
        var changed = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, replayed"));
        await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, replayed"));
        var version = await DraftAsync(rule => rule with { Priority = Priority.P2, Path = "nico", Title = "Till outage" });
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("the replay over past tickets has not come to its end", await PostAsync(sam, "Approve", ("id", $"{version.Id}")), StringComparison.Ordinal);
        Assert.Contains("It is being tried on the tickets of the last 90 days.", await PostAsync(sam, "Replay", ("id", $"{version.Id}")), StringComparison.Ordinal);
        var changes = await DoneAsync(version.Id);

        var one = Assert.Single(changes.First, c => c.Number == changed.Number);
        Assert.Equal((Priority.P1, Priority.P2, "sam", "nico"), (one.PriorityWas, one.Priority, one.CallWas, one.Call));
        Assert.True(changes.Changed < changes.Tickets, "a printer is not the clause's");
        var page = (await sam.PageAsync(Register)).Body!.TextContent;
        Assert.Contains($"{changes.Changed} of {changes.Tickets} tickets of the last 90 days would have been treated otherwise.", page, StringComparison.Ordinal);
        // other rules since: what was seen no longer says what would happen
        await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Systems.Where(y => y.ExternalRef == "pos").ExecuteUpdateAsync(u => u.SetProperty(y => y.IsCritical, false), Desk.Cancel));
        Assert.Contains("The client's rules changed after the replay.", await PostAsync(sam, "Approve", ("id", $"{version.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_tried_on_one_ticket()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, tried alone"));
        var version = await DraftAsync(rule => rule with { Priority = Priority.P2 });
        using var sam = await portal.AsAsync(portal.World.Sam);
        var page = await sam.PageAsync($"{Register}?draft={version.Id}&ticket=aco-{ticket.Number}");
        Assert.Equal(["P1", "P2"], page.QuerySelectorAll(".tried dd strong").Select(s => s.TextContent));
        Assert.Contains("Acorn has no ticket ACO-99999.", (await sam.PageAsync($"{Register}?draft={version.Id}&ticket=ACO-99999")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clause_is_withdrawn_by_two_and_copied_as_a_draft()
    {
        var clause = await portal.AsAsync(Acorn.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            var contract = await db.Contracts.FirstAsync(Desk.Cancel);
            db.Add(new NamedSystem { TenantId = Acorn.Id, ExternalRef = "scales", Name = "Scales", Everyday = ["scale"] });
            var made = new Clause { TenantId = Acorn.Id, ContractId = contract.Id, Title = "Scales", System = "Scales", When = ["down"], Priority = Priority.P2, FirstReplyMinutes = 60, ResolutionMinutes = 240, Path = "sam", Quote = "5.1 Scales" };
            db.Add(made);
            await db.SaveChangesAsync(Desk.Cancel);
            return made;
        });
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("Call Sam Ash.", (await sam.PageAsync(Register)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Birch has no contract in force.", await PostAsync(sam, "Copy", ("id", $"{clause.Id}"), ("to", "birch")), StringComparison.Ordinal);
        Assert.Contains("Choose the clients that get a copy.", await PostAsync(sam, "Copy", ("id", $"{clause.Id}"), ("to", "")), StringComparison.Ordinal);
        await portal.AsAsync(portal.World.Birch.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            db.Add(new NamedSystem { TenantId = portal.World.Birch.Id, ExternalRef = "scales", Name = "Scales", Everyday = ["scale"] });
            db.Add(new Contract { TenantId = portal.World.Birch.Id, Name = "Silver", Tier = "Silver", StartsOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), Hours = new("Europe/London", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = ["09:00-17:30"] }, []), Targets = [] });
            await db.SaveChangesAsync(Desk.Cancel);
        });
        portal.Services.GetRequiredService<ClientProfiles>().Forget(portal.World.Birch.Id);
        Assert.Contains("Drafts are written for Birch.", await PostAsync(sam, "Copy", ("id", $"{clause.Id}"), ("to", "birch")), StringComparison.Ordinal);
        var copy = await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<PortalDb>().ClauseVersions.AsNoTracking().SingleAsync(Desk.Cancel));
        Assert.Equal((ClauseState.Draft, "Scales", "5.1 Scales"), (copy.State, copy.Rule.Title, copy.Rule.Quote));
        Assert.Contains("Say in a few words why the clause goes.", await PostAsync(sam, "Withdraw", ("id", $"{clause.Id}"), ("why", " ")), StringComparison.Ordinal);
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("The withdrawal is written as a draft.", await PostAsync(olive, "Withdraw", ("id", $"{clause.Id}"), ("why", "The shop weighs no more")), StringComparison.Ordinal);
        var version = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ClauseVersions.AsNoTracking().SingleAsync(v => v.ClauseId == clause.Id && v.State == ClauseState.Draft, Desk.Cancel));
        await DoneAsync(version.Id);
        Assert.True(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Clauses.AnyAsync(c => c.Id == clause.Id, Desk.Cancel)));
        Assert.Contains("The clause is out of force.", await PostAsync(sam, "Approve", ("id", $"{version.Id}")), StringComparison.Ordinal);
        Assert.False(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Clauses.AnyAsync(c => c.Id == clause.Id, Desk.Cancel)));
        Assert.True(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.AnyAsync(e => e.Kind == "clause-withdrawn" && e.ActorName == "Sam Ash", Desk.Cancel)));
    }

    [Fact]
    public async Task A_stored_decision_is_reached_again_and_an_altered_one_shows_the_exact_difference()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, decided", "Queue to the door."));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("Somebody hacked it.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        using var priya = await portal.AsAsync(portal.World.Priya);
        var page = await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/decisions");
        Assert.Equal(2, page.QuerySelectorAll(".status.ok").Length);
        // the rules change: what was decided is still reached by the rules that held then
        await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Clauses.Where(c => c.Title == "Till outage").ExecuteUpdateAsync(u => u.SetProperty(c => c.Page, "8"), Desk.Cancel));
        portal.Services.GetRequiredService<ClientProfiles>().Forget(Acorn.Id);
        Assert.Equal(2, (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/decisions")).QuerySelectorAll(".status.ok").Length);

        await Server.SqlAsync(portal.Owner, $"select set_config('app.all', '1', false); update decision_record set output = jsonb_set(output, '{{priority}}', '\"P4\"') where ticket_id = '{ticket.Id}'");
        var altered = await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/decisions");
        Assert.Equal(2, altered.QuerySelectorAll(".status.warn").Length);
        Assert.Contains("was “P4”, is “P1”", altered.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fell_back_is_seen_on_the_ticket_and_in_the_report()
    {
        var lost = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Printer without any contract") with { At = TimeProvider.System.GetUtcNow().AddDays(-9) });
        var kept = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer with a contract"));
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("Default times", (await sam.PageAsync($"/desk/tickets/BIR-{lost.Number}")).QuerySelector(".ticket-head")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Default times", (await sam.PageAsync($"/desk/tickets/ACO-{kept.Number}")).QuerySelector(".ticket-head")!.TextContent, StringComparison.Ordinal);
        var birch = (await sam.PageAsync("/admin/contracts/coverage")).QuerySelectorAll("section").Single(s => s.TextContent.Contains("Birch", StringComparison.Ordinal));
        Assert.NotEqual("0", birch.QuerySelector("tbody td:last-child")!.TextContent.Trim());
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var refused = await priya.GetAsync(new Uri("/admin/contracts/coverage", UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private Task<ClauseVersion> DraftAsync(Func<ClauseRule, ClauseRule> change) => portal.AsAsync(Acorn.Id, async s =>
    {
        var db = s.GetRequiredService<PortalDb>();
        var clause = await db.Clauses.FirstAsync(c => c.Title == "Till outage", Desk.Cancel);
        foreach (var draft in await db.ClauseVersions.Where(v => v.ClauseId == clause.Id && v.State == ClauseState.Draft).ToListAsync(Desk.Cancel)) draft.Supersede();
        var number = 1 + (await db.ClauseVersions.Where(v => v.ClauseId == clause.Id).MaxAsync(v => (int?)v.Number, Desk.Cancel) ?? clause.Version);
        var version = new ClauseVersion
        {
            TenantId = Acorn.Id, ClauseId = clause.Id, ContractId = clause.ContractId, Number = number, BasedOn = clause.Version, Rule = change(ClauseRule.Of(clause)), Cases = [new("All tills are down", true), new("A question about the till training video", false)],
            AuthorId = portal.World.Olive.Id.Value, AuthorName = "Olive", CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(version);
        await db.SaveChangesAsync(Desk.Cancel);
        return version;
    });

    private async Task<RuleChanges> DoneAsync(Guid version)
    {
        for (var wait = 0; wait < 200; wait++)
        {
            if (await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Replays.AsNoTracking().Where(r => r.VersionId == version && r.State == ReplayState.Done).Select(r => r.Changes).FirstOrDefaultAsync(Desk.Cancel)) is { } changes) return changes;
            await Task.Delay(100, Desk.Cancel);
        }
        throw new InvalidOperationException("The replay did not come to its end.");
    }

    private static async Task<string> PostAsync(HttpClient browser, string handler, params (string, string)[] fields)
    {
        using var form = (await browser.PageAsync("/admin/contracts/acorn/clause")).Fill("", fields);
        using var answer = await browser.SendAsync($"{Register}?handler={handler}", form);
        if (answer.Headers.Location is not { } next) return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
        return WebUtility.HtmlDecode(await browser.GetStringAsync(next, Desk.Cancel));
    }
}
