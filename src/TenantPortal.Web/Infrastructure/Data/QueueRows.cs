#pragma warning disable RS0030 // raw SQL: reads that share a round trip
using Npgsql;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A line of the queue.</summary>
public sealed record QueueRow(TenantId TenantId, TicketId Id, int Number, string Subject, Priority Priority, TicketStatus Status, bool IsOpen, bool IsTryingGuide, bool GateComplete, RiskTags RiskTags, string? Because, StaffId? AssigneeId, DateTimeOffset DueAt, DateTimeOffset OpenedAt, DateTimeOffset? FirstReplyAt, string? DueFor, string Contact, int Tier)
{
    public ClockWords ClockAt(DateTimeOffset now) => ClockWords.For(OpenedAt, DueAt, DueFor, FirstReplyAt is not null, Status is TicketStatus.Waiting or TicketStatus.OnHold, now);
}

/// <summary>Which tickets: the open ones by due time or the resolved ones, newest first; the rest narrows them.</summary>
public sealed record QueueSlice(bool Open)
{
    public TenantId? Client { get; init; }
    public TicketStatus? Status { get; init; }
    public Priority? Priority { get; init; }
    public StaffId? Assignee { get; init; }
    public bool Unassigned { get; init; }
    /// <summary>2 or 3.</summary>
    public int? Tier { get; init; }
    /// <summary>The last row seen; the slice begins behind it.</summary>
    public (DateTimeOffset DueAt, TicketId Id)? After { get; init; }
}

public static class QueueRows
{
    /// <summary>Of all clients in scope, in the order of the index "ticket_all_queues", or "ticket_queue" within one client.</summary>
    public static List<QueueRow> AddQueue(this PageReads reads, QueueSlice slice, int most)
    {
        var values = new List<NpgsqlParameter> { Of(slice.Open), Of(most) };
        string Next<T>(T value) => Given(Of(value));
        string Given(NpgsqlParameter value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
        var (way, behind) = slice.Open ? ("asc", ">") : ("desc", "<");
        string[] conditions =
        [
            slice.Client is { } client ? $"and t.tenant_id = {Given(reads.In(client))}" : reads.InScope() is { } clients ? $"and t.tenant_id = any({Given(clients)})" : "",
            slice.Status is { } status ? $"and t.status = {Next(status.ToString())}" : "",
            slice.Priority is { } priority ? $"and t.priority = {Next((int)priority)}" : "",
            slice.Assignee is { } assignee ? $"and t.assignee_id = {Next(assignee.Value)}" : "",
            slice.Unassigned ? "and t.assignee_id is null" : "",
            // as it stands, so that the small index of the upper tiers fits
            slice.Tier is { } tier ? $"and t.tier = {tier.ToString(System.Globalization.CultureInfo.InvariantCulture)} and t.tier > 1" : "",
            slice.After is var (due, id) ? $"and (t.due_at, t.id) {behind} ({Next(due)}, {Next(id.Value)})" : "",
        ];
        return reads.Add($"""
            select t.tenant_id, t.id, t.number, t.subject, t.priority, t.status, t.is_open, t.is_trying_guide, t.gate_complete, t.risk_tags, t.because, t.assignee_id, t.due_at, t.opened_at, t.first_reply_at, t.due_for, c.name, t.tier
            from (select * from ticket t where t.is_open = $1 {string.Join(' ', conditions)} order by t.due_at {way}, t.id {way} limit $2) t
              cross join lateral (select name from contact k where k.tenant_id = t.tenant_id and k.id = t.contact_id offset 0) c
            order by t.due_at {way}, t.id {way}
            """, Read, [.. values]);
    }

    private static QueueRow Read(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), new(r.GetGuid(1)), r.GetInt32(2), r.GetString(3), (Priority)r.GetInt32(4), Enum.Parse<TicketStatus>(r.GetString(5)), r.GetBoolean(6), r.GetBoolean(7), r.GetBoolean(8), Enum.Parse<RiskTags>(r.GetString(9)),
        r.IsDBNull(10) ? null : r.GetString(10), r.IsDBNull(11) ? null : new(r.GetGuid(11)), r.GetFieldValue<DateTimeOffset>(12), r.GetFieldValue<DateTimeOffset>(13), r.IsDBNull(14) ? null : r.GetFieldValue<DateTimeOffset>(14), r.IsDBNull(15) ? null : r.GetString(15), r.GetString(16), r.GetInt32(17));
}
