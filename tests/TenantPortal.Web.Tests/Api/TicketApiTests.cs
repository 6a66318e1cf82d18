using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Api;

/// <summary>Tickets through the doors for programs: the same gate and verbs as the pages, once a key, and never over somebody else's change.</summary>
public sealed class TicketApiTests(Portal portal) : IClassFixture<Portal>
{
    private const string Tickets = "/api/v1/clients/acorn/tickets";

    [Fact]
    public async Task A_client_s_program_reports_reads_writes_closes_and_reopens()
    {
        await Desk.FurnishAsync(portal);
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        var (status, made, headers) = await program.GiveAsync(Tickets, new { contact = portal.World.Acorn.Employee.Email, text = "The tills are down, nobody can pay" });
        Assert.Equal((201, "The tills are down, nobody can pay", portal.World.Acorn.Employee.Name), (status, made.Text("subject"), made.GetProperty("contact").Text("name")));
        var here = headers.Location!.ToString();
        Assert.Equal($"{Tickets}/{made.Text("number")}", here);
        Assert.Equal(JsonValueKind.Null, made.GetProperty("desk").ValueKind);

        var ticket = await TicketAsync(made);
        Assert.Equal((Channel.Api, Priority.P1, ActorKind.Contact), (ticket.Channel, ticket.Priority, ticket.Messages[0].AuthorKind));
        Assert.NotEmpty(ticket.Targets);
        Assert.Contains(ticket.Events, e => e.Kind == TicketEventKind.Alerted);

        Assert.Equal(200, (await program.GiveAsync($"{here}/messages", new { text = "Two customers left" })).Status);
        await portal.ChangeAsync(ticket, (t, now) => { t.Note("Only for the desk", portal.World.Sam.Id, Desk.Of(portal.World.Sam), now); return null; });
        var (_, read, _) = await program.AskAsync(here);
        Assert.Equal(["The tills are down, nobody can pay", "Two customers left"], read.GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        Assert.DoesNotContain("Only for the desk", read.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"P1\"", read.ToString(), StringComparison.Ordinal);
        using var staff = await portal.ProgramAsync(null, portal.World.Priya);
        var (_, whole, _) = await staff.AskAsync(here);
        Assert.Equal(("P1", "Only for the desk"), (whole.GetProperty("desk").Text("priority"), whole.GetProperty("desk").GetProperty("notes")[0].Text("text")));

        Assert.Equal(("Resolved", "False"), (await program.GiveAsync($"{here}/resolve", new { })).Body is var closed ? (closed.Text("status"), closed.Text("isOpen")) : default);
        Assert.Equal((409, "This request is closed. Reopen it to write again; your text is kept."), (await program.GiveAsync($"{here}/messages", new { text = "Still down" })) is var late ? (late.Status, late.Body.Text("detail")) : default);
        Assert.Equal(200, (await program.GiveAsync($"{here}/reopen", new { text = "Still down" })).Status);
        Assert.Equal(403, (await program.GiveAsync($"{here}/take", null)).Status);
    }

    [Fact]
    public async Task Staff_take_note_reply_and_resolve_with_their_own_rights()
    {
        await Desk.FurnishAsync(portal);
        using var program = await portal.ProgramAsync(null, portal.World.Nico);
        var (_, made, _) = await program.GiveAsync(Tickets, new { contact = $"{portal.World.Acorn.Employee.Id}", text = "The printer jams", impact = "One", urgency = "Slowed", system = "Printer", sensitivity = "None", device = $"{portal.World.Acorn.Laptop.Id}" });
        Assert.Equal(ActorKind.Staff, (await TicketAsync(made)).Messages[0].AuthorKind);
        var here = $"{Tickets}/{made.Text("number")}";
        Assert.Equal("Nico Ash", (await program.GiveAsync($"{here}/take", null)).Body.GetProperty("desk").Text("assignee"));
        Assert.Equal((409, "You have this ticket already."), await program.GiveAsync($"{here}/take", null) is var twice ? (twice.Status, twice.Body.Text("detail")) : default);
        Assert.Equal(200, (await program.GiveAsync($"{here}/notes", new { text = "Tray 2" })).Status);
        Assert.Equal("Waiting", (await program.GiveAsync($"{here}/reply", new { text = "Please empty tray 2", wait = true })).Body.Text("status"));
        Assert.Equal(422, (await program.GiveAsync($"{here}/resolve", new { summary = " " })).Status);
        Assert.Equal("Tray emptied", (await program.GiveAsync($"{here}/resolve", new { summary = "Tray emptied" })).Body.GetProperty("resolution").Text("summary"));
        Assert.Equal(404, (await program.AskAsync("/api/v1/clients/birch/tickets")).Status);
    }

    [Fact]
    public async Task The_same_key_carries_a_request_out_once_even_when_it_comes_eight_times_at_once()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        var report = new { contact = portal.World.Acorn.Employee.Email, text = "Once only" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.GiveAsync(Tickets, report, ("Idempotency-Key", "psa-77"))));
        Assert.Equal([200, 200, 200, 200, 200, 200, 200, 201], answers.Select(a => a.Status).Order());
        Assert.Single(answers.Select(a => a.Body.Text("number")).Distinct());
        Assert.Equal(7, answers.Count(a => a.Headers.Contains("Idempotent-Replayed")));
        Assert.Equal((422, "Key used already"), await program.GiveAsync(Tickets, report with { text = "Another" }, ("Idempotency-Key", "psa-77")) is var other ? (other.Status, other.Body.Text("title")) : default);

        var here = $"{Tickets}/{answers[0].Body.Text("number")}/messages";
        var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.GiveAsync(here, new { text = "And once" }, ("Idempotency-Key", "psa-78"))));
        Assert.All(said, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(2, (await program.AskAsync(here[..^"/messages".Length])).Body.GetProperty("messages").GetArrayLength());
        Assert.Equal(422, (await program.GiveAsync(here, new { text = "Else" }, ("Idempotency-Key", "psa-78"))).Status);
        Assert.Equal(422, (await program.GiveAsync(here, new { text = "Else" }, ("Idempotency-Key", "with space"))).Status);
        // the key is the token's own
        using var second = await portal.ProgramAsync(portal.World.Acorn.Client);
        Assert.Equal(201, (await second.GiveAsync(Tickets, report, ("Idempotency-Key", "psa-77"))).Status);
    }

    [Fact]
    public async Task A_change_that_somebody_was_quicker_than_is_refused_by_its_version()
    {
        using var program = await portal.ProgramAsync(null, portal.World.Priya);
        var (_, made, first) = await program.GiveAsync(Tickets, new { contact = portal.World.Acorn.Employee.Email, text = "Versions" });
        var here = $"{Tickets}/{made.Text("number")}";
        var version = first.ETag!.ToString();
        Assert.Equal(304, (await program.AskAsync(here, ("If-None-Match", version))).Status);
        Assert.Equal(200, (await program.GiveAsync($"{here}/notes", new { text = "quicker" }, ("If-Match", version))).Status);
        var late = await program.GiveAsync($"{here}/take", null, ("If-Match", version));
        Assert.Equal((412, "Changed meanwhile"), (late.Status, late.Body.Text("title")));
        var (_, _, now) = await program.AskAsync(here);
        Assert.Equal(200, (await program.GiveAsync($"{here}/take", null, ("If-Match", now.ETag!.ToString()))).Status);
    }

    [Fact]
    public async Task A_list_goes_on_from_page_to_page_without_a_gap()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        for (var i = 0; i < 5; i++) await program.GiveAsync(Tickets, new { contact = portal.World.Acorn.Employee.Email, text = $"Listed {i}" });
        var (seen, next, pages) = (new List<int>(), $"{Tickets}?limit=2&open=true", 0);
        while (next is not null)
        {
            var (status, page, _) = await program.AskAsync(next);
            Assert.Equal(200, status);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("number").GetInt32()));
            next = page.GetProperty("next").GetString();
            pages++;
        }
        Assert.True(pages > 2);
        Assert.Equal(seen.OrderDescending().Distinct(), seen);
        var all = await Server.ListAllAsync<int>(portal.Owner, $"select number from ticket where is_open and tenant_id = '{portal.World.Acorn.Id}'");
        Assert.Equal(all.Order(), seen.Order());
        Assert.Equal(422, (await program.AskAsync($"{Tickets}?limit=5000")).Status);
    }

    private Task<Ticket> TicketAsync(JsonElement made) => portal.AsAsync(portal.World.Acorn.Id, services => services.GetRequiredService<PortalDb>().Tickets.AsNoTracking()
        .Include(t => t.Targets).Include(t => t.Events).Include(t => t.Messages).AsSplitQuery().SingleAsync(t => t.Number == made.GetProperty("number").GetInt32(), Programs.Cancel));
}
