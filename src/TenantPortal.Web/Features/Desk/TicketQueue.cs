using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>What the queue is narrowed to; everything optional.</summary>
public sealed record QueueFilter(Client? Client, TicketStatus? Status, Priority? Priority, bool Mine, bool Unassigned, bool Resolved, QueuePlace? After)
{
    public static QueueFilter Everything { get; } = new(null, null, null, Mine: false, Unassigned: false, Resolved: false, null);
}

/// <summary>Where a page of the queue ends: the last row's due time and id, so that the next page starts behind it whatever changed meanwhile.</summary>
public sealed record QueuePlace(DateTimeOffset DueAt, TicketId Id)
{
    public override string ToString() => $"{DueAt.UtcTicks}-{Id.Value:n}";

    public static QueuePlace? Parse(string? text) =>
        text?.Split('-', 2) is [var ticks, var id] && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var guid) ? new(new(at, TimeSpan.Zero), new(guid)) : null;
}

public sealed record QueueRow(TenantId TenantId, TicketId Id, int Number, string Subject, Priority Priority, TicketStatus Status, bool IsOpen, bool IsTryingGuide, bool GateComplete, RiskTags RiskTags, string? Because, StaffId? AssigneeId, DateTimeOffset DueAt, DateTimeOffset OpenedAt, DateTimeOffset? FirstReplyAt, string Contact)
{
    public ClockWords ClockAt(DateTimeOffset now) => ClockWords.For(OpenedAt, DueAt, FirstReplyAt is null ? "reply" : "fix", Status == TicketStatus.Waiting, now);
}

/// <summary>The open tickets of every client in scope by due time, or the resolved ones, newest first; a page of 50.</summary>
public sealed class TicketQueue(PortalDb db, Me me)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<QueueRow>> RunAsync(QueueFilter filter, CancellationToken cancel)
    {
        var tickets = db.Tickets.AsNoTracking().Where(t => t.IsOpen == !filter.Resolved);
        if (filter.Client is { } client) tickets = tickets.Where(t => t.TenantId == client.Id);
        if (filter.Status is { } status) tickets = tickets.Where(t => t.Status == status);
        if (filter.Priority is { } priority) tickets = tickets.Where(t => t.Priority == priority);
        if (filter.Mine) { StaffId? mine = me.Staff.Id; tickets = tickets.Where(t => t.AssigneeId == mine); }
        if (filter.Unassigned) tickets = tickets.Where(t => t.AssigneeId == null);
        if (filter.After is { } after)
        {
            var (due, id) = (after.DueAt, after.Id);
            tickets = filter.Resolved
                ? tickets.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.DueAt, t.Id), ValueTuple.Create(due, id)))
                : tickets.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.DueAt, t.Id), ValueTuple.Create(due, id)));
        }
        var ordered = filter.Resolved ? tickets.OrderByDescending(t => t.DueAt).ThenByDescending(t => t.Id) : tickets.OrderBy(t => t.DueAt).ThenBy(t => t.Id);
        return await ordered.Take(PageSize + 1)
            .Join(db.Contacts, t => new { t.TenantId, Id = t.ContactId }, c => new { c.TenantId, c.Id }, (t, c) => new QueueRow(t.TenantId, t.Id, t.Number, t.Subject, t.Priority, t.Status, t.IsOpen, t.IsTryingGuide, t.GateComplete, t.RiskTags, t.Because, t.AssigneeId, t.DueAt, t.OpenedAt, t.FirstReplyAt, c.Name))
            .ToListAsync(cancel);
    }
}
