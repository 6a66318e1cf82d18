#pragma warning disable RS0030 // raw SQL: reads that share a round trip
using System.Text.Json;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>What a contact's pages read of a ticket: no priority, no reasons, no queue, no notes. Of a guarded one, staff's free words (how it was solved, what is waited for) stay on the desk.</summary>
public sealed record RequestHead(TicketId Id, int Number, string Subject, TicketStatus Status, bool IsOpen, bool IsTryingGuide, bool GateComplete, Impact? Impact, Urgency? Urgency, string? AffectedSystem, Sensitivity? Sensitivity,
    StaffId? AssigneeId, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset UpdatedAt, DateTimeOffset? FirstReplyAt, DateTimeOffset? ResolvedAt, Resolution? Resolution, ContactId ContactId, string ContactName, bool IsGuarded, DateTimeOffset? NextUpdateAt)
{
    public IReadOnlyList<string> Missing => IsOpen ? IntakeGate.Missing(Impact, Urgency, AffectedSystem, Sensitivity) : [];
}

/// <summary>Reads of request heads: of one contact, or of the whole client where no contact is named.</summary>
public static class RequestHeads
{
    private const string Select = """
        select t.id, t.number, t.subject, t.status, t.is_open, t.is_trying_guide, t.gate_complete, t.impact, t.urgency, t.affected_system, t.sensitivity,
               t.assignee_id, t.opened_at, t.due_at, t.updated_at, t.first_reply_at, t.resolved_at, t.resolution, t.contact_id, c.name, t.priority, t.risk_tags, t.next_update_at
        from ticket t join contact c on c.tenant_id = t.tenant_id and c.id = t.contact_id
        where t.tenant_id = $1
        """;

    public static List<RequestHead> AddOpen(this PageReads reads, TenantId client, RequestReader of, int most) =>
        reads.Add($"{Select} and t.is_open {Whose("t", of, 3)} order by t.due_at, t.number limit $2", Read, [reads.In(client), Of(most), .. Contact(of)]);

    /// <summary>Newest first, from below a number.</summary>
    public static List<RequestHead> AddSolved(this PageReads reads, TenantId client, RequestReader of, int? below, int most) =>
        reads.Add($"{Select} and not t.is_open and t.number < $3 {Whose("t", of, 4)} order by t.number desc limit $2", Read, [reads.In(client), Of(most), Of(below ?? int.MaxValue), .. Contact(of)]);

    public static List<RequestHead> AddRequest(this PageReads reads, TenantId client, RequestReader of, int number) =>
        reads.Add($"{Select} and t.number = $2 {WhoseOne("t", of, 3)}", Read, [reads.In(client), Of(number), .. Contact(of)]);

    /// <summary>The id of the report that the contact touched last and has not sent.</summary>
    public static List<Guid> AddDraft(this PageReads reads, TenantId client, ContactId of) =>
        reads.Add("select id from report_draft where tenant_id = $1 and contact_id = $2 order by updated_at desc limit 1", r => r.GetGuid(0), reads.In(client), Of(of.Value));

    /// <summary>The condition that a ticket is the contact's, with the contact as that parameter.</summary>
    internal static string Whose(string ticket, RequestReader of, int parameter) => of switch
    {
        { Contact: null } => "",
        { Site: null } => $"and {ticket}.contact_id = ${parameter}",
        _ => $"and ({ticket}.contact_id = ${parameter} or {ticket}.site_id = ${parameter + 1} and {ticket}.request_type_id is null and coalesce({ticket}.sensitivity, 'None') = 'None')",
    };

    /// <summary>As above, and who was added to this one request.</summary>
    internal static string WhoseOne(string ticket, RequestReader of, int parameter) => of is { Contact: not null, Site: null }
        ? $"and ({ticket}.contact_id = ${parameter} or exists (select from ticket_follower f where f.tenant_id = {ticket}.tenant_id and f.ticket_id = {ticket}.id and f.contact_id = ${parameter}))" : Whose(ticket, of, parameter);

    internal static NpgsqlParameter[] Contact(RequestReader of) => [.. of.Contact is { } contact ? [Of(contact.Value)] : Array.Empty<NpgsqlParameter>(), .. of is { Contact: not null, Site: { } site } ? [Of(site.Value)] : Array.Empty<NpgsqlParameter>()];

    private static RequestHead Read(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), r.GetInt32(1), r.GetString(2), Enum.Parse<TicketStatus>(r.GetString(3)), r.GetBoolean(4), r.GetBoolean(5), r.GetBoolean(6),
        Word<Impact>(r, 7), Word<Urgency>(r, 8), r.IsDBNull(9) ? null : r.GetString(9), Word<Sensitivity>(r, 10),
        r.IsDBNull(11) ? null : new(r.GetGuid(11)), Time(r, 12)!.Value, Time(r, 13)!.Value, Time(r, 14)!.Value, Time(r, 15), Time(r, 16),
        r.IsDBNull(17) ? null : JsonSerializer.Deserialize<Resolution>(r.GetString(17), ColumnTypes.JsonOptions), new(r.GetGuid(18)), r.GetString(19), Ticket.Guards((Priority)r.GetInt32(20), Enum.Parse<RiskTags>(r.GetString(21))), Time(r, 22));

    private static T? Word<T>(NpgsqlDataReader row, int column) where T : struct, Enum => row.IsDBNull(column) ? null : Enum.Parse<T>(row.GetString(column));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
