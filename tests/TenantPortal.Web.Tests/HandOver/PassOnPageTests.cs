using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.SelfService;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.HandOver;

/// <summary>Nico of the first line gives a ticket to the second, by pages without script.</summary>
public sealed class PassOnPageTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await GuideWorld.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_tried_asked_and_found_goes_along_and_the_next_line_takes_it()
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        using var priya = await portal.AsAsync(portal.World.Priya);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer prints stripes", "Every page, since Monday.") with { DeviceId = Acorn.Laptop.Id });
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        await ActAsync(nico, address, "handler=Take");
        // a step in own words
        await ActAsync(nico, address, "handler=Tried", ("Input.What", "Cleaned the drum"), ("Input.Outcome", "Failed"));
        // a guide as a checklist: saved half-way, gone on with, ended
        var checklist = $"{address}/guides/plug-the-kettle-in";
        await ActAsync(nico, checklist, "handler=Tick", ("Input.Answers[plug]", "Couldnt"), ("Input.Findings[plug]", "the plug is warm"), ("Input.Outcome", "StillOpen"));
        Assert.Equal("the plug is warm", (await nico.PageAsync(checklist)).QuerySelector("#finding-plug")!.GetAttribute("value"));
        await ActAsync(nico, checklist, "handler=Tick", ("Input.Outcome", "Failed"));
        var work = await WorkAsync(ticket);
        Assert.Equal(["Cleaned the drum", "Plug the kettle in"], work.Select(w => w.Title));
        Assert.Equal((StepAnswer.Couldnt, DeskOutcome.Failed, "Nico"), (Assert.Single(work[1].Steps).Answer, work[1].Outcome, work[1].StaffName));

        // the gate names what is missing, asks with one tap, and holds
        var page = await nico.PageAsync($"{address}/pass-on");
        Assert.Contains("what the message says", page.QuerySelector(".gaps")!.TextContent, StringComparison.OrdinalIgnoreCase);
        var note = page.QuerySelector("#note")!.TextContent;
        Assert.Contains("Tried: Cleaned the drum (Nico): did not help", note, StringComparison.Ordinal);
        Assert.Contains("could not do “Push the plug in”; the plug is warm", note, StringComparison.Ordinal);
        Assert.Contains("Answers are still missing", await RefusedAsync(nico, $"{address}/pass-on", "handler=Pass"), StringComparison.Ordinal);
        await ActAsync(nico, $"{address}/pass-on", "handler=Ask");
        Assert.Contains((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.QuestionAsked && e.Detail["question"] == "Error");
        Assert.Contains("was asked", (await nico.PageAsync($"{address}/pass-on")).QuerySelector(".cluster")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nobody of tier 3", await RefusedAsync(nico, $"{address}/pass-on", "handler=Pass", ("Input.Tier", "3"), ("Input.Without", "x")), StringComparison.Ordinal);
        await ActAsync(nico, $"{address}/pass-on", "handler=Pass", ("Input.Text", "Problem: stripes\nQuestion: is it the fuser?"), ("Input.Without", "Eve is at lunch"));

        var read = await portal.ReadAsync(ticket);
        Assert.Equal((2, null, TicketStatus.New), (read.Tier, read.AssigneeId, read.Status));
        var theirs = await priya.PageAsync(address);
        Assert.Contains("Question: is it the fuser?", theirs.QuerySelector(".passed-on .said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nico passed it on to tier 2", theirs.QuerySelector(".passed-on")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"ACO-{ticket.Number}", await priya.GetStringAsync(new Uri("/desk?who=tier", UriKind.Relative), Desk.Cancel), StringComparison.Ordinal);
        await ActAsync(priya, address, "handler=Take");
        Assert.Equal(portal.World.Priya.Id, (await portal.ReadAsync(ticket)).AssigneeId);
        // the contact reads nothing of it
        using var eve = await portal.AsAsync(Acorn.Employee);
        var seen = (await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).Body!.TextContent;
        Assert.DoesNotContain("fuser", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("drum", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_in_what_was_tried_or_found_is_hidden_before_it_is_kept()
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Kettle is cold", "Since Monday."));
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        await ActAsync(nico, address, "handler=Take");
        await ActAsync(nico, address, "handler=Tried", ("Input.What", "Signed in, the password is Tr0ub4dor&3x"), ("Input.Outcome", "Failed"));
        await ActAsync(nico, $"{address}/guides/plug-the-kettle-in", "handler=Tick", ("Input.Answers[plug]", "Couldnt"), ("Input.Findings[plug]", "the label says password is Tr0ub4dor&3x"), ("Input.Outcome", "Failed"));
        var work = await WorkAsync(ticket);
        foreach (var kept in new[] { work[0].Title, Assert.Single(work[1].Steps).Finding! })
        {
            Assert.DoesNotContain("Tr0ub4dor", kept, StringComparison.Ordinal);
            Assert.Contains("[hidden password", kept, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Somebody_who_wrote_meanwhile_is_read_first()
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer is loud"));
        var address = $"/desk/tickets/ACO-{ticket.Number}/pass-on";
        var page = await nico.PageAsync(address);
        await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("It smells of smoke now.", Channel.Portal, Desk.Eve(Acorn), now, out _));
        using var answer = await nico.SendAsync($"{address}?handler=Pass", page.Fill("handler=Pass", ("Input.Without", "x"), ("Input.Text", "Question: my own words?")));
        var back = Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel));
        Assert.Contains("Somebody wrote while you did", back.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Question: my own words?", back.QuerySelector("#note")!.TextContent);
        Assert.Equal(1, (await portal.ReadAsync(ticket)).Tier);
    }

    [Fact]
    public async Task A_question_whose_answer_is_there_is_shown_before_it_is_sent_and_counted()
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer shows a code", "It says “PC LOAD LETTER”.") with { DeviceId = Acorn.Laptop.Id });
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        const string question = "Hello Eve. What does the exact error message say? And which version of Windows is it?";
        using (var held = await nico.SendAsync($"{address}?handler=Reply", (await nico.PageAsync(address)).Fill("handler=Reply", ("Input.Text", question))))
        {
            var page = Forms.Read(await held.Content.ReadAsStringAsync(Desk.Cancel));
            var flagged = page.QuerySelector(".again")!;
            Assert.Contains("PC LOAD LETTER, message 1", flagged.TextContent, StringComparison.Ordinal);
            Assert.Contains("Windows 11 24H2", flagged.TextContent, StringComparison.Ordinal);
            Assert.Equal(question, page.QuerySelector("#reply")!.TextContent);
            Assert.DoesNotContain((await portal.ReadAsync(ticket)).Messages, m => m.AuthorKind == ActorKind.Staff);
            using var sent = await nico.SendAsync($"{address}?handler=Reply", page.Fill("handler=Reply", ("Input.Anyway", "true")));
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }
        var read = await portal.ReadAsync(ticket);
        Assert.Equal(question, read.Messages[^1].Text);
        Assert.Equal(["no", "yes"], read.Events.Where(e => e.Kind == TicketEventKind.QuestionFlagged).Select(e => e.Detail["sent"]));
        // what is not known is asked without a word
        await ActAsync(nico, address, "handler=Reply", ("Input.Text", "Since when does it happen?"));
    }

    private Task<List<DeskAttempt>> WorkAsync(Ticket ticket) => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().DeskAttempts.AsNoTracking().Where(w => w.TicketId == ticket.Id).OrderBy(w => w.Number).ToListAsync(Desk.Cancel));

    private static async Task ActAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        var page = await desk.PageAsync(address);
        var action = page.Form(handler).GetAttribute("action")!;
        using var answer = await desk.SendAsync(action.StartsWith('/') ? action : $"{address}?{handler}", page.Fill(handler, values));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{handler}: {answer.StatusCode} {Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent}");
    }

    private static async Task<string> RefusedAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        using var answer = await desk.SendAsync($"{address}?{handler}", (await desk.PageAsync(address)).Fill(handler, values));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent ?? "";
    }
}
