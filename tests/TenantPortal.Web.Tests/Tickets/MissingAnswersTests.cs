using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

/// <summary>A caller who said half of it: the gate holds the ticket at New, the desk asks with one tap, the contact answers with a few.</summary>
public sealed class MissingAnswersTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_incomplete_call_stays_new_until_its_questions_are_asked_and_answered()
    {
        using var desk = await portal.AsAsync(portal.World.Priya);
        using var eve = await portal.AsAsync(Acorn.Employee);
        var ticket = await CallAsync(desk, "the printer prints stripes");
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        await ActAsync(desk, address, "handler=Take");
        Assert.Equal((TicketStatus.New, portal.World.Priya.Id), ((await portal.ReadAsync(ticket)).Status, (await portal.ReadAsync(ticket)).AssigneeId));
        Assert.Contains("Answers are still missing", await RefusedAsync(desk, address, "handler=Resolve", ("Input.Summary", "Done")), StringComparison.Ordinal);
        Assert.Contains("Answers are still missing", await RefusedAsync(desk, address, "handler=Reply", ("Input.Text", "Hm?"), ("Input.Wait", "true")), StringComparison.Ordinal);

        await ActAsync(desk, address, "handler=Ask");
        var asked = Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.QuestionAsked);
        Assert.Equal("impact, urgency, system, sensitivity, Error", asked.Detail["question"]);
        Assert.Equal("Priya", asked.ActorName);
        Assert.Null((await portal.ReadAsync(ticket)).FirstReplyAt);
        Assert.Contains("was asked the same", await RefusedAsync(desk, address, "handler=Ask"), StringComparison.Ordinal);

        var page = await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}");
        var message = page.QuerySelectorAll(".message.staff")[^1];
        Assert.Contains("who is affected", message.TextContent, StringComparison.Ordinal);
        var link = message.QuerySelector("a")!.GetAttribute("href")!;
        var questions = await eve.PageAsync(link);
        using (var answered = await eve.SendAsync(link, questions.Fill("/complete", ("Impact", "One"), ("Urgency", "Slowed"), ("System", "Printer"), ("Sensitivity", "None"), ("Unknown", "Error"))))
            Assert.EndsWith($"/requests/{ticket.Number}", answered.Headers.Location!.ToString(), StringComparison.Ordinal);

        var read = await portal.ReadAsync(ticket);
        Assert.Equal((true, TicketStatus.Open), (read.GateComplete, read.Status));
        Assert.Equal((FactSource.Asked, ActorKind.Contact), read.Facts.Where(f => f.Field == EnvironmentField.Affected).Select(f => (f.Source, f.ByKind)).Single());
        Assert.Equal(FactSource.DoesNotKnow, read.Facts.Single(f => f.Field == EnvironmentField.Error).Source);
        Assert.Contains(read.Events, e => e is { Kind: TicketEventKind.FactRecorded, ActorKind: ActorKind.Contact } && e.Detail["Error"] == "DoesNotKnow");
        Assert.DoesNotContain("handler=Ask", (await desk.PageAsync(address)).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Empty((await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).QuerySelectorAll(".message.staff a"));
        await ActAsync(desk, address, "handler=Resolve", ("Input.Summary", "New drum."));
        Assert.Equal(TicketStatus.Resolved, (await portal.ReadAsync(ticket)).Status);
    }

    [Fact]
    public async Task An_engineer_fills_in_what_the_caller_says_and_is_named_for_it()
    {
        using var desk = await portal.AsAsync(portal.World.Priya);
        var ticket = await CallAsync(desk, "printer again");
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        Assert.Contains("Answer at least one question", await RefusedAsync(desk, address, "handler=Fill"), StringComparison.Ordinal);
        await ActAsync(desk, address, "handler=Fill", ("Input.Impact", "Team"), ("Input.Urgency", "Slowed"), ("Input.System", "Label printer"), ("Input.Sensitivity", "None"), ("Input.Facts[Error]", "PC LOAD LETTER"));
        var read = await portal.ReadAsync(ticket);
        Assert.True(read.GateComplete);
        Assert.Equal("Label printer", read.AffectedSystem);
        Assert.Equal((ActorKind.Staff, "Priya", "PC LOAD LETTER"), read.Facts.Where(f => f.Field == EnvironmentField.Error).Select(f => (f.ByKind, f.ByName, f.Value)).Single());
    }

    [Fact]
    public async Task A_call_that_looks_like_a_P1_alerts_and_is_worked_on_while_it_is_asked_about()
    {
        using var desk = await portal.AsAsync(portal.World.Priya);
        var ticket = await CallAsync(desk, "tills hanging since lunch");
        Assert.Contains((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.Alerted);
        await ActAsync(desk, $"/desk/tickets/ACO-{ticket.Number}", "handler=Take");
        var read = await portal.ReadAsync(ticket);
        Assert.Equal((Priority.P1, false, TicketStatus.Open), (read.Priority, read.GateComplete, read.Status));
    }

    [Fact]
    public async Task Saving_a_call_twice_makes_one_ticket()
    {
        using var desk = await portal.AsAsync(portal.World.Priya);
        var address = $"/desk/new?caller=acorn.{Acorn.Employee.Id}";
        var page = await desk.PageAsync(address);
        using var first = await desk.SendAsync(address, page.Fill(Acorn.Employee.Id.ToString(), ("Input.Text", "the kettle leaks")));
        using var second = await desk.SendAsync(address, page.Fill(Acorn.Employee.Id.ToString(), ("Input.Text", "the kettle leaks")));
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.CountAsync(t => t.Subject == "the kettle leaks", Desk.Cancel)));
    }

    [Fact]
    public async Task Who_had_it_before_and_why_it_moved_are_kept()
    {
        using var desk = await portal.AsAsync(portal.World.Sam);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Toner low"));
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        await ActAsync(desk, address, "handler=Take");
        await ActAsync(desk, address, "handler=Assign", ("Input.Staff", portal.World.Priya.Id.ToString()), ("Input.Assign", "OtherSkill"));
        await ActAsync(desk, address, "handler=Reply", ("Input.Text", "Priya looks at it."));
        var read = await portal.ReadAsync(ticket);
        var moved = read.Events.Single(e => e.Kind == TicketEventKind.Assigned).Detail;
        Assert.Equal(("OtherSkill", portal.World.Sam.Id.ToString(), portal.World.Priya.Id.ToString()), (moved["reason"], moved["before"], moved["staff"]));
        Assert.Equal(read.Events.Single(e => e.Kind == TicketEventKind.StaffReplied).At, read.FirstReplyAt);
    }

    private async Task<Ticket> CallAsync(HttpClient desk, string text)
    {
        var address = $"/desk/new?caller=acorn.{Acorn.Employee.Id}";
        using var sent = await desk.SendAsync(address, (await desk.PageAsync(address)).Fill(Acorn.Employee.Id.ToString(), ("Input.Text", text)));
        var number = int.Parse(sent.Headers.Location!.ToString().Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var ticket = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Number == number, Desk.Cancel));
        Assert.Equal((TicketStatus.New, false), (ticket.Status, ticket.GateComplete));
        return ticket;
    }

    private static async Task ActAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        using var answer = await desk.SendAsync($"{address}?{handler}", (await desk.PageAsync(address)).Fill(handler, values));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{handler}: {answer.StatusCode} {Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent}");
    }

    private static async Task<string> RefusedAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        using var answer = await desk.SendAsync($"{address}?{handler}", (await desk.PageAsync(address)).Fill(handler, values));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent ?? "";
    }
}
