using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Live;

public sealed class LiveTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World World => portal.World;

    [Fact]
    public async Task A_contact_hears_of_the_own_ticket_and_never_of_a_colleagues_or_another_companys()
    {
        using var browser = await portal.AsAsync(World.Acorn.Employee);
        await using var stream = await OpenAsync(browser, "/c/acorn/live");
        var foreign = await SendAsync(World.Birch);
        var colleagues = await portal.SendAsync(World.Acorn.Id, Desk.Report(World.Acorn, "The manager's own") with { ContactId = World.Acorn.Manager.Id });
        var own = await SendAsync(World.Acorn);
        Assert.Equal([$"ticket ACO-{own.Number}"], await stream.UntilAsync($"ticket ACO-{own.Number}"));
        Assert.NotEqual(own.Number, colleagues.Number);
        Assert.NotEqual(own.Id, foreign.Id);
    }

    [Fact]
    public async Task A_manager_hears_of_the_company_and_an_engineer_of_the_clients_served()
    {
        using var portalBrowser = await portal.AsAsync(World.Acorn.Manager);
        using var nicos = await portal.AsAsync(World.Nico);
        using var priyas = await portal.AsAsync(World.Priya);
        await using var company = await OpenAsync(portalBrowser, "/c/acorn/live");
        await using var one = await OpenAsync(nicos, "/desk/live");
        await using var all = await OpenAsync(priyas, "/desk/live");
        var (birchs, acorns) = (await SendAsync(World.Birch), await SendAsync(World.Acorn));
        var (birch, acorn) = ($"ticket BIR-{birchs.Number}", $"ticket ACO-{acorns.Number}");
        Assert.Equal([acorn], await company.UntilAsync(acorn));
        Assert.Equal([acorn], await one.UntilAsync(acorn));
        Assert.Equal([birch, acorn], await all.UntilAsync(acorn));
    }

    [Fact]
    public async Task A_part_that_a_page_fetches_by_itself_does_not_use_up_what_the_next_page_says()
    {
        using var browser = await portal.AsAsync(World.Nico);
        var address = $"/desk/tickets/ACO-{(await SendAsync(World.Acorn)).Number}";
        using var taken = await browser.SendAsync(address + "?handler=Take", (await browser.PageAsync(address)).Fill("handler=Take"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, taken.StatusCode);
        using var part = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { { "HX-Request", "true" } } };
        using var fetched = await browser.SendAsync(part, Cancel);
        Assert.DoesNotContain("You have it.", await fetched.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("You have it.", (await browser.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("You have it.", (await browser.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_while_the_browser_was_away_is_told_when_it_comes_back_and_nothing_of_others()
    {
        using var browser = await portal.AsAsync(World.Acorn.Employee);
        string position;
        await using (var stream = await OpenAsync(browser, "/c/acorn/live")) position = stream.Position;
        var (foreign, own) = (await SendAsync(World.Birch), await SendAsync(World.Acorn));
        await using var back = await Stream.OpenAsync(browser, "/c/acorn/live", position);
        var missed = await back.MissedAsync();
        Assert.Contains($"ticket ACO-{own.Number}", missed);
        Assert.DoesNotContain(missed, word => word.StartsWith("ticket BIR", StringComparison.Ordinal));
        Assert.NotEqual(own.Id, foreign.Id);
    }

    [Fact]
    public async Task A_transaction_that_began_before_the_break_and_ended_after_it_leaves_no_gap()
    {
        var (slow, quick) = (await SendAsync(World.Acorn), await SendAsync(World.Acorn));
        using var desk = await portal.AsAsync(World.Priya);
        string position;
        await using (var connection = new NpgsqlConnection(portal.Owner))
        {
            // the slow transaction has its event's id, lower than the next one's, but is not committed
            await connection.OpenAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await NoteAsync(connection, slow);
            await using (var stream = await OpenAsync(desk, "/desk/live"))
            {
                await portal.ChangeAsync(quick, (t, now) => { t.Note("quick", World.Priya.Id, Desk.Of(World.Priya), now); return null; });
                await stream.UntilAsync($"ticket ACO-{quick.Number}");
                position = stream.Position;
            }
            await transaction.CommitAsync(Cancel);
        }
        await using var back = await Stream.OpenAsync(desk, "/desk/live", position);
        Assert.Contains($"ticket ACO-{slow.Number}", await back.MissedAsync());
    }

    [Fact]
    public async Task A_contact_cannot_read_a_position_or_use_another_companys()
    {
        using var eve = await portal.AsAsync(World.Acorn.Employee);
        using var birchs = await portal.AsAsync(World.Birch.Employee);
        await using var stream = await OpenAsync(eve, "/c/acorn/live");
        Assert.False(ulong.TryParse(stream.Position, out _));
        await using var forged = await Stream.OpenAsync(eve, "/c/acorn/live", "1");
        Assert.Equal(["refresh"], await forged.MissedAsync());
        await using var foreign = await Stream.OpenAsync(birchs, "/c/birch/live", stream.Position);
        Assert.Equal(["refresh"], await foreign.MissedAsync());
    }

    [Fact]
    public async Task A_session_that_is_revoked_loses_its_stream_at_once()
    {
        using var browser = await portal.AsAsync(World.Birch.Manager);
        await using var stream = await OpenAsync(browser, "/c/birch/live");
        await portal.AsAsync(World.Birch.Id, s => s.GetRequiredService<PortalDb>().Contacts.Where(c => c.Id == World.Birch.Manager.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.SecurityStamp, Guid.NewGuid().ToString("n")), Cancel));
        using var second = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        Assert.Null(await stream.NextAsync().WaitAsync(second.Token));
    }

    [Fact]
    public async Task Nobody_listens_without_a_session_or_at_another_companys_door()
    {
        using var nobody = portal.Browser(follow: false);
        using var eve = await portal.AsAsync(World.Acorn.Employee);
        foreach (var (browser, address) in new[] { (nobody, "/c/acorn/live"), (nobody, "/desk/live"), (eve, "/c/birch/live"), (eve, "/desk/live") })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }
        await using var own = await OpenAsync(eve, "/c/acorn/live");
        Assert.Equal("no", own.Answer.Headers.GetValues("X-Accel-Buffering").Single());
    }

    [Fact]
    public async Task The_seventh_stream_of_one_person_closes_the_first()
    {
        using var browser = await portal.AsAsync(World.Sam);
        var streams = new List<Stream>();
        for (var i = 0; i < 7; i++) streams.Add(await OpenAsync(browser, "/desk/live"));
        Assert.Null(await streams[0].NextAsync());
        var ticket = await SendAsync(World.Acorn);
        await streams[6].UntilAsync($"ticket ACO-{ticket.Number}");
        foreach (var stream in streams) await stream.DisposeAsync();
    }

    private static async Task<Stream> OpenAsync(HttpClient browser, string address)
    {
        var stream = await Stream.OpenAsync(browser, address);
        Assert.Empty(await stream.MissedAsync());
        return stream;
    }

    private async Task<Ticket> SendAsync(World.Twin twin)
    {
        await Desk.FurnishAsync(portal);
        return await portal.SendAsync(twin.Id, Desk.Report(twin, "Printer prints blank pages"));
    }

    private static async Task NoteAsync(NpgsqlConnection connection, Ticket ticket)
    {
        await using var command = new NpgsqlCommand($"""
            select set_config('app.all', '1', true);
            insert into ticket_event (tenant_id, ticket_id, kind, actor_kind, actor_name, at, detail) values ('{ticket.TenantId}', '{ticket.Id}', 'NoteWritten', 'Machine', 'slow', now(), jsonb_build_object());
            """, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
