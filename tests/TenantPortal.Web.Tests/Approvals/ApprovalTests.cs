using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Approvals;

/// <summary>Words that leave a P1 or a risk-tagged ticket are read by a second person, by the front door.</summary>
public sealed class ApprovalTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Page = "/desk/approvals";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_reply_on_a_P1_waits_for_a_second_person_and_then_goes_word_for_word()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, approved"));
        using var nico = await portal.AsAsync(portal.World.Nico);
        var page = await nico.PageAsync(Address(ticket));
        Assert.Empty(page.QuerySelectorAll("form[action$='handler=Reply'] button"));
        Assert.Contains("Ask for approval", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("goes out as soon as somebody else approves", await PostAsync(nico, ticket, "Approval", ("Input.Text", "The tills are back at 14:00.")), StringComparison.Ordinal);
        Assert.Equal(1, (await portal.ReadAsync(ticket)).MessageCount);

        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("The tills are back at 14:00.", (await priya.PageAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Approved, and on its way.", await DecideAsync(priya, ticket, "Approve"), StringComparison.Ordinal);

        var read = await portal.ReadAsync(ticket);
        var message = Assert.Single(read.Messages, m => m.AuthorKind == ActorKind.Staff);
        Assert.Equal(("The tills are back at 14:00.", "Nico"), (message.Text, message.AuthorName));
        Assert.Equal("Priya", Assert.Single(read.Events, e => e.Kind == TicketEventKind.ApprovalGiven).ActorName);
        Assert.Equal((await OfAsync(ticket)).Seal, Assert.Single(read.Events, e => e.Kind == TicketEventKind.StaffReplied).Detail["seal"]);
        using var eve = await portal.AsAsync(Acorn.Employee);
        Assert.Contains("The tills are back at 14:00.", (await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_reply_is_refused_and_an_ordinary_ticket_still_takes_one()
    {
        var guarded = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, forged"));
        var ordinary = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, not forged"));
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("a second person reads the reply before it goes", await ForgeAsync(priya, guarded, "Reply", ("Input.Text", "Quick word")), StringComparison.Ordinal);
        Assert.Equal(1, (await portal.ReadAsync(guarded)).MessageCount);
        Assert.Contains("The reply is sent.", await PostAsync(priya, ordinary, "Reply", ("Input.Text", "Quick word")), StringComparison.Ordinal);
        Assert.Equal(2, (await portal.ReadAsync(ordinary)).MessageCount);
        Assert.Contains("needs no second person any more", await ForgeAsync(priya, ordinary, "Approval", ("Input.Text", "Quick word")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_approves_their_own_words_and_tier_1_approves_none()
    {
        var ticket = await AskedAsync("tills hanging, alone", portal.World.Priya, "We are on it.");
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Empty((await priya.PageAsync(Page)).QuerySelectorAll($"#approval-{(await OfAsync(ticket)).Id} form[action$='handler=Approve']"));
        Assert.Contains("You wrote this. Somebody else has to approve it.", await ForgeDecisionAsync(priya, ticket, "Approve"), StringComparison.Ordinal);
        using var nico = await portal.AsAsync(portal.World.Nico);
        Assert.Contains("A service lead or an engineer of tier 2 or 3 approves replies.", await ForgeDecisionAsync(nico, ticket, "Approve"), StringComparison.Ordinal);
        Assert.Equal(1, (await portal.ReadAsync(ticket)).MessageCount);
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("Approved, and on its way.", await DecideAsync(sam, ticket, "Approve"), StringComparison.Ordinal);
        Assert.Contains("This is decided already, by Sam.", await ForgeDecisionAsync(sam, ticket, "Approve"), StringComparison.Ordinal);
        Assert.Equal(2, (await portal.ReadAsync(ticket)).MessageCount);
    }

    [Theory]
    [InlineData("priority", "The ticket became P1 after this was asked for (")]
    [InlineData("tags", "The risk tags changed after this was asked for.")]
    [InlineData("recipient", "The recipient's address changed after this was asked for.")]
    [InlineData("text", "This is not what was asked for.")]
    public async Task What_was_approved_is_exactly_what_was_asked(string what, string sentence)
    {
        var ticket = await AskedAsync($"Printer says somebody hacked it, {what}", portal.World.Nico, "Please unplug it.");
        var approval = await OfAsync(ticket);
        if (what is "priority" or "tags") Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Change(what == "priority" ? Priority.P1 : t.Priority, what == "tags" ? t.RiskTags | RiskTags.Billing : t.RiskTags, "It is worse.", Desk.Of(portal.World.Sam), now)));
        if (what == "recipient") await EmailAsync("eve.new@acorn.example");
        if (what == "text") await Server.SqlAsync(portal.Owner, $"select set_config('app.all', '1', false); update approval set text = 'Please unplug it now.' where id = '{approval.Id}'");
        try
        {
            using var sam = await portal.AsAsync(portal.World.Sam);
            Assert.Contains(sentence, WebUtility.HtmlDecode((await sam.PageAsync(Page)).QuerySelector($"#approval-{approval.Id}")!.TextContent), StringComparison.Ordinal);
            Assert.Contains(sentence, await ForgeDecisionAsync(sam, ticket, "Approve"), StringComparison.Ordinal);
            Assert.Equal(1, (await portal.ReadAsync(ticket)).MessageCount);
        }
        finally { if (what == "recipient") await EmailAsync(Acorn.Employee.Email); }
    }

    [Fact]
    public async Task A_new_message_of_the_contact_asks_for_another_look()
    {
        var ticket = await AskedAsync("tills hanging, overtaken", portal.World.Nico, "Please restart it.");
        using var sam = await portal.AsAsync(portal.World.Sam);
        var before = await sam.PageAsync(Page);
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("We restarted it twice already.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        using var form = Filled(before, await OfAsync(ticket), "Approve");
        using var answer = await sam.SendAsync($"{Page}?handler=Approve", form);
        var again = Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel));
        Assert.Contains("Message 2 has come in since. Read it, then approve once more.", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("We restarted it twice already.", again.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("y", again.QuerySelector($"#approval-{(await OfAsync(ticket)).Id} form[action$='handler=Approve'] button")!.GetAttribute("data-key"));
        Assert.Contains("Approved, and on its way.", await DecideAsync(sam, ticket, "Approve"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Breaking_the_glass_needs_a_reason_and_is_listed_until_a_lead_has_looked()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging at night"));
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("Say why nobody else can be asked now.", await PostAsync(priya, ticket, "Alone", ("Input.Text", "Pull the plug."), ("Input.Reason", " ")), StringComparison.Ordinal);
        Assert.Equal(1, (await portal.ReadAsync(ticket)).MessageCount);
        Assert.Contains("A lead looks at it next morning.", await PostAsync(priya, ticket, "Alone", ("Input.Text", "Pull the plug."), ("Input.Reason", "03:00 and the shop burns")), StringComparison.Ordinal);

        var read = await portal.ReadAsync(ticket);
        Assert.Equal("03:00 and the shop burns", Assert.Single(read.Events, e => e.Kind == TicketEventKind.GlassBroken).Detail["because"]);
        Assert.Contains(read.Messages, m => m.Text == "Pull the plug.");
        Assert.Contains("A service lead looks at what went out without a second person.", await ForgeDecisionAsync(priya, ticket, "Look"), StringComparison.Ordinal);
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("03:00 and the shop burns", (await sam.PageAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Noted: you have looked at it.", await ForgeDecisionAsync(sam, ticket, "Look"), StringComparison.Ordinal);
        Assert.DoesNotContain("03:00 and the shop burns", (await sam.PageAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Free_words_of_a_resolution_stay_on_the_desk_and_those_of_an_ordinary_ticket_go_out()
    {
        foreach (var (subject, isSeen) in new[] { ("tills hanging, resolved", false), ("Printer, resolved", true) })
        {
            var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, subject));
            Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Resolve(new("Swapped the sunflower cable", null, null, null, null), null, Desk.Of(portal.World.Sam), now)));
            using var eve = await portal.AsAsync(Acorn.Employee);
            var said = (await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).Body!.TextContent;
            Assert.Equal(isSeen, said.Contains("sunflower", StringComparison.Ordinal));
            using var sam = await portal.AsAsync(portal.World.Sam);
            Assert.Contains("sunflower", (await sam.PageAsync(Address(ticket))).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_clause_made_urgent_becomes_milder_only_with_a_lead()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, milder"));
        var due = (await portal.ReadAsync(ticket)).DueAt;
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.NotNull(await portal.ChangeAsync(ticket, (t, now) => t.Change(Priority.P3, RiskTags.None, "It is one till.", Desk.Of(portal.World.Priya), now)));
        Assert.Contains("Sam is asked. Nothing changes until then.", await PostAsync(priya, ticket, "Judge", ("Input.Priority", "P3"), ("Input.Reason", "It is one till."), ("Input.Lead", $"{portal.World.Sam.Id}")), StringComparison.Ordinal);
        var waiting = await portal.ReadAsync(ticket);
        Assert.Equal((Priority.P1, due), (waiting.Priority, waiting.DueAt));
        Assert.Contains("Only a service lead makes a ticket milder.", await ForgeDecisionAsync(priya, ticket, "Approve", portal.World.Nico), StringComparison.Ordinal);

        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("Agreed. The clocks are read again.", await DecideAsync(sam, ticket, "Approve"), StringComparison.Ordinal);
        var milder = await portal.ReadAsync(ticket);
        Assert.Equal((Priority.P3, null, 240), (milder.Priority, milder.Verdict!.Clause, milder.Targets.Single(t => t.Kind == "Response").AllowanceMinutes));
        // what was judged is settled; what comes after it speaks again
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("Thank you.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        Assert.Equal(Priority.P3, (await portal.ReadAsync(ticket)).Priority);
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("All tills are down again, queue to the door.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        Assert.Equal(Priority.P1, (await portal.ReadAsync(ticket)).Priority);
    }

    [Fact]
    public async Task Up_is_free_and_a_risk_tag_goes_only_with_a_lead()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Keyboard sticks, up is free"));
        using var nico = await portal.AsAsync(portal.World.Nico);
        Assert.Contains("Changed.", await PostAsync(nico, ticket, "Judge", ("Input.Priority", "P2"), ("Input.Tags", "Security"), ("Input.Reason", "Somebody clicked the link")), StringComparison.Ordinal);
        var read = await portal.ReadAsync(ticket);
        Assert.Equal((Priority.P2, RiskTags.Security, 120), (read.Priority, read.RiskTags, read.Targets.Single(t => t.Kind == "Response").AllowanceMinutes));
        Assert.Equal(("P3", "Nico"), (read.Events.Last(e => e.Kind == TicketEventKind.VerdictGiven).Detail["was"], read.Events.Last(e => e.Kind == TicketEventKind.VerdictGiven).ActorName));
        Assert.Contains("Say why in a few words.", await PostAsync(nico, ticket, "Judge", ("Input.Priority", "P1"), ("Input.Reason", "")), StringComparison.Ordinal);
        using var forged = (await nico.PageAsync(Address(ticket))).Fill("handler=Judge", ("Input.Priority", "P2"), ("Input.Reason", "false alarm"), ("Input.Tags", "Billing"));
        using var answer = await nico.SendAsync(Address(ticket) + "?handler=Judge", forged);
        Assert.Equal(RiskTags.Security, (await portal.ReadAsync(ticket)).RiskTags);
        Assert.Equal(ApprovalKind.Milder, (await OfAsync(ticket)).Kind);
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("It went back with your reason.", await DecideAsync(sam, ticket, "Refuse", ("why", "It is still on the network")), StringComparison.Ordinal);
        Assert.Equal(RiskTags.Security, (await portal.ReadAsync(ticket)).RiskTags);
    }

    private static string Address(Ticket ticket) => $"/desk/tickets/ACO-{ticket.Number}";

    private async Task<Ticket> AskedAsync(string subject, StaffMember by, string text)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, subject));
        Assert.True(ticket.IsGuarded);
        using var browser = await portal.AsAsync(by);
        Assert.Contains("goes out as soon as", await PostAsync(browser, ticket, "Approval", ("Input.Text", text)), StringComparison.Ordinal);
        return ticket;
    }

    private Task<Approval> OfAsync(Ticket ticket) => portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Approvals.AsNoTracking().Where(a => a.TicketId == ticket.Id).OrderByDescending(a => a.AskedAt).FirstAsync(Desk.Cancel));

    private static async Task<string> PostAsync(HttpClient browser, Ticket ticket, string handler, params (string, string)[] fields)
    {
        // the button of its own inside the reply's form
        using var form = (await browser.PageAsync(Address(ticket))).Fill($"handler={(handler == "Alone" ? "Approval" : handler)}", fields);
        return await SendAsync(browser, $"{Address(ticket)}?handler={handler}", form);
    }

    private static async Task<string> ForgeAsync(HttpClient browser, Ticket ticket, string handler, params (string, string)[] fields)
    {
        using var form = (await browser.PageAsync(Address(ticket))).Fill("handler=Note", fields);
        return await SendAsync(browser, $"{Address(ticket)}?handler={handler}", form);
    }

    private async Task<string> DecideAsync(HttpClient browser, Ticket ticket, string handler, params (string, string)[] fields)
    {
        using var form = Filled(await browser.PageAsync(Page), await OfAsync(ticket), handler, fields);
        return await SendAsync(browser, $"{Page}?handler={handler}", form);
    }

    private async Task<string> ForgeDecisionAsync(HttpClient browser, Ticket ticket, string handler, StaffMember? other = null)
    {
        using var another = other is null ? null : await portal.AsAsync(other);
        using var form = (await (another ?? browser).PageAsync(Address(ticket))).Fill("handler=Note", ("id", $"{(await OfAsync(ticket)).Id}"), ("seen", "99"));
        return await SendAsync(another ?? browser, $"{Page}?handler={handler}", form);
    }

    private static MultipartFormDataContent Filled(AngleSharp.Dom.IDocument page, Approval approval, string handler, params (string, string)[] fields) =>
        Forms.Read($"<main>{page.QuerySelector($"#approval-{approval.Id}")!.OuterHtml}</main>").Fill($"handler={handler}", fields);

    private static async Task<string> SendAsync(HttpClient browser, string address, MultipartFormDataContent form)
    {
        using var answer = await browser.SendAsync(address, form);
        if (answer.Headers.Location is not { } next) return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
        using var page = await browser.GetAsync(next, Desk.Cancel);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Desk.Cancel));
    }

    private Task EmailAsync(string email) => portal.AsAsync(Acorn.Id, async s =>
    {
        var db = s.GetRequiredService<PortalDb>();
        (await db.Contacts.SingleAsync(c => c.Id == Acorn.Employee.Id, Desk.Cancel)).Email = email;
        await db.SaveChangesAsync(Desk.Cancel);
    });
}
