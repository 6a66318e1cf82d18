using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>Tickets as a program may read them: a client's token what its managers read, a token of staff what the desk reads.</summary>
public sealed class ReadTickets(PortalDb db, PageReads reads, StaffDirectory staff, Me me)
{
    private bool IsDesk => me.StaffOrNone is not null;

    /// <param name="before">Only numbers below this one.</param>
    public async Task<PageOf<TicketAnswer>> ListAsync(Client client, bool? open, int? before, int limit, CancellationToken cancel)
    {
        var found = await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && (open == null || t.IsOpen == open) && (before == null || t.Number < before))
            .OrderByDescending(t => t.Number).Take(limit + 1).Join(db.Contacts, t => new { t.TenantId, Id = t.ContactId }, c => new { c.TenantId, c.Id }, (t, c) => new { Ticket = t, c.Name }).OrderByDescending(r => r.Ticket.Number).ToListAsync(cancel);
        var items = found.Take(limit).Select(r => Of(client, r.Ticket, r.Name)).ToList();
        var next = found.Count > limit ? $"/api/v1/clients/{client.Slug}/tickets?limit={limit}&before={items[^1].Number}{(open is { } only ? $"&open={(only ? "true" : "false")}" : "")}" : null;
        return new(items, next);
    }

    /// <summary>The ticket and its version; null when the client has no such ticket.</summary>
    public async Task<(TicketAnswer Ticket, string Version)?> OneAsync(Client client, int number, CancellationToken cancel)
    {
        // read before the ticket itself: a change between the two makes the version too old, which a later If-Match finds out
        if (await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && t.Number == number).Select(t => new { Version = EF.Property<uint>(t, "xmin"), t.ExternalRef }).SingleOrDefaultAsync(cancel) is not { } head) return null;
        var answer = IsDesk ? await OfDeskAsync(client, number, cancel) : await OfClientAsync(client, number, head.ExternalRef, cancel);
        return answer is null ? null : (answer, Quoted(head.Version));
    }

    public static string Quoted(uint version) => $"\"{version}\"";

    private async Task<TicketAnswer?> OfDeskAsync(Client client, int number, CancellationToken cancel)
    {
        if (await TicketRows.ReadAsync(reads, client.Id, number, me.ReadsAsTier, cancel) is not { } rows) return null;
        var answer = Of(client, rows.Ticket, rows.Contact.Name);
        return answer with
        {
            Messages = [.. rows.Messages.Select(m => new SaidAnswer(m.Number, m.At, m.AuthorKind, m.AuthorName, m.Text))],
            Resolution = Of(rows.Ticket.Resolution),
            Desk = answer.Desk! with { Notes = [.. rows.Notes.Select(n => new NoteAnswer(n.At, n.AuthorName, n.Text))], Facts = [.. rows.Facts.Select(f => new FactAnswer(f.Field, f.Value, f.Source))] },
        };
    }

    // what the portal's pages read, so that the two can never differ in what they tell
    private async Task<TicketAnswer?> OfClientAsync(Client client, int number, string? externalRef, CancellationToken cancel)
    {
        if (await RequestRows.ReadAsync(reads, client.Id, RequestReader.OfCompany, number, [], cancel) is not { } rows) return null;
        var head = rows.Head;
        return new(Reference(client, number), number, externalRef, head.Subject, head.Status, head.IsOpen, new(head.ContactId.Value, head.ContactName), head.OpenedAt, head.UpdatedAt, head.DueAt, head.ResolvedAt, head.Missing,
            [.. rows.Messages.Select(m => new SaidAnswer(m.Number, m.At, m.AuthorKind, Name(m), m.Text))], head.IsGuarded ? null : Of(head.Resolution), null);
    }

    private TicketAnswer Of(Client client, Ticket ticket, string contact) => new(Reference(client, ticket.Number), ticket.Number, ticket.ExternalRef, ticket.Subject, ticket.Status, ticket.IsOpen, new(ticket.ContactId.Value, contact), ticket.OpenedAt, ticket.UpdatedAt, ticket.DueAt, ticket.ResolvedAt,
        ticket.IsOpen ? IntakeGate.Missing(ticket.Impact, ticket.Urgency, ticket.AffectedSystem, ticket.Sensitivity) : [], null, null,
        IsDesk ? new(ticket.Priority, ticket.Because, ticket.Category, ticket.Queue, [.. Enum.GetValues<RiskTags>().Where(tag => tag != RiskTags.None && ticket.RiskTags.HasFlag(tag)).Select(tag => $"{tag}")], ticket.AssigneeId is { } id ? staff.ById(id)?.Name : null, ticket.FirstReplyAt, null, null) : null);

    private static SolvedAnswer? Of(Resolution? resolution) => resolution is null ? null : new(resolution.Summary, resolution.Cause, resolution.Workaround, resolution.PermanentFix, resolution.Prevention);

    private static string Reference(Client client, int number) => $"{client.TicketPrefix}-{number}";

    // staff are known by their first name only
    private string Name(TicketMessage said) => said.AuthorKind == ActorKind.Staff ? said.AuthorId is { } id && staff.ById(new(id)) is { } member ? member.FirstName : Domain.People.PersonName.First(said.AuthorName) : said.AuthorName;
}
