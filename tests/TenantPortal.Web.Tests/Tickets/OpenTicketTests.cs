using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

public sealed class OpenTicketTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_report_gets_number_verdict_facts_targets_and_a_decision_record()
    {
        var sent = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer error 0x0000011b", "LT-acorn-01 says “Windows cannot connect to the printer” since this morning.") with { At = new(2025, 6, 3, 9, 0, 0, TimeSpan.Zero) });
        var ticket = await portal.ReadAsync(sent);
        Assert.True(ticket.Number > 1000);
        Assert.Equal("printing/printer", ticket.Category);
        Assert.Equal(Priority.P3, ticket.Priority);
        Assert.True(ticket.GateComplete);
        Assert.Equal("Windows cannot connect to the printer", Assert.Single(ticket.Facts, f => f.Field == EnvironmentField.Error).Value);
        Assert.Equal(ticket.Messages.Single().Id, ticket.Facts.Single(f => f.Field == EnvironmentField.Codes).MessageId);
        Assert.Equal(Acorn.Laptop.Id, ticket.DeviceId);
        Assert.Equal(FactSource.AssetRecord, ticket.Facts.Single(f => f.Field == EnvironmentField.Os).Source);
        Assert.Equal(["Resolution", "Response"], ticket.Targets.Select(t => t.Kind).Order());
        Assert.Equal(ticket.Targets.Min(t => t.DueAt), ticket.DueAt);
        Assert.Equal(TicketEventKind.Opened, ticket.Events[0].Kind);
        Assert.Equal(1, await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Decisions.CountAsync(d => d.TicketId == ticket.Id.Value && d.Kind == "verdict", Desk.Cancel)));
    }

    [Fact]
    public async Task Who_called_twice_within_two_weeks_goes_before_who_calls_first()
    {
        DateTimeOffset day = new(2024, 9, 30, 9, 0, 0, TimeSpan.Zero);
        var sent = new List<Ticket>();
        foreach (var days in new[] { 0, 20, 22, 24 }) sent.Add(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer offline") with { At = day.AddDays(days) }));
        Assert.DoesNotContain(sent[1].Verdict!.Reasons, r => r.Rule == "history");
        Assert.Equal([Priority.P3, Priority.P3, Priority.P3, Priority.P2], sent.Select(t => t.Priority));
        Assert.Contains(sent[3].Verdict!.Reasons, r => r.Rule == "history" && r.Sentence == $"The same person called twice this week about the same (number {sent[2].Number}, {sent[1].Number}), so it rises from P3 to P2.");
    }

    [Fact]
    public async Task Twenty_parallel_sends_of_one_form_make_one_ticket()
    {
        var input = Desk.Report(Acorn, "Toner empty");
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<OpenTicket>().RunAsync(input, Desk.Cancel))));
        Assert.Single(sent.Select(s => s!.Ticket.Id).Distinct());
        Assert.Single(sent, s => !s!.AlreadySent);
        Assert.All(sent, s => Assert.True(s!.Ticket.Number > 1000));
    }

    [Fact]
    public async Task Numbers_count_up_without_a_double_one()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => portal.SendAsync(Acorn.Id, Desk.Report(Acorn, $"Paper jam {i}"))));
        Assert.Equal(20, sent.Select(t => t.Number).Distinct().Count());
        var birch = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Another company's first"));
        Assert.True(birch.Number < sent.Max(t => t.Number), "each client counts by itself");
    }

    [Fact]
    public async Task Hanging_tills_are_P1_by_the_clause_whose_times_and_person_hold()
    {
        var ticket = await portal.ReadAsync(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging since lunch") with { At = new(2026, 3, 7, 22, 0, 0, TimeSpan.Zero) }));
        Assert.Equal(Priority.P1, ticket.Priority);
        Assert.Equal(Desk.Quote, ticket.Verdict!.Clause!.Quote);
        Assert.Equal("sam", ticket.Path);
        Assert.Contains(ticket.Verdict.Reasons, r => r.Rule == "clause" && r.Sentence.Contains(Desk.Quote, StringComparison.Ordinal) && r.Sentence.Contains("Sam Ash", StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 22, 30, 0, TimeSpan.Zero), ticket.Targets.Single(t => t.Kind == "Response").DueAt);
        Assert.Contains(ticket.Events, e => e.Kind == TicketEventKind.Alerted);
    }

    [Fact]
    public async Task The_same_words_at_a_client_without_tills_are_no_P1()
    {
        var ticket = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "tills hanging since lunch"));
        Assert.NotEqual(Priority.P1, ticket.Priority);
        Assert.Null(ticket.Verdict!.Clause);
    }

    [Fact]
    public async Task A_P3_of_Friday_evening_is_due_on_Monday_by_the_clients_calendar()
    {
        var ticket = await portal.ReadAsync(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer prints grey") with { At = new(2026, 3, 6, 17, 0, 0, TimeSpan.Zero) }));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 12, 30, 0, TimeSpan.Zero), ticket.Targets.Single(t => t.Kind == "Response").DueAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 12, 30, 0, TimeSpan.Zero), ticket.DueAt);
    }

    [Fact]
    public async Task An_incomplete_report_that_looks_urgent_alerts_a_person_while_it_asks()
    {
        var input = Desk.Report(Acorn, "We were hacked");
        var ticket = await portal.ReadAsync(await portal.SendAsync(Acorn.Id, input with { Report = input.Report with { Impact = null, Urgency = null, AffectedSystem = null } }));
        Assert.False(ticket.GateComplete);
        Assert.Equal(TicketStatus.New, ticket.Status);
        Assert.Contains(ticket.Events, e => e.Kind == TicketEventKind.Alerted);
        Assert.Equal(RiskTags.Security, ticket.RiskTags);
        var calm = await portal.ReadAsync(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "A question about toner")));
        Assert.DoesNotContain(calm.Events, e => e.Kind == TicketEventKind.Alerted);
    }

    [Fact]
    public async Task A_contact_of_another_client_opens_nothing()
    {
        var foreign = Desk.Report(Acorn, "Not mine") with { ContactId = portal.World.Birch.Employee.Id };
        Assert.Null(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<OpenTicket>().RunAsync(foreign, Desk.Cancel)));
        var foreignDevice = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer again") with { DeviceId = portal.World.Birch.Laptop.Id });
        Assert.Null(foreignDevice.DeviceId);
    }

    [Fact]
    public async Task Stray_characters_do_not_lose_a_report()
    {
        var ticket = await portal.ReadAsync(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Broken \0 text", "half \ud83d and whole 🙂 \u0001 end")));
        Assert.Equal("Broken  text", ticket.Subject);
        Assert.Equal("half � and whole 🙂  end", ticket.Messages.Single().Text);
    }
}
