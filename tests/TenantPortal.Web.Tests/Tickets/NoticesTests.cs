using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.SelfService;

namespace TenantPortal.Web.Tests.Tickets;

/// <summary>Whom the bell rings for, and beside each who is not told: Nina serves Birch alone, Olive runs the installation.</summary>
public sealed class NoticesTests(Portal portal) : IClassFixture<Portal>
{
    private World.Twin Acorn => portal.World.Acorn;
    private Actor Eve => Desk.Eve(Acorn);

    [Fact]
    public async Task A_P1_tells_everyone_who_serves_the_client()
    {
        var ticket = await SendAsync("tills hanging since lunch");
        Assert.Equal(Priority.P1, ticket.Priority);
        await ToldAsync(ticket, "p1", "dora", "nico", "priya", "sam");
    }

    [Fact]
    public async Task What_looks_urgent_and_is_no_P1_yet_alerts_everyone_who_serves_the_client()
    {
        var ticket = await SendAsync("Something is wrong", input => input with { Report = input.Report with { Text = "nobody can work, I think we were hacked", Impact = null, Urgency = null } });
        Assert.NotEqual(Priority.P1, ticket.Priority);
        await ToldAsync(ticket, "alert", "dora", "nico", "priya", "sam");
    }

    [Fact]
    public async Task An_assignment_tells_the_one_it_is_given_to_and_taking_it_tells_nobody()
    {
        var (given, taken) = (await SendAsync("A lamp to give"), await SendAsync("A lamp to take"));
        await ChangeAsync(taken, (t, at) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), at));
        await ChangeAsync(given, (t, at) => t.Assign(portal.World.Nico.Id, "Nico", null, Desk.Of(portal.World.Priya), at));
        await ToldAsync(given, "assigned", "nico");
        Assert.Empty(await KeysAsync(taken, "assigned"));
    }

    [Fact]
    public async Task A_reply_tells_the_assignee_alone()
    {
        var ticket = await SendAsync("A lamp of Nico's");
        await ChangeAsync(ticket, (t, at) => t.Take(portal.World.Nico.Id, Desk.Of(portal.World.Nico), at));
        await ChangeAsync(ticket, (t, at) => t.ContactReplies("Any news?", Channel.Portal, Eve, at, out _));
        await ToldAsync(ticket, "reply", "nico");
    }

    [Fact]
    public async Task A_reply_on_a_ticket_of_nobody_tells_engineers_and_dispatchers_who_serve_the_client()
    {
        var ticket = await SendAsync("A lamp of nobody's");
        await ChangeAsync(ticket, (t, at) => t.ContactReplies("Is anybody there?", Channel.Portal, Eve, at, out _));
        await ToldAsync(ticket, "reply", "dora", "nico", "priya", "sam");
    }

    [Fact]
    public async Task Reopening_tells_the_assignee_or_where_there_is_none_all_who_could_take_it()
    {
        var (mine, free) = (await SendAsync("A lamp of Priya's"), await SendAsync("Another lamp of nobody's"));
        await ChangeAsync(mine, (t, at) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), at));
        foreach (var ticket in new[] { mine, free })
        {
            await ChangeAsync(ticket, (t, at) => t.Resolve(new("Mended.", null, null, null, null), null, Eve, at));
            await ChangeAsync(ticket, (t, at) => t.Reopen("It is dark again", Eve, at) ?? t.ContactReplies("It is dark again", Channel.Portal, Eve, at, out _));
        }
        await ToldAsync(mine, "reopened", "priya");
        await ToldAsync(free, "reopened", "dora", "nico", "priya", "sam");
        // why it was reopened is the same news, not a second one
        Assert.Empty(await KeysAsync(mine, "reply"));
        Assert.Empty(await KeysAsync(free, "reply"));
    }

    private async Task<Ticket> SendAsync(string subject, Func<Features.Tickets.NewTicket, Features.Tickets.NewTicket>? change = null)
    {
        await Desk.FurnishAsync(portal);
        var directory = portal.Services.GetRequiredService<StaffDirectory>();
        if (directory.ByKey("nina") is null) await World.HireAsync(directory, "nina", StaffRoles.Engineer | StaffRoles.Dispatcher, 2, portal.World.Birch.Id);
        if (directory.ByKey("dora") is null) await World.HireAsync(directory, "dora", StaffRoles.Dispatcher, 0, Acorn.Id);
        return await portal.SendAsync(Acorn.Id, (change ?? (i => i))(Desk.Report(Acorn, subject)));
    }

    private async Task ChangeAsync(Ticket ticket, Func<Ticket, DateTimeOffset, Refusal?> verb) => Assert.Null(await portal.ChangeAsync(ticket, verb));

    // one save writes all notices of an event, so that whoever is missing after the first is not told
    private async Task ToldAsync(Ticket ticket, string kind, params string[] keys)
    {
        await GuideWorld.EventuallyAsync(async () => (await KeysAsync(ticket, kind)).Count >= keys.Length);
        Assert.Equal(keys, await KeysAsync(ticket, kind));
    }

    private async Task<List<string>> KeysAsync(Ticket ticket, string kind)
    {
        var staff = portal.Services.GetRequiredService<StaffDirectory>();
        var told = await portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Notices.AsNoTracking().Where(n => n.TicketId == ticket.Id && n.Kind == kind).Select(n => n.StaffId).ToListAsync(Desk.Cancel));
        return [.. told.Select(id => staff.ById(new(id))!.Key).Order(StringComparer.Ordinal)];
    }
}
