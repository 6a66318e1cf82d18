using AngleSharp.Dom;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Tests.Tickets;

/// <summary>What the desk's queue is narrowed to: for each filter a ticket that stays beside one that goes.</summary>
public sealed class QueueFilterTests(Portal portal) : IClassFixture<Portal>
{
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task By_client()
    {
        var (here, there) = (await SendAsync(Acorn, "The lamp of acorn"), await SendAsync(portal.World.Birch, "The lamp of birch"));
        await ShowsAsync("", [here, there], []);
        await ShowsAsync("?client=acorn", [here], [there]);
        await ShowsAsync("?client=birch", [there], [here]);
    }

    [Fact]
    public async Task By_status()
    {
        var (fresh, waiting, resolved) = (await SendAsync(Acorn, "A new chair"), await SendAsync(Acorn, "A waiting chair"), await SendAsync(Acorn, "A mended chair"));
        Assert.Null(await portal.ChangeAsync(waiting, (t, at) => t.StaffReplies("Which chair?", true, Channel.Portal, Desk.Of(portal.World.Priya), at)));
        Assert.Null(await portal.ChangeAsync(resolved, (t, at) => t.Resolve(new("Mended.", null, null, null, null), null, Desk.Of(portal.World.Priya), at)));
        await ShowsAsync("", [fresh, waiting], [resolved]);
        await ShowsAsync("?state=New", [fresh], [waiting, resolved]);
        await ShowsAsync("?state=Waiting", [waiting], [fresh, resolved]);
        await ShowsAsync("?state=Resolved", [resolved], [fresh, waiting]);
    }

    [Fact]
    public async Task By_priority()
    {
        // what else this person reported lately may raise the second one, never as far as the first
        var (first, other) = (await SendAsync(Acorn, "tills hanging since lunch"), await SendAsync(Acorn, "The printer is a little slow"));
        Assert.Equal(Priority.P1, first.Priority);
        Assert.NotEqual(Priority.P1, other.Priority);
        await ShowsAsync("?priority=P1", [first], [other]);
        await ShowsAsync($"?priority={other.Priority}", [other], [first]);
    }

    [Fact]
    public async Task By_assignee_mine_and_nobodys()
    {
        var (mine, hers, free) = (await SendAsync(Acorn, "My own lamp"), await SendAsync(Acorn, "Her own lamp"), await SendAsync(Acorn, "A free lamp"));
        Assert.Null(await portal.ChangeAsync(mine, (t, at) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), at)));
        Assert.Null(await portal.ChangeAsync(hers, (t, at) => t.Take(portal.World.Sam.Id, Desk.Of(portal.World.Sam), at)));
        await ShowsAsync("?who=mine", [mine], [hers, free]);
        await ShowsAsync("?who=free", [free], [mine, hers]);
        await ShowsAsync("", [mine, hers, free], []);
    }

    private async Task<Ticket> SendAsync(World.Twin twin, string subject)
    {
        await Desk.FurnishAsync(portal);
        return await portal.SendAsync(twin.Id, Desk.Report(twin, subject));
    }

    private async Task ShowsAsync(string filter, IReadOnlyList<Ticket> there, IReadOnlyList<Ticket> gone)
    {
        using var priya = await portal.AsAsync(portal.World.Priya);
        var rows = (await priya.PageAsync("/desk" + filter)).QuerySelectorAll("#queue tbody tr").Select(r => r.TextContent).ToList();
        Assert.All(there, ticket => Assert.Contains(rows, row => row.Contains(ticket.Subject, StringComparison.Ordinal)));
        Assert.All(gone, ticket => Assert.DoesNotContain(rows, row => row.Contains(ticket.Subject, StringComparison.Ordinal)));
    }
}
