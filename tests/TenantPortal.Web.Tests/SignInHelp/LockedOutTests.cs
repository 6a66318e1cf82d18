using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.SignInHelp;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SignInHelp;

/// <summary>"I can't sign in": a stranger's words that belong to nobody until an engineer has made sure who wrote them.</summary>
public sealed partial class LockedOutTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Help = "/c/acorn/sign-in/help";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_is_known_and_who_is_not_get_the_same_answer()
    {
        using var nobody = portal.Browser();
        var (known, unknown) = (await AskAsync(nobody, Acorn.Employee.Name), await AskAsync(nobody, "Nell Nobody"));
        Assert.Equal(Token().Replace(unknown, ""), Token().Replace(known, ""));
        Assert.Contains("We have it", known, StringComparison.Ordinal);
        Assert.Contains("01632 960555", known, StringComparison.Ordinal);
        Assert.Contains("Type a phone number", await AskAsync(nobody, "Nell Nobody", phone: "call me"), StringComparison.Ordinal);
        await SettledAsync();
        Assert.True((await TicketOfAsync("Nell Nobody")).IsUnverified);
    }

    [Fact]
    public async Task Until_it_is_settled_who_it_is_nothing_leaves_the_desk()
    {
        using var nobody = portal.Browser();
        await AskAsync(nobody, "Eve  MILL ");
        await SettledAsync();
        var ticket = await TicketOfAsync("Eve  MILL");
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var eve = await portal.AsAsync(Acorn.Employee);
        using var mara = await portal.AsAsync(Acorn.Manager);
        Assert.Contains("Nobody knows yet who this is", (await priya.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nobody has made sure yet", await RefusedAsync(priya, address, "handler=Reply", ("Input.Text", "Your new password is rabbit.")), StringComparison.Ordinal);
        using (var hers = await eve.GetAsync(new Uri($"{Acorn.Door}/requests/{ticket.Number}", UriKind.Relative), Desk.Cancel)) Assert.Equal(HttpStatusCode.NotFound, hers.StatusCode);
        Assert.False(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Outbox.AnyAsync(m => m.TicketId == ticket.Id, Desk.Cancel)));

        // a number that somebody typed proves nothing: only the one on record counts
        await PhoneAsync(null);
        Assert.DoesNotContain("handler=Callback", (await priya.PageAsync($"{address}/identity")).Body!.InnerHtml, StringComparison.Ordinal);
        await PhoneAsync("01632 960111");
        var page = await priya.PageAsync($"{address}/identity");
        Assert.Contains("01632 960111", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var form = page.QuerySelectorAll("main form").First(f => (f.GetAttribute("action") ?? "").Contains("handler=Callback", StringComparison.Ordinal)).GetAttribute("action")!;
        using (var silent = await priya.SendAsync($"{address}/identity{form}", page.Fill(form))) Assert.Contains("Tick that you called", await silent.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        using (var called = await priya.SendAsync($"{address}/identity{form}", page.Fill(form, ("Input.Spoke", "true"), ("Input.AlsoTo", $"{Acorn.Manager.Id}")))) Assert.Equal(HttpStatusCode.Redirect, called.StatusCode);

        var read = await portal.ReadAsync(ticket);
        Assert.Equal((false, Acorn.Employee.Id), (read.IsUnverified, read.ContactId));
        var verified = read.Events.Single(e => e.Kind == TicketEventKind.Verified);
        Assert.Equal(("callback", "Priya", "called back on the number on record, 01632 960111"), (verified.Detail["how"], verified.ActorName, verified.Detail["sentence"]));
        // now it is hers, she is called with news, and her manager is written to as well
        Assert.Contains("Call 01632 960111", (await priya.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        await ActAsync(priya, address, "handler=Reply", ("Input.Text", "We unlock the account now."));
        foreach (var reader in new[] { eve, mara }) Assert.Contains("We unlock the account now.", (await reader.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).Body!.TextContent, StringComparison.Ordinal);
        await SelfService.GuideWorld.EventuallyAsync(() => portal.AsAsync(Acorn.Id, async s => await s.GetRequiredService<PortalDb>().Outbox.Where(m => m.TicketId == ticket.Id && m.Stage == "reply").Select(m => m.Recipient).CountAsync(Desk.Cancel) == 2));
    }

    [Fact]
    public async Task A_code_that_a_colleague_reads_out_settles_it_and_guesses_do_not()
    {
        using var nobody = portal.Browser();
        await AskAsync(nobody, "Eve Mill", problem: "Locked after holidays");
        await SettledAsync();
        var ticket = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().Where(t => t.IsUnverified && t.Subject.Contains("Eve")).OrderBy(t => t.Number).LastAsync(Desk.Cancel));
        var address = $"/desk/tickets/ACO-{ticket.Number}/identity";
        using var priya = await portal.AsAsync(portal.World.Priya);
        await SendCodeAsync(priya, address);
        var first = await CodeAsync(ticket);
        foreach (var _ in Enumerable.Range(0, LockedOut.MostTries)) Assert.Contains("not the code", await CheckAsync(priya, address, first == "000000" ? "111111" : "000000"), StringComparison.Ordinal);
        Assert.Contains("tried too often", await CheckAsync(priya, address, first), StringComparison.Ordinal);
        portal.Clock.PutForward(TimeSpan.FromSeconds(1));
        await SendCodeAsync(priya, address);
        portal.Clock.PutForward(LockedOut.CodeLife);
        Assert.Contains("no code that holds", await CheckAsync(priya, address, await CodeAsync(ticket)), StringComparison.Ordinal);
        await SendCodeAsync(priya, address);
        Assert.Equal("", await CheckAsync(priya, address, await CodeAsync(ticket)));
        Assert.Equal((false, Acorn.Employee.Id), ((await portal.ReadAsync(ticket)).IsUnverified, (await portal.ReadAsync(ticket)).ContactId));
    }

    [Fact]
    public async Task Two_thousand_cries_for_one_victim_are_one_ticket_and_leave_room_for_another()
    {
        var post = portal.Services.GetRequiredService<HelpPost>();
        for (var n = 0; n < 2_000; n++) post.Queue(new(Acorn.Id, n % 2 == 0 ? "Victor Victim" : "victor  VICTIM", "01632 960777", $"Let me in {n}"));
        post.Queue(new(Acorn.Id, "Olga Other", "01632 960778", "Locked out too"));
        await SettledAsync();
        var made = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().LockedOut.AsNoTracking().Where(l => l.Key == "victorvictim" || l.Key == "olgaother").ToListAsync(Desk.Cancel));
        Assert.Equal(["olgaother", "victorvictim"], made.Select(l => l.Key).Order(StringComparer.Ordinal));
        Assert.Equal(5, made.Single(l => l.Key == "victorvictim").AskedTimes);
        Assert.Single((await portal.ReadAsync(await TicketOfAsync("Victor Victim"))).Messages);
    }

    private static async Task<string> AskAsync(HttpClient browser, string name, string phone = "01632 960555", string problem = "It says locked")
    {
        using var answer = await browser.SendAsync(Help, (await browser.PageAsync(Help)).Fill("", ("Input.Name", name), ("Input.Phone", phone), ("Input.Text", problem)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Desk.Cancel);
    }

    private Task SettledAsync() => SelfService.GuideWorld.EventuallyAsync(() => Task.FromResult(portal.Services.GetRequiredService<HelpPost>().IsIdle));

    private Task<Ticket> TicketOfAsync(string name) => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Subject == "Cannot sign in: " + name, Desk.Cancel));

    private Task<int> PhoneAsync(string? phone) => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Contacts.Where(c => c.Id == Acorn.Employee.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Phone, phone), Desk.Cancel));

    private async Task SendCodeAsync(HttpClient desk, string address)
    {
        var page = await desk.PageAsync($"{address}?who={Acorn.Employee.Id}");
        var form = page.QuerySelectorAll("main form").First(f => (f.GetAttribute("action") ?? "").Contains("handler=Code", StringComparison.Ordinal)).GetAttribute("action")!;
        using var sent = await desk.SendAsync(address + form, page.Fill(form, ("Input.Manager", $"{Acorn.Manager.Id}")));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
    }

    private async Task<string> CheckAsync(HttpClient desk, string address, string code)
    {
        var page = await desk.PageAsync($"{address}?who={Acorn.Employee.Id}");
        var form = page.QuerySelectorAll("main form").First(f => (f.GetAttribute("action") ?? "").Contains("handler=Check", StringComparison.Ordinal)).GetAttribute("action")!;
        using var answer = await desk.SendAsync(address + form, page.Fill(form, ("Input.Code", code)));
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")!.TextContent;
    }

    private async Task<string> CodeAsync(Ticket ticket)
    {
        var letter = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().Where(m => m.TicketId == ticket.Id && m.Stage == "identity-code").OrderBy(m => m.CreatedAt).LastAsync(Desk.Cancel));
        Assert.Equal(Acorn.Manager.Email, letter.Recipient);
        return Code().Match(Encoding.UTF8.GetString(letter.Bytes)).Value.Trim();
    }

    private static async Task ActAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        using var answer = await desk.SendAsync($"{address}?{handler}", (await desk.PageAsync(address)).Fill(handler, values));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{handler}: {answer.StatusCode} {Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent}");
    }

    private static async Task<string> RefusedAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        using var answer = await desk.SendAsync($"{address}?{handler}", (await desk.PageAsync(address)).Fill(handler, values));
        return Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent ?? "";
    }

    [GeneratedRegex(@"^\d{6}\s*$", RegexOptions.Multiline, 1000)] private static partial Regex Code();
    [GeneratedRegex("<input name=\"__RequestVerificationToken\"[^>]*>|Bearer.*", RegexOptions.None, 1000)] private static partial Regex Token();
}
