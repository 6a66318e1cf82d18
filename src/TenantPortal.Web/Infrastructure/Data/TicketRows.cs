#pragma warning disable RS0030 // raw SQL: a whole ticket in one round trip
using System.Text.Json;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>What a resolved ticket of the same client tells about another one.</summary>
public sealed record ResolvedTicket(TicketId Id, int Number, string Subject, string Category, string? AffectedSystem, SiteId? SiteId, DateTimeOffset ResolvedAt, Resolution Resolution);

/// <summary>Everything stored about one ticket and what surrounds it, in one round trip.</summary>
public sealed record TicketRows
{
    private const int ChangeDays = 30, MostChanges = 20, NewestResolved = 80, MostEvents = 300;
    // what a timeline shows as one line; the rest is told by messages, facts and attempts themselves
    private static readonly string[] Told =
    [
        .. new[]
        {
            TicketEventKind.Opened, TicketEventKind.VerdictGiven, TicketEventKind.VerdictSuggested, TicketEventKind.Alerted, TicketEventKind.PersonAsked,
            TicketEventKind.HandedOff, TicketEventKind.Taken, TicketEventKind.Assigned, TicketEventKind.WaitingForContact, TicketEventKind.Held, TicketEventKind.Resumed,
            TicketEventKind.Resolved, TicketEventKind.Reopened, TicketEventKind.GateCompleted, TicketEventKind.QuestionAsked,
            TicketEventKind.ApprovalAsked, TicketEventKind.ApprovalGiven, TicketEventKind.ApprovalRefused, TicketEventKind.ApprovalWithdrawn, TicketEventKind.GlassBroken,
            TicketEventKind.Escalated, TicketEventKind.LeadCalled, TicketEventKind.CallAcknowledged, TicketEventKind.EscalationSettled, TicketEventKind.UpdatePromised, TicketEventKind.UpdateGiven, TicketEventKind.UpdateMissed,
            TicketEventKind.SecretHidden, TicketEventKind.SecretRevealed, TicketEventKind.MaskUndone,
            TicketEventKind.PassedOn, TicketEventKind.Verified,
        }.Select(k => k.ToString()),
    ];

    /// <summary>With its targets; the lists beside it are not hung into it.</summary>
    public required Ticket Ticket { get; init; }
    public required Contact Contact { get; init; }
    public required IReadOnlyList<TicketFact> Facts { get; init; }
    public required IReadOnlyList<TicketMessage> Messages { get; init; }
    public required IReadOnlyList<TicketNote> Notes { get; init; }
    public required IReadOnlyList<Attempt> Attempts { get; init; }
    /// <summary>What engineers tried themselves, oldest first, as far as the reader may see it.</summary>
    public required IReadOnlyList<DeskAttempt> Work { get; init; }
    /// <summary>The newest 300 that a timeline tells, oldest first.</summary>
    public required IReadOnlyList<TicketEvent> Events { get; init; }
    public required IReadOnlyList<TicketAttachment> Files { get; init; }
    /// <summary>At the device, at the site or in the whole company, in the 30 days before the ticket and the day after; newest first.</summary>
    public required IReadOnlyList<RecentChange> Changes { get; init; }
    /// <summary>The newest 80 of the same category or system.</summary>
    public required IReadOnlyList<ResolvedTicket> Resolved { get; init; }

    /// <summary>Null when the client has no such ticket within the scope.</summary>
    /// <param name="tier">The reader's: what names a guide or step above it is left out here, so that no page, text or machine can show it.</param>
    public static async Task<TicketRows?> ReadAsync(PageReads reads, TenantId client, int number, int tier, CancellationToken cancel)
    {
        const string ThisTicket = "r.tenant_id = $1 and r.ticket_id = (select id from ticket where tenant_id = $1 and number = $2)";
        var tickets = reads.Add<Ticket>("where r.tenant_id = $1 and r.number = $2", reads.In(client), Of(number));
        var contacts = reads.Add<Contact>("join ticket t on t.tenant_id = r.tenant_id and t.contact_id = r.id where t.tenant_id = $1 and t.number = $2", reads.In(client), Of(number));
        var targets = reads.Add<TicketTarget>($"where {ThisTicket}", reads.In(client), Of(number));
        var facts = reads.Add<TicketFact>($"where {ThisTicket}", reads.In(client), Of(number));
        var messages = reads.Add<TicketMessage>($"where {ThisTicket} order by r.number", reads.In(client), Of(number));
        var notes = reads.Add<TicketNote>($"where {ThisTicket} and r.min_tier <= $3 order by r.at", reads.In(client), Of(number), Of(tier));
        var attempts = reads.Add<Attempt>($"where {ThisTicket} order by r.number", reads.In(client), Of(number));
        var work = reads.Add<DeskAttempt>($"where {ThisTicket} and r.min_tier <= $3 order by r.number", reads.In(client), Of(number), Of(tier));
        var events = reads.Add<TicketEvent>($"where {ThisTicket} and r.kind = any($3) order by r.id desc limit {MostEvents}", reads.In(client), Of(number), Of(Told));
        var files = reads.Add<TicketAttachment>($"where {ThisTicket} order by r.at", reads.In(client), Of(number));
        // a change without site and device touched the whole company
        var changes = reads.Add<RecentChange>($"""
            join ticket t on t.tenant_id = r.tenant_id left join device d on d.tenant_id = t.tenant_id and d.id = t.device_id
            where t.tenant_id = $1 and t.number = $2 and r.at between t.opened_at - interval '{ChangeDays} days' and t.opened_at + interval '1 day'
              and (r.device_id = t.device_id or r.device_id is null and (r.site_id is null or r.site_id = coalesce(t.site_id, d.site_id)))
            order by r.at desc limit {MostChanges}
            """, reads.In(client), Of(number));
        var resolved = reads.Add($"""
            select r.id, r.number, r.subject, r.category, r.affected_system, r.site_id, r.resolved_at, r.resolution
            from ticket t join ticket r on r.tenant_id = t.tenant_id and r.id <> t.id and not r.is_open and (r.category = t.category or r.affected_system = t.affected_system)
            where t.tenant_id = $1 and t.number = $2 and r.resolved_at is not null and r.resolution is not null
            order by r.opened_at desc limit {NewestResolved}
            """, ResolvedOf, reads.In(client), Of(number));
        await reads.RunAsync(cancel);
        if (tickets is not [var ticket] || contacts is not [var contact]) return null;
        ticket.Targets.AddRange(targets);
        events.Reverse();
        return new() { Ticket = ticket, Contact = contact, Facts = facts, Messages = messages, Notes = notes, Attempts = attempts, Work = [.. work.Select(w => w.SeenFrom(tier)).OfType<DeskAttempt>()], Events = events, Files = files, Changes = changes, Resolved = resolved };
    }

    private static ResolvedTicket ResolvedOf(Npgsql.NpgsqlDataReader row) => new(
        new(row.GetGuid(0)), row.GetInt32(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : new(row.GetGuid(5)),
        row.GetFieldValue<DateTimeOffset>(6), JsonSerializer.Deserialize<Resolution>(row.GetString(7), ColumnTypes.JsonOptions)!);
}
