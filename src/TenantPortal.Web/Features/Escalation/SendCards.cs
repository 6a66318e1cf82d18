using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>What a card and a call say besides the deadline.</summary>
public sealed record CardFacts(string Owner, string Touches, string Next);

/// <summary>Freezes what goes to outside channels, once for each step or call and channel; the sending is the outbox's.</summary>
public sealed class SendCards(PortalDb db, ClientProfiles profiles, OnCallDirectory directory, HookCards shapes, EscalationTime said, StaffDirectory staff, PortalSettings settings, IStringLocalizer<Words> words)
{
    public async Task<string> RunAsync(Ticket ticket, TakenStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var channels = directory.Hooks.Where(h => !h.Calls).ToList();
        if (channels.Count == 0) return words["NoChannel"];
        var card = Card(ticket, said.Threshold(step), null, $"/desk/tickets/{said.Reference(ticket)}", await FactsAsync(ticket, now, cancel), now);
        foreach (var hook in channels) await QueueAsync(ticket, hook, "card", $"{step.Id:n}", shapes.Body(hook.Kind, card), card.Title, now, cancel);
        return words["CardSent", string.Join(", ", channels.Select(h => h.Name))];
    }

    public async Task CallAsync(Ticket ticket, LeadCall call, StaffMember to, string page, CardFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        var card = Card(ticket, words["CallCard", to.Name], to, page, facts, now);
        foreach (var hook in directory.Hooks.Where(h => h.Calls && (h.Kind != HookKind.Sms || to.Phone is not null)))
            await QueueAsync(ticket, hook, "call", $"{call.Id:n}", shapes.Body(hook.Kind, card), card.Title, now, cancel);
        foreach (var browser in directory.Pushes.Where(p => p.StaffId == to.Id)) await QueueAsync(ticket, browser.Id, browser.Browser, "call", $"{call.Id:n}", HookCards.Push(card), card.Title, now, cancel);
    }

    /// <summary>Tells services that keep alarms of their own that somebody has acknowledged.</summary>
    public async Task AcknowledgedAsync(Ticket ticket, LeadCall call, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var hook in directory.Hooks.Where(h => h.Kind == HookKind.PagerDuty))
            await QueueAsync(ticket, hook, "acknowledged", $"{call.Id:n}", HookCards.Acknowledged(said.Reference(ticket)), said.Reference(ticket), now, cancel);
    }

    /// <summary>Owner, whom it touches, and what comes next, as things stand.</summary>
    public async Task<CardFacts> FactsAsync(Ticket ticket, DateTimeOffset now, CancellationToken cancel)
    {
        var profile = await profiles.OfAsync(ticket.TenantId, db, ticket.OpenedAt, cancel);
        var radius = BlastRadius.Of(ticket, profile.Rules.Systems, profile.Sites, profile.Devices.Values);
        var events = await db.Events.AsNoTracking().Where(e => e.TenantId == ticket.TenantId && e.TicketId == ticket.Id && TicketRounds.Kinds.Contains(e.Kind)).OrderBy(e => e.Id).ToListAsync(cancel);
        var next = EscalationPlan.Of(ticket, directory.PathOf(ticket), events, profile.Terms, now).FirstOrDefault(p => p.At > now);
        return new(
            ticket.AssigneeId is { } id && staff.ById(id) is { } owner ? owner.Name : words["CardNobody"],
            words["Touches", radius.People, radius.Devices, radius.Sites.Count == 0 ? words["NoSite"].Value : string.Join(", ", radius.Sites)],
            ticket.NextUpdateAt is { } update ? words["UpdateDue", said.At(ticket, update, now)] : next is null ? words["NoNext"] : $"{said.At(ticket, next.At, now)}: {said.Step(next.Step.Action, next.Step.Who)}");
    }

    private EscalationCard Card(Ticket ticket, string what, StaffMember? to, string page, CardFacts facts, DateTimeOffset now) => new(
        said.Reference(ticket), $"{ticket.Priority} {said.Client(ticket)}: {CleanText.FirstLine(ticket.Subject, 120)}", what,
        [(words["CardDue"], said.Expects(ticket, now)), (words["CardOwner"], facts.Owner), (words["CardTouches"], facts.Touches), (words["CardNext"], facts.Next), (words["CardClause"], ticket.Verdict?.Clause?.Title ?? words["CardNoClause"].Value)],
        settings.Url + page, ticket.Priority == Priority.P1, said.Client(ticket), to?.Phone, now);

    private Task<bool> QueueAsync(Ticket ticket, Hook hook, string stage, string occurrence, byte[] body, string title, DateTimeOffset now, CancellationToken cancel) => QueueAsync(ticket, hook.Id, hook.Name, stage, occurrence, body, title, now, cancel);

    private Task<bool> QueueAsync(Ticket ticket, Guid channel, string name, string stage, string occurrence, byte[] body, string title, DateTimeOffset now, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        return db.AddOnceAsync(new()
        {
            TenantId = ticket.TenantId, Id = id, TicketId = ticket.Id, Stage = stage, Recipient = name, Occurrence = $"{occurrence} {channel:n}", Subject = title, MessageId = $"<{id:n}@hook>", Bytes = body, CreatedAt = now, HookId = channel,
        }, SendMail.JobKind, cancel);
    }
}
