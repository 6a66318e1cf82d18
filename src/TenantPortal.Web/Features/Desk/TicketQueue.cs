using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>What the queue is narrowed to; everything optional.</summary>
public sealed record QueueFilter(Client? Client, TicketStatus? Status, Priority? Priority, bool Mine, bool Unassigned, int? Tier, bool Resolved, QueuePlace? After)
{
    public static QueueFilter Everything { get; } = new(null, null, null, Mine: false, Unassigned: false, null, Resolved: false, null);
}

/// <summary>Where a page of the queue ends: the last row's due time and id, so that the next page starts behind it whatever changed meanwhile.</summary>
public sealed record QueuePlace(DateTimeOffset DueAt, TicketId Id)
{
    public override string ToString() => $"{DueAt.UtcTicks}-{Id.Value:n}";

    public static QueuePlace? Parse(string? text) =>
        text?.Split('-', 2) is [var ticks, var id] && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var guid) ? new(new(at, TimeSpan.Zero), new(guid)) : null;
}

/// <summary>The open tickets of every client in scope by due time, or the resolved ones, newest first; a page of 50.</summary>
public sealed class TicketQueue(PageReads reads, UnreadNotices unread, Me me)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<QueueRow>> RunAsync(QueueFilter filter, CancellationToken cancel)
    {
        var rows = reads.AddQueue(new(!filter.Resolved) { Client = filter.Client?.Id, Status = filter.Status, Priority = filter.Priority, Assignee = filter.Mine ? me.Staff.Id : null, Unassigned = filter.Unassigned, Tier = filter.Tier, After = filter.After is { } after ? (after.DueAt, after.Id) : null }, PageSize + 1);
        unread.Join(reads);
        await reads.RunAsync(cancel);
        return rows;
    }
}
